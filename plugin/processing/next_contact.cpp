// next_contact.cpp - which contact stands next for a lead: set with the change that plans or settles it, and taken over
// from the host's list, which people work in too.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "lead/texts.hpp"
#include "processing/contact_times.hpp"
#include "processing/host_effects.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

struct open_contact {
  std::string id, kind;
  time_us due = 0;
};

/// Earliest first.
std::vector<open_contact> open_contacts(const dms_contacts *contacts, std::int64_t lead_id) {
  std::vector<open_contact> result;
  const auto list = dms::json_or_null(dms::contacts(contacts).list(reference_of(lead_id)));
  for (const auto &one : list.is_array() ? list : nlohmann::json::array()) {
    if (!one.is_object() || one.value("done_us", time_us{0}) != 0) continue;
    result.push_back(
        {one.value("id", std::string{}), one.value("kind", std::string{}), one.value("due_us", time_us{0})});
  }
  std::stable_sort(result.begin(), result.end(), [](const auto &a, const auto &b) { return a.due < b.due; });
  return result;
}

bool is_spoken(std::string_view kind) {
  return kind == "phone" || kind == "email";
}

/// Parts what stands open into what is settled and what is still to be made.
template <typename Settles>
lead_desk::settling settle(const std::vector<open_contact> &open, Settles &&settles) {
  lead_desk::settling result;
  std::vector<std::string> ids;
  for (const auto &one : open) {
    if (settles(one)) {
      ids.push_back(one.id);
    } else if (result.next_at == 0) {
      result.next_at = one.due;
      result.next_kind = one.kind;
    }
  }
  result.contacts = with_commas(ids);
  return result;
}

/// Of a host that keeps no contacts the lead itself knows best.
open_contact next_of(const lead_desk::parts &with, const lead &item) {
  if (with.contacts == nullptr) return {{}, item.next_kind, item.next_at};
  const auto open = open_contacts(with.contacts, item.id);
  return open.empty() ? open_contact{} : open.front();
}

}  // namespace

void lead_desk::plan_next(lead &item, time_us due, const std::string &kind) {
  if (item.next_at != 0 && item.next_at <= due) return;
  item.next_at = due;
  item.next_kind = kind;
}

void lead_desk::plan_nothing(lead &item) {
  item.next_at = 0;
  item.next_kind.clear();
}

void lead_desk::plan_for_assignee(lead &item, time_us now) const {
  if (item.assignee.empty() || next_step_of(item).what != next_step::kind::missing) return;
  plan_next(item, assigned_contact_due(item, now, with_.organisation.now()->calendar_of(item.location)),
            kind_for(item));
}

/// What was to be done by now, and the next call or e-mail; a visit to come is still to be made.
lead_desk::settling lead_desk::settled_by_result(const lead &item, time_us now) const {
  const open_contact known{{}, item.next_kind, item.next_at};
  return settled(item, known.due <= now || is_spoken(known.kind), [&](const auto &open) {
    const auto next = std::find_if(open.begin(), open.end(), [](const auto &one) { return is_spoken(one.kind); });
    const auto spoken = next == open.end() ? std::string{} : next->id;
    return settle(open, [&](const open_contact &one) { return one.due <= now || one.id == spoken; });
  });
}

lead_desk::settling lead_desk::settled_by_drive(const lead &item) const {
  const auto is_drive = [](const open_contact &one) { return one.kind == "test_drive"; };
  return settled(item, item.next_kind == "test_drive", [&](const auto &open) { return settle(open, is_drive); });
}

/// `known_too`: what the lead itself knows is settled as well, where the host's list is not there to say it.
template <typename Settle>
lead_desk::settling lead_desk::settled(const lead &item, bool known_too, Settle &&by) const {
  const auto otherwise = known_too ? settling{} : settling{{}, item.next_at, item.next_kind};
  if (with_.contacts == nullptr) return otherwise;
  try {
    return by(open_contacts(with_.contacts, item.id));
  } catch (const dms::failure &reason) {
    // The result is true whether the host's list can be read or not.
    with_.log.warning(reference_of(item.id) + ": the open contacts were not read: " + reason.what());
    return otherwise;
  }
}

/// The list says again what the lead says: whose it is, and what is planned next. What was planned with the step that
/// was taken back goes.
void host_effects::undone(const lead &item, const store::host_effect &effect) const {
  if (with_.notifications != nullptr) {
    dms::notifications(with_.notifications)
        .withdraw(reference_of(item.id) + ":assigned:" + std::to_string(effect.lead_version - 1));
  }
  if (with_.contacts == nullptr) return;
  const auto due = effect.event.data.find("due");
  for (const auto &one : open_contacts(with_.contacts, item.id)) {
    const bool planned = due != effect.event.data.end() && due->second == std::to_string(one.due);
    if (planned && one.due != item.next_at && with_.contact_completion)
      with_.contact_completion.complete(call_, one.id, {}, {});
  }
  const auto to = is_open(item.state) ? item.assignee : std::string{};
  const dms::contacts list(with_.contacts);
  if (to.empty()) return list.end(call_, reference_of(item.id));
  list.reassign(call_, reference_of(item.id), to);
  if (item.next_at == 0) return;
  const auto left = open_contacts(with_.contacts, item.id);
  if (std::any_of(left.begin(), left.end(), [&](const auto &one) { return one.due == item.next_at; })) return;
  put_into_contacts(item, "undone:" + std::to_string(effect.lead_version), to, item.next_at, item.next_kind, {});
}

void host_effects::follow(const lead &item) const noexcept {
  try {
    if (knows_next_contact(item)) return;
    // Whoever holds it looks there himself.
    if (const auto held = with_.store.hold("host_effects:" + std::to_string(item.id))) take_next_contact(item.id);
  } catch (const std::exception &error) {
    with_.log.warning("Lead " + std::to_string(item.id) + ": the next contact was not read: " + error.what());
  }
}

/// All was told; that the host's list cannot be read just now keeps nobody from his work.
void host_effects::look_for_next_contact(std::int64_t lead_id) const {
  try {
    take_next_contact(lead_id);
  } catch (const dms::failure &reason) {
    with_.log.warning(reference_of(lead_id) + ": the next contact was not read: " + reason.what());
  }
}

bool host_effects::knows_next_contact(const lead &item) const {
  // One of before migration 0017, or that came to its state by a plugin of then, has no times yet.
  if (!awaits_first_contact(item) && item.next_escalation_at == 0) return false;
  const auto next = next_of(with_, item);
  return item.next_at == next.due && (next.due == 0 || item.next_kind == next.kind);
}

void host_effects::take_next_contact(std::int64_t lead_id) const {
  const auto known = with_.store.find(lead_id, access::system_visibility());
  // What the host has still to be told of is not in its list.
  if (!known || !is_open(known->state) || !with_.store.host_effects_of(lead_id).empty()) return;
  if (knows_next_contact(*known)) return;
  const auto next = next_of(with_, *known);
  const auto minutes = store::minutes_of(with_.types, with_.store.lead_type_settings(), known->content.type);
  const auto calendar = with_.organisation.now()->calendar_of(known->location);
  with_.store.write([&](store::transaction &inside) {
    auto item = inside.find_lead(lead_id);
    // What was read belongs to that version; the next one is told, and followed, by whoever made it.
    if (!item || item->version != known->version) return;
    const auto before = next_step_of(*item);
    item->next_at = next.due;
    item->next_kind = next.kind;
    time_next_step(*item, before, minutes, calendar, call_.now_us());
    inside.set_next_step(*item);
  });
}

}  // namespace lead_system::processing
