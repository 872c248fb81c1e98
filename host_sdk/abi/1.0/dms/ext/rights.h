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
#define DMS_RIGHT_SIZE_1_0 56u

typedef struct dms_rights {
  void *context;
  /** [main] Copies the right. */
  dms_handle(DMS_CALL *add)(void *context, const dms_right *right, dms_error *error);
  /** [main] */
  void(DMS_CALL *remove)(void *context, dms_handle handle);
} dms_rights;

DMS_ASSERT(offsetof(dms_right, default_roles) == 40 && sizeof(dms_right) >= DMS_RIGHT_SIZE_1_0,
           "dms_right only grows at its end");
DMS_ASSERT(sizeof(dms_rights) == 24, "dms_rights never changes");

#ifdef __cplusplus
}
#endif
#endif
