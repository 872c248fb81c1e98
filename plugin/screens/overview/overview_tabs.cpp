#include "screens/overview/overview_tabs.hpp"

#include <algorithm>

#include "screens/overview/overview_filters.hpp"

namespace lead_system::screens {
namespace {

/// Where what is overdue lies, the most first: one press for whoever looks after several locations.
json overdue_parts(const request &by, const overview_query &query, const store::tab_counts &counts) {
  constexpr std::size_t most = 4;
  json parts = json::array();
  if (counts.overdue == 0 || query.store.filter.location) return parts;
  const auto found = by.with.leads.overdue_per_location(by.sees(), by.now);
  if (found.size() < 2) return parts;
  std::vector<std::pair<std::string, std::int64_t>> places(found.begin(), found.end());
  std::stable_sort(places.begin(), places.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
  if (places.size() > most) places.resize(most);
  for (const auto &[place, count] : places) {
    const auto label = place.empty() ? by.say("Without location") : by.people->location_name(place);
    const auto of = place.empty() ? std::string("none") : place;
    auto part = tab("overdue_" + of, label, false, overview_link(label, {{"tab", "overdue"}, {"location", of}}));
    part["count"] = count;
    part["count_text"] = by.say.number(count);
    part["tone"] = "bad";
    part["part_of"] = "overdue";
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

json tabs_block(const request &by, const overview_query &query, const store::tab_counts &counts) {
  struct row {
    std::string_view id, label;
    std::int64_t count;
  };
  const row rows[] = {{"open", "Open leads", counts.open},
                      {"unassigned", "Not assigned", counts.unassigned},
                      {"mine", "Mine", counts.mine},
                      {"overdue", "Overdue", counts.overdue},
                      {"silent", "Without next step", counts.silent},
                      {"absent", "Salesperson not here", counts.absent},
                      {"all", "All", counts.all}};
  json items = json::array();
  for (const auto &[id, label, count] : rows) {
    auto params = query.params();
    params["tab"] = id;
    const bool current = query.store.filter.tab == id || (query.store.filter.tab.empty() && id == "all");
    const bool alarms = id == "absent" || id == "silent";
    if (alarms && count == 0 && !current) continue;  // As it should be.
    auto item = tab(id, by.say(label), current, overview_link(by.say(label), std::move(params)));
    item["count"] = count;
    item["count_text"] = by.say.number(count);
    if ((id == "overdue" || alarms) && count > 0) item["tone"] = "bad";
    items.push_back(std::move(item));
  }
  for (auto &part : overdue_parts(by, query, counts)) items.push_back(std::move(part));
  return {{"type", "tabs"}, {"id", "tabs"}, {"label", by.say("Views")}, {"items", std::move(items)}};
}

}  // namespace lead_system::screens
