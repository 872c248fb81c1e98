// outcomes.hpp - the outcomes that several actions share.
#pragma once

#include "processing/outcome.hpp"

namespace lead_system::processing {

outcome not_found();
outcome forbidden(message why);
outcome refused(message why);
outcome not_in_this_state(const lead &item);
outcome not_of_this_type(lead_state state);
outcome invalid(const std::string &field, message why);

}  // namespace lead_system::processing
