// erasure.cpp - what goes with a person: what was written and sent about his lead, at once, in the transaction that
// anonymises it; the archived messages that it came with, afterwards (privacy_rows).
#include <algorithm>
#include <utility>

#include "dms/cpp/encoding.hpp"
#include "lead/fold.hpp"
#include "lead/texts.hpp"
#include "store/arrivals.hpp"
#include "store/database.hpp"
#include "store/deal_rows.hpp"
#include "store/privacy_rows.hpp"
#include "store/requests.hpp"
#include "store/saved_filters.hpp"

namespace lead_system::store {

namespace {

/// Of an event's data only what is counted or names an employee: no customer, no text of the feed.
constexpr std::string_view kept_data[] = {"from", "to", "user", "reason", "result", "kind", "due", "source", "rule"};

std::map<std::string, std::string> without_person(std::map<std::string, std::string> data) {
  std::erase_if(data, [](const auto &entry) {
    return std::find(std::begin(kept_data), std::end(kept_data), entry.first) == std::end(kept_data);
  });
  return data;
}

/// "anna berger" in "frau anna berger": whole words, one after the other.
bool holds_words(const std::string &text, const std::string &words) {
  return words.size() > 2 && (' ' + text + ' ').find(' ' + words + ' ') != std::string::npos;
}

/// What a saved address searches for.
std::string searched_text(std::string_view address) {
  while (!address.empty()) {
    const auto end = address.find('&');
    const auto part = address.substr(0, end);
    if (part.starts_with("q=")) return dms::percent_decoded(part.substr(2), true);
    address = end == std::string_view::npos ? std::string_view{} : address.substr(end + 1);
  }
  return {};
}

bool names_person(const std::string &text, const person &who) {
  const auto folded = fold_name(text);
  if (holds_words(folded, fold_name(who.last_name)) || holds_words(folded, fold_name(who.company))) return true;
  if (!who.email.empty() && fold_email(text).find(fold_email(who.email)) != std::string::npos) return true;
  constexpr std::size_t enough_digits = 7;
  const auto digits = phone_digits(text);
  if (digits.size() < enough_digits) return false;
  return std::any_of(who.phones.begin(), who.phones.end(), [&](const phone &one) {
    const auto number = phone_digits(one.number);
    return number.size() >= enough_digits &&
           (number.find(digits) != std::string::npos ||
            digits.find(number.substr(number.size() - enough_digits)) != std::string::npos);
  });
}

/// Searches that people keep under a name.
void forget_filters(connection &on, const person &who) {
  std::vector<std::pair<std::string, std::string>> theirs;
  auto &rows = on.run("SELECT user_id, name, query FROM saved_filter", {}, "ttt");
  while (rows.next()) {
    if (names_person(rows.text(1), who) || names_person(searched_text(rows.text(2)), who)) {
      theirs.emplace_back(rows.text(0), rows.text(1));
    }
  }
  for (const auto &[user, name] : theirs) drop_filter(on, user, name);
}

}  // namespace

void transaction::forget_person(const lead &item, const std::string &actor, const std::string &cause, time_us at) {
  std::vector<std::pair<std::int64_t, std::string>> changed;
  auto &events = on_.run("SELECT id, data FROM lead_event WHERE lead_id = :a1", {item.id}, "it");
  while (events.next()) {
    const auto data = texts_from_json(events.text(1));
    if (auto rest = without_person(data); rest.size() != data.size()) {
      changed.emplace_back(events.number(0), texts_to_json(rest));
    }
  }
  for (const auto &[id, data] : changed) on_.change("UPDATE lead_event SET data = :a1 WHERE id = :a2", {data, id});
  on_.change("UPDATE lead_event SET comment = '' WHERE lead_id = :a1", {item.id});
  // What waits to be sent is sent first; privacy_rows comes back for it.
  on_.change(
      "UPDATE feedback_message SET body = '', answer = '', decision = '' WHERE lead_id = :a1 AND status <> 'waiting'",
      {item.id});
  on_.change("DELETE FROM host_effect WHERE lead_id = :a1", {item.id});
  on_.change("DELETE FROM mail_queue WHERE lead_id = :a1", {item.id});
  forget_deal(on_, item.id, cause == "request" ? item.customer : std::string{});
  forget_filters(on_, item.content.prospect);
  forget_answers(on_);
  note_erasure(on_, {0, item.id, item.content.type, item.content.source, actor, cause, at, 0, 0});
}

}  // namespace lead_system::store
