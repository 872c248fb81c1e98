#include "processing/host_effects.hpp"

#include <nlohmann/json.hpp>

#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

std::string written(const json &document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

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

/// The earliest contact that is still to be made, or null.
json open_contact(const std::string &list) {
  auto contacts = json::parse(list, nullptr, false);
  json found;
  if (!contacts.is_array()) return found;
  for (auto &one : contacts) {
    if (!one.is_object() || one.value("done_us", std::int64_t{0}) != 0) continue;
    if (found.is_null() || one.value("due_us", std::int64_t{0}) < found.value("due_us", std::int64_t{0})) found = one;
  }
  return found;
}

}  // namespace

std::string reference_of(std::int64_t lead_id) {
  return "lead:" + std::to_string(lead_id);
}

template <typename Body>
void host_effects::attempt(const lead &item, const char *what, Body &&body) const {
  try {
    body();
  } catch (const std::exception &error) {
    with_.log.warning("Lead " + std::to_string(item.id) + ": " + what + " failed: " + error.what());
  }
}

void host_effects::put_into_contacts(const lead &item, const std::string &occasion, time_us due,
                                     const std::string &kind, const std::string &note) const {
  const auto key = reference_of(item.id) + ":" + occasion + ":" + std::to_string(item.version);
  dms::contacts(with_.contacts).create(call_, key, written(contact_document(item, item.assignee, due, kind, note)));
}

void host_effects::assigned(const lead &item, const std::string &by) const {
  if (with_.contacts != nullptr) {
    attempt(item, "its entry in myKontakte", [&] {
      const dms::contacts list(with_.contacts);
      const auto reference = reference_of(item.id);
      list.reassign(call_, reference, item.assignee);
      // What an earlier assignee had planned goes on; else the first contact is due with the reminder.
      if (!open_contact(list.list(reference)).is_null()) return;
      const bool first = item.first_contact_at == 0 && item.reminder_at != 0;
      put_into_contacts(item, "assigned", first ? item.reminder_at : call_.now_us(), kind_for(item), {});
    });
  }
  // Whoever took it himself knows.
  if (with_.notifications == nullptr || item.assignee == by) return;
  attempt(item, "the notification", [&] {
    const auto *type = with_.types.find_type(item.content.type);
    auto name = item.content.prospect.full_name();
    const message text{
        "You have a new lead: {1}, {2}.",
        {name.empty() ? item.content.external_id : std::move(name), type == nullptr ? item.content.type
                                                                    : with_.words   ? with_.words({type->title, {}})
                                                                                    : type->title}};
    const auto key = reference_of(item.id) + ":assigned:" + std::to_string(item.version);
    dms::notifications(with_.notifications)
        .notify(key, written({{"users", {item.assignee}},
                              {"tone", "info"},
                              {"text", with_.words ? with_.words(text) : in_english(text)},
                              {"link", link_to(item)}}));
  });
}

void host_effects::imported(const lead &item) const {
  if (with_.contacts == nullptr || item.assignee.empty()) return;
  attempt(item, "its entry in myKontakte", [&] {
    const dms::contacts list(with_.contacts);
    const auto reference = reference_of(item.id);
    const auto planned = open_contact(list.list(reference));
    // An entry cannot be changed: the new one takes over what was planned.
    list.reassign(call_, reference, {});
    const auto due = planned.is_null() ? call_.now_us() : planned.value("due_us", call_.now_us());
    const auto kind = planned.is_null() ? kind_for(item) : planned.value("kind", kind_for(item));
    put_into_contacts(item, "imported", due, kind, planned.is_null() ? "" : planned.value("note", std::string{}));
  });
}

void host_effects::ended(const lead &item) const {
  if (with_.contacts == nullptr) return;
  attempt(item, "ending its contacts in myKontakte",
          [&] { dms::contacts(with_.contacts).reassign(call_, reference_of(item.id), {}); });
}

void host_effects::plan_contact(const lead &item, const std::string &user, time_us due, const std::string &kind,
                                const std::string &note) const {
  const auto key = reference_of(item.id) + ":contact:" + std::to_string(item.version);
  dms::contacts(with_.contacts).create(call_, key, written(contact_document(item, user, due, kind, note)));
}

}  // namespace lead_system::processing
