// evaluation.hpp - Lead-Auswertung: status and success of the leads that one may see (plugin/README.md "Evaluation").
#pragma once

#include "evaluation/evaluator.hpp"
#include "screens/kit/parts.hpp"
#include "store/report_rows.hpp"

namespace lead_system::screens {

/// The first three outlive the screen. `wake_reports` asks for a run of the report's job soon.
std::unique_ptr<dms::screen> make_evaluation(const parts &with, evaluation::evaluator &numbers,
                                             store::report_rows &readers, std::function<void()> wake_reports);

}  // namespace lead_system::screens
