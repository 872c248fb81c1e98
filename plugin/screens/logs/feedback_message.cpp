// feedback_message.cpp - one message to a manufacturer: as it was sent, what was answered, what an admin can do.
#include <algorithm>

#include "screens/lead/lead_words.hpp"
#include "screens/logs/feedback_blocks.hpp"
#include "screens/logs/feedback_words.hpp"

namespace lead_system::screens {
namespace {

using store::feedback_status;

json give_up_action(const request &by, const store::feedback_message &message) {
  auto result = action("give_up", by.say("Give up"), "danger");
  result["title"] = by.say("Give up this message");
  result["text"] = by.say("The manufacturer will not hear of this change. Later messages of the lead still go.");
  result["input"] = {{"message", std::to_string(message.id)}};
  auto why = field("reason", "textarea", by.say("Reason"));
  why["required"] = true;
  why["max_length"] = 500;
  result["fields"] = json::array({std::move(why)});
  return result;
}

/// "Alexandra Wimmer: Händler hat beim Hersteller angerufen"
std::string decision_words(const request &by, const store::feedback_message &message) {
  const auto who = by.people->user_name(message.decided_by);
  if (message.status != feedback_status::given_up) return by.say("sent again by {1}", who);
  if (message.decision.empty()) return by.say("given up by {1}: the channel was set to “No feedback”", who);
  return by.say("given up by {1}: {2}", who, message.decision);
}

}  // namespace

bool can_be_sent(const store::feedback_message &message) {
  return message.status != feedback_status::acknowledged && !message.body.empty();
}

bool later_arrived(const request &by, const store::feedback_message &message) {
  const auto all = by.with.store.feedback_of(message.lead_id);
  return std::any_of(all.begin(), all.end(), [&](const store::feedback_message &other) {
    return other.id > message.id && other.status == feedback_status::acknowledged;
  });
}

json resend_action(const request &by, const store::feedback_message &message, bool sets_back) {
  auto result = action("resend", message.status == feedback_status::waiting ? by.say("Send now") : by.say("Send again"),
                       "second");
  result["id"] = "resend_" + std::to_string(message.id);
  result["input"] = {{"message", std::to_string(message.id)}};
  if (sets_back) {
    result["confirm"] = true;
    result["text"] =
        by.say("The manufacturer has acknowledged a later state of this lead. This message would set it back.");
  }
  return result;
}

json lead_cell(const store::feedback_message &message, const std::set<std::int64_t> &seen) {
  auto result = cell_value(message.external_id, message.lead_id);
  if (seen.contains(message.lead_id)) result["link"] = lead_link(message.external_id, message.lead_id);
  return result;
}

void add_message(json &result, const request &by, std::int64_t id) {
  const auto message = by.with.store.find_feedback(id);
  if (!message) throw dms::failure(dms_not_found, by.say("This message does not exist."));
  json items = json::array();
  items.push_back(fact("message_id", by.say("Message number"), message->message_id));
  items.push_back(
      fact("lead", by.say("Lead"), lead_cell(*message, by.with.store.visible({message->lead_id}, by.sees()))));
  items.push_back(fact("source", by.say("Source"), by.source_title(message->source)));
  items.push_back(fact("cause", by.say("Occasion"), by.say(title(message->cause))));
  items.push_back(
      fact("at", by.say("Time"), cell_value(by.write.full(message->created_at), iso_utc(message->created_at))));
  auto state = feedback_cell(by, by.write, *message);
  state.erase("detail");
  items.push_back(fact("state", by.say("Status"), std::move(state)));
  items.push_back(
      fact("attempts", by.say("Attempts"), cell_value(by.say.number(message->attempts), message->attempts)));
  if (!message->answer.empty()) items.push_back(fact("answer", by.say("Answer"), by.told(message->answer)));
  if (!message->decided_by.empty()) {
    items.push_back(fact("decision", by.say("Decision"), decision_words(by, *message)));
  }
  auto about = facts("message", by.say("Feedback"), std::move(items));
  about["link"] = link_to(by.say("All feedback of this lead"), feedback_log_id, {{"q", message->external_id}});
  auto &blocks = result["blocks"];
  blocks.push_back(std::move(about));
  if (!message->body.empty()) {
    auto body = text_block("body", "code", message->body);
    body["title"] = by.say("What is sent");
    blocks.push_back(std::move(body));
  }
  result["back"] = link_to(by.say("Lead feedback"), feedback_log_id);
  json actions = json::array();
  if (can_be_sent(*message)) actions.push_back(resend_action(by, *message, later_arrived(by, *message)));
  if (message->status != feedback_status::acknowledged && message->status != feedback_status::given_up) {
    actions.push_back(give_up_action(by, *message));
  }
  if (!actions.empty()) result["actions"] = std::move(actions);
}

}  // namespace lead_system::screens
