/* null_entry.c - returns no entry. */
#define BROKEN_ENTRY
#include "broken.h"
static const dms_plugin_entry *const unused = &the_entry;
const dms_plugin_entry *dms_plugin_get_entry(void) {
  return unused == NULL ? unused : NULL;
}
