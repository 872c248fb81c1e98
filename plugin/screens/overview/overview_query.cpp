#include "screens/overview/overview_query.hpp"

#include <algorithm>
#include <array>

#include "screens/kit/results.hpp"
#include "screens/lead/lead_words.hpp"

namespace lead_system::screens {
namespace {

constexpr std::array tabs{"open", "unassigned", "mine", "overdue", "silent", "absent", "all"};
constexpr std::array periods{"today", "days7", "days30", "range"};
constexpr std::array days{"arrival", "sale"};
constexpr std::array feedback_states{"pending", "failed", "rejected"};
/// What belongs to the list; everything else in an address is dropped.
constexpr std::array known{"tab",           "type",   "category", "location", "assignee", "state",    "outcome",
                           "from",          "to",     "stage",    "q",        "deadline", "response", "answered",
                           "answered_open", "reason", "source",   "model",    "campaign", "feedback", "sort",
                           "cursor",        "limit",  "period",   "start",    "day"};

/// Minutes, a year of them.
constexpr std::int64_t longest_answer = 366 * 24 * 60;

struct sort_row {
  std::string_view key;
  store::lead_sort by;
};
constexpr std::array sorts{
    sort_row{"received", store::lead_sort::received}, sort_row{"deadline", store::lead_sort::deadline},
    sort_row{"type", store::lead_sort::type},         sort_row{"prospect", store::lead_sort::prospect},
    sort_row{"location", store::lead_sort::location}, sort_row{"assignee", store::lead_sort::assignee},
    sort_row{"state", store::lead_sort::state},
};

struct response_row {
  std::string_view key;
  store::response is;
};
constexpr std::array responses{
    response_row{"made", store::response::made},
    response_row{"in_time", store::response::in_time},
    response_row{"late", store::response::late},
};

struct stage_row {
  std::string_view key;
  stage reached;
};
constexpr std::array stages{
    stage_row{"received", stage::received},
    stage_row{"contacted", stage::contacted},
    stage_row{"appointment", stage::appointment},
    stage_row{"test_drive", stage::test_drive},
    stage_row{"offer", stage::offer},
    stage_row{"sold", stage::sold},
};

template <typename List>
bool holds(const List &list, std::string_view value) {
  return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

[[noreturn]] void refuse(const request &by, std::string_view name, const std::string &value) {
  struct word {
    std::string_view name, title;
  };
  static constexpr word words[] = {{"tab", "Views"},       {"type", "Type"},         {"state", "State"},
                                   {"outcome", "Outcome"}, {"stage", "State"},       {"response", "First contact"},
                                   {"reason", "Reason"},   {"deadline", "Deadline"}, {"feedback", "Feedback"},
                                   {"period", "Period"},   {"from", "From"},         {"to", "To"},
                                   {"sort", "Sorting"},    {"limit", "Rows"}};
  const auto *found =
      std::find_if(std::begin(words), std::end(words), [&](const word &one) { return one.name == name; });
  // As it came, cut between letters.
  refuse_value(by, found == std::end(words) ? std::string(name) : by.say(found->title),
               std::string(dms::whole_letters(value, 60)));
}

template <typename List>
std::string one_of(const request &by, const parameters &sent, std::string_view name, const List &list) {
  auto value = sent.one(name);
  if (!value.empty() && !holds(list, value)) refuse(by, name, value);
  return value;
}

/// Leads outlive their type, location and salesperson: one that is gone still filters, and one that never was finds
/// nothing.
void read_types(const request &by, const parameters &sent, store::lead_filter &into) {
  for (auto &value : sent.all("type")) {
    (by.with.types.find_category(value) != nullptr ? into.categories : into.types).push_back(std::move(value));
  }
  for (auto &value : sent.all("category")) into.categories.push_back(std::move(value));
}

void read_people(const parameters &sent, store::lead_filter &into) {
  const auto read = [&](std::string_view name) -> std::optional<std::string> {
    const auto value = sent.one(name);
    if (value.empty()) return std::nullopt;
    return value == "none" ? std::string{} : value;
  };
  into.location = read("location");
  into.assignee = read("assignee");
}

/// How far a lead came and how it ended.
void read_course(const request &by, const parameters &sent, store::lead_filter &into) {
  for (auto &value : sent.all("state")) {
    if (!state_from(value)) refuse(by, "state", value);
    into.states.push_back(std::move(value));
  }
  for (auto &value : sent.all("outcome")) {
    const auto state = state_from(value);
    if (!state || !is_terminal(*state) || *state == lead_state::erased) refuse(by, "outcome", value);
    into.outcomes.push_back(std::move(value));
  }
  if (const auto text = sent.one("stage"); !text.empty()) {
    const auto *found = std::find_if(stages.begin(), stages.end(), [&](const auto &row) { return row.key == text; });
    if (found == stages.end()) refuse(by, "stage", text);
    into.reached = found->reached;
  }
  for (const auto &value : sent.all("response")) {
    const auto *found =
        std::find_if(responses.begin(), responses.end(), [&](const auto &row) { return row.key == value; });
    if (found == responses.end()) refuse(by, "response", value);
    into.responses.push_back(found->is);
  }
  const auto read_span = [&](std::string_view name, std::optional<std::uint32_t> &span) {
    const auto text = sent.one(name);
    if (text.empty()) return;
    const auto minutes = to_integer(text).value_or(0);
    if (minutes < 1 || minutes > longest_answer) refuse(by, name, text);
    span = static_cast<std::uint32_t>(minutes);
  };
  read_span("answered", into.answered_within);
  read_span("answered_open", into.answered_open);
  if (const auto text = sent.one("reason"); !text.empty()) {
    if (text != "none" && find_reason(text) == nullptr) refuse(by, "reason", text);
    into.reason = text == "none" ? std::string{} : text;
  }
}

void read_period(const request &by, const parameters &sent, overview_query &into) {
  auto &filter = into.store.filter;
  into.period = one_of(by, sent, "period", periods);
  if (into.period == "today") filter.from = by.write.start_of_day(0);
  if (into.period == "days7") filter.from = by.write.start_of_day(-6);
  if (into.period == "days30") filter.from = by.write.start_of_day(-29);
  if (!into.period.empty() && into.period != "range") return;
  for (const auto *name : {"from", "to"}) {
    const auto text = sent.one(name);
    if (text.empty()) continue;
    const bool end = std::string_view(name) == "to";
    const auto at = by.write.parse(text, end);
    if (at == 0) refuse(by, name, text);
    (end ? filter.to : filter.from) = at;
    into.period = "range";
  }
}

void read_page(const request &by, const parameters &sent, overview_query &into) {
  if (const auto text = sent.one("sort"); !text.empty()) {
    into.store.descending = text.front() == '-';
    const auto name = std::string_view(text).substr(into.store.descending ? 1 : 0);
    const auto *found = std::find_if(sorts.begin(), sorts.end(), [&](const auto &row) { return row.key == name; });
    if (found == sorts.end()) refuse(by, "sort", text);
    into.store.sort = found->by;
    into.sort = text;
  }
  if (const auto text = sent.one("limit"); !text.empty()) {
    const auto limit = to_integer(text);
    if (!limit || *limit < 1 || *limit > 500) refuse(by, "limit", text);
    into.store.limit = static_cast<int>(*limit);
  }
  into.store.cursor = sent.one("cursor");
  into.start = std::clamp<std::int64_t>(to_integer(sent.one("start")).value_or(0), 0, 1'000'000'000);
}

}  // namespace

std::string_view stage_key(stage reached) noexcept {
  return stages[static_cast<std::size_t>(reached)].key;
}

nlohmann::json overview_query::params() const {
  auto result = nlohmann::json::object();
  for (const auto &[name, list] : sent.values()) {
    if (name == "cursor" || name == "start" || list.empty()) continue;
    if (list.size() == 1) {
      if (!list.front().empty()) result[name] = list.front();
    } else {
      result[name] = list;
    }
  }
  return result;
}

overview_query read_overview_query(const request &by, const parameters &sent) {
  overview_query result;
  auto &filter = result.store.filter;
  filter.tab = one_of(by, sent, "tab", tabs);
  filter.present = by.here.looked_after();
  read_types(by, sent, filter);
  read_people(sent, filter);
  read_course(by, sent, filter);
  read_period(by, sent, result);
  if (const auto text = sent.one("deadline"); !text.empty()) {
    filter.due = deadline_from(text);
    if (!filter.due) refuse(by, "deadline", text);
  }
  filter.by_sale = one_of(by, sent, "day", days) == "sale";
  filter.source = sent.one("source");
  if (sent.has("model")) filter.model = from_choice(sent.one("model"));
  if (sent.has("campaign")) filter.campaign = from_choice(sent.one("campaign"));
  filter.feedback = one_of(by, sent, "feedback", feedback_states);
  filter.text = sent.one("q");
  if (filter.text.size() > 200) throw dms::failure(dms_invalid, by.say("Search for at most 200 characters."));
  read_page(by, sent, result);
  result.exported = sent.has("export");
  for (const auto &[name, list] : sent.values()) {
    if (!holds(known, name)) continue;
    for (const auto &value : list) {
      if (!value.empty()) result.sent.add(name, value);
    }
  }
  return result;
}

}  // namespace lead_system::screens
