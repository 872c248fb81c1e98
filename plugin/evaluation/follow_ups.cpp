#include "evaluation/follow_ups.hpp"

namespace lead_system::evaluation {

std::map<std::pair<std::string, std::string>, follow_ups> follow_ups_of(std::span<const store::follow_up_step> steps,
                                                                        const calendar &days) {
  std::map<std::pair<std::string, std::string>, follow_ups> result;
  for (std::size_t at = 0; at < steps.size(); ++at) {
    const auto &planned = steps[at];
    if (planned.due == 0) continue;
    const auto keeps_nothing = [&](const store::follow_up_step &step) {
      return step.lead == planned.lead && (step.at == planned.at || !step.by_hand);
    };
    auto then = at + 1;
    while (then < steps.size() && keeps_nothing(steps[then])) ++then;
    const auto day = days.day_of(planned.due);
    const bool went_on = then < steps.size() && steps[then].lead == planned.lead;
    const bool kept = went_on && days.day_of(steps[then].at) <= day;
    if (!kept && day >= days.today()) continue;
    auto &into = result[{planned.type, planned.location}];
    ++into.due;
    if (kept) ++into.kept;
  }
  return result;
}

}  // namespace lead_system::evaluation
