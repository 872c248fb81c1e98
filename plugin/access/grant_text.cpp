#include "access/grant_text.hpp"

#include <algorithm>
#include <array>

namespace lead_system::access {

namespace {

constexpr std::array<std::string_view, 4> scope_keys{"inherit", "none", "all", "locations"};

scope without_grant(const grant &cell) {
  return cell.on_category ? scope::none : scope::inherit;
}

}  // namespace

std::string_view key(scope reach) noexcept {
  return scope_keys[static_cast<std::size_t>(reach)];
}

scope scope_from(std::string_view key) noexcept {
  const auto found = std::find(scope_keys.begin(), scope_keys.end(), key);
  return found == scope_keys.end() ? scope::none : static_cast<scope>(found - scope_keys.begin());
}

std::string written(const grant &what) {
  std::string text(key(what.reach));
  if (what.reach != scope::locations) return text;
  auto places = what.locations;
  std::sort(places.begin(), places.end());
  for (const auto &place : places) text += (&place == &places.front() ? ": " : ", ") + place;
  return text;
}

std::string written_cell(const std::vector<grant> &grants, const grant &cell) {
  const auto found = std::find_if(grants.begin(), grants.end(), [&](const grant &one) { return same_cell(one, cell); });
  return found == grants.end() ? std::string(key(without_grant(cell))) : written(*found);
}

grant grant_from(grant cell, std::string_view text) {
  cell.locations.clear();
  const auto colon = text.find(':');
  cell.reach = text.empty() ? without_grant(cell) : scope_from(text.substr(0, colon));
  if (cell.reach != scope::locations || colon == std::string_view::npos) return cell;
  for (auto rest = text.substr(colon + 1); !rest.empty();) {
    const auto end = rest.find(',');
    auto place = rest.substr(0, end);
    place.remove_prefix(std::min(place.find_first_not_of(' '), place.size()));
    if (!place.empty()) cell.locations.emplace_back(place);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return cell;
}

std::string cell_name(const grant &cell) {
  return cell.user + " / " + (cell.on_category ? "category:" : "type:") + cell.subject;
}

grant named_cell(const std::string &name, const catalog &types) {
  const auto slash = name.find(" / ");
  grant cell;
  cell.user = name.substr(0, slash);
  cell.subject = slash == std::string::npos ? std::string{} : name.substr(slash + 3);
  cell.on_category = types.find_category(cell.subject) != nullptr;
  for (const auto &[prefix, on_category] : {std::pair{"category:", true}, std::pair{"type:", false}}) {
    if (!cell.subject.starts_with(prefix)) continue;
    cell.subject.erase(0, std::string_view(prefix).size());
    cell.on_category = on_category;
  }
  return cell;
}

}  // namespace lead_system::access
