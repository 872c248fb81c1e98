#include "reference_host/web/entered_form.hpp"

#include <algorithm>
#include <set>

namespace dms::reference::web {
namespace {

/// The same text: a browser sends line breaks as CR LF.
std::string plain_text_of(const json &value) {
  auto said = text_of(value);
  std::erase(said, '\r');
  return said;
}

bool is_as_shown(const json &sent, const json &shown) {
  if (!sent.is_array() && !shown.is_array()) return plain_text_of(sent) == plain_text_of(shown);
  const auto as_list = [](const json &value) {
    if (value.is_array()) return value;
    return text_of(value).empty() ? json::array() : json::array({value});
  };
  return as_list(sent) == as_list(shown);
}

}  // namespace

attempt entered_form::again(const std::string &sentence) const {
  attempt result{action, input, {{"", sentence}}};
  result.dialog = dialog;
  for (const auto &field : fields) {
    const auto name = text(field, "name");
    if (input.contains(name) && is_as_shown(input[name], member(field, "value"))) result.input.erase(name);
  }
  return result;
}

bool entered_form::shows(const std::string &field) const {
  return std::any_of(fields.begin(), fields.end(), [&](const json &one) { return text(one, "name") == field; });
}

json entered_form::typed() const {
  static const std::set<std::string, std::less<>> kinds{"text",   "textarea", "search",  "url",
                                                        "number", "date",     "datetime"};
  json result = json::array();
  for (const auto &field : fields) {
    const auto name = text(field, "name");
    if (!kinds.contains(text(field, "kind")) || !input.contains(name)) continue;
    const auto said = plain_text_of(input[name]);
    if (said.empty() || is_as_shown(input[name], member(field, "value"))) continue;
    result.push_back({{"title", text(field, "label")}, {"text", said}});
  }
  return result;
}

std::string kept_text_of(const entered_form &form) {
  auto input = form.input;
  if (!input.is_object()) input = json::object();
  std::erase_if(input.get_ref<json::object_t &>(), [](const auto &item) {
    return item.first.find("password") != std::string::npos || item.first.find("token") != std::string::npos;
  });
  return json{{"screen", form.screen}, {"action", form.action}, {"came_from", form.came_from},
              {"input", input},        {"fields", form.fields}, {"dialog", form.dialog}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<entered_form> form_from(const std::string &text_) {
  const auto kept = document_in(text_);
  if (!kept.is_object() || !member(kept, "input").is_object()) return std::nullopt;
  entered_form form{text(kept, "screen"),  text(kept, "action"), text(kept, "came_from"),
                    member(kept, "input"), list(kept, "fields"), text(kept, "dialog")};
  return form;
}

}  // namespace dms::reference::web
