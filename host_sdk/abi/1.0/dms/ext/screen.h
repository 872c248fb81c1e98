/* screen.h - contribution: a screen that the host shows in its own look. */
#ifndef DMS_EXT_SCREEN_H
#define DMS_EXT_SCREEN_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_SCREENS_ID "dms.screens/1"

/** A screen is a document (schema/screen.schema.json) and actions on it. Struct and strings are owned by the
 *  plugin and outlive the registration. */
typedef struct dms_screen {
  uint32_t struct_size;
  uint32_t reserved;
  void *context;
  dms_str id;    /**< "leads.overview" */
  dms_str right; /**< without it the screen answers as if it did not exist; empty: for everybody */
  /** [worker] Writes a dms.screen/1 document. `parameters` is a JSON object whose values are strings or
   *  arrays of strings, as they stand in the address. dms_not_found for what the user may not see. */
  dms_status(DMS_CALL *load)(void *context, const dms_call *call, dms_str parameters, const dms_sink *document,
                             dms_error *error);
  /** [worker] Does an action and writes a dms.result/1 document, whatever the status. `input` is a JSON
   *  object: from a form all values are strings or arrays of strings, from a program they may be typed.
   *
   *  A host whose requests may be repeated (by a framework, a proxy, an impatient person) gives each a token in
   *  call->request, up to DMS_MAX_KEY bytes. The same token of the same user again does nothing more: what was done
   *  (dms_ok) is answered as it was, or with a sentence that it was done; for 30 days at least and over restarts. What
   *  was not done is tried again. dms_invalid where the token came with another screen, action or input.
   *
   *  dms_conflict under a token that came before: the first one still runs, or nobody knows how it ended, since its
   *  process or its database went away meanwhile. Of these two the second stays so: waiting does not free the token.
   *  - A host that knows of a call of its own that still runs waits for it, or asks again under the same token after
   *    some seconds; once the first one is done, that is answered.
   *  - Else it never asks again by itself, neither under this token nor under a new one. It shows the sentence and the
   *    screen as it is now (load): there stands whether it was done. A person who sees that it was not asks again, and
   *    that is a new request with a new token. A program loads the record and decides by it likewise; an action that
   *    names the version of its record ("version") does no harm then, for it is dms_conflict where it was done. */
  dms_status(DMS_CALL *act)(void *context, const dms_call *call, dms_str action, dms_str input, const dms_sink *result,
                            dms_error *error);
} dms_screen;
#define DMS_SCREEN_SIZE_1_0 64u

typedef struct dms_screens {
  void *context;
  /** [main] Keeps a pointer to the screen; 0 when the id is taken. */
  dms_handle(DMS_CALL *add)(void *context, const dms_screen *screen, dms_error *error);
  /** [main] */
  void(DMS_CALL *remove)(void *context, dms_handle handle);
} dms_screens;

DMS_ASSERT(offsetof(dms_screen, act) == 56 && sizeof(dms_screen) >= DMS_SCREEN_SIZE_1_0,
           "dms_screen only grows at its end");
DMS_ASSERT(sizeof(dms_screens) == 24, "dms_screens never changes");

#ifdef __cplusplus
}
#endif
#endif
