// contributions.hpp - functions of what the probe registers that lie in files of their own.
#pragma once

#include "dms/sdk.h"

namespace dms::probing {

dms_status load_screen(void *context, const dms_call *call, dms_str parameters, const dms_sink *document,
                       dms_error *error) noexcept;
dms_status act_on_screen(void *context, const dms_call *call, dms_str action, dms_str input, const dms_sink *result,
                         dms_error *error) noexcept;

}  // namespace dms::probing
