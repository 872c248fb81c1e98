/* host.h - what the host gives a plugin: its identity and a way to its services. */
#ifndef DMS_HOST_H
#define DMS_HOST_H

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Owned by the host; valid from dms_plugin.init until destroy returns. Grows only at its end. */
typedef struct dms_host {
  uint32_t struct_size;
  uint32_t abi_major;
  uint32_t abi_minor;
  uint32_t reserved;
  void *context;
  dms_str name;    /**< "Reference DMS"; valid as long as the struct */
  dms_str version; /**< "1.0.0" */
  /** [any] The service struct of that id ("dms.customers/1"), valid until destroy, or null where the host
   *  has none. A plugin degrades without an optional service and says so on its screen. */
  const void *(DMS_CALL *get_service)(const struct dms_host *host, dms_str id);
} dms_host;
#define DMS_HOST_SIZE_1_0 64u

DMS_ASSERT(offsetof(dms_host, get_service) == 56 && sizeof(dms_host) >= DMS_HOST_SIZE_1_0,
           "dms_host only grows at its end");

#ifdef __cplusplus
}
#endif
#endif
