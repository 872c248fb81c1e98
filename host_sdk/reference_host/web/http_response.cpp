#include "reference_host/web/http_response.hpp"

#include <algorithm>

namespace dms::reference::web {
namespace {

auto named(std::string_view name) {
  return [name](const http_field &each) { return same_word(each.name, name); };
}

/// Nothing that came from elsewhere ends a line of the head.
std::string one_line_value(std::string value) {
  std::erase_if(value, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7f; });
  return value;
}

}  // namespace

void http_response::set(std::string_view name, std::string value) {
  remove(name);
  add(name, std::move(value));
}

void http_response::add(std::string_view name, std::string value) {
  fields.push_back({std::string(name), one_line_value(std::move(value))});
}

void http_response::remove(std::string_view name) {
  std::erase_if(fields, named(name));
}

std::string_view http_response::field(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(fields, named(name));
  return found == fields.end() ? std::string_view{} : std::string_view(found->value);
}

std::uint64_t http_response::size() const noexcept {
  if (const auto *text = std::get_if<std::string>(&body)) return text->size();
  if (const auto *view = std::get_if<std::string_view>(&body)) return view->size();
  const auto &file = std::get<std::shared_ptr<open_file>>(body);
  return file ? file->size() : 0;
}

}  // namespace dms::reference::web
