/* broken.h - a correct, empty plugin; each file beside this one breaks exactly one thing of it. */
#ifndef BROKEN_H
#define BROKEN_H

#include <string.h>

#include "dms/sdk.h"

#ifdef __cplusplus
#define BROKEN_NULL nullptr
#else
#define BROKEN_NULL NULL
#endif

#ifndef BROKEN_ID
#define BROKEN_ID PLUGIN_ID
#endif

static dms_status broken_fail(dms_error *error, const char *sentence) {
  if (error) {
    error->code = dms_failed;
    strncpy(error->message, sentence, sizeof error->message - 1);
  }
  return dms_failed;
}

static dms_status entry_init(dms_error *error) {
  (void)error;
  return dms_ok;
}
static void entry_deinit(void) {}

static dms_status entry_describe(const dms_sink *sink, dms_error *error) {
  static const char text[] = "{\"id\":\"" BROKEN_ID "\",\"version\":\"1.0.0\",\"name\":\"Broken\"}";
  dms_str bytes;
  bytes.ptr = text;
  bytes.len = sizeof text - 1;
  (void)error;
  return sink->write(sink->context, bytes);
}

static dms_status plugin_init(dms_plugin *self, const dms_host *host, dms_error *error) {
  (void)self, (void)host, (void)error;
  return dms_ok;
}
#ifndef BROKEN_ACTIVATE
static dms_status plugin_activate(dms_plugin *self, dms_error *error) {
  (void)self, (void)error;
  return dms_ok;
}
#else
static dms_status plugin_activate(dms_plugin *self, dms_error *error);
#endif
static void plugin_deactivate(dms_plugin *self) {
  (void)self;
}
static void plugin_destroy(dms_plugin *self) {
  (void)self;
}
static const void *plugin_extension(dms_plugin *self, dms_str id) {
  (void)self, (void)id;
  return BROKEN_NULL;
}

#ifndef BROKEN_PLUGIN_SIZE
#define BROKEN_PLUGIN_SIZE sizeof(dms_plugin)
#endif
static dms_plugin the_plugin = {
    BROKEN_PLUGIN_SIZE, 0, BROKEN_NULL, plugin_init, plugin_activate, plugin_deactivate, plugin_destroy,
    plugin_extension};

static dms_plugin *entry_create(dms_error *error) {
  (void)error;
  (void)broken_fail;
  return &the_plugin;
}

#ifndef BROKEN_ENTRY_SIZE
#define BROKEN_ENTRY_SIZE sizeof(dms_plugin_entry)
#endif
#ifndef BROKEN_MAJOR
#define BROKEN_MAJOR DMS_ABI_MAJOR
#endif
#ifndef BROKEN_MIN_HOST_MINOR
#define BROKEN_MIN_HOST_MINOR 0
#endif
static const dms_plugin_entry the_entry = {BROKEN_ENTRY_SIZE, BROKEN_MAJOR, DMS_ABI_MINOR,  BROKEN_MIN_HOST_MINOR,
                                           entry_init,        entry_deinit, entry_describe, entry_create};

#ifndef BROKEN_ENTRY
const dms_plugin_entry *dms_plugin_get_entry(void) {
  return &the_entry;
}
#endif

#endif
