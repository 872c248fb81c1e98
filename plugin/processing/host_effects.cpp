#include "processing/host_effects.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "lead/texts.hpp"
#include "processing/contact_times.hpp"
#include "processing/coverage_check.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

json link_to(const lead &item) {
  return {{"screen", "leads.lead"}, {"params", {{"id", std::to_string(item.id)}}}};
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
  if (auto refused = item.content.refused_channels(); !refused.empty()) contact["refused"] = std::move(refused);
  return contact;
}

bool is_open(const json &contact) {
  return contact.is_object() && contact.value("done_us", std::int64_t{0}) == 0;
}

/// Whether the entry says of the person what the lead says now. A host that keeps no refusals cannot say otherwise.
bool is_up_to_date(const json &contact, const lead &item) {
  if (contact.value("customer", std::string{}) != item.customer) return false;
  const auto refused = contact.find("refused");
  return refused == contact.end() || *refused == json(item.content.refused_channels());
}

std::vector<json> contacts_in(const std::string &list) {
  const auto contacts = json::parse(list, nullptr, false);
  std::vector<json> result;
  for (const auto &one : contacts.is_array() ? contacts : json::array()) {
    if (one.is_object()) result.push_back(one);
  }
  return result;
}

bool any_open(const std::vector<json> &contacts) {
  return std::any_of(contacts.begin(), contacts.end(), [](const auto &one) { return is_open(one); });
}

/// Of a host that ends all entries of a lead or none: what an attempt of ours ended without getting to its end.
std::vector<json> ended_since(const std::vector<json> &contacts, time_us since) {
  std::vector<json> result;
  for (const auto &one : contacts) {
    const bool ended = one.value("done_us", std::int64_t{0}) >= since && one.value("result", std::string{}).empty();
    if (ended) result = {one};
  }
  return result;
}

time_us due_of(const store::host_effect &effect) {
  const auto due = text_in(effect.event.data, "due");
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

std::string kind_for(const lead &item) {
  const auto &who = item.content.prospect;
  const bool calls = item.content.allows("phone"), mails = item.content.allows("email") && !who.email.empty();
  const bool by_mail = item.content.preferred_channel == "email" || who.phones.empty() || !calls;
  if (mails && by_mail) return "email";
  return calls ? "phone" : "visit";
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

bool host_effects::wants(const lead_event &event) {
  static constexpr std::string_view kinds[] = {
      "assigned", "rejected", "imported",       "linked",        "contact_planned",
      "closed",   "reopened", "erased",         "import_undone", "test_drive_agreed",
      "undone",   "sold",     "sale_cancelled", "duplicate_left"};
  // What was completed in myKontakte is known there.
  if (event.kind == "contact_result" || event.kind == "progress" || event.kind == "answered") {
    return !event.data.contains("via") && event.data.contains("contacts");
  }
  return std::find(std::begin(kinds), std::end(kinds), event.kind) != std::end(kinds);
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
    look_for_next_contact(lead_id);
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
                                                              {"contact_result", &host_effects::settled},
                                                              {"progress", &host_effects::settled},
                                                              {"answered", &host_effects::settled},
                                                              {"updated", &host_effects::updated},
                                                              {"closed", &host_effects::ended},
                                                              {"sold", &host_effects::ended},
                                                              {"sale_cancelled", &host_effects::assigned},
                                                              {"rejected", &host_effects::ended},
                                                              {"undone", &host_effects::undone},
                                                              {"duplicate_left", &host_effects::undone},
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
    // What an earlier assignee had planned goes on; else the first contact is due with its deadline.
    // An agreed test drive is told next, and is what comes then.
    const bool for_drive = text_in(effect.event.data, "for") == "test_drive";
    if (!for_drive && !any_open(contacts_in(list.list(reference)))) {
      const auto due =
          assigned_contact_due(item, effect.event.at, with_.organisation.now()->calendar_of(item.location));
      put_into_contacts(item, "assigned:" + std::to_string(effect.lead_version), item.assignee, due, kind_for(item),
                        {});
    }
  }
  notify_assignee(item, effect);
}

void host_effects::notify_assignee(const lead &item, const store::host_effect &effect) const {
  // Whoever took it himself knows, and whoever takes over many hears of all of them at once.
  if (with_.notifications == nullptr || item.assignee == effect.event.actor) return;
  if (!text_in(effect.event.data, "handover").empty()) return;
  const auto people = with_.organisation.now();
  const auto acting = presence_now(with_.store, *people, call_.now_us()).acting_for(item.assignee);
  const bool represented = !acting.empty() && acting != item.assignee;
  if (represented && acting == effect.event.actor) return;
  const auto *type = with_.types.find_type(item.content.type);
  auto name = item.content.prospect.full_name();
  if (name.empty()) name = item.content.external_id;
  const message type_name{type == nullptr ? item.content.type : type->title, {}};
  const auto text = [&](const std::string &what) {
    if (!represented) return message{"You have a new lead: {1}, {2}.", {name, what}};
    return message{"{1} has a new lead: {2}, {3}. You represent {1}.", {people->user_name(item.assignee), name, what}};
  };
  dms::notifications(with_.notifications)
      .notify(reference_of(item.id) + ":assigned:" + std::to_string(effect.lead_version),
              dms::to_text({{"users", {represented ? acting : item.assignee}},
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

/// An entry cannot be changed: another one takes over what was planned. What is not open any more stays as it is: an
/// import is no reason to call again.
void host_effects::carry_customer(const lead &item, const store::host_effect &effect,
                                  const std::string &occasion) const {
  if (with_.contacts == nullptr || is_terminal(item.state)) return;
  const dms::contacts list(with_.contacts);
  const auto reference = reference_of(item.id);
  const auto contacts = contacts_in(list.list(reference));
  std::vector<json> moving;
  for (const auto &one : contacts) {
    if (is_open(one) && !is_up_to_date(one, item)) moving.push_back(one);
  }
  if (!with_.contact_completion) {
    if (!moving.empty()) {
      moving.clear();
      std::copy_if(contacts.begin(), contacts.end(), std::back_inserter(moving),
                   [](const auto &it) { return is_open(it); });
      list.end(call_, reference);
    } else if (!any_open(contacts)) {
      moving = ended_since(contacts, effect.event.at);
    }
  }
  for (const auto &one : moving) {
    const auto id = one.value("id", std::string{});
    const auto user = item.assignee.empty() ? one.value("user", std::string{}) : item.assignee;
    auto kind = one.value("kind", std::string{});
    if (kind.empty() || !item.content.allows(kind)) kind = kind_for(item);
    put_into_contacts(item, occasion + ":" + std::to_string(effect.lead_version) + ":" + id, user,
                      one.value("due_us", effect.event.at), kind, one.value("note", std::string{}));
    if (with_.contact_completion) with_.contact_completion.complete(call_, id, {}, {});
  }
}

/// The feed said something else of what the person allows.
void host_effects::updated(const lead &item, const store::host_effect &effect) const {
  carry_customer(item, effect, "updated");
}

/// What the result settled needs not be done again in myKontakte.
void host_effects::settled(const lead &, const store::host_effect &effect) const {
  if (with_.contacts == nullptr) return;
  const auto ids = names_from(text_in(effect.event.data, "contacts"));
  if (with_.contact_completion) {
    const auto result = text_in(effect.event.data, "result");
    for (const auto &id : ids) with_.contact_completion.complete(call_, id, result, effect.event.comment);
    return;
  }
  // A host that ends all entries of a lead or none.
  const dms::contacts list(with_.contacts);
  const auto reference = reference_of(effect.event.lead_id);
  const auto contacts = contacts_in(list.list(reference));
  const bool all = std::all_of(contacts.begin(), contacts.end(), [&](const json &one) {
    return !is_open(one) || std::find(ids.begin(), ids.end(), one.value("id", std::string{})) != ids.end();
  });
  if (all) list.end(call_, reference);
}

void host_effects::planned(const lead &item, const store::host_effect &effect) const {
  if (with_.contacts == nullptr || is_terminal(item.state)) return;
  put_into_contacts(item, "contact:" + std::to_string(effect.lead_version), text_in(effect.event.data, "user"),
                    due_of(effect), text_in(effect.event.data, "kind"), effect.event.comment);
}

/// The drive stands in place of what was to be done before: the person was spoken to, or another date was agreed.
void host_effects::drive_agreed(const lead &item, const store::host_effect &effect) const {
  if (with_.contacts == nullptr || is_terminal(item.state)) return;
  const dms::contacts list(with_.contacts);
  const auto reference = reference_of(item.id);
  const auto at = due_of(effect);
  const auto contacts = contacts_in(list.list(reference));
  const auto found = std::find_if(contacts.begin(), contacts.end(), [](const json &one) { return is_open(one); });
  const auto standing = found == contacts.end() ? json() : *found;
  // An earlier attempt of ours got to its end.
  if (is_open(standing) && standing.value("kind", std::string{}) == "test_drive" &&
      standing.value("due_us", time_us{0}) == at) {
    return;
  }
  list.end(call_, reference);
  const auto vehicle = text_in(effect.event.data, "vehicle"), &note = effect.event.comment;
  put_into_contacts(item, "test_drive:" + std::to_string(effect.lead_version), text_in(effect.event.data, "user"), at,
                    "test_drive", vehicle + (vehicle.empty() || note.empty() ? "" : ". ") + note);
}

/// Nobody has to make a contact any more.
void host_effects::ended(const lead &item, const store::host_effect &) const {
  const bool worked_again = !item.assignee.empty() && !is_terminal(item.state);
  if (with_.contacts == nullptr || worked_again) return;
  dms::contacts(with_.contacts).end(call_, reference_of(item.id));
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
