/* smallest_host.c - what a vendor's host does at the least, in C: load a plugin, take its screens, show one.
 *
 *   smallest_host LIBRARY SCREEN     writes the screen's document to the standard output
 *
 * It leaves out the manifest with its checks (host_sdk/loader does them) and every service that it can do without.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "dms/sdk.h"

enum { most_screens = 64 };
static const dms_screen *screens[most_screens];

static int same(dms_str text, const char *other) {
  return text.len == strlen(other) && (text.len == 0 || memcmp(text.ptr, other, text.len) == 0);
}
static dms_str text_of(const char *text) {
  dms_str borrowed = {text, strlen(text)};
  return borrowed;
}

/* The registries. A handle is the place in the table; menu entries are accepted and forgotten. */
static dms_handle add_screen(void *context, const dms_screen *screen, dms_error *error) {
  (void)context, (void)error;
  for (dms_handle handle = 1; handle < most_screens; ++handle) {
    const dms_screen *known = screens[handle];
    if (known != NULL && known->id.len == screen->id.len && memcmp(known->id.ptr, screen->id.ptr, known->id.len) == 0) {
      return 0; /* the id is taken */
    }
  }
  for (dms_handle handle = 1; handle < most_screens; ++handle) {
    if (screens[handle] == NULL) {
      screens[handle] = screen;
      return handle;
    }
  }
  return 0;
}
static void remove_screen(void *context, dms_handle handle) {
  (void)context;
  if (handle > 0 && handle < most_screens) screens[handle] = NULL;
}
static dms_handle add_menu(void *context, const dms_menu_entry *entry, dms_error *error) {
  (void)context, (void)entry, (void)error;
  return 1;
}
static void remove_menu(void *context, dms_handle handle) {
  (void)context, (void)handle;
}

static const void *get_service(const dms_host *host, dms_str id) {
  static const dms_screens screen_registry = {NULL, add_screen, remove_screen};
  static const dms_menu menu_registry = {NULL, add_menu, remove_menu};
  (void)host;
  if (same(id, DMS_SCREENS_ID)) return &screen_registry;
  if (same(id, DMS_MENU_ID)) return &menu_registry;
  return NULL;
}

static int32_t every_right(void *context, dms_str right) {
  (void)context, (void)right;
  return 1;
}
static int32_t never(void *context) {
  (void)context;
  return 0;
}
static dms_status print(void *context, dms_str bytes) {
  return fwrite(bytes.ptr, 1, bytes.len, context) == bytes.len ? dms_ok : dms_failed;
}

static dms_status ignore(void *context, dms_str bytes) {
  (void)context, (void)bytes;
  return dms_ok;
}

/* The host itself: an empty user, with every right. */
static dms_call host_call(void) {
  dms_call call = {sizeof call,
                   NULL,
                   text_of(""),
                   text_of(""),
                   text_of("en"),
                   text_of("1"),
                   text_of("command_line"),
                   text_of(""),
                   (int64_t)time(NULL) * 1000000,
                   every_right,
                   never};
  return call;
}

static int show(const dms_call *call, const char *id) {
  const dms_sink output = {stdout, print};
  dms_error error = {sizeof error, dms_ok, ""};
  for (int at = 1; at < most_screens; ++at) {
    if (screens[at] != NULL && same(screens[at]->id, id)) {
      const dms_status status = screens[at]->load(screens[at]->context, call, text_of("{}"), &output, &error);
      if (status != dms_ok) fprintf(stderr, "%s\n", error.message);
      return status == dms_ok ? 0 : 1;
    }
  }
  fprintf(stderr, "The plugin has no screen %s.\n", id);
  return 1;
}

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "usage: smallest_host LIBRARY SCREEN\n"), 2;
  void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return fprintf(stderr, "%s\n", dlerror()), 1;
  dms_plugin_get_entry_function get_entry;
  *(void **)&get_entry = dlsym(library, DMS_PLUGIN_ENTRY_SYMBOL); /* as POSIX writes it */
  const dms_plugin_entry *entry = get_entry != NULL ? get_entry() : NULL;
  if (entry == NULL || entry->struct_size < DMS_PLUGIN_ENTRY_SIZE_1_0 || entry->abi_major != DMS_ABI_MAJOR) {
    return fprintf(stderr, "This library is no plugin for interface version %u.\n", DMS_ABI_MAJOR), 1;
  }
  const dms_host host = {sizeof host,      DMS_ABI_MAJOR, DMS_ABI_MINOR, 0, NULL, text_of("Smallest host"),
                         text_of("1.0.0"), get_service};
  dms_error error = {sizeof error, dms_ok, ""};
  const dms_call call = host_call();
  int result = 1;
  dms_plugin *plugin = NULL;
  if (entry->init(&error) != dms_ok) return fprintf(stderr, "%s\n", error.message), 1;
  /* A host with manifests compares what the library says of itself with them. */
  const dms_sink nowhere = {NULL, ignore};
  if (entry->describe(&nowhere, &error) == dms_ok && (plugin = entry->create(&error)) != NULL) {
    if (plugin->struct_size < DMS_PLUGIN_SIZE_1_0) {
      fprintf(stderr, "The plugin makes too small an instance.\n");
    } else if (plugin->init(plugin, &host, &error) == dms_ok &&
               plugin->activate(plugin, &call, NULL, &error) == dms_ok) {
      result = show(&call, arguments[2]);
      plugin->deactivate(plugin);
    }
    plugin->destroy(plugin);
  }
  if (error.message[0] != '\0') fprintf(stderr, "%s\n", error.message);
  entry->deinit();
  return result; /* the library stays mapped until here */
}
