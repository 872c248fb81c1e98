#include "screens/evaluation/manufacturer.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "evaluation/follow_ups.hpp"
#include "evaluation/median.hpp"
#include "screens/evaluation/evaluation_cells.hpp"
#include "screens/kit/results.hpp"

namespace lead_system::screens {
namespace {

using namespace evaluation;

constexpr std::string_view report_id = "leads.manufacturer";

/// A location with its types, a type there, or everything.
struct report_row {
  std::string id, place, codes, type;
  json leads = json::object();      ///< the overview's parameters of its leads
  bool whole = true;                ///< a location, in front of its types
  const lead_type *only = nullptr;  ///< the type that it is of
  place_numbers of{};
  follow_ups kept{};
  std::uint32_t sold_then = 0;  ///< in the period, whenever they came
  report_row &operator+=(const report_row &more) {
    of += more.of;
    kept += more.kept;
    sold_then += more.sold_then;
    return *this;
  }
};

struct report_column {
  std::string_view id, label;
  json (*cell)(const evaluation_page &, const report_row &);
  json (*leads)();
  lead_state by = lead_state::received;  ///< only where a type can come to that state
};

template <std::size_t span>
json answered_cell(const evaluation_page &page, const report_row &row) {
  return page.share(row.of.answered[span], row.of.of[received]);
}
template <std::size_t span>
json answered_leads() {
  return {{"answered", std::to_string(answer_spans[span])}};
}
template <std::size_t span>
json opening_cell(const evaluation_page &page, const report_row &row) {
  return page.share(row.of.answered_open[span], row.of.of[received]);
}
template <std::size_t span>
json opening_leads() {
  return {{"answered_open", std::to_string(working_spans[span])}};
}
json received_cell(const evaluation_page &page, const report_row &row) {
  return page.count(row.of.of[received]);
}
json all_leads() {
  return json::object();
}
json kept_cell(const evaluation_page &page, const report_row &row) {
  if (row.kept.due == 0) return no_cell();
  auto result = cell_value(page.percent(static_cast<double>(row.kept.kept) / row.kept.due, 0),
                           static_cast<double>(row.kept.kept) / row.kept.due);
  result["title"] = page.by.say("{1} of {2}", page.by.say.number(row.kept.kept), page.by.say.number(row.kept.due));
  return result;
}

constexpr report_column answer_columns[] = {
    {"received", "Received", received_cell, all_leads},
    {"within_hour", "Within 1 hour", answered_cell<0>, answered_leads<0>},
    {"within_four_hours", "Within 4 hours", answered_cell<1>, answered_leads<1>},
    {"within_day", "Within 1 day", answered_cell<2>, answered_leads<2>},
    {"median", "Median", [](auto &page, auto &row) { return page.median(median(row.of.clock), row.of.of[responded]); },
     first_responses},
    {"open_hour", "1 opening hour", opening_cell<0>, opening_leads<0>},
    {"open_four_hours", "4 opening hours", opening_cell<1>, opening_leads<1>},
    {"open_day", "1 working day", opening_cell<2>, opening_leads<2>},
    {"open_median", "Median, opening hours",
     [](auto &page, auto &row) { return page.median(median(row.of.opening), row.of.of[responded]); }, first_responses},
};

constexpr report_column outcome_columns[] = {
    {"received", "Received", received_cell, all_leads},
    {"appointments", "Test drives agreed", [](auto &page, auto &row) { return page.count(row.of.of[appointments]); },
     [] { return at_stage(stage::appointment); }, lead_state::appointment},
    {"test_drives", "Test drives done", [](auto &page, auto &row) { return page.count(row.of.of[test_drives]); },
     [] { return at_stage(stage::test_drive); }, lead_state::test_drive_done},
    {"won", "Of these sold", [](auto &page, auto &row) { return page.count(row.of.of[won]); },
     [] { return ended_as({lead_state::won}); }},
    {"success_rate", "Success rate",
     [](auto &page, auto &row) { return page.share(row.of.of[won], row.of.of.decided()); },
     [] {
       return ended_as({lead_state::won, lead_state::lost, lead_state::closed});
     }},
    {"sold_then", "Sold in the period", [](auto &page, auto &row) { return page.count(row.sold_then); },
     []() -> json {
       return {{"day", "sale"}};
     }},
    {"follow_ups", "Follow-ups kept", kept_cell, all_leads},
    {"asleep", "Without next step", [](auto &page, auto &row) { return page.count(row.of.of[asleep]); },
     []() -> json {
       return {{"tab", "silent"}};
     }},
};

/// The numbers of each type at each location, of the leads that came and of those that were sold.
std::map<std::pair<std::string, std::string>, report_row> places_of(const numbers &came, const numbers &sold_ones,
                                                                    const auto &kept) {
  std::map<std::pair<std::string, std::string>, report_row> result;
  for (const auto &one : came.places) result[{one.location, one.type}].of += one;
  for (const auto &one : sold_ones.places) result[{one.location, one.type}].sold_then += one.of[won];
  for (const auto &[place, numbers] : kept) {
    // Of leads that one does not see nothing is said.
    const auto found = result.find({place.second, place.first});
    if (found != result.end()) found->second.kept += numbers;
  }
  return result;
}

/// Locations as the host has them, each with its types in their order; those without leads are left out.
class report_rows_of {
 public:
  report_rows_of(const request &by, const std::string &category,
                 const std::map<std::pair<std::string, std::string>, report_row> &places)
      : by_(by), category_(category), places_(places) {
    const auto known = by.with.sources.now();
    for (const auto &code : by.with.store.dealer_codes()) {
      const auto source = known->find(code.source);
      if (source == known->end() || code.location.empty() || !brings(source->second)) continue;
      codes_[code.location].insert(code.code);
    }
    for (const auto &place : by.people->locations) add(place.id, place.name);
    for (const auto &[key, row] : places) {
      if (!key.first.empty() && by.people->find_location(key.first) == nullptr) add(key.first, key.first);
    }
    add("", by.say("Without location"));
    total_.place = by.say("Total");
  }
  const std::vector<report_row> &rows() const noexcept { return rows_; }
  const report_row &total() const noexcept { return total_; }

 private:
  /// Another manufacturer's codes are none of his business.
  bool brings(const intake::definition &source) const {
    return source.category == category_ ||
           std::any_of(source.types.begin(), source.types.end(), [&](const std::string &key) {
             const auto *type = by_.with.types.find_type(key);
             return type != nullptr && type->category == category_;
           });
  }
  void add(const std::string &location, const std::string &name) {
    const auto of = location.empty() ? std::string("none") : location;
    if (std::any_of(rows_.begin(), rows_.end(), [&](const auto &row) { return row.id == of; })) return;
    report_row whole;
    whole.id = of;
    whole.place = name;
    for (const auto &code : codes_[location]) whole.codes += (whole.codes.empty() ? "" : ", ") + code;
    whole.type = by_.say("All");
    whole.leads = {{"location", of}};
    std::vector<report_row> parts;
    for (const auto &type : by_.with.types.types()) {
      const auto found = places_.find({location, type.key});
      if (type.category != category_ || found == places_.end()) continue;
      auto row = found->second;
      row.id = of + "/" + type.key;
      row.place = name;
      row.type = by_.say(type.title);
      row.only = &type;
      row.whole = false;
      row.leads = {{"location", of}, {"type", type.key}};
      whole += row;
      parts.push_back(std::move(row));
    }
    if (parts.empty()) return;
    total_ += whole;
    rows_.push_back(std::move(whole));
    std::move(parts.begin(), parts.end(), std::back_inserter(rows_));
  }

  const request &by_;
  const std::string &category_;
  const std::map<std::pair<std::string, std::string>, report_row> &places_;
  std::map<std::string, std::set<std::string>> codes_;  ///< by location
  std::vector<report_row> rows_;
  report_row total_;
};

json report_table(const evaluation_page &page, std::string_view id, std::string title, const report_rows_of &rows,
                  std::span<const report_column> wanted) {
  const auto &say = page.by.say;
  json head = json::array({column("place", say("Location")), column("type", say("Type"))});
  std::vector<const report_column *> shown;
  for (const auto &one : wanted) {
    if (!page.has(one.by)) continue;
    shown.push_back(&one);
    head.push_back(number_column(one.id, say(one.label), one.leads()));
  }
  const auto cells_of = [&](const report_row &row) {
    json cells;
    cells["place"]["text"] = row.place;
    cells["place"][row.whole ? "strong" : "quiet"] = true;
    if (!row.codes.empty()) cells["place"]["quiet_text"] = row.codes;
    cells["type"]["text"] = row.type;
    for (const auto *one : shown) {
      // A request for a quote has no test drive, which is not none.
      const bool comes = row.only == nullptr || one->by == lead_state::received || has_state(row.only, one->by);
      cells[std::string(one->id)] = comes ? one->cell(page, row) : no_cell();
    }
    return cells;
  };
  auto block = page.table(id, std::move(title), std::move(head));
  block["layout"] = "plain";
  block["width"] = "full";
  for (const auto &row : rows.rows()) block["rows"].push_back(numbers_row(row.id, cells_of(row), row.leads));
  if (rows.rows().empty()) {
    block["empty"] = {{"title", say("No leads in this period.")}};
  } else {
    block["totals"] = cells_of(rows.total());
  }
  return block;
}

json report_filters(const request &by, const evaluation_query &query, const std::string &category) {
  json offered = json::array(), periods = json::array();
  for (const auto &one : by.with.types.categories()) offered.push_back(option(one.key, by.say(one.title)));
  for (const auto &one : named_periods()) periods.push_back(option(std::string(one.key), by.say(one.title)));
  periods.push_back(option("range", by.say("From – to …")));
  auto period = choice("period", by.say("Period"), query.period, std::move(periods));
  period["wide"] = true;
  auto of = choice("category", by.say("Category"), category, std::move(offered));
  of["wide"] = true;
  json fields = json::array({std::move(of), std::move(period)});
  if (query.period == "range") {
    fields.push_back(field("from", "date", by.say("From"), calendar::iso(query.days.from)));
    fields.push_back(field("to", "date", by.say("To"), calendar::iso(query.days.to - 1)));
  }
  return {{"type", "filters"},
          {"id", "filters"},
          {"label", by.say("Choose category and period")},
          {"fields", std::move(fields)},
          {"submit", by.say("Apply")}};
}

/// What stands on paper above the numbers: of what, of when, and as of when.
json report_head(const request &by, const evaluation_query &query, const std::string &category) {
  const calendar days({}, by.now);
  const auto date_of = [&](int day) { return by.write.date(days.moment(day)); };
  return facts("report", {},
               json::array({fact("category", by.say("Category"), by.say(by.with.types.find_category(category)->title)),
                            fact("period", by.say("Period"),
                                 by.say("{1} to {2}", date_of(query.days.from), date_of(query.days.to - 1))),
                            fact("as_of", by.say("As of"), by.write.full(by.now))}));
}

json what_is_meant(const request &by) {
  struct meaning {
    std::string_view title, text;
  };
  static constexpr meaning meanings[] = {
      {"Received", "Leads that came in the period, as they are now; all other columns count among these."},
      {"Answered",
       "From the arrival to the first contact by a person, as a share of the leads received: by the clock, and in the "
       "opening hours of the location without holidays. A working day has ten opening hours."},
      {"Sold in the period", "Leads with their sale on a day of the period, whenever they came."},
      {"Follow-ups kept",
       "Planned contacts and agreed test drives of these leads whose day has passed; kept where something was done by "
       "the end of it."},
      {"Without next step", "Open leads for which nothing is planned, as it is now."},
  };
  json items = json::array();
  for (const auto &one : meanings) {
    items.push_back({{"label", by.say(one.title)}, {"value", {{"text", by.say(one.text)}}}});
  }
  return facts("definitions", by.say("What counts?"), std::move(items));
}

class manufacturer_report : public dms::screen {
 public:
  manufacturer_report(const parts &with, evaluator &from) : with_(with), numbers_(from) {}
  std::string id() const override { return std::string(report_id); }
  std::string right() const override { return "leads.evaluation"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const auto sees = by.sees();
    const parameters sent(text);
    auto category = sent.one("category");
    if (category.empty()) category = with_.types.categories().front().key;
    if (with_.types.find_category(category) == nullptr) refuse_value(by, "category", category);
    auto query = read_evaluation_query(by, asked_of(sent, category), [&] { return numbers_.oldest(sees); });
    query.asked.by_place = true;
    const auto came = numbers_.ask(query.asked, sees);
    auto of_sales = query.asked;
    of_sales.by_sale = true;
    const auto sold_ones = numbers_.ask(of_sales, sees);
    const auto places = places_of(came, sold_ones, kept(by, query, category, sees));
    const report_rows_of rows(by, category, places);
    const evaluation_page page{by, query, came};
    auto result = document(report_id, by.say("Report for the manufacturer"));
    result["export"] = {"csv", "xlsx"};
    result["links"] = json::array({link_to(by.say("Lead evaluation"), "leads.evaluation", query_link(query)),
                                   link_to(by.say("Help"), "leads.help", {{"page", "manufacturer"}})});
    json tables =
        json::array({report_table(page, "answered", by.say("How soon leads were answered"), rows, answer_columns),
                     report_table(page, "outcome", by.say("What became of them"), rows, outcome_columns)});
    result["blocks"] = json::array({report_filters(by, query, category),
                                    report_head(by, query, category),
                                    {{"type", "panels"}, {"id", "tables"}, {"blocks", std::move(tables)}},
                                    what_is_meant(by)});
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view, std::string_view) override {
    const request by(with_, who);
    return unknown_action(by);
  }

 private:
  /// A manufacturer asks for a quarter that is over; nothing else narrows his report.
  static parameters asked_of(const parameters &sent, const std::string &category) {
    parameters result;
    for (const char *name : {"from", "to"}) {
      if (sent.has(name)) result.set(name, sent.one(name));
    }
    const bool range = sent.has("from") || sent.has("to");
    result.set("period", sent.has("period") ? sent.one("period") : range ? "range" : "last_quarter");
    result.set("compare", "none");
    result.set("category", category);
    return result;
  }
  static json query_link(const evaluation_query &query) {
    json params = query.filters;
    params["period"] = query.period;
    if (query.period == "range") params.update(days_of(query.days));
    return params;
  }
  /// Of the leads that the asking user sees.
  std::map<std::pair<std::string, std::string>, follow_ups> kept(const request &by, const evaluation_query &query,
                                                                 const std::string &category,
                                                                 const access::visibility &sees) const {
    const auto &during = query.asked.during;
    const auto to = during.to != 0 ? during.to : std::numeric_limits<time_us>::max();  // 0: all there are
    auto steps = store::follow_up_rows(with_.store).of_leads(category, during.from, to);
    std::vector<std::int64_t> ids;
    for (const auto &step : steps) {
      if (ids.empty() || ids.back() != step.lead) ids.push_back(step.lead);
    }
    auto seen = with_.leads.seen(ids, sees);
    std::sort(seen.begin(), seen.end());
    std::erase_if(steps, [&](const auto &step) { return !std::binary_search(seen.begin(), seen.end(), step.lead); });
    return follow_ups_of(steps, calendar({}, by.now));
  }

  const parts &with_;
  evaluator &numbers_;
};

}  // namespace

std::unique_ptr<dms::screen> make_manufacturer(const parts &with, evaluator &numbers) {
  return std::make_unique<manufacturer_report>(with, numbers);
}

}  // namespace lead_system::screens
