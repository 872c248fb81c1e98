// contact_results.cpp - what was done in myKontakte moves the lead's contact result: by the host's event, and later
// where the event found nobody listening.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "lead/texts.hpp"
#include "processing/host_effects.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

constexpr int results_at_once = 200;

/// The result that the timeline has of that contact already; open where it has none.
contact_result known_result(const std::vector<lead_event> &timeline, const std::string &contact) {
  auto known = contact_result::open;
  for (const auto &event : timeline) {
    const auto contacts = event.data.find("contacts"), result = event.data.find("result");
    if (event.kind != "contact_result" || contacts == event.data.end() || result == event.data.end()) continue;
    const auto ids = names_from(contacts->second);
    if (std::find(ids.begin(), ids.end(), contact) == ids.end()) continue;
    known = std::max(known, contact_result_from(result->second).value_or(contact_result::open));
  }
  return known;
}

/// The best result of the contacts that were completed after `since`, without what the timeline has of them; null where
/// there is none.
json best_result(const std::string &list, time_us since, const std::vector<lead_event> &timeline) {
  const auto contacts = dms::json_or_null(list);
  json best;
  auto reached = contact_result::open;
  for (const auto &one : contacts.is_array() ? contacts : json::array()) {
    if (!one.is_object() || one.value("done_us", std::int64_t{0}) <= since) continue;
    const auto result = contact_result_from(one.value("result", std::string{}));
    if (!result || *result <= reached || *result <= known_result(timeline, one.value("id", std::string{}))) continue;
    reached = *result;
    best = one;
  }
  return best;
}

time_us last_result_at(const std::vector<lead_event> &newest_first) {
  for (const auto &event : newest_first) {
    if (event.kind == "contact_result") return event.at;
  }
  return 0;
}

}  // namespace

std::vector<lead_desk::planned_contact> lead_desk::planned_contacts(const lead &item) const {
  std::vector<planned_contact> result;
  if (with_.contacts == nullptr) return result;
  const auto list = dms::json_or_null(dms::contacts(with_.contacts).list(reference_of(item.id)));
  for (const auto &one : list.is_array() ? list : json::array()) {
    if (!one.is_object() || one.value("done_us", std::int64_t{0}) != 0) continue;
    const auto calendar = one.find("calendar");
    result.push_back({one.value("due_us", time_us{0}), one.value("kind", std::string{}),
                      one.value("user", std::string{}), one.value("note", std::string{}),
                      calendar != one.end() && calendar->is_object() ? calendar->dump() : std::string{}});
  }
  std::stable_sort(result.begin(), result.end(), [](const auto &a, const auto &b) { return a.due < b.due; });
  return result;
}

void lead_desk::contact_completed(const dms::call &call, std::int64_t lead_id, const std::string &contact,
                                  const std::string &result, const std::string &note) {
  const auto to = contact_result_from(result);
  if (to && *to != lead_system::contact_result::open) take_completed(call, lead_id, {contact, *to, note});
  if (const auto item = with_.store.find(lead_id, access::system_visibility()); item && is_open(item->state)) {
    host_effects(with_, call).follow(*item);
  }
}

void lead_desk::take_completed(const dms::call &call, std::int64_t lead_id, const given_result &given) const {
  if (!given.contact.empty() && given.result <= known_result(with_.store.timeline(lead_id), given.contact)) return;
  const bool may_process = call.may("leads.process");
  take_result(call, seen_by(call.user(), call.now_us()),
              {std::string(call.user()), std::string(call.user_name()), may_process, false, false, call.now_us()},
              lead_id, given);
}

/// The host itself has no name.
access::visibility lead_desk::seen_by(const std::string &user, time_us now) const {
  return user.empty() ? access::system_visibility() : visibility_of(user, now);
}

void lead_desk::take_result(const dms::call &call, const access::visibility &seen, const actor &who,
                            std::int64_t lead_id, const given_result &given) const {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (is_terminal(item.state)) return refused({});
    event.comment = given.note;
    event.data = {
        {"from", std::string(key(item.contact))}, {"result", std::string(key(given.result))}, {"via", "contacts"}};
    if (!given.contact.empty()) event.data["contacts"] = given.contact;
    item.contact = given.result;
    if (item.first_contact_at == 0) item.first_contact_at = who.now;
    return {};
  };
  // What happened in myKontakte happened: whoever changes the lead at the same moment does not undo it.
  constexpr int most_attempts = 5;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const auto item = with_.store.find(lead_id, seen);
    if (!item || is_terminal(item->state)) return;
    const auto made = change(call, seen, who, lead_id, item->version, who.may_process, "contact_result", decide);
    if (made.result.result != verdict::conflict) return;
  }
  throw store::store_unavailable("The lead is being changed by others; the contact result was not written.");
}

void lead_desk::take_missed_result(const dms::call &call, const lead &item) const {
  const auto list = dms::contacts(with_.contacts).list(reference_of(item.id));
  auto done = best_result(list, 0, {});
  if (done.is_null() || contact_result_from(done.value("result", std::string{})) <= item.contact) return;
  // Somebody may have set the result back since.
  const auto timeline = with_.store.timeline(item.id);
  done = best_result(list, last_result_at(timeline), timeline);
  if (done.is_null()) return;
  const auto owner = done.value("user", std::string{});
  auto user = done.value("done_by", std::string{});
  if (user.empty()) user = owner;
  // It stood on its owner's list, whoever has the lead by now; anybody else must see the lead.
  take_result(call, user == owner ? access::system_visibility() : visibility_of(user, call.now_us()),
              {user, with_.organisation.now()->user_name(user), true, false, false,
               std::min(done.value("done_us", call.now_us()), call.now_us())},
              item.id,
              {done.value("id", std::string{}), *contact_result_from(done.value("result", std::string{})),
               done.value("note", std::string{})});
}

void lead_desk::take_missed_results(const dms::call &call) const {
  lead last;
  for (std::vector<lead> page;; last = std::move(page.back())) {
    page = with_.store.open_leads_after(last.created_at, last.id, results_at_once);
    if (page.empty()) return;
    for (const auto &item : page) {
      if (call.cancelled()) return;
      const bool may_have_one = !item.assignee.empty() && item.contact != lead_system::contact_result::reached;
      if (with_.contacts != nullptr && may_have_one) take_missed_result(call, item);
      host_effects(with_, call).follow(item);
    }
  }
}

}  // namespace lead_system::processing
