#include "screens/overview/overview_chosen.hpp"

#include "screens/lead/lead_words.hpp"

namespace lead_system::screens {
namespace {

struct word {
  std::string_view key, title;
};
constexpr word stage_words[] = {
    {"received", "Received"},     {"contacted", "Contacted"}, {"appointment", "Appointment agreed"},
    {"test_drive", "Test drive"}, {"offer", "Offer"},         {"sold", "Sold"}};
constexpr word response_words[] = {{"made", "made"}, {"in_time", "within the deadline"}, {"late", "not in time"}};
constexpr word feedback_words[] = {{"pending", "Pending"}, {"rejected", "Rejected"}, {"failed", "Failed"}};

template <typename Words>
std::string word_of(const request &by, const Words &words, const std::string &value) {
  for (const auto &one : words) {
    if (one.key == value) return by.say(one.title);
  }
  return value;
}

std::string state_word(const request &by, const std::string &value) {
  const auto state = state_from(value);
  return state ? by.say(title(*state)) : value;
}

std::string category_word(const request &by, const std::string &value) {
  const auto *found = by.with.types.find_category(value);
  return found == nullptr ? value : by.say(found->title);
}

std::string reason_word(const request &by, const std::string &value) {
  const auto *found = find_reason(value);
  return by.say(found == nullptr ? std::string_view("No reason") : found->title);
}

std::string deadline_word(const request &by, const std::string &value) {
  const auto due = deadline_from(value);
  return due ? by.say(title(*due)) : value;
}

std::string span_word(const request &by, const std::string &value) {
  const auto minutes = to_integer(value).value_or(0);
  return minutes % 60 == 0 ? by.say.count("{1} hour", "{1} hours", minutes / 60)
                           : by.say.count("{1} minute", "{1} minutes", minutes);
}

std::string named_word(const request &by, const std::string &value) {
  const auto text = from_choice(value);
  return text.empty() ? by.say("None named") : text;
}

/// The parameters without a field, in the order in which they are shown, and how a value of each is said.
struct filter_words {
  std::string_view name, label;
  std::string (*say)(const request &, const std::string &);
};
constexpr filter_words filter_rows[] = {
    {"category", "Category: {1}", &category_word},
    {"state", "State: {1}", &state_word},
    {"outcome", "Ended as: {1}", &state_word},
    {"stage", "Reached: {1}", &stage_word},
    {"response", "First contact: {1}",
     [](const request &by, const std::string &value) { return word_of(by, response_words, value); }},
    {"answered", "First contact within {1}", &span_word},
    {"answered_open", "First contact within {1} of opening hours", &span_word},
    {"deadline", "Deadline: {1}", &deadline_word},
    {"reason", "Reason: {1}", &reason_word},
    {"feedback", "Feedback: {1}",
     [](const request &by, const std::string &value) { return word_of(by, feedback_words, value); }},
    {"source", "Source: {1}", [](const request &by, const std::string &value) { return by.source_title(value); }},
    {"day", "Counted by: {1}",
     [](const request &by, const std::string &value) {
       return by.say(value == "sale" ? "Day of sale" : "Day of arrival");
     }},
    {"model", "Model: {1}", &named_word},
    {"campaign", "Campaign: {1}", &named_word},
};

}  // namespace

std::string stage_word(const request &by, const std::string &key) {
  return word_of(by, stage_words, key);
}

json chosen_filters(const request &by, const overview_query &query) {
  json result = json::array();
  for (const auto &row : filter_rows) {
    const auto values = query.sent.all(row.name);
    if (values.empty()) continue;
    std::string said;
    for (const auto &value : values) said += (said.empty() ? "" : ", ") + row.say(by, value);
    auto without = query.params();
    without.erase(std::string(row.name));
    result.push_back(link_to(by.say(row.label, said), "leads.overview", std::move(without)));
  }
  return result;
}

}  // namespace lead_system::screens
