// feedback_log.cpp - Lead-Rückmeldungen: every message to a manufacturer, what it says and what was answered.
#include <algorithm>

#include "screens/document.hpp"
#include "screens/feedback_words.hpp"
#include "screens/lead_words.hpp"
#include "screens/parameters.hpp"
#include "screens/results.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view log_id = "leads.feedback_log";
constexpr int page_length = 50;
using store::feedback_status;
constexpr feedback_status statuses[] = {feedback_status::waiting, feedback_status::acknowledged,
                                        feedback_status::rejected, feedback_status::failed, feedback_status::given_up};

/// A pending one need not wait for its pause to end; one that is being sent refuses by itself.
bool can_be_sent(const store::feedback_message &message) {
  return message.status != feedback_status::acknowledged;
}

json resend(const request &by, const store::feedback_message &message) {
  auto result = action("resend", message.status == feedback_status::waiting ? by.say("Send now") : by.say("Send again"),
                       "second");
  result["id"] = "resend_" + std::to_string(message.id);
  result["input"] = {{"message", std::to_string(message.id)}};
  return result;
}

json counts_block(const request &by) {
  const auto counts = by.with.store.count_feedback();
  struct row {
    std::string_view id, label;
    std::int64_t count;
  };
  const row rows[] = {{"waiting", "pending", counts.waiting},
                      {"rejected", "rejected", counts.rejected},
                      {"failed", "failed", counts.failed}};
  json items = json::array(), values = json::object();
  for (const auto &[id, label, count] : rows) {
    auto value = cell_value(by.say.number(count), count);
    if (count > 0 && id != "waiting") value["tone"] = "bad";
    if (count > 0) value["link"] = link_to(by.say.number(count), log_id, {{"status", std::string(id)}});
    items.push_back({{"id", id}, {"label", by.say(label)}, {"value", std::move(value)}});
    values[std::string(id)] = count;
  }
  return {{"type", "key_figures"}, {"id", "counts"}, {"values", std::move(values)}, {"items", std::move(items)}};
}

json filters_block(const request &by, const parameters &sent) {
  json options = json::array({option("", by.say("All"))});
  for (const auto status : statuses) options.push_back(option(std::string(key(status)), by.say(title(status))));
  return {{"type", "filters"},
          {"id", "filters"},
          {"label", by.say("Filter feedback")},
          {"fields", json::array({choice("status", by.say("Status"), sent.one("status"), std::move(options))})},
          {"submit", by.say("Apply")}};
}

json message_row(const request &by, const store::feedback_message &message) {
  auto lead_cell = cell_value(message.external_id, message.lead_id);
  lead_cell["link"] = lead_link(message.external_id, message.lead_id);
  auto code = message.status_code;
  if (!message.reason_code.empty()) code += " · " + message.reason_code;
  auto state = feedback_cell(by, by.write, message);
  // Two lines at most in this list: the answer stands with the message, the time below the word.
  if (state.contains("quiet_text")) {
    state["title"] = state.value("detail", "");
    state["detail"] = state["quiet_text"];
    state.erase("quiet_text");
  }
  json row{{"id", std::to_string(message.id)},
           {"link", link_to(message.message_id, log_id, {{"message", std::to_string(message.id)}})},
           {"cells",
            {{"at", cell_value(by.write.time(message.created_at), iso_utc(message.created_at),
                               {{"detail", by.write.day(message.created_at)}})},
             {"lead", std::move(lead_cell)},
             {"source", cell_value(by.source_title(message.source), message.source)},
             {"message", cell_value(code, message.message_id)},
             {"cause", cell_value(by.say(title(message.cause)), key(message.cause))},
             {"state", std::move(state)}}}};
  if (message.status == feedback_status::rejected || message.status == feedback_status::failed) row["tone"] = "bad";
  if (can_be_sent(message)) row["actions"] = json::array({resend(by, message)});
  return row;
}

json messages_table(const request &by, const parameters &sent) {
  auto block =
      table("messages", {},
            json::array({column("at", by.say("Time"), "time"), column("lead", by.say("Lead"), "title"),
                         column("source", by.say("Source"), "origin"), column("message", by.say("Message"), "subject"),
                         column("cause", by.say("Occasion")), column("state", by.say("Status"), "state")}));
  block["layout"] = "records";
  const auto before = std::max<std::int64_t>(0, sent.integer("before").value_or(0));
  const auto list = by.with.store.feedback_log(sent.one("status"), before, page_length + 1);
  const auto shown = std::min<std::size_t>(list.size(), page_length);
  for (std::size_t index = 0; index < shown; ++index) block["rows"].push_back(message_row(by, list[index]));
  block["shown"] = shown;
  block["next"] = nullptr;
  block["previous_label"] = by.say("Newer");
  block["next_label"] = by.say("Older");
  if (list.size() > shown) {
    const auto last = std::to_string(list[shown - 1].id);
    block["next"] = last;
    block["next_link"] = link_to(by.say("Older"), log_id, {{"status", sent.one("status")}, {"before", last}});
  }
  if (before > 0) block["previous_link"] = link_to(by.say("Newest"), log_id, {{"status", sent.one("status")}});
  if (shown == 0) {
    block["empty"] = {{"title", by.say("No feedback here.")},
                      {"text", by.say("A message is written with every change of a lead's state.")}};
  }
  return block;
}

void add_message(json &result, const request &by, std::int64_t id) {
  const auto message = by.with.store.find_feedback(id);
  if (!message) throw dms::failure(dms_not_found, by.say("This message does not exist."));
  json items = json::array();
  items.push_back(fact("message_id", by.say("Message number"), message->message_id));
  auto about = cell_value(message->external_id, message->lead_id);
  about["link"] = lead_link(message->external_id, message->lead_id);
  items.push_back(fact("lead", by.say("Lead"), std::move(about)));
  items.push_back(fact("source", by.say("Source"), by.source_title(message->source)));
  items.push_back(fact("cause", by.say("Occasion"), by.say(title(message->cause))));
  items.push_back(
      fact("at", by.say("Time"), cell_value(by.write.full(message->created_at), iso_utc(message->created_at))));
  auto state = feedback_cell(by, by.write, *message);
  state.erase("detail");
  items.push_back(fact("state", by.say("Status"), std::move(state)));
  items.push_back(
      fact("attempts", by.say("Attempts"), cell_value(by.say.number(message->attempts), message->attempts)));
  if (!message->answer.empty()) items.push_back(fact("answer", by.say("Answer"), message->answer));
  auto &blocks = result["blocks"];
  blocks.push_back(facts("message", by.say("Feedback"), std::move(items)));
  if (!message->body.empty()) {
    auto body = text_block("body", "code", message->body);
    body["title"] = by.say("What is sent");
    blocks.push_back(std::move(body));
  }
  result["back"] = link_to(by.say("Lead feedback"), log_id);
  if (can_be_sent(*message)) result["actions"] = json::array({resend(by, *message)});
}

class feedback_log : public dms::screen {
 public:
  explicit feedback_log(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(log_id); }
  std::string right() const override { return "leads.feedback_log"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    auto result = document(log_id, by.say("Lead feedback"));
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "feedback_log"}})});
    if (sent.has("message")) {
      add_message(result, by, sent.integer("message").value_or(0));
      return text_of(result);
    }
    if (const auto wanted = sent.one("status");
        !wanted.empty() &&
        std::none_of(std::begin(statuses), std::end(statuses), [&](auto it) { return key(it) == wanted; })) {
      throw dms::failure(dms_invalid, by.say("This status does not exist."));
    }
    result["blocks"] = json::array({counts_block(by), filters_block(by, sent), messages_table(by, sent)});
    return text_of(result);
  }

  /// resend {message}: an admin decides what becomes of one that did not arrive.
  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    if (action_name != "resend") return unknown_action(by);
    const parameters sent(input);
    const auto id = sent.integer("message").value_or(0);
    const auto message_now = with_.store.find_feedback(id);
    bool queued = message_now && can_be_sent(*message_now);
    if (queued) with_.store.write([&](store::transaction &change) { queued = change.requeue_feedback(id, by.now); });
    processing::outcome what;
    what.result = queued ? processing::verdict::done : processing::verdict::refused;
    what.text = queued ? message{"The message goes out again.", {}}
                       : message{"This message has arrived or is just being sent.", {}};
    if (queued) with_.wake_feedback();
    return answer_of(by, what);
  }

 private:
  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_feedback_log(const parts &with) {
  return std::make_unique<feedback_log>(with);
}

}  // namespace lead_system::screens
