// view.hpp - what the builders of one page share.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "render/document.hpp"
#include "render/links.hpp"
#include "render/markup.hpp"

namespace dms::render {

/// What a person entered in an action that did not go through: shown again, with a sentence per field.
struct attempt {
  std::string action;
  json input = json::object();
  std::map<std::string, std::string> errors;
  bool conflict = false;  ///< somebody else was faster; it may be saved all the same
  std::string dialog{};   ///< which of the page's dialogs it was (dialog_name); empty: not known
};

/// One page in the making. Builders read the facts and leave dialogs and menus behind, which the page puts last.
struct view {
  view(const templates &with, const addresses &where) : page(with), leads(where) {}
  const templates &page;
  const addresses &leads;
  std::string screen;
  json params = json::object();           ///< of the address
  std::string csrf, csrf_field = "csrf";  ///< against forged requests: goes with every form, under this name
  std::string record, version;            ///< of the document; go with every action
  const attempt *failed = nullptr;
  bool shown_again = false;  ///< the dialog of what failed is on the page, with what was entered: there is only one

  markup layers;  ///< dialogs and menus
  std::set<std::string> layer_ids;

  /// The address of this very page.
  std::string address() const;
  bool tried(const std::string &action) const { return failed != nullptr && failed->action == action; }
  /// `wanted` as an id that no layer has yet, of letters, digits, - and _.
  std::string new_layer(const std::string &wanted);
};

}  // namespace dms::render
