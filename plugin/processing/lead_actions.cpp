// lead_actions.cpp - each thing that people do to a lead, on lead_desk's one frame.
#include <algorithm>
#include <array>

#include "processing/host_effects.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

std::string title_text(lead_state state) {
  return std::string(title(state));
}

void note_contact(lead &item, time_us now) {
  if (item.first_contact_at == 0) item.first_contact_at = now;
}

/// What tells who somebody is goes; what is counted stays.
void anonymise(lead &item) {
  lead_content rest;
  const auto &was = item.content;
  rest.source = was.source;
  rest.external_id = was.external_id;
  rest.type = was.type;
  rest.dealer_code = was.dealer_code;
  rest.received_at = was.received_at;
  rest.appointment_at = was.appointment_at;
  rest.campaign = was.campaign;
  for (const auto &one : was.wanted) {
    vehicle kept;
    kept.make = one.make;
    kept.model = one.model;
    kept.condition = one.condition;
    rest.wanted.push_back(kept);
  }
  item.content = std::move(rest);
  item.customer.clear();
}

constexpr std::array<std::string_view, 4> contact_kinds{"phone", "email", "visit", "test_drive"};

outcome fits_kind(const lead_content &content, const std::string &kind) {
  if (std::find(contact_kinds.begin(), contact_kinds.end(), kind) == contact_kinds.end()) {
    return invalid("kind", {"Choose phone, e-mail, visit or test drive.", {}});
  }
  if (content.allows(kind)) return {};
  return invalid("kind", kind == "phone" ? message{"The person has refused calls. Choose another kind.", {}}
                                         : message{"The person has refused e-mails. Choose another kind.", {}});
}

}  // namespace

std::vector<std::string_view> contact_kinds_of(const lead_content &content) {
  std::vector<std::string_view> result;
  for (const auto kind : contact_kinds) {
    if (content.allows(kind)) result.push_back(kind);
  }
  return result;
}

outcome lead_desk::give_to(lead &item, lead_event &event, const std::string &user) const {
  if (!possible(step::assign, item.state)) return not_in_this_state(item);
  const auto candidates = assignable(item);
  const auto found =
      std::find_if(candidates.begin(), candidates.end(), [&](const auto &one) { return one.id == user; });
  if (item.assignee == user) {
    return refused({"The lead is assigned to {1} already.", {found == candidates.end() ? user : found->name}});
  }
  if (found == candidates.end()) return invalid("user", {"Choose an active salesperson.", {}});
  event.data = {{"user", user}};
  if (!item.assignee.empty()) event.data["from"] = item.assignee;
  item.assignee = user;
  if (item.state == lead_state::received) item.state = lead_state::assigned;
  plan_for_assignee(item, event.at);
  return {};
}

outcome lead_desk::assign(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                          const std::string &user) {
  const bool right = who.may_assign || (who.may_process && user == who.user);
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (!who.may_assign && !item.assignee.empty()) {
      return forbidden({"This lead is assigned already. Only somebody with the right to assign may change that.", {}});
    }
    return give_to(item, event, user);
  };
  auto made = change(call, visibility_of(who.user, who.now), who, id, version, right, "assigned", decide);
  if (made.result.result == verdict::forbidden && who.may_process && !right) {
    made.result.text = {"You may take over leads yourself. Ask a manager to assign them to others.", {}};
  }
  return made.result;
}

outcome lead_desk::assign_by_rule(const dms::call &call, const lead &item, const std::string &user, std::int64_t open) {
  const auto decide = [&](store::transaction &, lead &now, lead_event &event) -> outcome {
    if (now.state != lead_state::received || !now.assignee.empty()) return not_in_this_state(now);
    auto given = give_to(now, event, user);
    event.data["why"] = open < 0 ? "customer" : "turn";
    if (open >= 0) event.data["open"] = std::to_string(open);
    return given;
  };
  actor system;
  system.now = call.now_us();
  return change(call, access::system_visibility(), system, item.id, item.version, true, "assigned", decide).result;
}

outcome lead_desk::reject(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                          const std::string &comment) {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (!possible(step::reject, item.state)) return not_in_this_state(item);
    if (item.assignee != who.user && !who.may_assign) {
      return forbidden({"Only the salesperson of this lead may reject it.", {}});
    }
    event.comment = comment;
    event.data = {{"from", std::string(key(item.state))}, {"to", "received"}, {"user", item.assignee}};
    item.agreed_at = 0;
    plan_nothing(item);
    item.state = lead_state::received;
    item.assignee.clear();
    return {};
  };
  auto made = change(call, visibility_of(who.user, who.now), who, id, version, who.may_process || who.may_assign,
                     "rejected", decide);
  return made.result;
}

outcome lead_desk::contact(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version, time_us due,
                           const std::string &kind, const std::string &note) {
  lead seen;
  if (auto failed = check(who, id, version, seen); failed.result != verdict::done) return failed;
  const auto chosen = kind.empty() ? std::string(contact_kinds_of(seen.content).front()) : kind;
  if (is_terminal(seen.state)) return not_in_this_state(seen);
  if (with_.contacts == nullptr) {
    return refused({"This system has no myContacts. Note the contact in your calendar.", {}});
  }
  if (auto failed = fits_kind(seen.content, chosen); failed.result != verdict::done) return failed;
  // A day of grace: "this morning" entered in the afternoon is meant.
  if (due < who.now - day_us) return invalid("due", {"Choose a time that is not over yet.", {}});

  const auto user = seen.assignee.empty() ? who.user : seen.assignee;
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (is_terminal(item.state)) return not_in_this_state(item);
    event.comment = note;
    event.data = {{"user", user}, {"due", std::to_string(due)}, {"kind", chosen}};
    if (chosen == "test_drive" && has_state(with_.types.find_type(item.content.type), lead_state::appointment)) {
      item.agreed_at = due;
    }
    plan_next(item, due, chosen);
    return {};
  };
  auto done =
      change(call, visibility_of(who.user, who.now), who, id, version, who.may_process, "contact_planned", decide);
  return done.result;
}

/// Another salesperson than the lead's has it from then on.
outcome lead_desk::take_over(lead &item, const actor &who, const std::string &user) const {
  if (user == item.assignee) return {};
  if (!who.may_assign && (user != who.user || !item.assignee.empty())) {
    return forbidden({"This lead is assigned already. Only somebody with the right to assign may change that.", {}});
  }
  const auto candidates = assignable(item);
  if (std::none_of(candidates.begin(), candidates.end(), [&](const auto &one) { return one.id == user; })) {
    return invalid("user", {"Choose an active salesperson.", {}});
  }
  item.assignee = user;
  if (item.state == lead_state::received) item.state = lead_state::assigned;
  return {};
}

outcome lead_desk::agree_test_drive(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                                    const test_drive &plan) {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    constexpr auto agreed = lead_state::appointment;
    if (is_terminal(item.state)) return not_in_this_state(item);
    if (!has_state(with_.types.find_type(item.content.type), agreed)) return not_of_this_type(agreed);
    // A day of grace: "this morning" entered in the afternoon is meant.
    if (plan.at < who.now - day_us) return invalid("due", {"Choose a time that is not over yet.", {}});
    const auto before = item.state;
    const auto user = !plan.user.empty() ? plan.user : item.assignee.empty() ? who.user : item.assignee;
    if (auto refusal = take_over(item, who, user); refusal.result != verdict::done) return refusal;
    if (item.state != agreed && !allowed(step::progress, item.state, agreed)) return not_in_this_state(item);
    event.comment = plan.note;
    event.data = {{"from", std::string(key(before))},
                  {"to", std::string(key(agreed))},
                  {"user", user},
                  {"due", std::to_string(plan.at)},
                  {"kind", "test_drive"}};
    if (!plan.vehicle.empty()) event.data["vehicle"] = plan.vehicle;
    item.state = agreed;
    item.agreed_at = plan.at;
    // It stands in place of what was to be done before.
    plan_nothing(item);
    plan_next(item, plan.at, "test_drive");
    note_contact(item, who.now);
    return {};
  };
  return change(call, visibility_of(who.user, who.now), who, id, version, who.may_process, "test_drive_agreed", decide)
      .result;
}

outcome lead_desk::progress(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                            const std::string &state) {
  settling settled;
  // It was driven, or it fell through: either way it is not what comes next any more.
  const bool drive_is_over = state == key(lead_state::test_drive_done) || state == key(lead_state::in_progress);
  if (drive_is_over) {
    // Asked before the transaction: it must not wait for the host.
    if (const auto seen = with_.store.find(id, visibility_of(who.user, who.now))) settled = settled_by_drive(*seen);
  }
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    const auto to = state_from(state);
    if (!to) return invalid("state", {"Choose a state.", {}});
    if (!allowed(step::progress, item.state, *to)) {
      if (item.state == lead_state::received) return refused({"Assign the lead to a salesperson first.", {}});
      return refused({"The state cannot change from “{1}” to “{2}”.", {title_text(item.state), title_text(*to)}});
    }
    if (!has_state(with_.types.find_type(item.content.type), *to)) return not_of_this_type(*to);
    if (*to == lead_state::in_progress) item.agreed_at = 0;  // it fell through
    event.data = {{"from", std::string(key(item.state))}, {"to", state}};
    item.state = *to;
    if (drive_is_over) {
      item.next_at = settled.next_at;
      item.next_kind = settled.next_kind;
      if (!settled.contacts.empty()) event.data["contacts"] = settled.contacts;
    }
    if (means_contact(*to)) note_contact(item, who.now);
    return {};
  };
  return change(call, visibility_of(who.user, who.now), who, id, version, who.may_process, "progress", decide).result;
}

outcome lead_desk::contact_result(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                                  const std::string &result, const std::string &comment, const follow_up &next) {
  // Asked before the transaction: it must not wait for the host.
  const bool contact_was_tried = result != key(lead_system::contact_result::open);
  const auto seen = with_.store.find(id, visibility_of(who.user, who.now));
  const auto settled = contact_was_tried && seen ? settled_by_result(*seen, who.now) : settling{};
  lead_event planned{0, id, who.now, {}, who.user, who.name, {}, {}};
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    const auto to = contact_result_from(result);
    if (!to) return invalid("result", {"Choose a result.", {}});
    if (is_terminal(item.state)) return not_in_this_state(item);
    event.comment = comment;
    event.data = {{"from", std::string(key(item.contact))}, {"result", result}};
    if (!settled.contacts.empty()) event.data["contacts"] = settled.contacts;
    item.contact = *to;
    if (*to != lead_system::contact_result::open) note_contact(item, who.now);
    if (contact_was_tried) {
      item.next_at = settled.next_at;
      item.next_kind = settled.next_kind;
    }
    if (next.due == 0 || (next.unless_planned && next_step_of(item).what != next_step::kind::missing)) return {};
    if (next.due < who.now - day_us) return invalid("due", {"Choose a time that is not over yet.", {}});
    const auto kind = next.kind.empty() ? kind_for(item) : next.kind;
    if (auto failed = fits_kind(item.content, kind); failed.result != verdict::done) return failed;
    plan_next(item, next.due, kind);
    planned.kind = "contact_planned";
    planned.data = {
        {"user", item.assignee.empty() ? who.user : item.assignee}, {"due", std::to_string(next.due)}, {"kind", kind}};
    return {};
  };
  return change(call, visibility_of(who.user, who.now), who, id, version, who.may_process, "contact_result", decide,
                &planned)
      .result;
}

outcome lead_desk::close(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                         const std::string &state, const std::string &reason, const std::string &comment) {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    const auto *why = find_reason(reason);
    const auto to = state.empty() && why != nullptr ? std::optional(why->ends_as) : state_from(state);
    if (state.empty() && why == nullptr) return invalid("reason", {"Choose a reason.", {}});
    if (!to || !is_terminal(*to) || *to == lead_state::erased) {
      return invalid("state", {"Choose how the lead ended.", {}});
    }
    if (why == nullptr) return invalid("reason", {"Choose a reason.", {}});
    if (!allowed(step::close, item.state, *to)) return not_in_this_state(item);
    if (!fits(*why, *to)) {
      return invalid("reason",
                     {"The reason “{1}” does not go with “{2}”.", {std::string(why->title), title_text(*to)}});
    }
    event.comment = comment;
    event.data = {{"from", std::string(key(item.state))}, {"to", std::string(key(*to))}, {"reason", reason}};
    item.state = *to;
    item.reason = reason;
    item.ended_at = who.now;
    if (means_contact(*to)) note_contact(item, who.now);
    return {};
  };
  auto made = change(call, visibility_of(who.user, who.now), who, id, version, who.may_process, "closed", decide);
  return made.result;
}

void lead_desk::open_again(lead &item, const lead &fresh, time_us now) const {
  const auto *salesperson = with_.organisation.now()->find_user(item.assignee);
  if (salesperson == nullptr || !salesperson->active) item.assignee.clear();
  item.state = item.assignee.empty() ? lead_state::received : lead_state::assigned;
  // A sale that is taken back was none, and what was agreed once is over.
  item.reached.remove(stage::sold);
  item.agreed_at = 0;
  plan_nothing(item);
  item.reason.clear();
  item.ended_at = 0;
  if (item.first_contact_at == 0) {
    item.reminder_at = fresh.reminder_at;
    item.escalation_at = fresh.escalation_at;
    item.notified = 0;
  }
  plan_for_assignee(item, now);
}

outcome lead_desk::reopen(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                          const std::string &comment) {
  const auto seen = visibility_of(who.user, who.now);
  // Calculated before the transaction: it must not wait for a second session.
  auto fresh = with_.store.find(id, seen).value_or(lead{});
  set_deadlines(fresh, who.now);
  bool was_sold = false;
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    const auto before = item.state;
    open_again(item, fresh, who.now);
    if (!allowed(step::reopen, before, item.state)) {
      item.state = before;
      return not_in_this_state(item);
    }
    event.comment = comment;
    event.data = {{"from", std::string(key(before))}, {"to", std::string(key(item.state))}};
    if (!item.assignee.empty()) event.data["user"] = item.assignee;
    was_sold = before == lead_state::won;
    // The rule was wrong, or the sale fell through: what the deal in the host is of now, somebody says.
    if (const auto sold = inside.untie_deal(id, true, who.user, who.now); !sold.empty()) event.data["deal"] = sold;
    return {};
  };
  auto made = change(call, seen, who, id, version, who.may_process, "reopened", decide);
  if (made.result.result == verdict::done && was_sold && with_.audit) {
    with_.audit(call, "leads.sale_taken_back", "lead " + std::to_string(id));
  }
  return made.result;
}

outcome lead_desk::erase(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version) {
  return erase_seen(visibility_of(who.user, who.now), who, call, id, version, "lead");
}

outcome lead_desk::forget(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                          const std::string &cause) {
  const auto everything = access::system_visibility();
  const auto seen = with_.store.find(id, everything);
  if (seen && is_open(seen->state)) {
    const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
      if (!allowed(step::close, item.state, lead_state::closed)) return not_in_this_state(item);
      event.data = {{"from", std::string(key(item.state))}, {"to", "closed"}, {"reason", "consent_withdrawn"}};
      item.state = lead_state::closed;
      item.reason = "consent_withdrawn";
      item.ended_at = who.now;
      return {};
    };
    const auto closed = change(call, everything, who, id, version, who.may_erase, "closed", decide);
    if (closed.result.result != verdict::done) return closed.result;
    version = closed.result.version;
  }
  return erase_seen(everything, who, call, id, version, cause);
}

outcome lead_desk::erase_seen(const access::visibility &seen, const actor &who, const dms::call &call, std::int64_t id,
                              std::int64_t version, const std::string &cause) {
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    if (!allowed(step::erase, item.state, lead_state::erased)) {
      return refused({"Only a lead that has ended can be anonymised. Close it first.", {}});
    }
    event.data = {{"from", std::string(key(item.state))}, {"to", "erased"}};
    if (!item.reason.empty()) event.data["reason"] = item.reason;
    inside.forget_person(item, who.user, cause, who.now);
    anonymise(item);
    item.state = lead_state::erased;
    return {};
  };
  auto made = change(call, seen, who, id, version, who.may_erase, "erased", decide);
  return made.result;
}

}  // namespace lead_system::processing
