/* storage.h - host service: where a plugin keeps its own data. */
#ifndef DMS_EXT_STORAGE_H
#define DMS_EXT_STORAGE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_STORAGE_ID "dms.storage/1"

typedef struct dms_storage {
  void *context;
  /** [any] An existing directory that belongs to this plugin alone: database file, admin definitions. */
  dms_status(DMS_CALL *data_directory)(void *context, const dms_sink *path, dms_error *error);
  /** [any] A PostgreSQL connection string (URI) to use instead of a file, or nothing written where the
   *  plugin should keep a database file of its own in the data directory. */
  dms_status(DMS_CALL *database)(void *context, const dms_sink *connection, dms_error *error);
} dms_storage;

DMS_ASSERT(sizeof(dms_storage) == 24, "dms_storage never changes");

#ifdef __cplusplus
}
#endif
#endif
