// evaluation.hpp - Lead-Auswertung: status and success of the leads that one may see (product.md 8).
#pragma once

#include "evaluation/evaluator.hpp"
#include "screens/parts.hpp"

namespace lead_system::screens {

/// Both outlive the screen.
std::unique_ptr<dms::screen> make_evaluation(const parts &with, evaluation::evaluator &numbers);

}  // namespace lead_system::screens
