// duplicates.cpp - a lead that says what another one says already: it ends, and the other one goes on with what was
// planned and noted. Which lead is whose duplicate stands in the events of both.
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

outcome no_such_lead() {
  return invalid("kept", {"There is no such lead. Choose another one.", {}});
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
    if (event->kind == "duplicate_joined") result.push_back(id);
    if (event->kind == "duplicate_left") std::erase(result, id);
  }
  return result;
}

outcome lead_desk::close_as_duplicate(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                                      std::int64_t kept, const std::string &comment) {
  const auto seen = visibility_of(who.user, who.now);
  if (kept == id) return invalid("kept", {"A lead is no duplicate of itself. Choose another one.", {}});
  const auto timeline_of_kept = with_.store.timeline(kept);
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    if (!allowed(step::close, item.state, lead_state::invalid)) return not_in_this_state(item);
    auto other = inside.find_lead(kept);
    if (!other || !access::sees(seen, *other) || other->state == lead_state::erased) return no_such_lead();
    if (const auto of = duplicate_of(*other, timeline_of_kept); of != 0) {
      return invalid("kept", {"Lead {1} is a duplicate of lead {2} itself. Choose that one.",
                              {std::to_string(kept), std::to_string(of)}});
    }
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

outcome lead_desk::undo_duplicate(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version) {
  const auto seen = visibility_of(who.user, who.now);
  const auto timeline = with_.store.timeline(id);
  std::int64_t kept = 0;
  std::vector<store::feedback_message> waiting;
  if (const auto *end = closing(timeline); end != nullptr) {
    kept = number_in(end->data, "duplicate_of");
    waiting = untold(id, end->at);
  }
  const auto timeline_of_kept = with_.store.timeline(kept);
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    const auto *end = closing(timeline);
    if (end == nullptr || !ended_as_duplicate(item)) return refused({"This lead is no duplicate of another one.", {}});
    if (!may_undo_duplicate(item, timeline, who.now)) {
      return refused({"This could be taken back on its day only. Reopen the lead instead.", {}});
    }
    event.data = {{"of", "closed"}, {"from", "invalid"}};
    bring_back(dms::json_or_null(text_in(end->data, "undo")), item);
    event.data["to"] = key(item.state);
    if (!item.assignee.empty()) event.data["user"] = item.assignee;
    const message reason{"The step was taken back at once.", {}};
    const auto why = with_.words ? with_.words(reason) : in_english(reason);
    for (const auto &one : waiting) {
      if (inside.give_up_feedback(one.id, who.user, why, who.now)) event.data["withdrawn"] = "yes";
    }
    auto other = inside.find_lead(kept);
    if (!other) return {};
    const auto joined = std::find_if(timeline_of_kept.begin(), timeline_of_kept.end(), [&](const lead_event &one) {
      return one.kind == "duplicate_joined" && number_in(one.data, "lead") == id;
    });
    lead_event left{0, kept, who.now, "duplicate_left", who.user, who.name, {}, {{"lead", std::to_string(id)}}};
    const auto before = *other;
    if (joined != timeline_of_kept.end() && joined->data.contains("due") && is_open(other->state)) {
      left.data["due"] = joined->data.at("due");
      // What somebody has planned since stays.
      if (other->next_at == number_in(joined->data, "due")) {
        other->next_at = number_in(joined->data, "next_at");
        other->next_kind = text_in(joined->data, "next_kind");
      }
    }
    if (!write_change(inside, before, *other, who.now)) return told(kept, before.version);
    add_change(inside, left);
    return {};
  };
  auto made = change(call, seen, who, id, version, who.may_process, "undone", decide).result;
  if (made.result == verdict::done) host_effects(with_, call).tell(kept);
  return made;
}

}  // namespace lead_system::processing
