// mail_actions.cpp - e-mails to a prospect and what came back, on lead_desk's one frame.
#include <algorithm>

#include "dms/cpp/mail_text.hpp"
#include "lead/receipt.hpp"
#include "processing/contact_times.hpp"
#include "processing/host_effects.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

constexpr int most_reply_attempts = 5;

lead_event mail_event(std::string kind, std::int64_t lead_id, time_us at, const lead_desk::outgoing_mail &what) {
  lead_event event;
  event.lead_id = lead_id;
  event.at = at;
  event.kind = std::move(kind);
  event.comment = what.text;
  event.data = {{"subject", what.subject}, {"address", what.address}};
  if (!what.title.empty()) event.data["template"] = what.title;
  return event;
}

}  // namespace

outcome lead_desk::answer(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                          const outgoing_mail &what, const follow_up &next) {
  // Asked before the transaction: it must not wait for the host.
  const auto seen = with_.store.find(id, visibility_of(who.user, who.now));
  const auto settled = seen ? settled_by_result(*seen, who.now) : settling{};
  lead_event planned{0, id, who.now, {}, who.user, who.name, {}, {}};
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    if (is_terminal(item.state)) return not_in_this_state(item);
    if (!item.content.allows("email")) {
      return refused({"The person has refused e-mails. Choose another way to reach him.", {}});
    }
    if (!dms::is_mail_address(what.address)) return refused(no_mail_address());
    if (item.content.prospect.email != what.address) {
      return refused({"The e-mail address of the person has changed. Open the answer again.", {}});
    }
    const auto tried = std::max(item.contact, lead_system::contact_result::tried);
    auto told = mail_event(event.kind, id, who.now, what);
    event.comment = std::move(told.comment);
    event.data = std::move(told.data);
    event.data["result"] = std::string(key(lead_system::contact_result::tried));
    if (!settled.contacts.empty()) event.data["contacts"] = settled.contacts;
    inside.queue_mail(id, reference_of(id) + ":answer:" + std::to_string(item.version), what.document, who.now);
    item.contact = tried;
    if (item.first_contact_at == 0) item.first_contact_at = who.now;
    item.next_at = settled.next_at;
    item.next_kind = settled.next_kind;
    if (next.due == 0 || (next.unless_planned && next_step_of(item).what != next_step::kind::missing)) return {};
    if (next.due < who.now - day_us) return invalid("due", {"Choose a time that is not over yet.", {}});
    const auto kind = next.kind.empty() ? kind_for(item) : next.kind;
    plan_next(item, next.due, kind);
    planned.kind = "contact_planned";
    planned.data = {
        {"user", item.assignee.empty() ? who.user : item.assignee}, {"due", std::to_string(next.due)}, {"kind", kind}};
    return {};
  };
  // It is on its way at once: there is nothing to take back.
  auto acting = who;
  acting.undo_us = 0;
  return change(call, visibility_of(who.user, who.now), acting, id, version, who.may_process, "answered", decide,
                &planned)
      .result;
}

bool lead_desk::send_receipt(const dms::call &call, std::int64_t id, const outgoing_mail &what) const {
  bool sent = false;
  with_.store.write([&](store::transaction &inside) {
    sent = false;
    const auto item = inside.find_lead(id);
    if (!item || !is_open(item->state) || item->content.prospect.email != what.address) return;
    // Said or done since the lead was looked at: that is looked at again.
    if (consent_to_mail(item->content) != mail_consent::allowed || item->first_contact_at != 0) return;
    if (!inside.decide_receipt(id, "sent", call.now_us())) return;
    inside.add_event(mail_event("receipt_sent", id, call.now_us(), what));
    inside.queue_mail(id, reference_of(id) + ":receipt", what.document, call.now_us());
    sent = true;
  });
  return sent;
}

outcome lead_desk::take_reply(const dms::call &call, std::int64_t id, const mail_reply &reply) const {
  actor system;
  system.now = call.now_us();
  lead_event planned{0, id, system.now, {}, {}, {}, {}, {}};
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    planned.kind.clear();
    if (item.state == lead_state::erased || !inside.take_mail_news(reply.news, id)) return refused({});
    event.comment = reply.text;
    event.data = {{"subject", reply.subject}, {"address", reply.from}};
    if (reply.attachments > 0) event.data["attachments"] = std::to_string(reply.attachments);
    if (!reply.files.empty()) event.data["files"] = reply.files;
    if (!is_open(item.state)) return {};
    // An answer to the receipt alone is no contact that anybody has made.
    if (item.first_contact_at != 0) item.contact = lead_system::contact_result::reached;
    if (item.assignee.empty()) return {};
    const std::string kind = item.content.allows("email") ? "email" : kind_for(item);
    // Nothing is due in the moment in which it comes.
    const auto due =
        add_working_minutes(system.now, next_contact_minutes, with_.organisation.now()->calendar_of(item.location));
    plan_next(item, due, kind);
    planned.kind = "contact_planned";
    if (with_.words) planned.comment = with_.words({"Answer of the prospect", {}});
    planned.data = {{"user", item.assignee}, {"due", std::to_string(due)}, {"kind", kind}};
    return {};
  };
  outcome came;
  for (int attempt = 0; attempt < most_reply_attempts; ++attempt) {
    came = change(call, access::system_visibility(), system, id, any_version, true, "reply_received", decide, &planned)
               .result;
    if (came.result != verdict::conflict) return came;
  }
  throw store::store_unavailable("The lead is being changed by others; the answer was not written.");
}

bool lead_desk::note_failed_mail(const dms::call &call, std::int64_t id, const std::string &news,
                                 const std::string &problem) const {
  bool noted = false;
  with_.store.write([&](store::transaction &inside) {
    noted = false;
    const auto item = inside.find_lead(id);
    if (!item || item->state == lead_state::erased || !inside.take_mail_news(news, id)) return;
    lead_event event;
    event.lead_id = id;
    event.at = call.now_us();
    event.kind = "mail_failed";
    event.data = {{"problem", problem}};
    inside.add_event(event);
    noted = true;
  });
  return noted;
}

}  // namespace lead_system::processing
