#include "screens/evaluation/evaluation_cells.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lead_system::screens {
namespace {

/// Member by member: there are thousands of cells, and a list in braces is made twice.
json linked_cell(std::string text, json value) {
  json result;
  result["linked"] = true;
  result["text"] = std::move(text);
  result["value"] = std::move(value);
  return result;
}

constexpr std::array<std::string_view, 6> stage_keys{"received",   "contacted", "appointment",
                                                     "test_drive", "offer",     "sold"};

}  // namespace

json evaluation_page::leads(json also, const std::optional<evaluation::day_span> &days) const {
  return leads_in(query, days, std::move(also));
}

json evaluation_page::count(std::uint32_t number) const {
  if (number == 0) return {{"text", "0"}, {"value", 0}, {"quiet", true}};
  return linked_cell(by.say.number(number), number);
}

json evaluation_page::share(std::uint32_t part, std::uint32_t of, int decimals) const {
  if (of == 0) return no_cell();
  const auto value = static_cast<double>(part) / of;
  auto result = linked_cell(percent(value, decimals), value);
  result["title"] = by.say("{1} of {2}", by.say.number(part), by.say.number(of));
  return result;
}

json evaluation_page::median(const std::optional<double> &span, std::uint32_t responded) const {
  if (!span) return no_cell();
  auto result = linked_cell(minutes(span), *span);
  result["title"] = by.say.count("{1} lead", "{1} leads", responded);
  return result;
}

json evaluation_page::linked(json cell, json also, const std::optional<evaluation::day_span> &days) const {
  if (cell.erase("linked") > 0) {
    cell["link"] = link_to(cell["text"].get<std::string>(), "leads.overview", leads(std::move(also), days));
  }
  return cell;
}

json evaluation_page::table(std::string_view id, std::string title, json columns) const {
  auto block = screens::table(id, std::move(title), std::move(columns));
  block["leads_to"] = {{"screen", "leads.overview"}, {"params", leads(json::object())}};
  return block;
}

bool evaluation_page::has(lead_state state) const {
  const auto states = choosable_steps();
  if (std::find(states.begin(), states.end(), state) == states.end()) return true;
  const auto reached = evaluation::contacted + static_cast<std::size_t>(stage_of(state)) - 1;
  if (found.total[reached] + found.compared[reached] + found.total.state(state) > 0) return true;
  const auto &asked = query.asked;
  const auto &types = by.with.types;
  const auto comes = [&](const lead_type *type) { return has_state(type, state); };
  if (!asked.types.empty()) {
    return std::any_of(asked.types.begin(), asked.types.end(),
                       [&](const std::string &key) { return comes(types.find_type(key)); });
  }
  return std::any_of(types.types().begin(), types.types().end(), [&](const lead_type &type) {
    const auto &categories = asked.categories;
    return comes(&type) &&
           (categories.empty() || std::find(categories.begin(), categories.end(), type.category) != categories.end());
  });
}

std::string evaluation_page::percent(double share, int decimals) const {
  const auto tenths = std::llround(share * (decimals == 0 ? 100 : 1000));
  auto text = by.say.number(decimals == 0 ? tenths : std::llabs(tenths) / 10);
  if (decimals != 0) {
    text += by.say.rules().decimal + std::to_string(std::llabs(tenths) % 10);
    if (tenths < 0) text = "−" + text;
  }
  return by.say("{1}%", text);
}

std::string evaluation_page::minutes(const std::optional<double> &span) const {
  if (!span) return "–";
  const auto whole = std::llround(std::floor(*span));
  if (whole < 60) return by.say("{1} min", std::to_string(whole));
  auto rest = std::to_string(whole % 60);
  if (rest.size() < 2) rest = "0" + rest;
  return by.say("{1} h {2} min", by.say.number(whole / 60), rest);
}

json ended_as(std::initializer_list<lead_state> outcomes) {
  json list = json::array();
  for (const auto state : outcomes) list.push_back(key(state));
  return {{"outcome", std::move(list)}};
}

json at_stage(stage reached) {
  return {{"stage", stage_keys[static_cast<std::size_t>(reached)]}};
}

json first_responses() {
  return {{"response", "made"}};
}

json timed() {
  return {{"response", {"in_time", "late"}}};
}

json number_column(std::string_view id, std::string label, json params) {
  auto result = column(id, std::move(label));
  result["number"] = true;
  if (!params.empty()) result["params"] = std::move(params);
  return result;
}

json numbers_row(std::string_view id, json cells, json params) {
  json row;
  row["id"] = id;
  row["cells"] = std::move(cells);
  if (!params.empty()) row["params"] = std::move(params);
  return row;
}

}  // namespace lead_system::screens
