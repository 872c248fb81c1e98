// absence.hpp - "Abwesenheit": who is away, and who works meanwhile (plugin/screens/README.md).
#pragma once

#include "processing/absence_desk.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

std::unique_ptr<dms::screen> make_absence(const parts &with, processing::absence_desk &desk);

}  // namespace lead_system::screens
