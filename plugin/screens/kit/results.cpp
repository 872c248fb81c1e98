#include "screens/kit/results.hpp"

#include <algorithm>

#include "processing/coverage_check.hpp"
#include "screens/lead/event_words.hpp"

namespace lead_system::screens {

using processing::verdict;

namespace {

struct verdict_row {
  verdict result;
  std::string_view key;
  dms_status status;
};
constexpr verdict_row verdict_rows[] = {
    {verdict::done, "ok", dms_ok},
    {verdict::invalid, "invalid", dms_invalid},
    {verdict::not_found, "not_found", dms_not_found},
    {verdict::forbidden, "forbidden", dms_forbidden},
    {verdict::conflict, "conflict", dms_conflict},
    {verdict::refused, "refused", dms_refused},
};

/// The leads that would be overlooked, where they are of one type and place.
json link_to_gap(const request &by, const std::vector<access::gap> &gaps) {
  const auto found = std::find_if(gaps.begin(), gaps.end(), [](const auto &gap) { return gap.leads > 0; });
  if (found == gaps.end()) return nullptr;
  const auto alone = std::count_if(gaps.begin(), gaps.end(), [](const auto &gap) { return gap.leads > 0; }) == 1;
  return link_to(by.say("Show these leads"), "leads.overview",
                 {{"tab", "open"},
                  {"type", found->type},
                  {"location", !alone                    ? ""
                               : found->location.empty() ? "none"
                                                         : found->location}});
}

const verdict_row &row_of(verdict result) noexcept {
  for (const auto &row : verdict_rows) {
    if (row.result == result) return row;
  }
  return verdict_rows[1];
}

}  // namespace

std::string_view key(verdict result) noexcept {
  return row_of(result).key;
}

dms_status status_of(verdict result) noexcept {
  return row_of(result).status;
}

dms::answer answer_of(const request &by, const processing::outcome &what) {
  json result{{"schema", "dms.result/1"}, {"status", key(what.result)}};
  auto sentence = by.say(what.text);
  if (what.result == verdict::conflict) {
    auto changes = json::array();
    std::string last;
    for (const auto &event : what.changes) {
      last = change_sentence(by, event);
      changes.push_back({{"text", last}, {"who", actor_of(by, event)}, {"at_us", event.at}});
    }
    // The last change stands for all: plugin/screens/README.md.
    sentence = (last.empty() ? sentence : last) + " " + by.say("Your input was not saved.");
    result["changes"] = std::move(changes);
  }
  for (const auto &one : processing::sentences_for(what.gaps, by.with.types, *by.people)) {
    sentence += (sentence.empty() ? "" : " ") + by.say(one);
  }
  if (auto leads = link_to_gap(by, what.gaps); !leads.is_null()) result["link"] = std::move(leads);
  if (sentence.empty()) {
    sentence = what.result == verdict::done ? by.say("Saved.") : by.say("This is not possible.");
  }
  result["message"] = std::move(sentence);
  for (const auto &[name, text] : what.fields) result["fields"][name] = by.say(text);
  if (what.version != 0) result["version"] = what.version;
  if (!what.customer.empty()) {
    result["customer"] = what.customer;
    result["link"] = link_to_host(by.say("Open customer {1}", what.customer), "customer", {{"id", what.customer}});
  }
  return {status_of(what.result), text_of(result)};
}

dms::answer invalid_input(const request &by, std::map<std::string, message> fields) {
  processing::outcome what;
  what.result = verdict::invalid;
  what.text = {"Please check the marked fields.", {}};
  what.fields = std::move(fields);
  return answer_of(by, what);
}

dms::answer unknown_action(const request &by) {
  processing::outcome what;
  what.result = verdict::not_found;
  what.text = {"This action does not exist.", {}};
  return answer_of(by, what);
}

void refuse_value(const request &by, std::string_view name, const std::string &value) {
  throw dms::failure(dms_invalid, by.say("The filter “{1}” does not know the value “{2}”. Reset the filters and choose "
                                         "again.",
                                         std::string(name), value.size() > 60 ? std::string("…") : value));
}

}  // namespace lead_system::screens
