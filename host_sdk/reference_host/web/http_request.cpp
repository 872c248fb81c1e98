#include "reference_host/web/http_request.hpp"

#include <algorithm>

namespace dms::reference::web {
namespace {

constexpr char lower(char each) noexcept {
  return each >= 'A' && each <= 'Z' ? static_cast<char>(each + ('a' - 'A')) : each;
}

}  // namespace

bool same_word(std::string_view left, std::string_view right) noexcept {
  return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view http_request::field(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(fields, [&](const http_field &each) { return same_word(each.name, name); });
  return found == fields.end() ? std::string_view{} : std::string_view(found->value);
}

std::string_view http_request::bearer() const noexcept {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = field("Authorization");
  return header.starts_with(scheme) ? header.substr(scheme.size()) : std::string_view{};
}

std::size_t http_request::count(std::string_view name) const noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(fields, [&](const http_field &each) { return same_word(each.name, name); }));
}

bool http_request::is_multipart() const noexcept {
  constexpr std::string_view kind = "multipart/form-data";
  return same_word(field("Content-Type").substr(0, kind.size()), kind);
}

}  // namespace dms::reference::web
