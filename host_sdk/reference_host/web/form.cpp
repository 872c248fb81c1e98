#include "reference_host/web/form.hpp"

#include <algorithm>

#include "dms/cpp/encoding.hpp"
#include "reference_host/web/request_head.hpp"

namespace dms::reference::web {
namespace {

/// Bytes that are no UTF-8 would break every document that they come into.
std::string as_utf8(std::string text) {
  if (std::ranges::all_of(text, [](char each) { return static_cast<unsigned char>(each) < 0x80; })) return text;
  return json::parse(to_text(json(std::move(text)))).get<std::string>();
}

void add_parameter(json &to, std::string &&name, std::string &&value) {
  auto &place = to[std::move(name)];
  if (place.is_null()) {
    place = std::move(value);
  } else {
    if (!place.is_array()) place = json::array({std::move(place)});
    place.push_back(std::move(value));
  }
}

}  // namespace

json parse_form(std::string_view body) {
  json all = json::object();
  while (!body.empty()) {
    const auto end = body.find('&');
    const auto pair = body.substr(0, end);
    const auto equals = pair.find('=');
    if (!pair.empty()) {
      const auto value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
      add_parameter(all, as_utf8(percent_decoded(pair.substr(0, equals), true)), as_utf8(percent_decoded(value, true)));
    }
    if (end == std::string_view::npos) break;
    body.remove_prefix(end + 1);
  }
  return all;
}

}  // namespace dms::reference::web
