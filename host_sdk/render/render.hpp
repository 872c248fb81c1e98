// render.hpp - documents to markup: one builder for each thing that a dms.screen/1 document knows.
#pragma once

#include "render/view.hpp"

namespace dms::render {

// --- small things ---
/// An icon of the sprite for a meaning of the schema; nothing for a meaning that is not known.
markup render_icon(const view &on, const json &meaning);
/// An icon of the host's own by its name in the sprite.
markup sprite_icon(const view &on, std::string_view name);
struct link_look {
  std::string css;
  std::string title;
  std::string label;  ///< for assistive technology, where the link shows only an icon
};
/// A link, or a button where it opens a dialog; the plain label where it leads nowhere.
markup render_link(view &on, const json &link, const markup &inside, const link_look &look = {});
markup render_link(view &on, const json &link, const link_look &look = {});

// --- cells ---
/// In a fact, a small table, a summary: icon, text, quiet text and a second line.
markup render_cell(view &on, const json &cell);
/// The cell with its address, where it is linked: what its table, column and row say together. Every table asks for it.
json with_address(const json &block, const json &column, const json &row, json cell);
/// The short text of a cell with its icon as the meaning asks for: deadline, state, badge, mark.
markup render_value(view &on, const json &cell);

// --- fields and actions ---
/// Label inside the border: filters, bulk bar, pager.
markup render_inline_field(view &on, const json &field, const std::string &css = {});
struct field_wish {
  std::string action;       ///< whose attempt's values and errors are shown
  std::string prefix;       ///< before the name, where several actions share one form
  bool may_require = true;  ///< false where the browser must not insist
};
markup render_bulk_field(view &on, const json &field, const field_wish &wish);
/// Only the radios or checkboxes, without a label around them.
markup render_group(view &on, const json &field);
/// Label above: dialogs and forms.
markup render_stacked_fields(view &on, const json &fields, const std::string &action);
/// A form with a file goes in parts.
bool has_file(const json &fields);
/// Token, record, version, the page to come back to, and `input` as hidden fields.
markup hidden_fields(const view &on, const json &input, bool with_record = true);
/// The button, link or dialog opener of an action; dialogs go to the layers.
struct action_look {
  std::string css;          ///< in place of the style's own classes
  json also;                ///< sent along: the row's id and version
  bool own_record = false;  ///< the record of the page is not sent
};
/// A button with the dialog or form that it opens or sends, by which further buttons do the same.
struct rendered_action {
  markup button;
  std::string layer;  ///< empty: it is a link
};
rendered_action render_action_and_layer(view &on, const json &action, const action_look &look = {});
markup render_action(view &on, const json &action, const action_look &look = {});
/// A second button for an action that stands on the page already; `layer` as the first one gave it.
markup render_further_button(view &on, const json &action, const std::string &css, const std::string &layer);
/// The id of the layer that asks for an action of this page, for links that open it; empty when there is none.
std::string dialog_of(const view &on, const std::string &action);
std::string action_address(const view &on, const std::string &action);

// --- blocks ---
markup render_block(view &on, const json &block);
markup render_blocks(view &on, const json &blocks);
markup block_head(view &on, const json &block, const std::string &heading_id);
markup render_tabs(view &on, const json &block);
markup render_filters(view &on, const json &block);
markup render_table(view &on, const json &block);
markup render_records(view &on, const json &block);
markup render_pager(view &on, const json &block);
markup render_empty(view &on, const json &block);
markup render_facts(view &on, const json &block);
markup render_steps(view &on, const json &block);
markup render_form(view &on, const json &block);
markup render_choices(view &on, const json &block);
markup render_timeline(view &on, const json &block);
markup render_notice(view &on, const json &block);
markup render_summary(view &on, const json &block);
markup render_matrix(view &on, const json &block);
markup render_text(view &on, const json &block);
markup render_key_figures(view &on, const json &block);
markup render_columns(view &on, const json &block);
markup render_panels(view &on, const json &block);

// --- the page ---
/// Everything inside main: head, blocks, layers. `above` is put below the head: what an action came to.
markup render_screen(view &on, const json &document, const markup &above);

}  // namespace dms::render
