#include "screens/results.hpp"

#include "screens/event_words.hpp"

namespace lead_system::screens {

using processing::verdict;

namespace {

struct verdict_row {
  verdict result;
  std::string_view key;
  dms_status status;
};
constexpr verdict_row rows[] = {
    {verdict::done, "ok", dms_ok},
    {verdict::invalid, "invalid", dms_invalid},
    {verdict::not_found, "not_found", dms_not_found},
    {verdict::forbidden, "forbidden", dms_forbidden},
    {verdict::conflict, "conflict", dms_conflict},
    {verdict::refused, "refused", dms_refused},
};

const verdict_row &row_of(verdict result) noexcept {
  for (const auto &row : rows) {
    if (row.result == result) return row;
  }
  return rows[1];
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
    // The last change stands for all: style.md "conflict (409)".
    sentence = (last.empty() ? by.say("Somebody else has changed the lead meanwhile.") : last) + " " +
               by.say("Your input was not saved.");
    result["changes"] = std::move(changes);
  }
  if (sentence.empty()) {
    sentence = what.result == verdict::done ? by.say("Done.") : by.say("This is not possible.");
  }
  result["message"] = std::move(sentence);
  for (const auto &[name, text] : what.fields) result["fields"][name] = by.say(text);
  if (what.version != 0) result["version"] = what.version;
  if (!what.customer.empty()) {
    result["customer"] = what.customer;
    result["link"] = link_to(by.say("Open customer {1}", what.customer), "host.customer", {{"id", what.customer}});
  }
  return {status_of(what.result), text_of(result)};
}

dms::answer invalid(const request &by, std::map<std::string, message> fields) {
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

}  // namespace lead_system::screens
