/* sdk.h - the whole interface: read abi.h first, then entry.h, plugin.h, host.h, then what you need of ext/. */
#ifndef DMS_SDK_H
#define DMS_SDK_H

#include "entry.h"

#include "ext/audit.h"
#include "ext/clock.h"
#include "ext/contacts.h"
#include "ext/contacts_2.h"
#include "ext/counts.h"
#include "ext/customers.h"
#include "ext/customers_2.h"
#include "ext/directory.h"
#include "ext/documents.h"
#include "ext/erasure.h"
#include "ext/erasure_2.h"
#include "ext/event.h"
#include "ext/handover.h"
#include "ext/health.h"
#include "ext/import.h"
#include "ext/job.h"
#include "ext/log.h"
#include "ext/menu.h"
#include "ext/notifications.h"
#include "ext/references.h"
#include "ext/rights.h"
#include "ext/screen.h"
#include "ext/secrets.h"
#include "ext/settings.h"
#include "ext/storage.h"
#include "ext/texts.h"
#include "ext/vehicles.h"

#endif
