/* menu.h - contribution: an entry in the host's menu. */
#ifndef DMS_EXT_MENU_H
#define DMS_EXT_MENU_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_MENU_ID "dms.menu/1"

/** Keys of menus, never words: a host has a menu of its own for each that it knows, and says it in the reader's
 *  language. Any other key opens a menu of the plugin's own, whose word is the plugin's text for the key. */
#define DMS_MENU_LEADS "leads"                   /**< enquiries and contacts, the daily work of sales */
#define DMS_MENU_CUSTOMERS "customers"           /**< master data of persons and companies */
#define DMS_MENU_EVALUATION "evaluation"         /**< numbers and reports */
#define DMS_MENU_ADMINISTRATION "administration" /**< settings, logs, people */

/** Label keys are translated by the plugin's dms.texts/1, or shown as they are. */
typedef struct dms_menu_entry {
  uint32_t struct_size;
  int32_t order;  /**< smaller stands further left or up */
  dms_str path;   /**< key of the menu that it belongs to, see below */
  dms_str label;  /**< label key: "Lead-Übersicht" */
  dms_str right;  /**< shown only to users with this right; empty: to everybody */
  dms_str screen; /**< screen id that it opens */
} dms_menu_entry;
#define DMS_MENU_ENTRY_SIZE_1_0 72u

/** The host's registry; registrations last until remove or deactivate. */
typedef struct dms_menu {
  void *context;
  /** [main] Copies the entry; 0 on failure. */
  dms_handle(DMS_CALL *add)(void *context, const dms_menu_entry *entry, dms_error *error);
  /** [main] */
  void(DMS_CALL *remove)(void *context, dms_handle handle);
} dms_menu;

DMS_ASSERT(offsetof(dms_menu_entry, screen) == 56 && sizeof(dms_menu_entry) >= DMS_MENU_ENTRY_SIZE_1_0,
           "dms_menu_entry only grows at its end");
DMS_ASSERT(sizeof(dms_menu) == 24, "dms_menu never changes");

#ifdef __cplusplus
}
#endif
#endif
