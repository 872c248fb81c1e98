// evaluation_report.hpp - who gets the monthly report: the evaluation's only action.
#pragma once

#include <nlohmann/json.hpp>

#include "screens/kit/parameters.hpp"
#include "screens/kit/parts.hpp"
#include "store/report_rows.hpp"

namespace lead_system::screens {

/// Who may be chosen: active, and one whose role sees the evaluation (as the right's default is).
bool may_read_reports(const access::user &one);
/// The action with its dialog; null for somebody who may choose nobody.
nlohmann::json report_action(const request &by, store::report_rows &readers);
/// Takes the choice of those that the asking user may choose; the others stay as they are.
dms::answer choose_readers(const request &by, std::string_view action_name, const parameters &input,
                           store::report_rows &readers);

}  // namespace lead_system::screens
