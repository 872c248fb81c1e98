/* documents.h - host service: files beside a customer's record. */
#ifndef DMS_EXT_DOCUMENTS_H
#define DMS_EXT_DOCUMENTS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_DOCUMENTS_ID "dms.documents/1"

typedef struct dms_documents {
  void *context;
  /** [worker] Keeps a file with a customer: {"customer","name","media_type","reference"}. Idempotent under
   *  `key`. */
  dms_status(DMS_CALL *put)(void *context, const dms_call *call, dms_str key, dms_str about, dms_str bytes,
                            dms_error *error);
} dms_documents;

DMS_ASSERT(sizeof(dms_documents) == 16, "dms_documents never changes");

#ifdef __cplusplus
}
#endif
#endif
