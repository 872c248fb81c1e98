/* rights.h - contribution: rights that the host's roles may have. */
#ifndef DMS_EXT_RIGHTS_H
#define DMS_EXT_RIGHTS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_RIGHTS_ID "dms.rights/1"

typedef struct dms_right {
  uint32_t struct_size;
  uint32_t reserved;
  dms_str id;            /**< "leads.settings" */
  dms_str label;         /**< label key */
  dms_str default_roles; /**< "admin manager": roles that have it */
} dms_right;

typedef struct dms_rights {
  void *context;
  /** [main] Copies the right. */
  dms_handle (*add)(void *context, const dms_right *right, dms_error *error);
  /** [main] */
  void (*remove)(void *context, dms_handle handle);
} dms_rights;

#ifdef __cplusplus
}
#endif
#endif
