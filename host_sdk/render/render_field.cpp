// Fields of filters, dialogs and forms.
#include <algorithm>

#include "render/render.hpp"

namespace dms::render {
namespace {

const std::map<std::string, std::string, std::less<>> input_type{
    {"search", "search"},       {"text", "text"},    {"date", "date"},         {"datetime", "datetime-local"},
    {"number", "number"},       {"url", "url"},      {"password", "password"}, {"hidden", "hidden"},
    {"checkboxes", "checkbox"}, {"radios", "radio"}, {"file", "file"}};

bool holds(const json &value, const std::string &wanted) {
  if (value.is_array()) {
    return std::any_of(value.begin(), value.end(), [&](const json &each) { return text_of(each) == wanted; });
  }
  return text_of(value) == wanted;
}

markup render_options(const view &on, const json &field, const json &value) {
  markup all, group;
  std::string group_label;
  auto close_group = [&] {
    if (group_label.empty()) {
      all += group;
    } else {
      values filled;
      filled.text("label", group_label).put("options", group);
      all += on.page.render("option_group", filled);
    }
    group = {};
  };
  for (const auto &option : list(field, "options")) {
    if (auto label = text(option, "group"); label != group_label) {
      close_group();
      group_label = label;
    }
    values filled;
    filled.put("value", markup::of(text(option, "value"))).text("label", text(option, "label"));
    filled.flag("selected", holds(value, text(option, "value"))).flag("disabled", truth(option, "disabled"));
    group += on.page.render("option", filled);
  }
  close_group();
  return all;
}

markup render_choices_of(const view &on, const json &field, const json &value, const std::string &name, bool required) {
  auto kind = text(field, "kind");
  markup all;
  for (const auto &option : list(field, "options")) {
    values filled;
    filled.text("kind", kind == "radios" ? "radio" : "checkbox").text("name", name);
    filled.put("value", markup::of(text(option, "value"))).text("label", text(option, "label"));
    filled.flag("checked", holds(value, text(option, "value"))).flag("disabled", truth(option, "disabled"));
    filled.flag("required", required && kind == "radios");
    all += on.page.render("choice", filled);
  }
  return all;
}

/// As high as what stands in it, within reason.
std::string rows_for(const std::string &value) {
  constexpr std::ptrdiff_t least = 3, most = 20;
  const auto lines = std::count(value.begin(), value.end(), '\n') + 2;
  return std::to_string(std::clamp(lines, least, most));
}

struct control_wish {
  std::string name, id, described, aria_label;
  json value;
  bool required = false, invalid = false;
};

markup render_control(const view &on, const json &field, const control_wish &wish) {
  auto kind = text(field, "kind");
  if (kind == "checkboxes" || kind == "radios") {
    return render_choices_of(on, field, wish.value, wish.name, wish.required);
  }
  values filled;
  filled.text("name", wish.name).text("id", wish.id).text("label", wish.aria_label).text("described", wish.described);
  filled.text("placeholder", text(field, "placeholder")).text("max_length", text(field, "max_length"));
  filled.flag("required", wish.required).flag("invalid", wish.invalid);
  if (kind == "select")
    return on.page.render("select", std::move(filled.put("options", render_options(on, field, wish.value))));
  // A password is never sent back; a file is chosen anew.
  if (kind != "password" && kind != "file") filled.text("value", text_of(wish.value));
  filled.text("accept", text(field, "accept")).flag("file", kind == "file");
  if (kind == "textarea") {
    filled.text("rows", has(field, "rows") ? text(field, "rows") : rows_for(text_of(wish.value)));
    filled.flag("code", truth(field, "code"));
    return on.page.render("textarea", std::move(filled));
  }
  auto type = input_type.find(kind);
  filled.text("kind", type == input_type.end() ? "text" : type->second).flag("secret", kind == "password");
  return on.page.render("input", filled);
}

/// What the field shows: what was entered before, where its action did not go through.
json shown_value(const view &on, const json &field, const std::string &action) {
  auto name = text(field, "name");
  if (on.tried(action) && on.failed->input.contains(name)) return on.failed->input[name];
  return member(field, "value");
}

std::string error_of(const view &on, const json &field, const std::string &action) {
  if (on.tried(action)) {
    if (auto found = on.failed->errors.find(text(field, "name")); found != on.failed->errors.end())
      return found->second;
  }
  return text(field, "error");
}

markup render_stacked_field(view &on, const json &field, const std::string &action) {
  auto kind = text(field, "kind");
  auto name = text(field, "name");
  control_wish wish;
  wish.name = name;
  wish.value = shown_value(on, field, action);
  wish.required = truth(field, "required");
  auto error = error_of(on, field, action);
  wish.invalid = !error.empty();
  if (kind == "hidden") return render_control(on, field, wish);
  wish.id = on.new_layer("f-" + action + "-" + name);
  if (has(field, "hint")) wish.described = wish.id + "-hint";
  if (wish.invalid) wish.described += (wish.described.empty() ? "" : " ") + wish.id + "-error";
  values filled;
  filled.text("id", wish.id).text("label", text(field, "label")).text("hint", text(field, "hint")).text("error", error);
  filled.flag("optional", truth(field, "optional"))
      .flag("wide", truth(field, "wide"))
      .flag("boxed", kind != "textarea");
  filled.put("control", render_control(on, field, wish));
  bool group = kind == "checkboxes" || kind == "radios";
  return on.page.render(group ? "stacked_group" : "stacked_field", filled);
}

}  // namespace

markup render_inline_field(view &on, const json &field, const std::string &css) {
  auto kind = text(field, "kind");
  control_wish wish;
  wish.name = text(field, "name");
  wish.value = member(field, "value");
  if (kind == "hidden") return render_control(on, field, wish);
  values filled;
  auto classes = css;
  if (kind == "search") {
    wish.aria_label = text(field, "label");
    classes = "search" + (css.empty() ? "" : " " + css);
    filled.put("icon", sprite_icon(on, "search"));
  } else {
    filled.text("label", text(field, "label"));
    if (truth(field, "wide")) classes += classes.empty() ? "wide" : " wide";
    if (kind == "date" || kind == "datetime") classes += classes.empty() ? "date" : " date";
  }
  filled.text("css", classes).put("control", render_control(on, field, wish));
  return on.page.render("inline_field", filled);
}

markup render_bulk_field(view &on, const json &field, const field_wish &wish) {
  auto named = field;
  named["name"] = wish.prefix + text(field, "name");
  named["value"] = shown_value(on, field, wish.action);
  auto error = error_of(on, field, wish.action);
  return render_inline_field(on, named, error.empty() ? "for-bulk" : "for-bulk invalid");
}

markup render_group(view &on, const json &field) {
  control_wish wish;
  wish.name = text(field, "name");
  wish.value = member(field, "value");
  return render_control(on, field, wish);
}

bool has_file(const json &fields) {
  return fields.is_array() &&
         std::any_of(fields.begin(), fields.end(), [](const json &field) { return text(field, "kind") == "file"; });
}

markup render_stacked_fields(view &on, const json &fields, const std::string &action) {
  markup all;
  if (!fields.is_array()) return all;
  if (!fields.empty() && on.tried(action)) on.shown_again = true;
  // What each field showed: of two people at once, what the second did not touch is not his.
  json shown = json::array();
  for (const auto &field : fields) {
    all += render_stacked_field(on, field, action);
    const auto kind = text(field, "kind");
    if (kind == "password" || kind == "file" || kind == "hidden") continue;
    shown.push_back({{"name", text(field, "name")}, {"label", text(field, "label")}, {"kind", kind}});
    if (has(field, "value")) shown.back()["value"] = field["value"];
  }
  if (!shown.empty())
    all += on.page.render("hidden", std::move(values().text("name", "_fields").put("value", markup::of(shown.dump()))));
  return all;
}

}  // namespace dms::render
