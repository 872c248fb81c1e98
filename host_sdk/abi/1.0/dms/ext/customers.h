/* customers.h - host service: persons and companies in the host's master data. */
#ifndef DMS_EXT_CUSTOMERS_H
#define DMS_EXT_CUSTOMERS_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_CUSTOMERS_ID "dms.customers/1"

/** A customer document:
 *  {"id":"10482","kind":"person"|"company","salutation","title","first_name","last_name","company",
 *   "email","phones":["+436645550142"],"street","postal_code","city","country","language",
 *   "salesperson":"verkauf2","vehicles":[{"vin","make","model"}],
 *   "refused":["phone"|"email"|"sms"|"post"]}; absent members are unknown.
 *  "refused": channels by which the person does not want to be reached; the host offers none of them. */
typedef struct dms_customers {
  void *context;
  /** [any] Customers that share something with the query: {"ids":[],"vins":[],"emails":[],"phones":[],
   *  "name":"...","postal_code":"...","text":"...","limit":20}; phones are E.164, any member may be absent.
   *  Writes an array of customer documents, best first by the host's own judgement. */
  dms_status(DMS_CALL *find)(void *context, dms_str query, const dms_sink *json, dms_error *error);
  /** [any] One customer document; dms_not_found. A merged customer answers with the id that it became. */
  dms_status(DMS_CALL *get)(void *context, dms_str id, const dms_sink *json, dms_error *error);
  /** [worker] Creates a customer and writes its document. The key ("lead:4711:customer") makes it
   *  idempotent: when it was seen before, the earlier customer is written and nothing is created. */
  dms_status(DMS_CALL *create)(void *context, const dms_call *call, dms_str key, dms_str customer, const dms_sink *json,
                               dms_error *error);
} dms_customers;

DMS_ASSERT(sizeof(dms_customers) == 32, "dms_customers never changes");

#ifdef __cplusplus
}
#endif
#endif
