// document.hpp - small helpers that build dms.screen/1 documents (host_sdk/schema/screen.schema.json).
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lead_system::screens {

using nlohmann::json;

using pairs = std::initializer_list<std::pair<std::string_view, std::string>>;

/// A link to a screen; parameters with an empty value are left out.
json link_to(std::string label, std::string_view screen, pairs parameters = {});
/// To a place of the host, which knows where that is: "customer" (with its id), "contacts", "plugins".
json link_to_host(std::string label, std::string_view place, pairs parameters = {});
json link_to(std::string label, std::string_view screen, json parameters);
/// A link to an address: "tel:", "mailto:".
json link_out(std::string label, std::string href);

/// {"text": …} and the further members, for example {{"tone", "bad"}}.
json cell(std::string text, pairs members = {});
/// The same with its plain value for exports and programs.
json cell_value(std::string text, json value, pairs members = {});
/// "–" in grey: nothing to say.
json no_cell();

json column(std::string_view id, std::string label, std::string_view role = {});
json fact(std::string_view id, std::string label, json value);
json facts(std::string_view id, std::string title, json items = json::array());
json table(std::string_view id, std::string title, json columns);
json notice(std::string_view id, std::string_view tone, std::string title, std::string text = {});
json text_block(std::string_view id, std::string_view format, std::string text);
json option(std::string value, std::string label);
json field(std::string_view name, std::string_view kind, std::string label, std::string value = {});
/// A select with its options; the value is among them even where it is offered no longer.
json choice(std::string_view name, std::string label, std::string value, json options);
json hidden(std::string_view name, std::string value);
json action(std::string_view name, std::string label, std::string_view style);
json tab(std::string_view id, std::string label, bool current, json link);

/// An empty document with its title.
json document(std::string_view id, std::string title);
/// The text of a document; invalid UTF-8, which nothing should hold, is replaced instead of failing.
std::string text_of(const json &document);

}  // namespace lead_system::screens
