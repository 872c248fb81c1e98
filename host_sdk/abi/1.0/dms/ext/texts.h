/* texts.h - plugin extension: the plugin's words in the user's language. */
#ifndef DMS_EXT_TEXTS_H
#define DMS_EXT_TEXTS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_TEXTS_ID "dms.texts/1"

typedef struct dms_texts {
  void *context;
  /** [any] Writes the translation of a label key into `locale`, or the key itself. */
  dms_status(DMS_CALL *translate)(void *context, dms_str locale, dms_str key, const dms_sink *text);
} dms_texts;

DMS_ASSERT(sizeof(dms_texts) == 16, "dms_texts never changes");

#ifdef __cplusplus
}
#endif
#endif
