// manufacturer.hpp - the report for the manufacturer: how soon leads were answered and what became of them, by location
// and type, of one category and period. No names: neither of people who asked nor of those who sell.
#pragma once

#include <memory>

#include "dms/cpp/contributions.hpp"
#include "evaluation/evaluator.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

/// `numbers` outlives it.
std::unique_ptr<dms::screen> make_manufacturer(const parts &with, evaluation::evaluator &numbers);

}  // namespace lead_system::screens
