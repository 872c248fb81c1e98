// duplicates.cpp - a lead that says what another one says already: it ends, and the other one goes on with what was
// planned and noted. Which lead is whose duplicate stands in the events of both. The other one may end as a duplicate
// too: then what was planned has gone on with it, to the last of them, and comes back from there.
#include <algorithm>

#include "dms/cpp/json.hpp"
#include "lead/texts.hpp"
#include "processing/host_effects.hpp"
#include "processing/outcomes.hpp"
#include "processing/worked_part.hpp"

namespace lead_system::processing {

namespace {

bool ended_as_duplicate(const lead &item) {
  return item.state == lead_state::invalid && item.reason == "duplicate";
}

/// The event by which it became one.
const lead_event *closing(const std::vector<lead_event> &newest_first) {
  const auto found = std::find_if(newest_first.begin(), newest_first.end(),
                                  [](const lead_event &event) { return event.kind == "closed"; });
  return found == newest_first.end() || !found->data.contains("duplicate_of") ? nullptr : &*found;
}

/// The event by which `id` became a duplicate of the lead with that timeline.
const lead_event *joining(const std::vector<lead_event> &newest_first, std::int64_t id) {
  const auto found = std::find_if(newest_first.begin(), newest_first.end(), [&](const lead_event &event) {
    return event.kind == "duplicate_joined" && number_in(event.data, "lead") == id;
  });
  return found == newest_first.end() ? nullptr : &*found;
}

/// What is planned for a lead; at 0: nothing.
struct planned_step {
  time_us at = 0;
  std::string kind;
};

planned_step earlier(const planned_step &one, const planned_step &other) {
  return one.at == 0 || (other.at != 0 && other.at < one.at) ? other : one;
}

/// What a lead had planned before that event, without what was a duplicate's that has left it since.
planned_step planned_before(const std::vector<lead_event> &newest_first, const lead_event &then, planned_step it) {
  for (auto event = newest_first.rbegin(); event != newest_first.rend(); ++event) {
    if (event->id <= then.id || event->kind != "duplicate_left" || !event->data.contains("next_at")) continue;
    if (number_in(event->data, "due") != it.at) continue;
    it = {number_in(event->data, "next_at"), text_in(event->data, "next_kind")};
  }
  return it;
}

/// The one that goes on; nothing is written yet.
outcome just_changed() {
  outcome result;
  result.result = verdict::conflict;
  return result;
}

outcome no_such_lead() {
  return invalid("kept", {"There is no such lead. Choose another one.", {}});
}

/// `kept` goes on as `head`, which is shown where it may be.
outcome is_duplicate_itself(std::int64_t id, std::int64_t kept, std::int64_t head, bool shown) {
  const auto number = std::to_string(kept);
  if (head == id) {
    return invalid("kept",
                   {"Lead {1} is a duplicate of this one. Take that back first, or choose another one.", {number}});
  }
  if (!shown) return invalid("kept", {"Lead {1} is a duplicate itself. Choose another one.", {number}});
  return invalid("kept",
                 {"Lead {1} is a duplicate of lead {2} itself. Choose that one.", {number, std::to_string(head)}});
}

}  // namespace

std::int64_t lead_desk::duplicate_of(const lead &item, const std::vector<lead_event> &newest_first) {
  const auto *end = ended_as_duplicate(item) ? closing(newest_first) : nullptr;
  return end == nullptr ? 0 : number_in(end->data, "duplicate_of");
}

std::vector<std::int64_t> lead_desk::duplicates_in(const std::vector<lead_event> &newest_first) {
  std::vector<std::int64_t> result;
  for (auto event = newest_first.rbegin(); event != newest_first.rend(); ++event) {
    const auto id = number_in(event->data, "lead");
    if (event->kind == "duplicate_joined" || event->kind == "duplicate_left") std::erase(result, id);
    if (event->kind == "duplicate_joined") result.push_back(id);
  }
  return result;
}

std::vector<lead_desk::holder> lead_desk::holders_from(std::int64_t kept) const {
  std::vector<holder> result;
  const auto known = [&](std::int64_t id) {
    return std::any_of(result.begin(), result.end(), [&](const holder &one) { return one.id == id; });
  };
  while (kept != 0 && !known(kept)) {
    const auto item = with_.store.find(kept, access::system_visibility());
    if (!item) break;
    result.push_back({kept, item->version, with_.store.timeline(kept)});
    kept = duplicate_of(*item, result.back().events);
  }
  return result;
}

/// Their events were read before: two who close at the same moment would make a ring, or end what is planned for ever.
bool lead_desk::are_as_read(store::transaction &inside, const std::vector<holder> &holders) {
  return std::all_of(holders.begin(), holders.end(), [&](const holder &one) {
    const auto item = inside.find_lead(one.id);
    return item && item->version == one.version;
  });
}

std::int64_t lead_desk::goes_on_as(const lead &item, const std::vector<lead_event> &newest_first) const {
  const auto kept = duplicate_of(item, newest_first);
  const auto holders = holders_from(kept);
  return holders.empty() ? kept : holders.back().id;
}

outcome lead_desk::close_as_duplicate(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                                      std::int64_t kept, const std::string &comment) {
  const auto seen = visibility_of(who.user, who.now);
  if (kept == id) return invalid("kept", {"A lead is no duplicate of itself. Choose another one.", {}});
  const auto holders = holders_from(kept);
  const auto head = holders.empty() ? kept : holders.back().id;
  const bool shown = with_.store.visible({head}, seen).contains(head);
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    if (!allowed(step::close, item.state, lead_state::invalid)) return not_in_this_state(item);
    auto other = inside.find_lead(kept);
    if (!other || !access::sees(seen, *other) || other->state == lead_state::erased) return no_such_lead();
    if (!holders.empty() && duplicate_of(*other, holders.front().events) != 0) {
      return is_duplicate_itself(id, kept, head, shown);
    }
    if (!are_as_read(inside, holders)) return just_changed();
    event.comment = comment;
    event.data = {{"from", std::string(key(item.state))},
                  {"to", "invalid"},
                  {"reason", "duplicate"},
                  {"duplicate_of", std::to_string(kept)},
                  {"undo", worked_part(item).dump()}};
    const auto before = *other;
    lead_event joined{0, kept, who.now, "duplicate_joined", who.user, who.name, {}, {{"lead", std::to_string(id)}}};
    lead_event planned{0, kept, who.now, {}, who.user, who.name, {}, {}};
    if (is_open(other->state) && item.next_at != 0 && other->content.allows(item.next_kind)) {
      joined.data["next_at"] = std::to_string(other->next_at);
      joined.data["next_kind"] = other->next_kind;
      joined.data["due"] = std::to_string(item.next_at);
      plan_next(*other, item.next_at, item.next_kind);
      planned.kind = "contact_planned";
      planned.data = {{"user", other->assignee.empty() ? who.user : other->assignee},
                      {"due", std::to_string(item.next_at)},
                      {"kind", item.next_kind}};
    }
    if (!write_change(inside, before, *other, who.now)) return told(kept, before.version);
    inside.add_event(joined);
    if (!planned.kind.empty()) add_change(inside, planned);
    item.state = lead_state::invalid;
    item.reason = "duplicate";
    item.ended_at = who.now;
    return {};
  };
  auto made = change(call, seen, who, id, version, who.may_process, "closed", decide).result;
  if (made.result == verdict::done) host_effects(with_, call).tell(kept);
  return made;
}

bool lead_desk::may_undo_duplicate(const lead &item, const std::vector<lead_event> &newest_first, time_us now) const {
  const auto *end = ended_as_duplicate(item) ? closing(newest_first) : nullptr;
  return end != nullptr && same_local_day(end->at, now, with_.organisation.now()->calendar_of(item.location));
}

/// Those to whom it was joined, directly and through others, are without it, and without what was planned for it.
outcome lead_desk::leave(store::transaction &inside, const std::vector<holder> &holders, const lead &item,
                         const actor &who) const {
  auto from = item.id;
  planned_step without;
  for (const auto &one : holders) {
    auto other = inside.find_lead(one.id);
    const auto *joined = joining(one.events, from);
    const bool passed_on = joined != nullptr && joined->data.contains("due") && item.next_at != 0;
    const bool concerns = from == item.id || passed_on;
    if (!other || other->state == lead_state::erased || !concerns) return {};
    lead_event left{0, one.id, who.now, "duplicate_left", who.user, who.name, {}, {{"lead", std::to_string(item.id)}}};
    const auto before = *other;
    if (passed_on) {
      const planned_step own{number_in(joined->data, "next_at"), text_in(joined->data, "next_kind")};
      without = earlier(without, planned_before(one.events, *joined, own));
      left.data["due"] = std::to_string(item.next_at);
      left.data["next_at"] = std::to_string(without.at);
      left.data["next_kind"] = without.kind;
      // What somebody has planned since stays.
      if (is_open(other->state) && other->next_at == item.next_at) {
        other->next_at = without.at;
        other->next_kind = without.kind;
      }
    }
    if (!write_change(inside, before, *other, who.now)) return told(one.id, before.version);
    add_change(inside, left);
    if (!passed_on || !ended_as_duplicate(*other)) return {};
    from = one.id;
  }
  return {};
}

outcome lead_desk::undo_duplicate(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version) {
  const auto seen = visibility_of(who.user, who.now);
  const auto timeline = with_.store.timeline(id);
  std::vector<holder> holders;
  std::vector<store::feedback_message> waiting;
  if (const auto *end = closing(timeline); end != nullptr) {
    holders = holders_from(number_in(end->data, "duplicate_of"));
    waiting = untold(id, end->at);
  }
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    const auto *end = closing(timeline);
    if (end == nullptr || !ended_as_duplicate(item)) return refused({"This lead is no duplicate of another one.", {}});
    if (!may_undo_duplicate(item, timeline, who.now)) {
      return refused({"This could be taken back on its day only. Reopen the lead instead.", {}});
    }
    if (!are_as_read(inside, holders)) return just_changed();
    event.data = {{"of", "closed"}, {"from", "invalid"}};
    bring_back(dms::json_or_null(text_in(end->data, "undo")), item);
    if (const auto next = planned_before(timeline, *end, {item.next_at, item.next_kind}); next.at != item.next_at) {
      const auto was = next_step_of(item);
      item.next_at = next.at;
      item.next_kind = next.kind;
      time_next_step(item, was, store::minutes_of(with_.types, inside.lead_type_settings(), item.content.type),
                     with_.organisation.now()->calendar_of(item.location), who.now);
    }
    event.data["to"] = key(item.state);
    if (!item.assignee.empty()) event.data["user"] = item.assignee;
    const message reason{"The step was taken back at once.", {}};
    const auto why = with_.words ? with_.words(reason) : in_english(reason);
    for (const auto &one : waiting) {
      if (inside.give_up_feedback(one.id, who.user, why, who.now)) event.data["withdrawn"] = "yes";
    }
    return leave(inside, holders, item, who);
  };
  auto made = change(call, seen, who, id, version, who.may_process, "undone", decide).result;
  if (made.result == verdict::done) {
    for (const auto &one : holders) host_effects(with_, call).tell(one.id);
  }
  return made;
}

}  // namespace lead_system::processing
