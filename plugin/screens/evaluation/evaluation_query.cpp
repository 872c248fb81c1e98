#include "screens/evaluation/evaluation_query.hpp"

#include <algorithm>

#include "screens/kit/results.hpp"

namespace lead_system::screens {
namespace {

using evaluation::calendar, evaluation::day_span;

/// Days since arrival at which the age of open leads is divided.
constexpr int age_steps[] = {30, 14, 7, 3, 1};

bool offered(std::span<const evaluation::named_period> list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [&](const auto &one) { return one.key == name; });
}

int day_in(const request &by, const parameters &sent, std::string_view name, int otherwise) {
  const auto text = sent.one(name);
  if (text.empty()) return otherwise;
  const auto day = calendar::parse(text);
  if (!day) refuse_value(by, name, text);
  return *day;
}

void read_period(const request &by, const calendar &days, const std::function<time_us()> &oldest,
                 evaluation_query &into) {
  const auto &sent = into.sent;
  into.period = sent.one("period");
  if (into.period.empty()) into.period = sent.has("from") || sent.has("to") ? "range" : "weeks12";
  const auto first_day = [&] {
    const auto at = oldest();
    return at == 0 ? days.today() : std::min(days.day_of(at), days.today());
  };
  if (into.period == "all") {
    into.bounded = false;
    into.days = {first_day(), days.today() + 1};
  } else if (into.period == "range") {
    // No lead comes from the future; a far end would only make empty parts.
    into.days.to = std::min(day_in(by, sent, "to", days.today()), days.today() + 366) + 1;
    into.days.from = sent.has("from") ? day_in(by, sent, "from", 0) : std::min(first_day(), into.days.to - 1);
    if (into.days.from >= into.days.to) {
      throw dms::failure(dms_invalid, by.say("The period ends before it begins. Choose another end."));
    }
  } else if (const auto named = days.period(into.period)) {
    into.days = *named;
  } else {
    refuse_value(by, "period", into.period);
  }
}

void read_comparison(const request &by, evaluation_query &into) {
  into.compare = into.sent.one("compare");
  if (into.compare.empty()) into.compare = into.bounded ? "previous" : "none";
  if (!offered(evaluation::named_comparisons(), into.compare)) refuse_value(by, "compare", into.compare);
  if (!into.bounded) into.compare = "none";
  into.compared = calendar::compared(into.compare, into.period, into.days);
}

void read_parts(const request &by, const calendar &days, evaluation_query &into) {
  into.by = into.sent.one("by");
  into.step = calendar::usual_interval(into.days);
  if (!into.by.empty()) {
    const auto wanted = evaluation::interval_from(into.by);
    if (!wanted) refuse_value(by, "by", into.by);
    if (calendar::fits(*wanted, into.days)) into.step = *wanted;
  }
  into.parts = calendar::parts(into.days, into.step);
  const auto moments = [&](const std::vector<int> &edges) {
    std::vector<time_us> result;
    result.reserve(edges.size());
    for (const auto day : edges) result.push_back(days.moment(day));
    return result;
  };
  into.asked.during = {days.moment(into.days.from), days.moment(into.days.to), moments(into.parts)};
  // What lies outside of all days counts too where everything is asked for.
  if (!into.bounded) into.asked.during.from = into.asked.during.to = 0;
  if (into.compared) {
    into.compared_parts = calendar::parts(*into.compared, into.step);
    // As many parts as the period has: a surplus one joins the one before.
    if (into.compared_parts.size() > into.parts.size()) {
      into.compared_parts.resize(into.parts.size());
      into.compared_parts.back() = into.compared->to;
    }
    into.asked.compared = {days.moment(into.compared->from), days.moment(into.compared->to),
                           moments(into.compared_parts)};
  }
  for (const auto age : age_steps) into.ages.push_back(days.today() + 1 - age);
  for (const auto day : into.ages) into.asked.ages.push_back(days.moment(day));
}

void read_day(const request &by, evaluation_query &into) {
  const auto day = into.sent.one("day");
  if (!day.empty() && day != "arrival" && day != "sale") refuse_value(by, "day", day);
  into.asked.by_sale = day == "sale";
  if (into.asked.by_sale) into.filters["day"] = "sale";
}

/// As the overview: what is gone still filters.
void read_types(const request &by, evaluation_query &into) {
  for (auto &value : into.sent.all("type")) {
    (by.with.types.find_category(value) != nullptr ? into.asked.categories : into.asked.types).push_back(value);
  }
  for (auto &value : into.sent.all("category")) into.asked.categories.push_back(value);
  if (!into.asked.types.empty()) into.filters["type"] = into.asked.types;
  if (!into.asked.categories.empty()) into.filters["category"] = into.asked.categories;
}

void read_filters(const request &by, evaluation_query &into) {
  read_types(by, into);
  const auto read = [&](std::string_view name) -> std::optional<std::string> {
    const auto value = into.sent.one(name);
    if (value.empty()) return std::nullopt;
    into.filters[std::string(name)] = value;
    return value == "none" ? std::string{} : value;
  };
  into.asked.location = read("location");
  into.asked.assignee = read("assignee");
  const auto read_text = [&](std::string_view name) -> std::optional<std::string> {
    const auto value = into.sent.one(name);
    if (value.empty()) return std::nullopt;
    into.filters[std::string(name)] = value;
    return from_choice(value);
  };
  into.asked.model = read_text("model");
  into.asked.campaign = read_text("campaign");
  into.asked.source = into.sent.one("source");
  if (!into.asked.source.empty()) into.filters["source"] = into.asked.source;
}

}  // namespace

evaluation_query read_evaluation_query(const request &by, const parameters &sent,
                                       const std::function<time_us()> &oldest) {
  evaluation_query result;
  result.sent = sent;
  const calendar days({}, by.now);
  read_period(by, days, oldest, result);
  read_comparison(by, result);
  read_parts(by, days, result);
  read_filters(by, result);
  read_day(by, result);
  result.asked.now = by.now;
  return result;
}

json days_of(const day_span &span) {
  return {{"from", calendar::iso(span.from)}, {"to", calendar::iso(span.to - 1)}};
}

json leads_in(const evaluation_query &query, const std::optional<day_span> &days, json also) {
  auto params = query.filters;
  if (days || query.bounded) params.update(days_of(days.value_or(query.days)));
  for (auto &[name, value] : also.items()) params[name] = std::move(value);
  return params;
}

}  // namespace lead_system::screens
