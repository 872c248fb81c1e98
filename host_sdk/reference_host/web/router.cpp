#include "reference_host/web/router.hpp"

#include <algorithm>

namespace dms::reference::web {
namespace {

bool is_plain_part(std::string_view part) {
  constexpr std::string_view others = "._-";
  return !part.empty() && std::ranges::all_of(part, [&](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           others.find(each) != std::string_view::npos;
  });
}

std::string_view take_part(std::string_view &path) {
  const auto part = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(part.size() + 1, path.size()));
  return part;
}

}  // namespace

std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path) {
  std::vector<std::string> parts;
  if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return std::nullopt;
  while (!pattern.empty() || !path.empty()) {
    auto wanted = take_part(pattern), found = take_part(path);
    if (wanted.ends_with('*')) {
      wanted.remove_suffix(1);
      if (!found.starts_with(wanted)) return std::nullopt;
      found.remove_prefix(wanted.size());
      if (!is_plain_part(found)) return std::nullopt;
      parts.emplace_back(found);
    } else if (wanted != found) {
      return std::nullopt;
    }
  }
  return parts;
}

}  // namespace dms::reference::web
