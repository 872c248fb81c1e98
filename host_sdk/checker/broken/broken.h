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

static const dms_host *the_host;
static dms_status plugin_init(dms_plugin *self, const dms_host *host, dms_error *error) {
  (void)self, (void)error;
  the_host = host;
  return dms_ok;
}
/* A service of the host, or null. */
#define BROKEN_SERVICE(type, id) ((const type *)broken_service(id, sizeof id - 1))
static const void *broken_service(const char *id, uint64_t length) {
  dms_str name;
  name.ptr = id;
  name.len = length;
  return the_host->get_service(the_host, name);
}
#ifndef BROKEN_ACTIVATE
static dms_status plugin_activate(dms_plugin *self, const dms_call *call, const dms_progress *progress,
                                  dms_error *error) {
  (void)self, (void)call, (void)progress, (void)error;
  return dms_ok;
}
#else
static dms_status plugin_activate(dms_plugin *self, const dms_call *call, const dms_progress *progress,
                                  dms_error *error);
#endif
static void plugin_deactivate(dms_plugin *self) {
  (void)self;
}
static void plugin_destroy(dms_plugin *self) {
  (void)self;
}
#ifndef BROKEN_EXTENSION
static const void *plugin_extension(dms_plugin *self, dms_str id) {
  (void)self, (void)id;
  return BROKEN_NULL;
}
#else
static const void *plugin_extension(dms_plugin *self, dms_str id);
#endif

#ifndef BROKEN_PLUGIN_SIZE
#define BROKEN_PLUGIN_SIZE sizeof(dms_plugin)
#endif
static dms_plugin the_plugin = {
    BROKEN_PLUGIN_SIZE, 0, BROKEN_NULL, plugin_init, plugin_activate, plugin_deactivate, plugin_destroy,
    plugin_extension};

static dms_plugin *entry_create(dms_error *error) {
  (void)error;
  (void)broken_fail, (void)broken_service;
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
