#include "screens/evaluation_cells.hpp"

#include <array>
#include <cmath>

namespace lead_system::screens {
namespace {

constexpr std::array<std::string_view, 6> stage_keys{"received",   "contacted", "appointment",
                                                     "test_drive", "offer",     "sold"};

}  // namespace

json evaluation_page::leads(json also, const std::optional<evaluation::day_span> &days) const {
  return leads_in(query, days, std::move(also));
}

json evaluation_page::count(std::uint32_t number, json also, const std::optional<evaluation::day_span> &days) const {
  auto text = by.say.number(number);
  auto result = cell_value(text, number);
  if (number == 0) {
    result["quiet"] = true;
  } else {
    result["link"] = link_to(std::move(text), "leads.overview", leads(std::move(also), days));
  }
  return result;
}

json evaluation_page::share(std::uint32_t part, std::uint32_t of, json also, int decimals,
                            const std::optional<evaluation::day_span> &days) const {
  if (of == 0) return no_cell();
  const auto value = static_cast<double>(part) / of;
  auto text = percent(value, decimals);
  auto result = cell_value(text, value);
  result["title"] = by.say("{1} of {2}", by.say.number(part), by.say.number(of));
  result["link"] = link_to(std::move(text), "leads.overview", leads(std::move(also), days));
  return result;
}

json evaluation_page::median(const std::optional<double> &span, std::uint32_t responded, json also) const {
  if (!span) return no_cell();
  auto text = minutes(span);
  auto result = cell_value(text, *span);
  result["title"] = by.say.count("{1} lead", "{1} leads", responded);
  also["response"] = "made";
  result["link"] = link_to(std::move(text), "leads.overview", leads(std::move(also)));
  return result;
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

json with(json a, const json &b) {
  a.update(b);
  return a;
}

}  // namespace lead_system::screens
