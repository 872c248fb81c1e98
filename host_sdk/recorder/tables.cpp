#include "recorder/tables.hpp"

namespace dms::recording {
namespace {

template <typename Table>
between<Table> &made_for(const void *inside, direction to, std::string_view id, keeper &by) {
  return by.keep(
      std::make_unique<between<Table>>(static_cast<const Table *>(inside), to, std::string(id), std::string(), by));
}

/// Fills the face of one table; `get` and so on are in the order of the header.
void fill(dms_log &face) {
  face.write = DMS_THROUGH(dms_log, write, "level", "message");
}
void fill(dms_settings &face) {
  face.get = DMS_THROUGH(dms_settings, get, "key", "", "");
}
void fill(dms_secrets &face) {
  face.set = DMS_THROUGH(dms_secrets, set, "", "key", "secret", "");
}
void fill(dms_storage &face) {
  face.data_directory = DMS_THROUGH(dms_storage, data_directory, "", "");
  face.database = DMS_THROUGH(dms_storage, database, "", "");
}
void fill(dms_directory &face) {
  face.generation = DMS_THROUGH(dms_directory, generation, "");
  face.users = DMS_THROUGH(dms_directory, users, "", "");
  face.locations = DMS_THROUGH(dms_directory, locations, "", "");
}
void fill(dms_customers &face) {
  face.find = DMS_THROUGH(dms_customers, find, "query", "", "");
  face.get = DMS_THROUGH(dms_customers, get, "id", "", "");
  face.create = DMS_THROUGH(dms_customers, create, "", "key", "customer", "", "");
}
void fill(dms_customer_changes &face) {
  face.get = DMS_THROUGH(dms_customer_changes, get, "id", "", "");
  face.change = DMS_THROUGH(dms_customer_changes, change, "", "key", "id", "revision", "changes", "", "");
  face.take_back = DMS_THROUGH(dms_customer_changes, take_back, "", "id", "revision", "reference", "");
}
void fill(dms_contacts &face) {
  face.create = DMS_THROUGH(dms_contacts, create, "", "key", "contact", "", "");
  face.list = DMS_THROUGH(dms_contacts, list, "reference", "", "");
  face.reassign = DMS_THROUGH(dms_contacts, reassign, "", "reference", "user", "");
  face.end = DMS_THROUGH(dms_contacts, end, "", "reference", "");
}
void fill(dms_contact_completion &face) {
  face.complete = DMS_THROUGH(dms_contact_completion, complete, "", "id", "result", "note", "");
}
void fill(dms_sales &face) {
  face.changed = DMS_THROUGH(dms_sales, changed, "after", "limit", "", "");
  face.get = DMS_THROUGH(dms_sales, get, "id", "", "");
}
void fill(dms_absences &face) {
  face.generation = DMS_THROUGH(dms_absences, generation, "");
  face.list = DMS_THROUGH(dms_absences, list, "since", "", "");
}
void fill(dms_mail &face) {
  face.sender = DMS_THROUGH(dms_mail, sender, "", "");
  face.send = DMS_THROUGH(dms_mail, send, "", "key", "mail", "", "");
  face.get = DMS_THROUGH(dms_mail, get, "id", "", "");
  face.changed = DMS_THROUGH(dms_mail, changed, "after", "limit", "", "");
}
void fill(dms_notifications &face) {
  face.notify = DMS_THROUGH(dms_notifications, notify, "key", "notification", "");
  face.withdraw = DMS_THROUGH(dms_notifications, withdraw, "key", "");
}
void fill(dms_audit &face) {
  face.write = DMS_THROUGH(dms_audit, write, "", "action", "subject", "detail", "");
}
void fill(dms_erasure &face) {
  face.forget = DMS_THROUGH(dms_erasure, forget, "", "what", "");
}
void fill(dms_menu &face) {
  face.add = DMS_THROUGH(dms_menu, add, "", "");
  face.remove = DMS_THROUGH(dms_menu, remove, "handle");
}
void fill(dms_rights &face) {
  face.add = DMS_THROUGH(dms_rights, add, "", "");
  face.remove = DMS_THROUGH(dms_rights, remove, "handle");
}
void fill(dms_screens &face) {
  face.add = DMS_THROUGH(dms_screens, add, "", "");
  face.remove = DMS_THROUGH(dms_screens, remove, "handle");
}
void fill(dms_imports &face) {
  face.add = DMS_THROUGH(dms_imports, add, "", "");
  face.remove = DMS_THROUGH(dms_imports, remove, "handle");
}
void fill(dms_jobs &face) {
  face.add = DMS_THROUGH(dms_jobs, add, "", "");
  face.remove = DMS_THROUGH(dms_jobs, remove, "handle");
  face.wake = DMS_THROUGH(dms_jobs, wake, "id");
}
void fill(dms_events &face) {
  face.add = DMS_THROUGH(dms_events, add, "", "");
  face.remove = DMS_THROUGH(dms_events, remove, "handle");
}
void fill(dms_references &face) {
  face.add = DMS_THROUGH(dms_references, add, "", "");
  face.remove = DMS_THROUGH(dms_references, remove, "handle");
}
void fill(dms_texts &face) {
  face.translate = DMS_THROUGH(dms_texts, translate, "locale", "key", "");
}
void fill(dms_health &face) {
  face.check = DMS_THROUGH(dms_health, check, "", "", "");
}
void fill(dms_counts &face) {
  face.count = DMS_THROUGH(dms_counts, count, "", "", "");
}
void fill(dms_handover &face) {
  face.open = DMS_THROUGH(dms_handover, open, "", "kind", "", "");
  face.hand_over = DMS_THROUGH(dms_handover, hand_over, "", "kind", "id", "to", "", "");
}

template <typename Table, direction To>
const void *stand(std::string_view id, const void *inside, keeper &by) {
  auto &made = made_for<Table>(inside, To, id, by);
  fill(made.face);
  return &made.face;
}

struct row {
  std::string_view id;
  const void *(*make)(std::string_view id, const void *inside, keeper &by);
};
constexpr row services[] = {{DMS_LOG_ID, &stand<dms_log, direction::to_host>},
                            {DMS_SETTINGS_ID, &stand<dms_settings, direction::to_host>},
                            {DMS_SECRETS_ID, &stand<dms_secrets, direction::to_host>},
                            {DMS_STORAGE_ID, &stand<dms_storage, direction::to_host>},
                            {DMS_DIRECTORY_ID, &stand<dms_directory, direction::to_host>},
                            {DMS_CUSTOMERS_ID, &stand<dms_customers, direction::to_host>},
                            {DMS_CUSTOMER_CHANGES_ID, &stand<dms_customer_changes, direction::to_host>},
                            {DMS_CONTACTS_ID, &stand<dms_contacts, direction::to_host>},
                            {DMS_CONTACT_COMPLETION_ID, &stand<dms_contact_completion, direction::to_host>},
                            {DMS_SALES_ID, &stand<dms_sales, direction::to_host>},
                            {DMS_ABSENCES_ID, &stand<dms_absences, direction::to_host>},
                            {DMS_MAIL_ID, &stand<dms_mail, direction::to_host>},
                            {DMS_NOTIFICATIONS_ID, &stand<dms_notifications, direction::to_host>},
                            {DMS_AUDIT_ID, &stand<dms_audit, direction::to_host>},
                            {DMS_ERASURE_ID, &stand<dms_erasure, direction::to_host>},
                            {DMS_MENU_ID, &stand<dms_menu, direction::to_host>},
                            {DMS_RIGHTS_ID, &stand<dms_rights, direction::to_host>},
                            {DMS_SCREENS_ID, &stand<dms_screens, direction::to_host>},
                            {DMS_IMPORTS_ID, &stand<dms_imports, direction::to_host>},
                            {DMS_JOBS_ID, &stand<dms_jobs, direction::to_host>},
                            {DMS_EVENTS_ID, &stand<dms_events, direction::to_host>},
                            {DMS_REFERENCES_ID, &stand<dms_references, direction::to_host>}};
constexpr row extensions[] = {{DMS_TEXTS_ID, &stand<dms_texts, direction::to_plugin>},
                              {DMS_HEALTH_ID, &stand<dms_health, direction::to_plugin>},
                              {DMS_COUNTS_ID, &stand<dms_counts, direction::to_plugin>},
                              {DMS_HANDOVER_ID, &stand<dms_handover, direction::to_plugin>}};

template <std::size_t Count>
const void *found_in(const row (&rows)[Count], std::string_view id, const void *inside, keeper &by) {
  for (const auto &each : rows) {
    if (each.id == id) return each.make(id, inside, by);
  }
  return inside;
}

}  // namespace

const void *service_between(std::string_view id, const void *inside, keeper &by) {
  return inside == nullptr ? nullptr : found_in(services, id, inside, by);
}
const void *extension_between(std::string_view id, const void *inside, keeper &by) {
  return inside == nullptr ? nullptr : found_in(extensions, id, inside, by);
}

}  // namespace dms::recording
