/* handover.h - plugin extension: what stays behind when a user or a location goes, and who takes it over.
 *
 * A plugin may offer it or not; a host may ask for it or not. Whoever is gone without it is told of by the events
 * "user.deactivated" and "location.closed" all the same. */
#ifndef DMS_EXT_HANDOVER_H
#define DMS_EXT_HANDOVER_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_HANDOVER_ID "dms.handover/1"

/** `kind` is "user" or "location". */
typedef struct dms_handover {
  void *context;
  /** [worker] Everything that is open, by the ids of whose it is, as the reader of the call reads it:
   *  {"verkauf9":[{"label":"12 open leads","count":12}]}. Whoever has nothing open is left out. */
  dms_status(DMS_CALL *open)(void *context, const dms_call *call, dms_str kind, const dms_sink *json, dms_error *error);
  /** [worker] Gives all that is open of `id` to the active user `to`, piece by piece: what was given stays given, also
   *  where a later piece fails. Contacts that carry a reference of the plugin go along. Writes
   *  {"done":12,"left":0,"message":"..."}; "message", in the locale of the call, says what became of it.
   *  dms_forbidden without the right, dms_invalid where `to` cannot take it. Repeating it gives what is left. */
  dms_status(DMS_CALL *hand_over)(void *context, const dms_call *call, dms_str kind, dms_str id, dms_str to,
                                  const dms_sink *json, dms_error *error);
} dms_handover;

DMS_ASSERT(sizeof(dms_handover) == 24, "dms_handover never changes");

#ifdef __cplusplus
}
#endif
#endif
