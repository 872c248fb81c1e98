/* services.c - what the plugin asks of this host. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

struct registered registered;
struct records customers, contacts;
const char *data_folder;

struct person people[people_count] = {{"admin", "Ada Wimmer", "admin", 1},
                                      {"leitung", "Maria Leitner", "manager", 1},
                                      {"verkauf1", "Lukas Steiner", "sales", 1}};
static int64_t generation_now = 1;

void set_active(struct person *who, int active) {
  who->active = active;
  ++generation_now;
}

static const char locations[] =
    "[{\"id\":\"wien\",\"name\":\"Wien\",\"city\":\"Wien\",\"open\":true,\"time_zone\":\"Europe/Vienna\","
    "\"region\":\"AT-9\",\"opening_hours\":[{\"days\":\"1-5\",\"from\":\"08:00\",\"to\":\"18:00\"}]}]";

static dms_status put(const dms_sink *sink, const char *text) {
  return sink->write(sink->context, str_of(text));
}
/* Into the error of the other side, where there is one with the room; returns the status. */
static dms_status say(dms_error *error, dms_status status, const char *sentence) {
  if (error != NULL && error->struct_size >= DMS_ERROR_SIZE_1_0) {
    error->code = status;
    snprintf(error->message, sizeof error->message, "%s", sentence);
  }
  return status;
}
static dms_handle refused(dms_error *error, dms_status status, const char *sentence) {
  say(error, status, sentence);
  return 0;
}

/* --- storage, settings, directory --- */
static dms_status data_directory(void *context, const dms_sink *path, dms_error *error) {
  (void)context, (void)error;
  return put(path, data_folder);
}
static dms_status database(void *context, const dms_sink *connection, dms_error *error) {
  (void)context, (void)connection, (void)error;
  return dms_ok; /* nothing written: a file of its own */
}
static dms_status setting(void *context, dms_str key, const dms_sink *value, dms_error *error) {
  (void)context;
  return same(key, "locale") ? put(value, "en") : say(error, dms_not_found, "This setting is not set.");
}
static int64_t generation(void *context) {
  (void)context;
  return generation_now;
}
static dms_status all_users(void *context, const dms_sink *json, dms_error *error) {
  char one[512];
  dms_status status = put(json, "[");
  (void)context, (void)error;
  for (int at = 0; at < people_count && status == dms_ok; ++at) {
    snprintf(
        one, sizeof one, "%s{\"id\":\"%s\",\"name\":\"%s\",\"active\":%s,\"roles\":[\"%s\"],\"locations\":[\"wien\"]}",
        at > 0 ? "," : "", people[at].user, people[at].name, people[at].active ? "true" : "false", people[at].role);
    status = put(json, one);
  }
  return status == dms_ok ? put(json, "]") : status;
}
static dms_status all_locations(void *context, const dms_sink *json, dms_error *error) {
  (void)context, (void)error;
  return put(json, locations);
}

/* --- records --- */
static void copy(dms_str from, char *into, size_t room) {
  const size_t length = from.len < room - 1 ? (size_t)from.len : room - 1;
  if (length > 0) memcpy(into, from.ptr, length);
  into[length] = '\0';
}
static dms_status write_record(const dms_sink *to, const struct record *one, int number) {
  char tail[DMS_MAX_KEY + 96];
  dms_status status = put(to, one->document);
  if (status != dms_ok) return status;
  snprintf(tail, sizeof tail, ",\"id\":\"%d\"%s%s%s,\"done_us\":%d,\"result\":\"\"}", number,
           one->user[0] == '\0' ? "" : ",\"user\":\"", one->user, one->user[0] == '\0' ? "" : "\"", one->ended);
  return put(to, tail);
}
/* Takes the member away, with the comma before or behind it. */
static void without(char *document, const char *name, const char *value) {
  char whole[DMS_MAX_KEY + 96];
  snprintf(whole, sizeof whole, "\"%s\":\"%s\"", name, value);
  char *at = strstr(document, whole);
  if (at == NULL) return;
  char *behind = at + strlen(whole);
  if (at > document && at[-1] == ',') {
    --at;
  } else if (*behind == ',') {
    ++behind;
  }
  memmove(at, behind, strlen(behind) + 1);
}
/* What was made under the key before, or a new record; NULL where there is no room. */
static struct record *once(struct records *kept, dms_str key, dms_str document) {
  char wanted[DMS_MAX_KEY + 1];
  copy(key, wanted, sizeof wanted);
  for (int at = 0; at < kept->count; ++at) {
    if (strcmp(kept->items[at].key, wanted) == 0) return &kept->items[at];
  }
  if (kept->count == most_items || document.len < 2) return NULL;
  struct record *made = &kept->items[kept->count];
  made->document = malloc((size_t)document.len);
  if (made->document == NULL) return NULL;
  copy(document, made->document, (size_t)document.len); /* without its closing brace */
  strcpy(made->key, wanted);
  member(made->document, "reference", made->reference, sizeof made->reference);
  member(made->document, "email", made->email, sizeof made->email);
  member(made->document, "user", made->user, sizeof made->user);
  without(made->document, "user", made->user);
  ++kept->count;
  return made;
}
static dms_status create(struct records *kept, int first, dms_str key, dms_str document, const dms_sink *json,
                         dms_error *error) {
  const struct record *made = once(kept, key, document);
  return made == NULL ? say(error, dms_unavailable, "This host keeps no more.")
                      : write_record(json, made, first + (int)(made - kept->items));
}
static dms_status find_customers(void *context, dms_str query, const dms_sink *json, dms_error *error) {
  (void)context;
  char *wanted = malloc((size_t)query.len + 1), limit[16], quoted[DMS_MAX_KEY + 3];
  if (wanted == NULL) return say(error, dms_unavailable, "There is no memory.");
  copy(query, wanted, (size_t)query.len + 1);
  member(wanted, "limit", limit, sizeof limit);
  /* By e-mail address alone; a real host compares all that customers.h names. */
  char *emails = strstr(wanted, "\"emails\":["), *end = emails == NULL ? NULL : strchr(emails, ']');
  if (end != NULL) *end = '\0';
  int left = limit[0] == '\0' ? 20 : atoi(limit);
  dms_status status = put(json, "[");
  const char *comma = "";
  for (int at = 0; end != NULL && at < customers.count && left > 0 && status == dms_ok; ++at) {
    snprintf(quoted, sizeof quoted, "\"%s\"", customers.items[at].email);
    if (strstr(emails, quoted) == NULL) continue;
    status = put(json, comma);
    if (status == dms_ok) status = write_record(json, &customers.items[at], 10000 + at);
    comma = ",";
    --left;
  }
  free(wanted);
  return status == dms_ok ? put(json, "]") : status;
}
static dms_status get_customer(void *context, dms_str id, const dms_sink *json, dms_error *error) {
  (void)context;
  char number[32];
  copy(id, number, sizeof number);
  const int at = atoi(number) - 10000;
  if (at < 0 || at >= customers.count) return say(error, dms_not_found, "There is no such customer.");
  return write_record(json, &customers.items[at], 10000 + at);
}
static dms_status create_customer(void *context, const dms_call *call, dms_str key, dms_str document,
                                  const dms_sink *json, dms_error *error) {
  (void)context, (void)call;
  return create(&customers, 10000, key, document, json, error);
}
static dms_status create_contact(void *context, const dms_call *call, dms_str key, dms_str document,
                                 const dms_sink *json, dms_error *error) {
  (void)context, (void)call;
  return create(&contacts, 1, key, document, json, error);
}
static dms_status list_contacts(void *context, dms_str reference, const dms_sink *json, dms_error *error) {
  (void)context, (void)error;
  dms_status status = put(json, "[");
  const char *comma = "";
  for (int at = 0; at < contacts.count && status == dms_ok; ++at) {
    if (!same(reference, contacts.items[at].reference)) continue;
    status = put(json, comma);
    if (status == dms_ok) status = write_record(json, &contacts.items[at], 1 + at);
    comma = ",";
  }
  return status == dms_ok ? put(json, "]") : status;
}
static dms_status reassign(void *context, const dms_call *call, dms_str reference, dms_str user, dms_error *error) {
  (void)context, (void)call, (void)error;
  for (int at = 0; at < contacts.count; ++at) {
    struct record *one = &contacts.items[at];
    if (same(reference, one->reference) && !one->ended) copy(user, one->user, sizeof one->user);
  }
  return dms_ok;
}
static dms_status end_contacts(void *context, const dms_call *call, dms_str reference, dms_error *error) {
  (void)context, (void)call, (void)error;
  for (int at = 0; at < contacts.count; ++at) {
    if (same(reference, contacts.items[at].reference)) contacts.items[at].ended = 1;
  }
  return dms_ok;
}

/* --- registries --- */
/* What is named by `id` is registered once: 0 where it is taken. An event may have any number of handlers. */
static int same_str(dms_str one, dms_str other) {
  return one.len == other.len && (one.len == 0 || memcmp(one.ptr, other.ptr, (size_t)one.len) == 0);
}
/* Why it may not be registered, or NULL. */
static const char *wrong_source(dms_str source) {
  int wrong = source.len == 0 || source.len > 64;
  for (uint64_t at = 0; at < source.len && !wrong; ++at) {
    wrong = strchr("abcdefghijklmnopqrstuvwxyz0123456789_", source.ptr[at]) == NULL || source.ptr[at] == '\0';
  }
  return wrong ? "A source is named by a-z, 0-9 and _." : NULL;
}
static const char *unknown_event(dms_str event) {
  const int known =
      same(event, "user.deactivating") || same(event, "user.deactivated") || same(event, "user.activated");
  return known ? NULL : "This host does not tell about that.";
}
static const char *any_name(dms_str name) {
  (void)name;
  return NULL;
}
#define REGISTRY(name, type, table, id, once, wrong, status)                                                          \
  static dms_handle add_##name(void *context, const type *item, dms_error *error) {                                   \
    dms_handle free = 0;                                                                                              \
    (void)context;                                                                                                    \
    if (wrong(item->id) != NULL) return refused(error, status, wrong(item->id));                                      \
    for (dms_handle handle = 1; handle < most_items; ++handle) {                                                      \
      const type *known = registered.table[handle];                                                                   \
      if (known == NULL && free == 0) free = handle;                                                                  \
      if (once && known != NULL && same_str(known->id, item->id)) return refused(error, dms_refused, "It is taken."); \
    }                                                                                                                 \
    if (free == 0) return refused(error, dms_unavailable, "This host keeps no more.");                                \
    registered.table[free] = item;                                                                                    \
    return free;                                                                                                      \
  }                                                                                                                   \
  static void remove_##name(void *context, dms_handle handle) {                                                       \
    (void)context;                                                                                                    \
    if (handle > 0 && handle < most_items) registered.table[handle] = NULL;                                           \
  }
REGISTRY(screen, dms_screen, screens, id, 1, any_name, dms_invalid)
REGISTRY(hook, dms_import_hook, hooks, source, 1, wrong_source, dms_invalid)
REGISTRY(job, dms_job, jobs, id, 1, any_name, dms_invalid)
REGISTRY(handler, dms_event_handler, handlers, event, 0, unknown_event, dms_unsupported)

static dms_handle add_menu(void *context, const dms_menu_entry *entry, dms_error *error) {
  (void)context, (void)error;
  for (dms_handle handle = 1; handle < most_items; ++handle) {
    if (registered.menus[handle][0] != '\0') continue;
    copy(entry->path, registered.menus[handle], sizeof registered.menus[handle]);
    return handle;
  }
  return 0;
}
static void remove_menu(void *context, dms_handle handle) {
  (void)context;
  if (handle > 0 && handle < most_items) registered.menus[handle][0] = '\0';
}
static dms_handle add_right(void *context, const dms_right *right, dms_error *error) {
  (void)context, (void)error;
  for (dms_handle handle = 1; handle < most_items; ++handle) {
    if (registered.rights[handle][0][0] != '\0') continue;
    copy(right->id, registered.rights[handle][0], sizeof registered.rights[handle][0]);
    copy(right->default_roles, registered.rights[handle][1], sizeof registered.rights[handle][1]);
    return handle;
  }
  return 0;
}
static void remove_right(void *context, dms_handle handle) {
  (void)context;
  if (handle > 0 && handle < most_items) registered.rights[handle][0][0] = '\0';
}
static void wake(void *context, dms_str id) {
  (void)context, (void)id; /* every job runs when the day says so */
}

const void *find_service(const dms_host *host, dms_str id) {
  static const dms_storage storage = {NULL, data_directory, database};
  static const dms_settings settings = {NULL, setting};
  static const dms_directory directory = {NULL, generation, all_users, all_locations};
  static const dms_customers customer_service = {NULL, find_customers, get_customer, create_customer};
  static const dms_contacts contact_service = {NULL, create_contact, list_contacts, reassign, end_contacts};
  static const dms_menu menu = {NULL, add_menu, remove_menu};
  static const dms_rights rights = {NULL, add_right, remove_right};
  static const dms_screens screens = {NULL, add_screen, remove_screen};
  static const dms_imports imports = {NULL, add_hook, remove_hook};
  static const dms_jobs jobs = {NULL, add_job, remove_job, wake};
  static const dms_events events = {NULL, add_handler, remove_handler};
  static const struct {
    const char *id;
    const void *service;
  } offered[] = {{DMS_STORAGE_ID, &storage},
                 {DMS_SETTINGS_ID, &settings},
                 {DMS_DIRECTORY_ID, &directory},
                 {DMS_CUSTOMERS_ID, &customer_service},
                 {DMS_CONTACTS_ID, &contact_service},
                 {DMS_MENU_ID, &menu},
                 {DMS_RIGHTS_ID, &rights},
                 {DMS_SCREENS_ID, &screens},
                 {DMS_IMPORTS_ID, &imports},
                 {DMS_JOBS_ID, &jobs},
                 {DMS_EVENTS_ID, &events}};
  (void)host;
  for (size_t at = 0; at < sizeof offered / sizeof offered[0]; ++at) {
    if (same(id, offered[at].id)) return offered[at].service;
  }
  return NULL;
}
