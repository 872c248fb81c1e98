/* vehicles.h - host service: vehicles that the host knows, by VIN. */
#ifndef DMS_EXT_VEHICLES_H
#define DMS_EXT_VEHICLES_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_VEHICLES_ID "dms.vehicles/1"

typedef struct dms_vehicles {
  void *context;
  /** [any] {"vin","make","model","customer":"10482"}; dms_not_found. */
  dms_status(DMS_CALL *get)(void *context, dms_str vin, const dms_sink *json, dms_error *error);
} dms_vehicles;

DMS_ASSERT(sizeof(dms_vehicles) == 16, "dms_vehicles never changes");

#ifdef __cplusplus
}
#endif
#endif
