#include "processing/host_effects.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

json link_to(const lead &item) {
  return {{"screen", "leads.lead"}, {"params", {{"id", std::to_string(item.id)}}}};
}

/// How the person wants to be reached, as far as he can be.
std::string kind_for(const lead &item) {
  const auto &who = item.content.prospect;
  const bool by_mail = item.content.preferred_channel == "email" && !who.email.empty();
  return by_mail || (who.phones.empty() && !who.email.empty()) ? "email" : "phone";
}

json contact_document(const lead &item, const std::string &user, time_us due, const std::string &kind,
                      const std::string &note) {
  auto name = item.content.prospect.full_name();
  json contact{{"user", user},
               {"name", name.empty() ? item.content.external_id : std::move(name)},
               {"due_us", due},
               {"kind", kind},
               {"reference", reference_of(item.id)},
               {"link", link_to(item)}};
  if (!item.customer.empty()) contact["customer"] = item.customer;
  if (!note.empty()) contact["note"] = note;
  return contact;
}

/// The contact that stands for the lead: the earliest that is still to be made; else the newest that was ended without
/// a result, as by an attempt of ours that did not get to its end. Null where there is none.
json standing_contact(const std::string &list) {
  auto contacts = dms::json_or_null(list);
  json found, ended;
  if (!contacts.is_array()) return found;
  for (auto &one : contacts) {
    if (!one.is_object()) continue;
    if (one.value("done_us", std::int64_t{0}) != 0) {
      if (one.value("result", std::string{}).empty()) ended = one;
    } else if (found.is_null() || one.value("due_us", std::int64_t{0}) < found.value("due_us", std::int64_t{0})) {
      found = one;
    }
  }
  return found.is_null() ? ended : found;
}

bool is_open(const json &contact) {
  return !contact.is_null() && contact.value("done_us", std::int64_t{0}) == 0;
}

std::string member(const std::map<std::string, std::string> &data, const char *name) {
  const auto found = data.find(name);
  return found == data.end() ? std::string{} : found->second;
}

time_us due_of(const store::host_effect &effect) {
  const auto due = member(effect.event.data, "due");
  time_us at = effect.event.at;
  std::from_chars(due.data(), due.data() + due.size(), at);
  return at;
}

/// What trying again cannot mend.
bool is_final(dms_status status) {
  return status == dms_invalid || status == dms_refused || status == dms_not_found || status == dms_forbidden;
}

constexpr time_us longest_effect_pause = hour_us;

}  // namespace

std::string reference_of(std::int64_t lead_id) {
  return "lead:" + std::to_string(lead_id);
}

std::optional<std::int64_t> lead_of(std::string_view reference) {
  constexpr std::string_view prefix = "lead:";
  if (!reference.starts_with(prefix)) return std::nullopt;
  reference.remove_prefix(prefix.size());
  std::int64_t id = 0;
  const auto *const last = reference.data() + reference.size();
  const auto [end, error] = std::from_chars(reference.data(), last, id);
  if (error != std::errc{} || end != last) return std::nullopt;
  return id;
}

bool host_effects::wants(std::string_view event_kind) {
  static constexpr std::string_view kinds[] = {"assigned",        "rejected",         "imported", "linked",
                                               "contact_planned", "closed",           "reopened", "erased",
                                               "import_undone",   "test_drive_agreed"};
  return std::find(std::begin(kinds), std::end(kinds), event_kind) != std::end(kinds);
}

bool host_effects::tell(std::int64_t lead_id) const noexcept {
  try {
    const auto held = with_.store.hold("host_effects:" + std::to_string(lead_id));
    if (!held) return true;  // Whoever holds it tells, or the job does so soon.
    for (auto waiting = with_.store.host_effects_of(lead_id); !waiting.empty();
         waiting = with_.store.host_effects_of(lead_id)) {
      for (auto &effect : waiting) {
        if (!tell_one(effect)) return true;
      }
    }
    return true;
  } catch (const std::exception &error) {
    with_.log.warning("Lead " + std::to_string(lead_id) + ": the host was not told: " + error.what());
    return false;
  }
}

int host_effects::tell_due() const {
  constexpr int at_once = 200;
  const auto leads = with_.store.leads_with_host_effects(call_.now_us(), at_once);
  for (const auto id : leads) {
    if (call_.cancelled()) break;
    // What keeps it from even looking at one lead keeps it from all of them: the next run tries again.
    if (!tell(id)) break;
  }
  return static_cast<int>(leads.size());
}

/// False: it waits, and so do the lead's later ones.
bool host_effects::tell_one(store::host_effect &effect) const {
  try {
    if (const auto item = with_.store.find(effect.event.lead_id, access::system_visibility())) do_one(*item, effect);
    with_.store.host_was_told(effect.event.id);
    return true;
  } catch (const dms::failure &reason) {
    with_.log.warning("Lead " + std::to_string(effect.event.lead_id) + ": \"" + effect.event.kind +
                      "\" was not told to the host: " + reason.what());
    if (is_final(reason.status())) {
      tell_admins(effect, reason.what());
      with_.store.host_was_told(effect.event.id);
      return true;
    }
    effect.problem = reason.what();
  }
  effect.next_attempt_at =
      call_.now_us() + std::min(longest_effect_pause, (time_us{1} << std::min(effect.attempts, 20)) * 10 * second_us);
  ++effect.attempts;
  with_.store.host_was_not_told(effect);
  return false;
}

void host_effects::do_one(const lead &item, const store::host_effect &effect) const {
  using step = void (host_effects::*)(const lead &, const store::host_effect &) const;
  static const std::map<std::string, step, std::less<>> steps{{"assigned", &host_effects::assigned},
                                                              {"reopened", &host_effects::assigned},
                                                              {"imported", &host_effects::imported},
                                                              {"linked", &host_effects::imported},
                                                              {"import_undone", &host_effects::import_undone},
                                                              {"contact_planned", &host_effects::planned},
                                                              {"test_drive_agreed", &host_effects::drive_agreed},
                                                              {"closed", &host_effects::ended},
                                                              {"rejected", &host_effects::ended},
                                                              {"erased", &host_effects::ended}};
  const auto found = steps.find(effect.event.kind);
  if (found != steps.end()) (this->*found->second)(item, effect);
}

void host_effects::put_into_contacts(const lead &item, const std::string &occasion, const std::string &user,
                                     time_us due, const std::string &kind, const std::string &note) const {
  dms::contacts(with_.contacts)
      .create(call_, reference_of(item.id) + ":" + occasion,
              dms::to_text(contact_document(item, user, due, kind, note)));
}

/// The lead stands in its assignee's myKontakte, wherever it stood before, and he is notified.
void host_effects::assigned(const lead &item, const store::host_effect &effect) const {
  // What came after is told after.
  if (item.assignee.empty() || is_terminal(item.state)) return;
  if (with_.contacts != nullptr) {
    const dms::contacts list(with_.contacts);
    const auto reference = reference_of(item.id);
    list.reassign(call_, reference, item.assignee);
    // What an earlier assignee had planned goes on; else the first contact is due with the reminder.
    // An agreed test drive is told next, and is what comes then.
    const bool for_drive = member(effect.event.data, "for") == "test_drive";
    if (!for_drive && !is_open(standing_contact(list.list(reference)))) {
      const bool first = item.first_contact_at == 0 && item.reminder_at != 0;
      put_into_contacts(item, "assigned:" + std::to_string(effect.lead_version), item.assignee,
                        first ? item.reminder_at : effect.event.at, kind_for(item), {});
    }
  }
  notify_assignee(item, effect);
}

void host_effects::notify_assignee(const lead &item, const store::host_effect &effect) const {
  // Whoever took it himself knows.
  if (with_.notifications == nullptr || item.assignee == effect.event.actor) return;
  const auto *type = with_.types.find_type(item.content.type);
  auto name = item.content.prospect.full_name();
  if (name.empty()) name = item.content.external_id;
  const message type_name{type == nullptr ? item.content.type : type->title, {}};
  const auto text = [&](const std::string &what) { return message{"You have a new lead: {1}, {2}.", {name, what}}; };
  dms::notifications(with_.notifications)
      .notify(reference_of(item.id) + ":assigned:" + std::to_string(effect.lead_version),
              dms::to_text({{"users", {item.assignee}},
                            {"tone", "info"},
                            {"text", said(text(said(type_name)))},
                            {"texts", {{"en", in_english(text(in_english(type_name)))}}},
                            {"link", link_to(item)}}));
}

/// The entry carries the customer from now on.
void host_effects::imported(const lead &item, const store::host_effect &effect) const {
  if (item.customer.empty()) return;
  carry_customer(item, effect, "imported");
}

/// The entry loses the customer again.
void host_effects::import_undone(const lead &item, const store::host_effect &effect) const {
  if (item.customer.empty()) carry_customer(item, effect, "import_undone");
}

void host_effects::carry_customer(const lead &item, const store::host_effect &effect,
                                  const std::string &occasion) const {
  if (with_.contacts == nullptr || item.assignee.empty() || is_terminal(item.state)) return;
  const dms::contacts list(with_.contacts);
  const auto reference = reference_of(item.id);
  const auto planned = standing_contact(list.list(reference));
  if (is_open(planned) && planned.value("customer", std::string{}) == item.customer) return;
  // An entry cannot be changed: the new one takes over what was planned.
  list.reassign(call_, reference, {});
  const auto due = planned.is_null() ? effect.event.at : planned.value("due_us", effect.event.at);
  const auto kind = planned.is_null() ? kind_for(item) : planned.value("kind", kind_for(item));
  put_into_contacts(item, occasion + ":" + std::to_string(effect.lead_version), item.assignee, due, kind,
                    planned.is_null() ? "" : planned.value("note", std::string{}));
}

void host_effects::planned(const lead &item, const store::host_effect &effect) const {
  if (with_.contacts == nullptr || is_terminal(item.state)) return;
  put_into_contacts(item, "contact:" + std::to_string(effect.lead_version), member(effect.event.data, "user"),
                    due_of(effect), member(effect.event.data, "kind"), effect.event.comment);
}

/// The drive stands in place of what was to be done before: the person was spoken to, or another date was agreed.
void host_effects::drive_agreed(const lead &item, const store::host_effect &effect) const {
  if (with_.contacts == nullptr || is_terminal(item.state)) return;
  const dms::contacts list(with_.contacts);
  const auto reference = reference_of(item.id);
  const auto at = due_of(effect);
  const auto standing = standing_contact(list.list(reference));
  // An earlier attempt of ours got to its end.
  if (is_open(standing) && standing.value("kind", std::string{}) == "test_drive" &&
      standing.value("due_us", time_us{0}) == at) {
    return;
  }
  list.reassign(call_, reference, {});
  const auto vehicle = member(effect.event.data, "vehicle"), &note = effect.event.comment;
  put_into_contacts(item, "test_drive:" + std::to_string(effect.lead_version), member(effect.event.data, "user"), at,
                    "test_drive", vehicle + (vehicle.empty() || note.empty() ? "" : ". ") + note);
}

/// Nobody has to make a contact any more.
void host_effects::ended(const lead &item, const store::host_effect &) const {
  const bool worked_again = !item.assignee.empty() && !is_terminal(item.state);
  if (with_.contacts == nullptr || worked_again) return;
  dms::contacts(with_.contacts).reassign(call_, reference_of(item.id), {});
}

void host_effects::tell_admins(const store::host_effect &effect, const std::string &reason) const {
  if (with_.notifications == nullptr) return;
  const message text{"The entry in myContacts for lead {1} could not be made: {2}",
                     {std::to_string(effect.event.lead_id), reason}};
  const json link{{"screen", "leads.lead"}, {"params", {{"id", std::to_string(effect.event.lead_id)}}}};
  dms::notifications(with_.notifications)
      .notify(reference_of(effect.event.lead_id) + ":not_told:" + std::to_string(effect.lead_version),
              dms::to_text({{"roles", {"admin"}},
                            {"tone", "warn"},
                            {"text", said(text)},
                            {"texts", {{"en", in_english(text)}}},
                            {"link", link}}));
}

std::string host_effects::said(const message &text) const {
  return with_.words ? with_.words(text) : in_english(text);
}

}  // namespace lead_system::processing
