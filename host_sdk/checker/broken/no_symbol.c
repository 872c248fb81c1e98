/* no_symbol.c - exports another function than the one that hosts look for. */
#define BROKEN_ENTRY
#include "broken.h"
DMS_EXPORT const dms_plugin_entry *another_function(void);
const dms_plugin_entry *another_function(void) {
  return &the_entry;
}
