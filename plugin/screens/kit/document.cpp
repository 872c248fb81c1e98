#include "screens/kit/document.hpp"

#include <algorithm>

namespace lead_system::screens {
namespace {

void add(json &to, pairs members) {
  for (const auto &[name, value] : members) {
    if (!value.empty()) to[std::string(name)] = value;
  }
}

}  // namespace

json link_to(std::string label, std::string_view screen, pairs parameters) {
  json link{{"label", std::move(label)}, {"screen", screen}};
  json params = json::object();
  add(params, parameters);
  if (!params.empty()) link["params"] = std::move(params);
  return link;
}

json link_to(std::string label, std::string_view screen, json parameters) {
  json link{{"label", std::move(label)}, {"screen", screen}};
  if (!parameters.empty()) link["params"] = std::move(parameters);
  return link;
}

json link_to_host(std::string label, std::string_view place, pairs parameters) {
  json link{{"label", std::move(label)}, {"to", place}};
  json params = json::object();
  add(params, parameters);
  if (!params.empty()) link["params"] = std::move(params);
  return link;
}

json link_out(std::string label, std::string href) {
  return {{"label", std::move(label)}, {"href", std::move(href)}};
}

json cell(std::string text, pairs members) {
  json result{{"text", std::move(text)}};
  add(result, members);
  return result;
}

json cell_value(std::string text, json value, pairs members) {
  auto result = cell(std::move(text), members);
  result["value"] = std::move(value);
  return result;
}

json no_cell() {
  return {{"text", "–"}, {"quiet", true}};
}

json column(std::string_view id, std::string label, std::string_view role) {
  json result{{"id", id}, {"label", std::move(label)}};
  if (!role.empty()) result["role"] = role;
  return result;
}

json fact(std::string_view id, std::string label, json value) {
  return {{"id", id}, {"label", std::move(label)}, {"value", std::move(value)}};
}

json facts(std::string_view id, std::string title, json items) {
  json block{{"type", "facts"}, {"id", id}, {"items", std::move(items)}};
  if (!title.empty()) block["title"] = std::move(title);
  return block;
}

json table(std::string_view id, std::string title, json columns) {
  json block{{"type", "table"}, {"id", id}, {"columns", std::move(columns)}, {"rows", json::array()}};
  if (!title.empty()) block["title"] = std::move(title);
  return block;
}

json notice(std::string_view id, std::string_view tone, std::string title, std::string text) {
  json block{{"type", "notice"}, {"id", id}, {"tone", tone}, {"title", std::move(title)}};
  if (tone == "bad") block["alert"] = true;
  if (!text.empty()) block["text"] = std::move(text);
  return block;
}

json text_block(std::string_view id, std::string_view format, std::string text) {
  return {{"type", "text"}, {"id", id}, {"format", format}, {"text", std::move(text)}};
}

json option(std::string value, std::string label) {
  return {{"value", std::move(value)}, {"label", std::move(label)}};
}

json field(std::string_view name, std::string_view kind, std::string label, std::string value) {
  json result{{"name", name}, {"kind", kind}, {"label", std::move(label)}};
  if (!value.empty()) result["value"] = std::move(value);
  return result;
}

json choice(std::string_view name, std::string label, std::string value, json options) {
  auto result = field(name, "select", std::move(label));
  const bool offered =
      std::any_of(options.begin(), options.end(), [&](const auto &it) { return it["value"] == value; });
  if (!value.empty() && !offered) options.push_back(option(value, value));
  result["value"] = std::move(value);
  result["options"] = std::move(options);
  return result;
}

json hidden(std::string_view name, std::string value) {
  return {{"name", name}, {"kind", "hidden"}, {"value", std::move(value)}};
}

json action(std::string_view name, std::string label, std::string_view style) {
  return {{"action", name}, {"label", std::move(label)}, {"style", style}};
}

json tab(std::string_view id, std::string label, bool current, json link) {
  json result{{"id", id}, {"label", std::move(label)}, {"link", std::move(link)}};
  if (current) result["current"] = true;
  return result;
}

json document(std::string_view id, std::string title) {
  return {{"schema", "dms.screen/1"}, {"id", id}, {"title", std::move(title)}, {"blocks", json::array()}};
}

std::string text_of(const json &document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace lead_system::screens
