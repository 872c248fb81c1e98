// evaluation_tables.cpp - funnel, time, reasons, states, age and feedback.
#include "screens/evaluation/evaluation_tables.hpp"

#include <algorithm>

namespace lead_system::screens {
namespace {

using namespace evaluation;

json quiet(json one) {
  one["quiet"] = true;
  return one;
}

json strong(json one) {
  if (one.contains("linked")) one["strong"] = true;
  return one;
}

struct funnel_step {
  std::string_view id, label;
  figure counts;
  stage reached;
  lead_state by = lead_state::received;  ///< the state in which it is reached; received: every type has it
};
constexpr funnel_step funnel_steps[] = {
    {"received", "Received", received, stage::received},
    {"contacted", "Contacted", contacted, stage::contacted},
    {"appointments", "Appointment agreed", appointments, stage::appointment, lead_state::appointment},
    {"test_drives", "Test drive", test_drives, stage::test_drive, lead_state::test_drive_done},
    {"offers", "Offer", offers, stage::offer, lead_state::offer},
    {"sold", "Sold", sold, stage::sold},
};

std::string part_label(const evaluation_page &page, int first) {
  const auto &by = page.by;
  const auto months = by.say.rules().months;
  const auto &month = months[static_cast<std::size_t>(calendar::month_of(first) - 1)];
  switch (page.query.step) {
    case interval::day:
      return by.say("{1}/{2}", std::to_string(calendar::month_of(first)),
                    std::to_string(std::stoi(calendar::iso(first).substr(8))));
    case interval::week:
      return by.say("Wk {1}", std::to_string(calendar::iso_week_of(first)));
    case interval::month:
      return month + " " + calendar::iso(first).substr(2, 2);
    case interval::year:
      break;
  }
  return std::to_string(calendar::year_of(first));
}

std::string_view time_title(interval by) {
  constexpr std::string_view titles[] = {"Course by day", "Course by week", "Course by month", "Course by year"};
  return titles[static_cast<std::size_t>(by)];
}

/// One row of the table over time: its cells, and its line in the chart.
struct time_row {
  std::string_view id, label;
  const std::vector<counts> &parts;
  const counts &total;
  figure which;
};

json time_cells(const evaluation_page &page, const time_row &row) {
  json cells{{"row", {{"text", page.by.say(row.label)}}}};
  for (std::size_t part = 0; part < row.parts.size(); ++part) {
    cells["p" + std::to_string(part)] = page.count(row.parts[part][row.which]);
  }
  cells["total"] = strong(page.count(row.total[row.which]));
  return cells;
}

/// Their days are others than the columns'.
json compared_cells(const evaluation_page &page, const time_row &row) {
  auto cells = time_cells(page, row);
  const auto &days = page.query.compared_parts;
  for (std::size_t part = 0; part < row.parts.size(); ++part) {
    auto &cell = cells["p" + std::to_string(part)];
    cell = page.linked(std::move(cell), json::object(), day_span{days[part], days[part + 1]});
  }
  cells["total"] = page.linked(std::move(cells["total"]), json::object(), page.query.compared);
  for (auto &cell : cells) cell["quiet"] = true;
  return cells;
}

json time_series(const time_row &row, std::string label, std::string_view as) {
  json values = json::array();
  for (const auto &part : row.parts) values.push_back(part[row.which]);
  return {{"label", std::move(label)}, {"as", as}, {"values", std::move(values)}};
}

}  // namespace

json funnel_table(const evaluation_page &page) {
  const auto &say = page.by.say;
  const auto &total = page.found.total, &before = page.found.compared;
  json columns = json::array({column("row", "")});
  json leads{{"row", {{"text", say("Leads")}}}}, of_all{{"row", {{"text", say("of all")}}}},
      of_previous{{"row", {{"text", say("of the stage before")}}}},
      compared{{"row", quiet({{"text", say("Comparison")}})}};
  json values = json::array(), ids = json::array();
  auto previous = total[received];
  for (const auto &one : funnel_steps) {
    const auto now = total[one.counts];
    if (!page.has(one.by)) continue;
    const std::string id(one.id);
    const bool first = one.reached == stage::received;
    columns.push_back(number_column(id, say(one.label), first ? json::object() : at_stage(one.reached)));
    leads[id] = strong(page.count(now));
    of_all[id] = page.share(now, total[received], 1);
    // More than the stage before are no share of it: some sales were made without an offer.
    of_previous[id] = first || now > previous ? no_cell() : page.share(now, previous, 1);
    if (page.query.compared) {
      auto past = page.count(before[one.counts]);
      if (before[received] >= enough_for_percent) {
        past["quiet_text"] = page.percent(static_cast<double>(before[one.counts]) / before[received], 1);
      }
      compared[id] = quiet(std::move(past));
    }
    values.push_back(now);
    ids.push_back(id);
    previous = now;
  }
  auto block = page.table("funnel", say("Funnel"), std::move(columns));
  block["note"] = say("Leads in which this stage happened");
  block["layout"] = "aligned";
  block["width"] = "full";
  block["chart"] = {{"kind", "funnel"}, {"after", "leads"}, {"columns", std::move(ids)}};
  block["chart"]["series"] = json::array({{{"label", say("Leads")}, {"as", "bars"}, {"values", std::move(values)}}});
  block["rows"] = json::array({numbers_row("leads", std::move(leads)), numbers_row("of_all", std::move(of_all)),
                               numbers_row("of_previous", std::move(of_previous))});
  if (page.query.compared) {
    block["rows"].push_back(numbers_row("compared", std::move(compared), days_of(*page.query.compared)));
  }
  return block;
}

json time_table(const evaluation_page &page) {
  const auto &say = page.by.say;
  const auto &query = page.query;
  const auto &found = page.found;
  json columns = json::array({column("row", "")}), ids = json::array(), series = json::array(), rows = json::array();
  for (std::size_t part = 0; part + 1 < query.parts.size(); ++part) {
    const auto id = "p" + std::to_string(part);
    const day_span days{query.parts[part], query.parts[part + 1]};
    columns.push_back(number_column(id, part_label(page, days.from), days_of(days)));
    ids.push_back(id);
  }
  columns.push_back(number_column("total", say("Total")));
  const time_row now{"received", "Received", found.parts, found.total, received};
  rows.push_back(numbers_row(now.id, time_cells(page, now)));
  series.push_back(time_series(now, say(now.label), "line"));
  if (query.compared) {
    const time_row past{"compared", "Comparison", found.compared_parts, found.compared, received};
    rows.push_back(numbers_row(past.id, compared_cells(page, past)));
    series.push_back(time_series(past, say(past.label), "compared"));
  }
  const time_row sales{"won", "Sold", found.parts, found.total, won};
  rows.push_back(numbers_row(sales.id, time_cells(page, sales), ended_as({lead_state::won})));
  series.push_back(time_series(sales, say(sales.label), "bars"));
  auto block = page.table("over_time", say(time_title(query.step)), std::move(columns));
  block["layout"] = "aligned";
  block["width"] = "full";
  block["chart"] = {{"kind", "lines"}, {"columns", std::move(ids)}, {"series", std::move(series)}};
  block["rows"] = std::move(rows);
  return block;
}

json reasons_table(const evaluation_page &page) {
  const auto &say = page.by.say;
  const auto total = page.found.total[lost], before = page.found.compared[lost];
  const auto lost_ones = ended_as({lead_state::lost});
  json columns = json::array({column("reason", say("Reason"))});
  columns.push_back({{"id", "bar"}, {"label", ""}, {"bar", true}});
  columns.push_back(number_column("leads", say("Leads"), lost_ones));
  columns.push_back(number_column("share", say("Share"), lost_ones));
  if (page.query.compared) {
    auto past = days_of(*page.query.compared);
    past.update(lost_ones);
    columns.push_back(number_column("compared", say("Comparison"), std::move(past)));
  }
  auto block = page.table("lost_reasons", say("Why lost"), std::move(columns));
  block["note"] = say.count("{1} lost lead", "{1} lost leads", total);
  block["layout"] = "plain";
  const auto most = page.found.lost_by_reason.empty() ? 0U : page.found.lost_by_reason.front().of;
  for (const auto &why : page.found.lost_by_reason) {
    const auto *known = find_reason(why.key);
    const auto key = why.key.empty() ? std::string("none") : why.key;
    json cells{{"reason", {{"text", known == nullptr ? say("No reason") : say(known->title)}}},
               {"bar", {{"share", most == 0 ? 0.0 : static_cast<double>(why.of) / most}, {"quiet", true}}},
               {"leads", page.count(why.of)},
               {"share", page.share(why.of, total)}};
    if (page.query.compared) cells["compared"] = quiet(page.share(why.compared, before));
    block["rows"].push_back(numbers_row(key, std::move(cells), {{"reason", key}}));
  }
  if (total == 0) {
    block["empty"] = {{"title", say("No lost leads in this period.")}};
  } else {
    block["totals"] = {{"reason", {{"text", say("Total")}}},
                       {"leads", page.count(total)},
                       {"share", {{"text", page.percent(1, 0)}, {"value", 1}}}};
  }
  return block;
}

/// As the head of a narrow column.
std::string_view short_title(lead_state state) {
  if (state == lead_state::closed) return "No further contact";
  return state == lead_state::invalid ? "Invalid" : title(state);
}

json state_table(const evaluation_page &page) {
  const auto &by = page.by;
  const auto &total = page.found.total;
  json columns = json::array({column("type", by.say("Type"))});
  std::vector<lead_state> states;
  for (const auto state : all_states()) {
    // Nothing is anonymised in most periods; a type without test drives has no column for them.
    if (total.state(state) > 0 || (state != lead_state::erased && page.has(state))) states.push_back(state);
  }
  for (const auto state : states)
    columns.push_back(number_column(key(state), by.say(short_title(state)), {{"state", key(state)}}));
  columns.push_back(number_column("total", by.say("Total")));
  auto block = page.table("by_type_and_state", by.say("States by type"), std::move(columns));
  block["layout"] = "aligned";
  block["width"] = "full";
  const auto cells_of = [&](std::string label, const counts &of) {
    json cells{{"type", {{"text", std::move(label)}}}};
    for (const auto state : states) cells[std::string(key(state))] = page.count(of.state(state));
    cells["total"] = strong(page.count(of[received]));
    return cells;
  };
  const auto add = [&](const std::string &type, std::string label, const counts &of) {
    block["rows"].push_back(numbers_row(type, cells_of(std::move(label), of), {{"type", type}}));
  };
  for (const auto &type : by.with.types.types()) {
    const auto found = std::find_if(page.found.types.begin(), page.found.types.end(),
                                    [&](const group &one) { return one.key == type.key; });
    const bool asked = page.query.asked.types.empty() && page.query.asked.categories.empty();
    if (found == page.found.types.end() && !asked) continue;
    add(type.key, by.say(type.title), found == page.found.types.end() ? counts{} : found->of);
  }
  for (const auto &one : page.found.types) {
    if (by.with.types.find_type(one.key) == nullptr) add(one.key, one.key, one.of);
  }
  block["totals"] = cells_of(by.say("Total"), total);
  return block;
}

json age_table(const evaluation_page &page) {
  const auto &by = page.by;
  const auto &query = page.query;
  constexpr std::string_view labels[] = {"30 days and more", "14 to 29 days", "7 to 13 days",
                                         "3 to 6 days",      "1 to 2 days",   "Today"};
  json columns = json::array({column("age", by.say("Age"))});
  columns.push_back({{"id", "bar"}, {"label", ""}, {"bar", true}});
  columns.push_back(number_column("open", by.say("Open"), {{"tab", "open"}}));
  columns.push_back(number_column("overdue", by.say("Overdue"), {{"tab", "overdue"}}));
  auto block = page.table("open_by_age", by.say("Open leads by age"), std::move(columns));
  block["layout"] = "plain";
  std::uint32_t most = 1;
  for (const auto &one : page.found.ages) most = std::max(most, one.open);
  // The youngest first.
  for (std::size_t at = page.found.ages.size(); at-- > 0;) {
    const auto &one = page.found.ages[at];
    day_span days = query.days;
    if (at > 0) days.from = std::max(days.from, query.ages[at - 1]);
    if (at < query.ages.size()) days.to = std::min(days.to, query.ages[at]);
    json cells{{"age", {{"text", by.say(labels[at])}}},
               {"bar", {{"share", static_cast<double>(one.open) / most}}},
               {"open", page.count(one.open)},
               {"overdue", page.count(one.overdue)}};
    block["rows"].push_back(numbers_row("age" + std::to_string(at), std::move(cells), days_of(days)));
  }
  block["totals"] = {{"age", {{"text", by.say("Total")}}},
                     {"open", page.count(page.found.total[open])},
                     {"overdue", page.count(page.found.total[overdue])}};
  return block;
}

json feedback_table(const evaluation_page &page) {
  const auto &by = page.by;
  struct row {
    std::string_view id, label;
    figure counts;
  };
  constexpr row rows[] = {{"pending", "Pending", feedback_pending},
                          {"rejected", "Rejected", feedback_rejected},
                          {"failed", "Failed", feedback_failed}};
  auto block = page.table("feedback", by.say("Feedback to the manufacturer"),
                          json::array({column("status", by.say("Status")),
                                       {{"id", "bar"}, {"label", ""}, {"bar", true}},
                                       number_column("leads", by.say("Leads"))}));
  block["layout"] = "plain";
  std::uint32_t most = 1;
  for (const auto &one : rows) most = std::max(most, page.found.total[one.counts]);
  for (const auto &one : rows) {
    const auto number = page.found.total[one.counts];
    json cells{{"status", {{"text", by.say(one.label)}}},
               {"bar", {{"share", static_cast<double>(number) / most}}},
               {"leads", page.count(number)}};
    block["rows"].push_back(numbers_row(one.id, std::move(cells), {{"feedback", one.id}}));
  }
  return block;
}

}  // namespace lead_system::screens
