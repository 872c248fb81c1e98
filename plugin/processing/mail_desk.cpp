#include "processing/mail_desk.hpp"

#include <algorithm>
#include <optional>

#include "dms/cpp/json.hpp"
#include "lead/receipt.hpp"
#include "processing/coverage_check.hpp"
#include "processing/host_effects.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

constexpr int looked_at_once = 200, given_to_host_at_once = 100;
constexpr std::uint32_t news_at_once = 200;
constexpr time_us longest_mail_pause = hour_us;
/// What people enter themselves, as a source.
constexpr std::string_view entered_by_hand = "by_hand";
constexpr std::size_t longest_reply = 20'000;

std::string mail_text(const json &object, const char *name, std::size_t longest) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  auto text = found->get<std::string>();
  std::erase(text, '\0');
  return std::string(dms::whole_letters(text, longest));
}

std::int64_t mail_number(const json &object, const char *name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

/// A pause that grows to an hour: so many are a day.
constexpr int most_mail_attempts = 32;

/// What has come between its writing and its sending, as a sentence; nothing: it goes.
std::optional<message> kept_back_because(const lead &item, const store::queued_mail &waiting, time_us now) {
  const bool receipt = waiting.key.ends_with(":receipt");
  const auto consent = consent_to_mail(item.content);
  if (consent == mail_consent::refused || (receipt && consent != mail_consent::allowed)) {
    return message{"The person has refused e-mails meanwhile.", {}};
  }
  const auto longest = receipt ? longest_way_of_receipt : day_us;
  if (now - waiting.next_attempt_at > longest || waiting.attempts >= most_mail_attempts) {
    return message{"It could not be sent for too long.", {}};
  }
  return std::nullopt;
}

/// What came with an answer, as far as the host says it.
json files_of(const json &news) {
  constexpr std::size_t most_named = 20, longest_name = 200;
  auto result = json::array();
  const auto list = news.find("files");
  if (list == news.end() || !list->is_array()) return result;
  for (const auto &one : *list) {
    if (result.size() == most_named) break;
    if (!one.is_object()) continue;
    result.push_back({{"name", mail_text(one, "name", longest_name)},
                      {"bytes", std::max<std::int64_t>(0, mail_number(one, "bytes"))}});
  }
  return result;
}

/// What trying again cannot mend.
bool never_given(dms_status status) {
  return status == dms_invalid || status == dms_refused || status == dms_not_found || status == dms_forbidden;
}

}  // namespace

int mail_desk::send_receipts(const dms::call &call) const {
  if (!sends()) return 0;
  const auto rules = with_.rows.receipt_rules();
  if (rules.empty()) return 0;
  const auto held = with_.store.hold("receipts");
  if (!held) return 0;
  int sent = 0;
  for (const auto &rule : rules) {
    const auto since = std::max(rule.since, call.now_us() - longest_way_of_receipt);
    for (const auto id : with_.rows.without_receipt(rule, since, looked_at_once)) {
      if (call.cancelled()) return sent;
      if (look_at(call, id, rule)) ++sent;
    }
  }
  return sent;
}

bool mail_desk::look_at(const dms::call &call, std::int64_t lead_id, const store::assignment_rule &rule) const {
  const auto item = with_.store.find(lead_id, access::system_visibility());
  if (!item) return false;
  receipt_facts facts;
  facts.now = call.now_us();
  facts.since = rule.since;
  facts.by_hand = item->content.source == entered_by_hand;
  facts.old_list =
      std::find(with_.old_lists.begin(), with_.old_lists.end(), item->content.source) != with_.old_lists.end();
  if (item->follows != 0) facts.asked_before = with_.rows.arrival_of(item->follows);
  std::string why(no_receipt_because(*item, facts).value_or(""));
  const auto text = why.empty() ? with_.texts.receipt_for(*item) : std::nullopt;
  if (why.empty() && !text) why = "no_text";
  if (text) {
    const auto draft = with_.texts.fill(*item, *text, {});
    // A letter of a business has to say whose it is.
    if (!draft.footer.empty()) {
      return with_.desk.send_receipt(call, lead_id, with_.texts.letter(*item, draft, text->title, {}, true));
    }
    why = "no_footer";
  }
  with_.store.write([&](store::transaction &inside) { inside.decide_receipt(lead_id, why, call.now_us()); });
  return false;
}

int mail_desk::give(const dms::call &call) const {
  if (!sends()) return 0;
  const auto held = with_.store.hold(mail_queue_hold);
  if (!held) return 0;
  int given = 0;
  for (auto &item : with_.rows.due(call.now_us(), given_to_host_at_once)) {
    if (call.cancelled()) break;
    if (give_one(call, item)) ++given;
  }
  return given;
}

/// True: it is taken out of the queue and not sent.
bool mail_desk::keep_back(const dms::call &call, const store::queued_mail &item) const {
  const auto of = with_.store.find(item.lead_id, access::system_visibility());
  const bool gone = !of || of->state == lead_state::erased;
  const auto why = gone ? std::nullopt : kept_back_because(*of, item, call.now_us());
  if (!gone && !why) return false;
  if (why) failed(call, item.lead_id, item.key, why->id);
  with_.rows.given(item.key);
  return true;
}

bool mail_desk::give_one(const dms::call &call, store::queued_mail &item) const {
  if (keep_back(call, item)) return false;
  try {
    with_.mail.send(call, item.key, item.document);
    with_.rows.given(item.key);
    return true;
  } catch (const dms::failure &reason) {
    with_.log.warning(item.key + " was not given to the host: " + reason.what());
    if (never_given(reason.status())) {
      failed(call, item.lead_id, item.key, reason.what());
      with_.rows.given(item.key);
      return false;
    }
    item.problem = reason.what();
  }
  item.next_attempt_at =
      call.now_us() + std::min(longest_mail_pause, (time_us{1} << std::min(item.attempts, 20)) * 10 * second_us);
  ++item.attempts;
  with_.rows.not_given(item);
  return false;
}

int mail_desk::take_news(const dms::call &call) const {
  if (!sends()) return 0;
  int taken = 0;
  for (auto known = with_.rows.known_change();;) {
    const auto page = dms::json_or_null(with_.mail.changed(known, news_at_once));
    auto upto = known;
    for (const auto &one : page.is_array() ? page : json::array()) {
      if (call.cancelled()) return taken;
      upto = std::max(upto, mail_number(one, "change"));
      if (one.is_object() && take_one(call, one)) ++taken;
    }
    // A host that says the same again and again would never let this end.
    if (upto <= known) return taken;
    with_.rows.know(upto);
    known = upto;
  }
}

bool mail_desk::take_one(const dms::call &call, const json &news) const {
  constexpr std::size_t longest_id = 64;
  const auto lead_id = lead_of(mail_text(news, "reference", longest_id));
  const auto id = mail_text(news, "id", longest_id);
  if (!lead_id || id.empty()) return false;
  const auto kind = mail_text(news, "kind", longest_id);
  if (kind == "reply") return take_reply(call, *lead_id, news);
  if (kind != "mail" || mail_text(news, "state", longest_id) != "failed") return false;
  constexpr std::size_t longest_problem = 500;
  failed(call, *lead_id, "mail:" + id, mail_text(news, "problem", longest_problem));
  return true;
}

bool mail_desk::take_reply(const dms::call &call, std::int64_t lead_id, const json &news) const {
  constexpr std::size_t longest_line = 400;
  lead_desk::mail_reply reply;
  reply.news = "reply:" + mail_text(news, "id", longest_line);
  reply.from = mail_text(news, "from", longest_line);
  reply.subject = mail_text(news, "subject", longest_line);
  reply.text = mail_text(news, "text", longest_reply);
  const auto files = files_of(news);
  reply.attachments = std::max(mail_number(news, "attachments"), static_cast<std::int64_t>(files.size()));
  if (!files.empty()) reply.files = dms::to_text(files);
  const auto came = with_.desk.take_reply(call, lead_id, reply);
  const auto item = with_.store.find(lead_id, access::system_visibility());
  if (!item || item->state == lead_state::erased) return false;
  // Also where it stood there already: the bell may have been what a crash has cost. It rings once under its key.
  ring(call, lead_id, reply.news, "info",
       is_open(item->state) ? "{1} has answered your e-mail." : "{1} has answered; the lead has ended.");
  return came.result == verdict::done;
}

void mail_desk::failed(const dms::call &call, std::int64_t lead_id, const std::string &news,
                       const std::string &problem) const {
  with_.desk.note_failed_mail(call, lead_id, news, problem);
  ring(call, lead_id, news, "warn", "An e-mail to {1} could not be delivered. Reach the person in another way.");
}

/// Whose lead it is, or who works for him; where it is nobody's, those with ALLE.
void mail_desk::ring(const dms::call &call, std::int64_t lead_id, const std::string &key, const std::string &tone,
                     const std::string &sentence) const {
  const auto item = with_.store.find(lead_id, access::system_visibility());
  if (with_.notifications == nullptr || !item || item->state == lead_state::erased) return;
  const auto people = with_.organisation.now();
  std::vector<std::string> users;
  if (auto acting = presence_now(with_.store, *people, call.now_us()).acting_for(item->assignee); !acting.empty()) {
    users.push_back(std::move(acting));
  } else {
    users = access::people_with_all(with_.store.grants(), *people);
  }
  auto name = item->content.prospect.full_name();
  if (name.empty()) name = item->content.external_id;
  const message text{sentence, {name}};
  json bell{{"users", users},
            {"tone", tone},
            {"text", with_.words ? with_.words(text) : in_english(text)},
            {"texts", {{"en", in_english(text)}}},
            {"link", {{"screen", "leads.lead"}, {"params", {{"id", std::to_string(lead_id)}}}}}};
  if (users.empty()) bell["roles"] = {"admin"};
  dms::notifications(with_.notifications).notify(reference_of(lead_id) + ":" + key, dms::to_text(bell));
}

}  // namespace lead_system::processing
