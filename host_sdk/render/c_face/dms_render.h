/* dms_render.h - documents of dms.screen/1 to HTML, for a host in any language that shows web pages.
 *
 * What comes out has no inline script and no inline style: a page loads app.css, app.js and bootstrap.min.css from
 * where its host serves what dms_render_asset gives out. Colours, distances and fonts are CSS variables
 * (assets/app.css, :root).
 */
#ifndef DMS_RENDER_H
#define DMS_RENDER_H

#include "dms/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a page is made. Owned by the caller, borrowed for the call. Grows only at its end. */
typedef struct dms_render_options {
  uint32_t struct_size;
  int32_t whole_page; /**< 1: a page of its own; 0: what belongs into the host's main element */
  dms_str locale;  /**< "de-AT" or "en": of the renderer's own few words; those of the document are written already */
  dms_str screens; /**< what stands before a screen's id in addresses; empty: "/screens/" */
  dms_str assets;  /**< what stands before an asset's name; empty: "/assets/" */
  dms_str places;  /**< JSON object: addresses of what a link means, {"customer":"/customers/show"}; may be empty */
  dms_str parameters; /**< JSON object: the parameters that the screen was loaded with; may be empty */
  dms_str csrf_field; /**< name of the hidden field of each form; empty: "csrf" */
  dms_str csrf;       /**< its value */
} dms_render_options;
#define DMS_RENDER_OPTIONS_SIZE_1_0 120u

/** [any] Writes HTML for a document. dms_invalid for what is no dms.screen/1. Links and forms go to SCREENS + id,
 * actions by POST to SCREENS + id + "/actions/" + action with the hidden fields id, version, _return and the one
 * against forged requests. */
DMS_EXPORT dms_status DMS_CALL dms_render(dms_str document, const dms_render_options *how, const dms_sink *html,
                                          dms_error *error);

/** [any] Writes a file that pages load, by its name ("app.css"); dms_not_found. */
DMS_EXPORT dms_status DMS_CALL dms_render_asset(dms_str name, const dms_sink *bytes, dms_error *error);

DMS_ASSERT(offsetof(dms_render_options, csrf) == 104 && sizeof(dms_render_options) >= DMS_RENDER_OPTIONS_SIZE_1_0,
           "dms_render_options only grows at its end");

#ifdef __cplusplus
}
#endif
#endif
