#include "evaluation/evaluator.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace lead_system::evaluation {

numbers evaluator::ask(const question &asked, const access::visibility &who) {
  const auto leads = leads_.now();
  return evaluate(*leads, asked, who);
}

time_us evaluator::oldest(const access::visibility &who) {
  const auto leads = leads_.now();
  const columns::sight seen(*leads, who);
  auto result = std::numeric_limits<time_us>::max();
  for (const auto &[number, one] : leads->blocks()) {
    if (one->oldest >= result) continue;
    columns::bits visible;
    seen.of_block(*one, visible);
    columns::for_each(visible, [&, &of = *one](auto at) { result = std::min(result, of.created_at[at]); });
  }
  return result == std::numeric_limits<time_us>::max() ? 0 : result / minute_us * minute_us;
}

evaluator::choices evaluator::offered(const access::visibility &who) {
  const auto leads = leads_.now();
  const columns::sight seen(*leads, who);
  std::vector<bool> occurs(leads->origins().size());
  for (const auto &[number, one] : leads->blocks()) {
    columns::bits visible;
    seen.of_block(*one, visible);
    columns::for_each(visible, [&, &of = *one](auto at) { occurs[of.origin[at]] = true; });
  }
  std::set<std::string> models, campaigns;
  for (std::size_t number = 0; number < occurs.size(); ++number) {
    if (!occurs[number]) continue;
    const auto &of = leads->origins()[number];
    if (of.second != 0) models.insert(leads->texts(columns::model).text(of.second));
    if (of.third != 0) campaigns.insert(leads->texts(columns::campaign).text(of.third));
  }
  return {{models.begin(), models.end()}, {campaigns.begin(), campaigns.end()}};
}

}  // namespace lead_system::evaluation
