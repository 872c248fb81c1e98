/* sdk.h - the whole interface: read abi.h first, then entry.h, plugin.h, host.h, then what you need of ext/. */
#ifndef DMS_SDK_H
#define DMS_SDK_H

#include "entry.h"

#include "ext/absences.h"
#include "ext/audit.h"
#include "ext/contact_completion.h"
#include "ext/contacts.h"
#include "ext/counts.h"
#include "ext/customer_changes.h"
#include "ext/customers.h"
#include "ext/directory.h"
#include "ext/erasure.h"
#include "ext/event.h"
#include "ext/handover.h"
#include "ext/health.h"
#include "ext/import.h"
#include "ext/job.h"
#include "ext/log.h"
#include "ext/mail.h"
#include "ext/menu.h"
#include "ext/notifications.h"
#include "ext/references.h"
#include "ext/rights.h"
#include "ext/sales.h"
#include "ext/screen.h"
#include "ext/secrets.h"
#include "ext/settings.h"
#include "ext/storage.h"
#include "ext/texts.h"

#endif
