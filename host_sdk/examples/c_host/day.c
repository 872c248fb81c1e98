/* day.c - one day of a lead in a host that is not ours; every host of these examples does the same and says the same.
 *
 *   c_host MANIFEST.json PAYLOAD FOLDER            FOLDER is the plugin's own and is empty
 *   c_host MANIFEST.json STEPS.steps FOLDER        any plugin, by steps as in visit_of_the_probe.steps
 *
 * It leaves out the checks of the manifest (host_sdk/loader and examples/python_host do them).
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static const char *const status_words[] = {"ok",          "invalid",   "not_found",   "forbidden",
                                           "conflict",    "refused",   "unavailable", "cancelled",
                                           "unsupported", "too_large", "failed"};
static const char *word_of(dms_status status) {
  return status >= 0 && status <= dms_failed ? status_words[status] : "failed";
}
static struct caller admin = {"admin", "Ada Wimmer", "admin", "web", ""};
static struct caller manager = {"leitung", "Maria Leitner", "manager", "web", ""};
static struct caller sales = {"verkauf1", "Lukas Steiner", "sales", "web", ""};
static struct caller itself = {"", "", "", "folder", ""};
static struct caller worker = {"", "", "", "job", ""};

static void give_up(const char *what, const dms_error *error) {
  fprintf(stderr, "%s: %s\n", what, error == NULL ? "" : error->message);
  exit(1);
}

static dms_status look(struct caller *who, const char *id, const char *parameters, struct buffer *document,
                       dms_error *error) {
  const dms_sink sink = buffer_sink(document);
  const dms_call call = call_of(who);
  const dms_screen *screen = screen_of(who, id);
  return screen == NULL ? dms_not_found : screen->load(screen->context, &call, str_of(parameters), &sink, error);
}
/* The screen's document; freed by the caller. */
static struct buffer load(struct caller *who, const char *id, const char *parameters) {
  struct buffer document = {NULL, 0};
  dms_error error = {sizeof error, dms_ok, ""};
  if (look(who, id, parameters, &document, &error) != dms_ok) give_up(id, &error);
  return document;
}
static dms_status act(struct caller *who, const char *id, const char *action, const char *input, const char *request,
                      struct buffer *result) {
  struct buffer ignored = {NULL, 0};
  const dms_sink sink = buffer_sink(result != NULL ? result : &ignored);
  struct caller asking = *who;
  asking.request = request;
  const dms_call call = call_of(&asking);
  dms_error error = {sizeof error, dms_ok, ""};
  const dms_screen *screen = screen_of(who, id);
  if (screen == NULL) return dms_not_found;
  const dms_status status = screen->act(screen->context, &call, str_of(action), str_of(input), &sink, &error);
  buffer_free(&ignored);
  return status;
}

/* Reads from a file. */
static int64_t read_file(void *context, char *buffer, uint64_t capacity) {
  return ferror((FILE *)context) ? -1 : (int64_t)fread(buffer, 1, capacity, context);
}
/* Takes what is left of the file in; dms_not_found where nobody takes that source. */
static dms_status take_in(const char *source, const char *name, FILE *from, struct buffer *report, dms_error *error) {
  const dms_sink sink = buffer_sink(report);
  const dms_call call = call_of(&itself);
  const dms_stream stream = {from, read_file};
  for (int at = 1; at < most_items; ++at) {
    const dms_import_hook *hook = registered.hooks[at];
    if (hook == NULL || !same(hook->source, source)) continue;
    return hook->run(hook->context, &call, &stream, str_of(name), NULL, &sink, error);
  }
  return dms_not_found;
}
static void take_in_leads(const char *occasion, const char *file) {
  struct buffer report = {NULL, 0};
  dms_error error = {sizeof error, dms_ok, ""};
  FILE *from = fopen(file, "rb");
  if (from == NULL || take_in("siebel_nissan", "leads.xml", from, &report, &error) != dms_ok) give_up(file, &error);
  fclose(from);
  char accepted[16], repeated[16], quarantined[16];
  member(report.text, "accepted", accepted, sizeof accepted);
  member(report.text, "repeated", repeated, sizeof repeated);
  member(report.text, "quarantined", quarantined, sizeof quarantined);
  printf("%s accepted %s repeated %s quarantined %s\n", occasion, accepted, repeated, quarantined);
  buffer_free(&report);
}

/* How many rows the table has, by its total; the id of the first in `first`. */
static int rows_of(struct caller *who, const char *screen, const char *parameters, char *first, size_t room) {
  struct buffer document = load(who, screen, parameters);
  const char *rows = strstr(document.text, "\"rows\":[");
  int count = 0;
  first[0] = '\0';
  for (const char *at = rows; at != NULL && (at = strstr(at, "\"cells\":")) != NULL; ++at) ++count;
  if (count > 0) {
    const char *id = rows;
    while ((id = strstr(id, "\"id\":\"")) != NULL && strspn(id + 6, "0123456789") == 0) ++id;
    if (id != NULL) member(id, "id", first, room);
  }
  buffer_free(&document);
  return count;
}

/* One step on the version that the lead has now. */
static dms_status step(struct caller *who, const char *id, const char *action, const char *more,
                       struct buffer *result) {
  char parameters[64], version[32], input[512];
  snprintf(parameters, sizeof parameters, "{\"id\":\"%s\"}", id);
  struct buffer seen = load(who, "leads.lead", parameters);
  member(seen.text, "version", version, sizeof version);
  buffer_free(&seen);
  snprintf(input, sizeof input, "{\"id\":\"%s\",\"version\":\"%s\",%s}", id, version, more);
  return act(who, "leads.lead", action, input, "", result);
}

static void work(const char *id) {
  char parameters[64], version[32], input[256], customer[32];
  struct buffer result = {NULL, 0};
  snprintf(parameters, sizeof parameters, "{\"id\":\"%s\"}", id);
  struct buffer seen = load(&manager, "leads.lead", parameters);
  member(seen.text, "version", version, sizeof version);
  buffer_free(&seen);
  snprintf(input, sizeof input, "{\"id\":\"%s\",\"version\":\"%s\",\"user\":\"verkauf1\"}", id, version);
  printf("assign: %s\n", word_of(act(&manager, "leads.lead", "assign", input, "request-1", NULL)));
  printf("the same request again: %s\n", word_of(act(&manager, "leads.lead", "assign", input, "request-1", NULL)));
  printf("another one on the old version: %s\n",
         word_of(act(&manager, "leads.lead", "assign", input, "request-2", NULL)));
  const dms_status imported = step(&sales, id, "import", "\"take\":[]", &result);
  member(result.text, "customer", customer, sizeof customer);
  printf("import: %s customer %s\n", word_of(imported), customer);
  buffer_free(&result);
  printf("contact_result: %s\n", word_of(step(&sales, id, "contact_result",
                                              "\"result\":\"reached\",\"comment\":\"Gr\xC3\xBC\xC3\x9F"
                                              "e\"",
                                              NULL)));
  printf("close: %s\n", word_of(step(&sales, id, "close", "\"reason\":\"sale\",\"state\":\"won\"", NULL)));
}

static int run_jobs(void) {
  int failures = 0;
  for (int at = 1; at < most_items; ++at) {
    const dms_job *job = registered.jobs[at];
    if (job == NULL) continue;
    struct buffer line = {NULL, 0};
    const dms_sink sink = buffer_sink(&line);
    const dms_call call = call_of(&worker);
    dms_error error = {sizeof error, dms_ok, ""};
    if (job->run(job->context, &call, &sink, &error) != dms_ok) ++failures;
    buffer_free(&line);
  }
  return failures;
}

static int by_name(const void *one, const void *other) {
  return strcmp(one, other);
}
static void print_menus(void) {
  char paths[most_items][64];
  memcpy(paths, registered.menus, sizeof paths);
  qsort(paths, most_items, sizeof paths[0], by_name);
  printf("menus:");
  for (int at = 0; at < most_items; ++at) {
    if (paths[at][0] != '\0' && (at == 0 || strcmp(paths[at], paths[at - 1]) != 0)) printf(" %s", paths[at]);
  }
  printf("\n");
}

static void day(const char *payload) {
  char first[32];
  print_menus();
  take_in_leads("taken in:", payload);
  take_in_leads("taken in again:", payload);
  printf("seen before anybody may: %d\n",
         rows_of(&manager, "leads.overview", "{\"tab\":\"all\"}", first, sizeof first));
  printf("grant: %s\n",
         word_of(act(&admin, "leads.settings", "grant",
                     "{\"user\":\"leitung\",\"category\":\"siebel_nissan\",\"scope\":\"all\"}", "", NULL)));
  printf("overview: %d\n", rows_of(&manager, "leads.overview", "{\"tab\":\"all\"}", first, sizeof first));
  work(first);
  printf("jobs that failed: %d\n", run_jobs());
  printf("customers: %d contacts: %d\n", customers.count, contacts.count);
  printf("feedback: %s\n", rows_of(&admin, "leads.feedback_log", "{}", first, sizeof first) > 0 ? "True" : "False");
}

/* --- steps: a line each, its fields separated by tabs --- */
/* Everybody hears of it; the first status that is not ok. */
static dms_status tell(const char *event, const struct person *whom) {
  char data[128];
  dms_status first = dms_ok;
  struct caller telling = admin;
  telling.channel = "event";
  snprintf(data, sizeof data, "{\"user\":\"%s\"}", whom->user);
  for (int at = 1; at < most_items; ++at) {
    const dms_event_handler *handler = registered.handlers[at];
    if (handler == NULL || !same(handler->event, event)) continue;
    const dms_call call = call_of(&telling);
    dms_error error = {sizeof error, dms_ok, ""};
    const dms_status status = handler->handle(handler->context, &call, str_of(data), &error);
    if (first == dms_ok) first = status;
  }
  return first;
}
/* A plugin may refuse that somebody goes, and is told once he has gone or come. */
static dms_status go(struct person *who, int active) {
  const dms_status status = active ? dms_ok : tell("user.deactivating", who);
  if (status != dms_ok) return status;
  set_active(who, active);
  tell(active ? "user.activated" : "user.deactivated", who);
  return dms_ok;
}
static struct person *person_of(const char *user) {
  for (int at = 0; at < people_count; ++at) {
    if (strcmp(people[at].user, user) == 0) return &people[at];
  }
  give_up(user, NULL);
  return NULL;
}
static struct caller caller_of(const char *user) {
  const struct person *who = person_of(user);
  const struct caller made = {who->user, who->name, who->role, "web", ""};
  return made;
}
enum { most_fields = 6 };
static dms_status take(char *const fields[most_fields]) {
  struct buffer written = {NULL, 0};
  dms_error error = {sizeof error, dms_ok, ""};
  dms_status status = dms_unsupported;
  if (strcmp(fields[0], "load") == 0) {
    struct caller who = caller_of(fields[1]);
    status = look(&who, fields[2], fields[3], &written, &error);
  } else if (strcmp(fields[0], "act") == 0) {
    struct caller who = caller_of(fields[1]);
    status = act(&who, fields[2], fields[3], fields[4], fields[5], &written);
  } else if (strcmp(fields[0], "take_in") == 0) {
    FILE *from = fmemopen(fields[2], strlen(fields[2]), "r");
    if (from == NULL) give_up(fields[0], NULL);
    status = take_in(fields[1], "", from, &written, &error);
    fclose(from);
  } else if (strcmp(fields[0], "jobs") == 0) {
    status = run_jobs() == 0 ? dms_ok : dms_failed;
  } else {
    status = go(person_of(fields[1]), strcmp(fields[0], "activate") == 0);
  }
  buffer_free(&written);
  return status;
}
static void visit(const char *steps) {
  char line[1024], nothing[] = "";
  FILE *from = fopen(steps, "r");
  if (from == NULL) give_up(steps, NULL);
  while (fgets(line, sizeof line, from) != NULL) {
    char *fields[most_fields];
    char *rest = NULL;
    line[strcspn(line, "\n")] = '\0';
    for (int at = 0; at < most_fields; ++at) {
      fields[at] = strtok_r(at == 0 ? line : NULL, "\t", &rest);
      if (fields[at] == NULL) fields[at] = nothing;
    }
    printf("%s: %s\n", fields[0], word_of(take(fields)));
  }
  fclose(from);
}
static int ends_with(const char *text, const char *end) {
  return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

/* The library beside the manifest. */
static const dms_plugin_entry *entry_of(const char *manifest) {
  char text[65536] = "", name[256], file[1024];
  FILE *from = fopen(manifest, "rb");
  if (from == NULL || fread(text, 1, sizeof text - 1, from) == 0) give_up(manifest, NULL);
  fclose(from);
  const char *library = strstr(text, "\"file\": \"");
  if (library == NULL || sscanf(library, "\"file\": \"%255[^\"]", name) != 1) give_up(manifest, NULL);
  snprintf(file, sizeof file, "%.*s/%s", (int)(strrchr(manifest, '/') - manifest), manifest, name);
  void *opened = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (opened == NULL) give_up(dlerror(), NULL);
  dms_plugin_get_entry_function get_entry;
  *(void **)&get_entry = dlsym(opened, DMS_PLUGIN_ENTRY_SYMBOL); /* as POSIX writes it */
  const dms_plugin_entry *entry = get_entry == NULL ? NULL : get_entry();
  if (entry == NULL || entry->struct_size < DMS_PLUGIN_ENTRY_SIZE_1_0 || entry->abi_major != DMS_ABI_MAJOR) {
    give_up("This library is no plugin for this interface", NULL);
  }
  return entry;
}

int main(int count, char **arguments) {
  if (count != 4 || strchr(arguments[1], '/') == NULL) {
    return fprintf(stderr, "usage: c_host PATH/MANIFEST.json PAYLOAD|STEPS.steps FOLDER\n"), 2;
  }
  data_folder = arguments[3];
  const dms_host host = {sizeof host, DMS_ABI_MAJOR,    DMS_ABI_MINOR, 0,
                         NULL,        str_of("C host"), str_of("1.0"), find_service};
  const dms_plugin_entry *entry = entry_of(arguments[1]);
  dms_error error = {sizeof error, dms_ok, ""};
  struct buffer about = {NULL, 0};
  char id[64];
  const dms_sink sink = buffer_sink(&about);
  if (entry->init(&error) != dms_ok) give_up("init", &error);
  if (entry->describe(&sink, &error) != dms_ok) give_up("describe", &error);
  member(about.text, "id", id, sizeof id);
  buffer_free(&about);
  dms_plugin *plugin = entry->create(&error);
  if (plugin == NULL || plugin->struct_size < DMS_PLUGIN_SIZE_1_0) give_up("create", &error);
  const dms_call call = call_of(&itself);
  if (plugin->init(plugin, &host, &error) != dms_ok) give_up("init", &error);
  if (plugin->activate(plugin, &call, NULL, &error) != dms_ok) give_up("activate", &error);
  printf("plugin: %s\n", id);
  if (ends_with(arguments[2], ".steps")) {
    visit(arguments[2]);
  } else {
    day(arguments[2]);
  }
  plugin->deactivate(plugin);
  plugin->destroy(plugin);
  entry->deinit();
  printf("stopped\n");
  return 0; /* the library stays mapped until here */
}
