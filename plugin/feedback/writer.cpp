// writer.cpp - a change of state becomes a message in the outbox, in the same transaction.
#include "feedback/feedback.hpp"
#include "feedback/render.hpp"

namespace lead_system::feedback {
namespace {

/// What a person wrote, else the reason in words.
std::string comment_of(const lead &item, const std::string &comment, const dealership_words &words) {
  if (!comment.empty() || !is_terminal(item.state)) return comment;
  const auto *why = find_reason(item.reason);
  return why == nullptr ? std::string{} : words({std::string(why->title), {}});
}

/// The reason's own code goes before that of the state: a lost lead says why, a sale says "Won".
std::string reason_code(const intake::feedback_definition &how, const lead &item,
                        const intake::feedback_definition::code &code) {
  if (!code.reason.empty() || !is_terminal(item.state)) return code.reason;
  const auto found = how.reasons.find(item.reason);
  return found == how.reasons.end() ? std::string{} : found->second;
}

bool queue(store::transaction &inside, const intake::feedback_definition &how, const lead &item, lead_state cause,
           const std::string &actor, const std::string &comment, time_us at, const dealership_words &words) {
  const auto code = how.states.find(std::string(key(cause)));
  if (code == how.states.end()) return false;
  store::feedback_message message;
  message.lead_id = item.id;
  message.message_id = new_message_id(at);
  message.source = item.content.source;
  message.external_id = item.content.external_id;
  message.cause = cause;
  message.status_code = code->second.status;
  message.reason_code = reason_code(how, item, code->second);
  message.created_at = message.next_attempt_at = at;
  message.body = fill_template(how.template_text,
                               {{"message_id", message.message_id},
                                {"id", item.content.external_id},
                                {"status_code", message.status_code},
                                {"reason_code", message.reason_code},
                                {"status_date", written_time(how.date_format, at)},
                                {"dealer_code", item.content.dealer_code},
                                {"sales_person", item.assignee.empty() ? actor : item.assignee},
                                {"comments", comment_of(item, comment, words)}},
                               how.format);
  inside.queue_feedback(message);
  return true;
}

}  // namespace

store::feedback_writer make_writer(intake::known_sources known, dealership_words words) {
  return [known = std::move(known), words = std::move(words)](store::transaction &inside, const lead &item,
                                                              lead_state cause, const std::string &actor,
                                                              const std::string &comment, time_us at) {
    const auto sources = known.now();
    const auto source = sources->find(item.content.source);
    if (source == sources->end() || !source->second.feedback.enabled) return false;
    if (inside.feedback_transport(item.content.source) == "none") return false;
    return queue(inside, source->second.feedback, item, cause, actor, comment, at, words);
  };
}

}  // namespace lead_system::feedback
