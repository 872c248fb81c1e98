// evaluation.cpp - Lead-Auswertung: filters, key figures, the tables with their charts, and what counts.
#include "screens/evaluation/evaluation.hpp"

#include <algorithm>

#include "screens/evaluation/evaluation_report.hpp"
#include "screens/evaluation/evaluation_tables.hpp"

namespace lead_system::screens {
namespace {

using namespace evaluation;

constexpr std::string_view evaluation_id = "leads.evaluation";

// --- filters ---

json named_options(const request &by, std::span<const named_period> list) {
  json options = json::array();
  for (const auto &one : list) options.push_back(option(std::string(one.key), by.say(one.title)));
  return options;
}

json period_fields(const request &by, const evaluation_query &query) {
  auto periods = named_options(by, named_periods());
  periods.push_back(option("all", by.say("All leads")));
  periods.push_back(option("range", by.say("From – to …")));
  auto period = choice("period", by.say("Period"), query.period, std::move(periods));
  period["wide"] = true;
  json fields = json::array({std::move(period)});
  auto day = choice("day", by.say("Counted by"), query.asked.by_sale ? "sale" : "",
                    json::array({option("", by.say("Day of arrival")), option("sale", by.say("Day of sale"))}));
  day["wide"] = true;
  fields.push_back(std::move(day));
  if (query.period == "range") {
    fields.push_back(field("from", "date", by.say("From"), calendar::iso(query.days.from)));
    fields.push_back(field("to", "date", by.say("To"), calendar::iso(query.days.to - 1)));
  }
  if (query.bounded) {
    auto compare = choice("compare", by.say("Comparison"), query.compare, named_options(by, named_comparisons()));
    compare["wide"] = true;
    fields.push_back(std::move(compare));
  }
  json steps = json::array({option("", by.say("Automatic"))});
  constexpr std::string_view titles[] = {"Day", "Week", "Month", "Year"};
  for (const auto one : {interval::day, interval::week, interval::month, interval::year}) {
    if (!calendar::fits(one, query.days)) continue;
    steps.push_back(option(std::string(key(one)), by.say(titles[static_cast<std::size_t>(one)])));
  }
  fields.push_back(choice("by", by.say("Course by"), query.by, std::move(steps)));
  return fields;
}

json type_choice(const request &by, const evaluation_query &query) {
  json options = json::array({option("", by.say("All"))});
  for (const auto &group : by.with.types.categories()) {
    const auto types = by.with.types.types_of(group.key);
    if (types.size() != 1) options.push_back(option(group.key, by.say(group.title)));
    for (const auto *type : types) options.push_back(option(type->key, by.say(type->title)));
  }
  const auto category = query.sent.one("category");
  return choice("type", by.say("Type"), query.sent.has("type") ? query.sent.one("type") : category, std::move(options));
}

json location_choice(const request &by, const evaluation_query &query) {
  json options = json::array({option("", by.say("All"))});
  for (const auto &place : by.people->locations) options.push_back(option(place.id, place.name));
  options.push_back(option("none", by.say("Without location")));
  return choice("location", by.say("Location"), query.sent.one("location"), std::move(options));
}

json assignee_choice(const request &by, const evaluation_query &query) {
  json options = json::array({option("", by.say("All")), option("none", by.say("Not assigned"))});
  for (const auto &user : by.people->users) {
    const bool sells = user.has_role("sales") || user.has_role("manager");
    if (sells || query.sent.one("assignee") == user.id) options.push_back(option(user.id, user.name));
  }
  return choice("assignee", by.say("Salesperson"), query.sent.one("assignee"), std::move(options));
}

json source_choice(const request &by, const evaluation_query &query) {
  json options = json::array({option("", by.say("All"))});
  for (const auto &[id, source] : by.sources) options.push_back(option(id, by.source_title(id)));
  return choice("source", by.say("Source"), query.sent.one("source"), std::move(options));
}

/// Texts that feeds bring: as many as one can choose from; the one that is chosen always among them.
json text_choice(const request &by, const evaluation_query &query, std::string_view name, std::string label,
                 std::vector<std::string> texts) {
  constexpr std::size_t most = 200;
  const auto chosen = query.sent.one(name);
  if (texts.size() > most) texts.resize(most);
  const auto text = from_choice(chosen);
  const bool there = text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end();
  if (!there) texts.push_back(text);
  json options = json::array({option("", by.say("All"))});
  for (const auto &one : texts) options.push_back(option(to_choice(one), one));
  options.push_back(option("none", by.say("None named")));
  return choice(name, std::move(label), chosen, std::move(options));
}

json evaluation_filters(const request &by, const evaluation_query &query, const evaluator::choices &offered,
                        std::uint32_t total) {
  auto fields = period_fields(by, query);
  fields.push_back(type_choice(by, query));
  fields.push_back(location_choice(by, query));
  fields.push_back(assignee_choice(by, query));
  fields.push_back(source_choice(by, query));
  fields.push_back(text_choice(by, query, "model", by.say("Model"), offered.models));
  fields.push_back(text_choice(by, query, "campaign", by.say("Campaign"), offered.campaigns));
  return {{"type", "filters"},
          {"id", "filters"},
          {"label", by.say("Filter the evaluation")},
          {"fields", std::move(fields)},
          {"submit", by.say("Apply")},
          {"submit_phone", by.say.count("Evaluate {1} lead", "Evaluate {1} leads", total)},
          {"button", by.say("Filter")}};
}

// --- key figures ---

json share_or_null(std::uint32_t part, std::uint32_t of) {
  return of == 0 ? json(nullptr) : json(static_cast<double>(part) / of);
}

json number_or_null(const std::optional<double> &number) {
  return number ? json(*number) : json(nullptr);
}

/// For programs, by the ids of plugin/screens/README.md. Rates are shares of 1, times are minutes; null where there is
/// nothing.
json figure_values(const numbers &found) {
  const auto &total = found.total;
  json values{{"success_rate", share_or_null(total[won], total.decided())},
              {"within_deadline", share_or_null(total[in_time], total.timed())},
              {"first_response_median_minutes", number_or_null(found.clock_median)},
              {"first_response_median_opening_minutes", number_or_null(found.opening_median)}};
  struct row {
    const char *id;
    figure which;
  };
  constexpr row rows[] = {{"received", received},
                          {"open", open},
                          {"overdue", overdue},
                          {"unassigned", unassigned},
                          {"contacted", contacted},
                          {"appointments", appointments},
                          {"test_drives", test_drives},
                          {"offers", offers},
                          {"won", won},
                          {"lost", lost},
                          {"closed", closed},
                          {"invalid", figure::invalid},
                          {"decided_in_time", in_time},
                          {"decided_late", late},
                          {"responded", responded},
                          {"feedback_pending", feedback_pending},
                          {"feedback_rejected", feedback_rejected},
                          {"feedback_failed", feedback_failed}};
  for (const auto &[id, which] : rows) values[id] = total[which];
  return values;
}

std::string with_sign(const language &say, std::int64_t difference) {
  return difference < 0 ? "−" + say.number(-difference) : (difference > 0 ? "+" : "±") + say.number(difference);
}

std::string percent_with_sign(const evaluation_page &page, double difference) {
  const auto text = page.percent(difference, 1);
  return difference < 0 ? text : "+" + text;
}

json figure_item(std::string_view id, std::string label, json value, json parts = json::array()) {
  json item{{"id", id}, {"label", std::move(label)}, {"value", std::move(value)}};
  if (!parts.empty()) item["detail_parts"] = std::move(parts);
  return item;
}

json link_of(const json &counted) {
  return counted.contains("link") ? counted["link"] : counted["text"];
}

json received_item(const evaluation_page &page) {
  const auto &total = page.found.total, &before = page.found.compared;
  json parts = json::array();
  if (page.query.compared && before[received] > 0) {
    const auto difference = static_cast<std::int64_t>(total[received]) - before[received];
    const auto change = before[received] < enough_for_percent
                            ? with_sign(page.by.say, difference)
                            : percent_with_sign(page, static_cast<double>(difference) / before[received]);
    parts = {page.by.say("{1} on", change),
             link_of(page.linked(page.count(before[received]), json::object(), page.query.compared))};
  }
  return figure_item("received", page.by.say("Received"), page.linked(page.count(total[received])), std::move(parts));
}

json won_item(const evaluation_page &page) {
  const auto sold_ones = ended_as({lead_state::won});
  const auto &total = page.found.total, &before = page.found.compared;
  json parts = json::array();
  // Beside nothing every number is a rise.
  if (page.query.compared && before[received] > 0) {
    const auto change = static_cast<std::int64_t>(total[won]) - before[won];
    parts = {page.by.say("{1} on", with_sign(page.by.say, change)),
             link_of(page.linked(page.count(before[won]), sold_ones, page.query.compared))};
  }
  return figure_item("won", page.by.say("Sold"), page.linked(page.count(total[won]), sold_ones), std::move(parts));
}

json success_item(const evaluation_page &page) {
  const auto &total = page.found.total;
  const auto decided = ended_as({lead_state::won, lead_state::lost, lead_state::closed});
  json parts = json::array();
  if (total.decided() > 0) {
    parts = {link_of(page.linked(page.count(total[won]), ended_as({lead_state::won}))), page.by.say("of"),
             link_of(page.linked(page.count(total.decided()), decided)), page.by.say("decided")};
  }
  return figure_item("success_rate", page.by.say("Success rate"),
                     page.linked(page.share(total[won], total.decided(), 1), decided), std::move(parts));
}

json response_item(const evaluation_page &page) {
  const auto &found = page.found;
  auto value = page.linked(page.median(found.opening_median, found.total[responded]), first_responses());
  json parts = json::array();
  if (found.opening_median) parts.push_back(page.by.say("by the clock {1}", page.minutes(found.clock_median)));
  return figure_item("first_response", page.by.say("First response, median"), std::move(value), std::move(parts));
}

json deadline_item(const evaluation_page &page) {
  const auto &total = page.found.total, &before = page.found.compared;
  json parts = json::array();
  if (page.query.compared && before.timed() > 0 && total.timed() > 0) {
    const auto change =
        static_cast<double>(total[in_time]) / total.timed() - static_cast<double>(before[in_time]) / before.timed();
    parts.push_back(page.by.say("{1} points", percent_with_sign(page, change)));
  }
  return figure_item("within_deadline", page.by.say("Within the deadline"),
                     page.linked(page.share(total[in_time], total.timed(), 1), timed()), std::move(parts));
}

json key_figures(const evaluation_page &page) {
  const auto &by = page.by;
  const auto &total = page.found.total;
  auto late_ones = page.linked(page.count(total[overdue]), {{"tab", "overdue"}});
  if (total[overdue] > 0) late_ones["tone"] = "bad";
  json of_open = json::array();
  if (total[open] > 0) {
    of_open.push_back(
        by.say("{1} of the open ones", page.percent(static_cast<double>(total[overdue]) / total[open], 1)));
  }
  auto pending = page.linked(page.count(total[feedback_pending]), {{"feedback", "pending"}});
  pending["quiet_text"] = by.say("pending");
  json items = json::array(
      {received_item(page),
       figure_item("open", by.say("Open"), page.linked(page.count(total[open]), {{"tab", "open"}}),
                   json::array({link_of(page.linked(page.count(total[unassigned]), {{"tab", "unassigned"}})),
                                by.say("not assigned")})),
       figure_item("overdue", by.say("Overdue"), std::move(late_ones), std::move(of_open)), won_item(page),
       success_item(page), response_item(page), deadline_item(page),
       figure_item("feedback", by.say("Feedback"), std::move(pending),
                   json::array({link_of(page.linked(page.count(total[feedback_failed]), {{"feedback", "failed"}})),
                                by.say("failed")}))});
  return {{"type", "key_figures"},
          {"id", "key_figures"},
          {"values", figure_values(page.found)},
          {"items", std::move(items)}};
}

// --- the page ---

json half(json block) {
  block["width"] = "half";
  return block;
}

json full(json block) {
  block["width"] = "full";
  return block;
}

json tables(const evaluation_page &page) {
  json all = json::array({funnel_table(page), time_table(page), half(reasons_table(page)), half(location_table(page)),
                          full(salesperson_table(page)), full(state_table(page)), half(type_table(page)),
                          half(source_table(page)), full(answer_table(page)), half(age_table(page)),
                          half(feedback_table(page)), half(model_table(page)), half(campaign_table(page))});
  return {{"type", "panels"}, {"id", "tables"}, {"blocks", std::move(all)}};
}

json what_counts(const request &by) {
  json items = json::array();
  for (const auto &one : definitions())
    items.push_back({{"label", by.say(one.title)}, {"value", {{"text", by.say(one.meaning)}}}});
  return facts("definitions", by.say("What counts?"), std::move(items));
}

class evaluation_screen : public dms::screen {
 public:
  evaluation_screen(const parts &house, evaluator &from, store::report_rows &readers, std::function<void()> wake)
      : with_(house), numbers_(from), readers_(readers), wake_(std::move(wake)) {}
  std::string id() const override { return std::string(evaluation_id); }
  std::string right() const override { return "leads.evaluation"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const auto query = read_evaluation_query(by, parameters(text), [&] { return numbers_.oldest(by.sees()); });
    const auto sees = by.sees();
    const auto found = numbers_.ask(query.asked, sees);
    const evaluation_page page{by, query, found};
    auto result = document(evaluation_id, by.say("Lead evaluation"));
    result["export"] = {"csv", "xlsx"};
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "evaluation"}})});
    // The report itself is no page on which one chooses.
    if (who.channel() != "job") {
      if (auto report = report_action(by, readers_); !report.is_null()) result["actions"] = json::array({report});
    }
    result["blocks"] = json::array({evaluation_filters(by, query, numbers_.offered(sees), found.total[received]),
                                    key_figures(page), tables(page), what_counts(by)});
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view name, std::string_view input) override {
    const request by(with_, who);
    auto made = choose_readers(by, name, parameters(input), readers_);
    if (made.status == dms_ok) wake_();
    return made;
  }

 private:
  const parts &with_;
  evaluator &numbers_;
  store::report_rows &readers_;
  std::function<void()> wake_;
};

}  // namespace

std::unique_ptr<dms::screen> make_evaluation(const parts &with, evaluation::evaluator &numbers,
                                             store::report_rows &readers, std::function<void()> wake_reports) {
  return std::make_unique<evaluation_screen>(with, numbers, readers, std::move(wake_reports));
}

}  // namespace lead_system::screens
