// evaluation_groups.cpp - one row a location, salesperson, type, source, model or campaign.
#include <algorithm>
#include <functional>
#include <unordered_map>

#include "screens/evaluation/evaluation_tables.hpp"

namespace lead_system::screens {
namespace {

using namespace evaluation;

/// The columns that a table of groups may have: what they show of a group, and which of its leads.
struct group_column {
  std::string_view id, label;
  json (*cell)(const evaluation_page &, const group &);
  json (*leads)();
  lead_state by = lead_state::received;  ///< only where a type can come to that state
};
constexpr group_column all_columns[] = {
    {"received", "Received", [](auto &page, auto &of) { return page.count(of.of[received]); },
     [] { return json::object(); }},
    {"open", "Open", [](auto &page, auto &of) { return page.count(of.of[open]); },
     []() -> json {
       return {{"tab", "open"}};
     }},
    {"overdue", "Overdue", [](auto &page, auto &of) { return page.count(of.of[overdue]); },
     []() -> json {
       return {{"tab", "overdue"}};
     }},
    {"contacted", "Contacted", [](auto &page, auto &of) { return page.count(of.of[contacted]); },
     [] { return at_stage(stage::contacted); }},
    {"test_drives", "Test drives", [](auto &page, auto &of) { return page.count(of.of[test_drives]); },
     [] { return at_stage(stage::test_drive); }, lead_state::test_drive_done},
    {"offers", "Offers", [](auto &page, auto &of) { return page.count(of.of[offers]); },
     [] { return at_stage(stage::offer); }, lead_state::offer},
    {"won", "Sold", [](auto &page, auto &of) { return page.count(of.of[won]); },
     [] { return ended_as({lead_state::won}); }},
    {"lost", "Lost", [](auto &page, auto &of) { return page.count(of.of[lost]); },
     [] { return ended_as({lead_state::lost}); }},
    {"success_rate", "Success", [](auto &page, auto &of) { return page.share(of.of[won], of.of.decided()); },
     [] {
       return ended_as({lead_state::won, lead_state::lost, lead_state::closed});
     }},
    {"first_response", "First response",
     [](auto &page, auto &of) { return page.median(of.opening_median, of.of[responded]); }, first_responses},
    {"within_deadline", "In time", [](auto &page, auto &of) { return page.share(of.of[in_time], of.of.timed()); },
     timed},
};

struct shown_group {
  group of;
  std::string label;
  json own;            ///< the overview's parameters of its leads
  bool quiet = false;  ///< none: not assigned, without location
};

json group_cells(const evaluation_page &page, const shown_group &one, std::uint32_t most,
                 const std::vector<const group_column *> &columns) {
  json cells;
  cells["group"]["text"] = one.label;
  if (one.quiet) cells["group"]["quiet"] = true;
  if (most > 0) cells["bar"]["share"] = static_cast<double>(one.of.of[received]) / most;
  for (const auto *column : columns) cells[std::string(column->id)] = column->cell(page, one.of);
  return cells;
}

json group_table(const evaluation_page &page, std::string_view id, std::string_view title, std::string_view label,
                 const std::vector<shown_group> &groups, const std::vector<std::string_view> &wanted) {
  const auto &say = page.by.say;
  json head = json::array({column("group", say(label))});
  head.push_back({{"id", "bar"}, {"label", ""}, {"bar", true}});
  std::vector<const group_column *> columns;
  for (const auto &one : all_columns) {
    if (std::find(wanted.begin(), wanted.end(), one.id) == wanted.end() || !page.has(one.by)) continue;
    columns.push_back(&one);
    head.push_back(number_column(one.id, say(one.label), one.leads()));
  }
  auto block = page.table(id, say(title), std::move(head));
  block["layout"] = "plain";
  std::uint32_t most = 0;
  for (const auto &one : groups) most = std::max(most, one.of.of[received]);
  for (const auto &one : groups) {
    const auto row = one.of.key.empty() ? std::string("none") : one.of.key;
    block["rows"].push_back(numbers_row(row, group_cells(page, one, most, columns), one.own));
  }
  if (groups.empty()) {
    block["empty"] = {{"title", say("No leads in this period.")}};
    return block;
  }
  shown_group whole{
      {"", page.found.total, page.found.compared, {}, page.found.opening_median}, say("Total"), json::object()};
  block["totals"] = group_cells(page, whole, 0, columns);
  return block;
}

const std::vector<std::string_view> short_columns{"received", "open",         "overdue",
                                                  "won",      "success_rate", "within_deadline"};

struct named {
  std::string_view key;
  std::string label;
};

/// The groups with leads in the period, in the order of `known` first, then by number of leads. `shown` is given the
/// group and its name: the key itself where it is not among the known ones.
std::vector<shown_group> ordered(const std::vector<group> &groups, const std::vector<named> &known,
                                 const std::function<shown_group(const group &, const std::string &)> &shown) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (const auto &one : known) places.emplace(one.key, places.size());
  places[""] = known.size() + 1;
  struct placed {
    std::size_t at;
    const group *of;
  };
  std::vector<placed> sorted;
  for (const auto &of : groups) {
    const auto found = places.find(of.key);
    if (of.of[received] > 0) sorted.push_back({found == places.end() ? known.size() : found->second, &of});
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const placed &left, const placed &right) {
    if (left.at != right.at) return left.at < right.at;
    const auto of_left = left.of->of[received], of_right = right.of->of[received];
    return of_left != of_right ? of_left > of_right : left.of->key < right.of->key;
  });
  std::vector<shown_group> result;
  for (const auto &[at, of] : sorted) {
    const bool has_name = at < known.size() && !known[at].label.empty();
    result.push_back(shown(*of, has_name ? known[at].label : of->key));
  }
  return result;
}

/// Texts that feeds bring may be many: the most frequent ones, and nothing is lost in the total.
std::vector<shown_group> most_frequent(std::vector<shown_group> groups) {
  constexpr std::size_t most = 30;
  if (groups.size() > most) groups.resize(most);
  return groups;
}

std::vector<shown_group> by_text(const std::vector<group> &groups, const std::string &parameter,
                                 const std::string &none) {
  return most_frequent(ordered(groups, {}, [&](const group &of, const std::string &) -> shown_group {
    return {of, of.key.empty() ? none : of.key, {{parameter, to_choice(of.key)}}, of.key.empty()};
  }));
}

std::vector<shown_group> shown_locations(const evaluation_page &page) {
  const auto &by = page.by;
  std::vector<named> known;
  for (const auto &place : by.people->locations) known.push_back({place.id, place.name});
  return ordered(page.found.locations, known, [&](const group &of, const std::string &name) -> shown_group {
    if (of.key.empty()) return {of, by.say("Without location"), {{"location", "none"}}, true};
    return {of, name, {{"location", of.key}}};
  });
}

std::vector<shown_group> shown_types(const evaluation_page &page) {
  const auto &by = page.by;
  std::vector<named> known;
  for (const auto &type : by.with.types.types()) known.push_back({type.key, by.say(type.title)});
  return ordered(page.found.types, known, [&](const group &of, const std::string &name) -> shown_group {
    return {of, name, {{"type", of.key}}};
  });
}

}  // namespace

json location_table(const evaluation_page &page) {
  return group_table(page, "by_location", "By location", "Location", shown_locations(page), short_columns);
}

json salesperson_table(const evaluation_page &page) {
  const auto &by = page.by;
  std::vector<named> known;
  for (const auto &user : by.people->users) known.push_back({user.id, user.name});
  auto groups = ordered(page.found.salespersons, known, [&](const group &of, const std::string &name) -> shown_group {
    if (of.key.empty()) return {of, by.say("Not assigned"), {{"assignee", "none"}}, true};
    return {of, name, {{"assignee", of.key}}};
  });
  auto block = group_table(page, "by_salesperson", "By salesperson", "Salesperson", groups,
                           {"received", "open", "overdue", "contacted", "test_drives", "offers", "won", "lost",
                            "success_rate", "first_response", "within_deadline"});
  block["note"] = by.say("First response: median in opening hours");
  return block;
}

json type_table(const evaluation_page &page) {
  return group_table(page, "by_type", "By type", "Type", shown_types(page), short_columns);
}

json source_table(const evaluation_page &page) {
  auto groups = ordered(page.found.sources, {}, [&](const group &of, const std::string &) -> shown_group {
    return {of, page.by.source_title(of.key), {{"source", of.key}}};
  });
  return group_table(page, "by_source", "By source", "Source", groups, short_columns);
}

json answer_table(const evaluation_page &page) {
  const auto &by = page.by;
  constexpr std::string_view ids[] = {"within_hour", "within_four_hours", "within_day"};
  constexpr std::string_view labels[] = {"Within 1 hour", "Within 4 hours", "Within 1 day"};
  json head = json::array({column("group", by.say("Location or type")), number_column("received", by.say("Received"))});
  for (std::size_t span = 0; span < answer_spans.size(); ++span)
    head.push_back(number_column(ids[span], by.say(labels[span]), {{"answered", std::to_string(answer_spans[span])}}));
  head.push_back(number_column("responded", by.say("Answered"), first_responses()));
  auto block = page.table("answered", by.say("How soon leads were answered"), std::move(head));
  block["layout"] = "plain";
  block["note"] = by.say("Share of the leads received; by the clock from the arrival to the first contact");
  const auto cells = [&](std::string label, const counts &of, const answered_within &answered) {
    json result;
    result["group"]["text"] = std::move(label);
    result["received"] = page.count(of[received]);
    for (std::size_t span = 0; span < answer_spans.size(); ++span)
      result[std::string(ids[span])] = page.share(answered[span], of[received]);
    result["responded"] = page.share(of[responded], of[received]);
    return result;
  };
  const auto add = [&](const std::vector<shown_group> &groups, const std::string &prefix) {
    for (const auto &one : groups) {
      const auto row = prefix + (one.of.key.empty() ? std::string("none") : one.of.key);
      block["rows"].push_back(numbers_row(row, cells(one.label, one.of.of, one.of.answered), one.own));
    }
  };
  const auto locations = shown_locations(page);
  if (locations.empty()) {
    block["empty"] = {{"title", by.say("No leads in this period.")}};
    return block;
  }
  add(locations, "location_");
  add(shown_types(page), "type_");
  block["totals"] = cells(by.say("Total"), page.found.total, page.found.answered);
  return block;
}

json model_table(const evaluation_page &page) {
  return group_table(page, "by_model", "By model", "Model",
                     by_text(page.found.models, "model", page.by.say("None named")), short_columns);
}

json campaign_table(const evaluation_page &page) {
  return group_table(page, "by_campaign", "By campaign", "Campaign",
                     by_text(page.found.campaigns, "campaign", page.by.say("None named")), short_columns);
}

}  // namespace lead_system::screens
