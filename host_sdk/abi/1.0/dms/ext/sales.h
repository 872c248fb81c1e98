/* sales.h - host service: the deals that were made in the host, for a plugin to know what became of whom it had. */
#ifndef DMS_EXT_SALES_H
#define DMS_EXT_SALES_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_SALES_ID "dms.sales/1"

/** A deal document: {"id":"2026-117","customer":"10482",
 *  "vehicle":{"make":"Nissan","model":"Qashqai","vin":"...","stock_number":"..."},
 *  "salesperson":"verkauf1","location":"wien","sold_on":"2026-11-30","cancelled":false,"change":317}; absent members
 * are unknown. "sold_on" is the day of the contract, in the local time of where it was made. "change" grows with every
 *  change of any deal, and no two changes have the same: a deal that is entered, changed or cancelled is the newest of
 *  all. A deal is never deleted: one that fell through is cancelled.
 *
 *  The host tells of each change by the event "deal.changed" (dms/ext/event.h), after it was committed. A plugin asks
 * for what it has not seen by the greatest "change" that it knows, with each event and from time to time: so it misses
 *  nothing while it is disabled, and hears of the same deal twice without harm. */
typedef struct dms_sales {
  void *context;
  /** [any] The deals whose "change" is greater than `after` (0: all), in the order of their changes, at most `limit`
   *  (1 to 500) of them, each as it is now. Writes an array of deal documents; an empty one where there is nothing new.
   */
  dms_status(DMS_CALL *changed)(void *context, int64_t after, uint32_t limit, const dms_sink *json, dms_error *error);
  /** [any] One deal document; dms_not_found. */
  dms_status(DMS_CALL *get)(void *context, dms_str id, const dms_sink *json, dms_error *error);
} dms_sales;

DMS_ASSERT(sizeof(dms_sales) == 24, "dms_sales never changes");

#ifdef __cplusplus
}
#endif
#endif
