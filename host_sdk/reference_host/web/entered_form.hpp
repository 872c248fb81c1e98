// entered_form.hpp - what a person entered in a form that did not go through, and what of it is his own.
#pragma once

#include <optional>
#include <string>

#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

/// A form as it was sent.
struct entered_form {
  std::string screen, action;
  std::string came_from;        ///< address of the page that showed it
  json input = json::object();  ///< of the action
  json fields = json::array();  ///< what the form showed: {"name","label","kind","value"}
  std::string dialog{};         ///< which of the page's dialogs it was; empty: none, or not known
  std::string goes_to{};        ///< where a form that went through leads; empty: where it came from

  /// What was entered, to be shown again on the page as it is now. Fields that were left as they were shown are left
  /// out: what others have written there meanwhile is not overwritten.
  attempt again(const std::string &sentence) const;
  /// Whether the form has that field, and with it a place for its sentence.
  bool shows(const std::string &field) const;
  /// The texts that somebody typed: {"title": label, "text": what}, for where no form can show them.
  json typed() const;
};

/// The form as a text that can be kept, and back; nothing for any other text.
std::string kept_text_of(const entered_form &form);
std::optional<entered_form> form_from(const std::string &kept);

}  // namespace dms::reference::web
