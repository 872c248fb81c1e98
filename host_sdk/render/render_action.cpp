// Actions: a button that posts at once, or one that opens a dialog.
#include <algorithm>
#include <iterator>

#include "dms/cpp/encoding.hpp"
#include "render/links.hpp"
#include "render/render.hpp"

namespace dms::render {
namespace {

const std::map<std::string, std::string, std::less<>> style_css{{"primary", "btn btn-primary"},
                                                                {"second", "btn btn-second"},
                                                                {"rare", "btn btn-second rare"},
                                                                {"danger", "btn btn-second danger"}};

markup hidden(const view &on, const std::string &name, const std::string &value) {
  values filled;
  filled.text("name", name).put("value", markup::of(value));
  return on.page.render("hidden", filled);
}

bool is_pressed(const json &field) {
  return text(field, "kind") == "radios" && truth(field, "press");
}

/// The buttons of a dialog: one, or one for each option of a field that is pressed. Whoever saves anyway has pressed
/// before.
markup submits(const view &on, const json &fields, const std::string &label, const std::string &style, bool anyway) {
  values usual;
  usual.text("css", style == "danger" ? "btn btn-danger" : "btn btn-primary").text("label", label);
  const auto pressed = std::ranges::find_if(fields, is_pressed);
  if (pressed == fields.end()) return on.page.render("submit", usual);
  const auto name = text(*pressed, "name");
  if (anyway) {
    usual.text("name", name).put("value", markup::of(text(on.failed->input, name.c_str())));
    return on.page.render("submit", usual);
  }
  markup all;
  for (const auto &option : list(*pressed, "options")) {
    values filled;
    filled.text("css", all.empty() ? "btn btn-primary" : "btn btn-second").text("label", text(option, "label"));
    filled.text("name", name).put("value", markup::of(text(option, "value")));
    all += on.page.render("submit", filled);
  }
  return all;
}

json without_pressed(const json &fields) {
  auto rest = json::array();
  std::ranges::copy_if(fields, std::back_inserter(rest), [](const json &field) { return !is_pressed(field); });
  return rest;
}

std::string css_of(const json &action, const action_look &look) {
  if (!look.css.empty()) return look.css;
  auto found = style_css.find(text(action, "style"));
  return found == style_css.end() ? "btn btn-second" : found->second;
}

std::string problem_of(const view &on, const json &action) {
  auto found = on.failed->errors.find("");
  if (found == on.failed->errors.end()) return {};
  return has(action, "fields") || truth(action, "confirm") ? found->second : std::string{};
}

/// Names the dialog of an action among those of its page.
std::string dialog_name(const json &action) {
  return has(action, "id") ? text(action, "id") : text(action, "action");
}

bool asks(const json &action) {
  return !list(action, "fields").empty() || truth(action, "confirm");
}

/// Whether what was tried is this very action: this dialog, of this row, with this input. Two dialogs over each other
/// would have the keyboard in the hidden one, so the first that fits is the one.
bool tried_here(const view &on, const json &action, const action_look &look) {
  if (on.shown_again || !on.tried(text(action, "action"))) return false;
  if (!on.failed->dialog.empty() && on.failed->dialog != dialog_name(action)) return false;
  auto same = [&](const json &sent) {
    if (!sent.is_object()) return true;
    for (const auto &[name, value] : sent.items()) {
      if (name != "version" && text_of(member(on.failed->input, name.c_str())) != text_of(value)) return false;
    }
    return true;
  };
  return same(member(action, "input")) && same(look.also);
}

json all_input(const json &action, const action_look &look) {
  json input = json::object();
  for (const json *more : {&member(action, "input"), &look.also}) {
    if (more->is_object()) input.update(*more);
  }
  return input;
}

}  // namespace

std::string action_address(const view &on, const std::string &action) {
  return on.leads.action(on.screen, action);
}

markup hidden_fields(const view &on, const json &input, bool with_record) {
  auto all = hidden(on, on.csrf_field, on.csrf);
  all += hidden(on, "_return", on.address());
  if (with_record && !on.record.empty()) all += hidden(on, "id", on.record);
  if (with_record && !on.version.empty()) all += hidden(on, "version", on.version);
  if (!input.is_object()) return all;
  for (const auto &[name, value] : input.items()) {
    if (value.is_array()) {
      for (const auto &each : value) all += hidden(on, name, text_of(each));
    } else {
      all += hidden(on, name, text_of(value));
    }
  }
  return all;
}

rendered_action render_action_and_layer(view &on, const json &action, const action_look &look) {
  auto css = css_of(action, look);
  auto label = markup::of(text(action, "label"));
  if (has(action, "link")) {
    return {render_link(on, action["link"], label, {.css = css, .title = {}, .label = {}}), {}};
  }
  auto name = text(action, "action");
  auto hidden_part = hidden_fields(on, all_input(action, look), !look.own_record);
  values filled;
  filled.text("label", text(action, "label")).text("address", action_address(on, name));
  if (!asks(action)) {
    auto form = on.new_layer("post-" + name);
    filled.text("form", form).put("hidden", hidden_part);
    on.layers += on.page.render("post_form", filled);
    return {render_further_button(on, action, css, form), form};
  }
  auto layer = on.new_layer("do-" + dialog_name(action));
  bool again = tried_here(on, action, look);
  on.shown_again = on.shown_again || again;
  auto title = has(action, "title") ? text(action, "title") : text(action, "label");
  auto submit = has(action, "submit") ? text(action, "submit") : text(action, "label");
  if (again && on.failed->conflict) submit = on.page.say("Save anyway");
  hidden_part += hidden(on, "_dialog", dialog_name(action));
  filled.text("id", layer).text("title", title).text("text", text(action, "text"));
  const auto &fields = list(action, "fields");
  filled.put("submits", submits(on, fields, submit, text(action, "style"), again && on.failed->conflict));
  filled.put("hidden", hidden_part);
  filled.put("fields", render_stacked_fields(on, without_pressed(fields), again ? name : ""));
  filled.flag("again", again).flag("files", has_file(member(action, "fields"))).text("back", on.address());
  if (again) filled.text("problem", problem_of(on, action));
  on.layers += on.page.render("dialog", filled);
  return {render_further_button(on, action, css, layer), layer};
}

markup render_action(view &on, const json &action, const action_look &look) {
  return render_action_and_layer(on, action, look).button;
}

markup render_further_button(view &on, const json &action, const std::string &css, const std::string &layer) {
  auto label = markup::of(text(action, "label"));
  if (has(action, "link")) return render_link(on, action["link"], label, {.css = css, .title = {}, .label = {}});
  values filled;
  filled.text("css", css);
  if (asks(action)) return on.page.render("opener", std::move(filled.text("layer", layer).put("inside", label)));
  filled.text("form", layer).text("title", text(action, "text")).text("label", text(action, "label"));
  return on.page.render("post_button", filled);
}

}  // namespace dms::render
