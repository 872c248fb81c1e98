/* day.c - one day of a lead in a host that is not ours; every host of these examples does the same and says the same.
 *
 *   c_host MANIFEST.json PAYLOAD FOLDER      FOLDER is the plugin's own and is empty
 *
 * It leaves out the checks of the manifest (host_sdk/loader and examples/python_host do them).
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static const char *const words[] = {"ok",          "invalid",   "not_found",   "forbidden", "conflict", "refused",
                                    "unavailable", "cancelled", "unsupported", "too_large", "failed"};
static const char *word_of(dms_status status) {
  return status >= 0 && status <= dms_failed ? words[status] : "failed";
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

/* The screen's document; freed by the caller. */
static struct buffer load(struct caller *who, const char *id, const char *parameters) {
  struct buffer document = {NULL, 0};
  const dms_sink sink = buffer_sink(&document);
  const dms_call call = call_of(who);
  dms_error error = {sizeof error, dms_ok, ""};
  const dms_screen *screen = screen_of(who, id);
  if (screen == NULL) give_up(id, NULL);
  if (screen->load(screen->context, &call, str_of(parameters), &sink, &error) != dms_ok) give_up(id, &error);
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
  if (screen == NULL) give_up(id, NULL);
  const dms_status status = screen->act(screen->context, &call, str_of(action), str_of(input), &sink, &error);
  buffer_free(&ignored);
  return status;
}

/* Reads from a file. */
static int64_t read_file(void *context, char *buffer, uint64_t capacity) {
  return ferror((FILE *)context) ? -1 : (int64_t)fread(buffer, 1, capacity, context);
}
static void take_in(const char *occasion, const char *file) {
  struct buffer report = {NULL, 0};
  const dms_sink sink = buffer_sink(&report);
  const dms_call call = call_of(&itself);
  dms_error error = {sizeof error, dms_ok, ""};
  const dms_import_hook *hook = NULL;
  for (int at = 1; at < most_items; ++at) {
    if (registered.hooks[at] != NULL && same(registered.hooks[at]->source, "siebel_nissan"))
      hook = registered.hooks[at];
  }
  FILE *from = fopen(file, "rb");
  if (hook == NULL || from == NULL) give_up(file, NULL);
  const dms_stream stream = {from, read_file};
  if (hook->run(hook->context, &call, &stream, str_of("leads.xml"), NULL, &sink, &error) != dms_ok)
    give_up(file, &error);
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
  take_in("taken in:", payload);
  take_in("taken in again:", payload);
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
    return fprintf(stderr, "usage: c_host PATH/MANIFEST.json PAYLOAD FOLDER\n"), 2;
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
  day(arguments[2]);
  plugin->deactivate(plugin);
  plugin->destroy(plugin);
  entry->deinit();
  printf("stopped\n");
  return 0; /* the library stays mapped until here */
}
