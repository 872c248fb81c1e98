#include "reference_host/web/links.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dms/cpp/encoding.hpp"

namespace dms::reference::web {

std::string query_of(const json &params) {
  std::string query;
  auto add = [&query](const std::string &name, const json &value) {
    if (!query.empty()) query += '&';
    query += percent_encoded(name) + '=' + percent_encoded(text_of(value));
  };
  if (!params.is_object()) return query;
  for (const auto &[name, value] : params.items()) {
    if (value.is_array()) {
      for (const auto &each : value) add(name, each);
    } else {
      add(name, value);
    }
  }
  return query;
}

std::string screen_address(std::string_view screen, const json &params, std::string_view anchor) {
  auto address = "/screens/" + percent_encoded(screen);
  if (auto query = query_of(params); !query.empty()) address += '?' + query;
  if (!anchor.empty()) address += '#' + percent_encoded(anchor);
  return address;
}

bool may_lead_out(std::string_view address) {
  constexpr std::array<std::string_view, 4> allowed{"tel:", "mailto:", "http://", "https://"};
  return std::any_of(allowed.begin(), allowed.end(), [&](auto scheme) { return address.starts_with(scheme); });
}

std::string screen_of(const json &link) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> places{
      {{"customer", "host.customer"}, {"contacts", "host.contacts"}, {"plugins", "host.plugins"}}};
  const auto to = text(link, "to");
  for (const auto &[meaning, screen] : places) {
    if (meaning == to) return std::string(screen);
  }
  return text(link, "screen");
}

std::string address_of(const json &link) {
  if (auto screen = screen_of(link); !screen.empty()) {
    if (text(link, "export") == "ics") {
      return "/screens/" + percent_encoded(screen) + "/export.ics?" + query_of(member(link, "params"));
    }
    return screen_address(screen, member(link, "params"), text(link, "anchor"));
  }
  auto href = text(link, "href");
  if (may_lead_out(href)) return href;
  if (auto anchor = text(link, "anchor"); !anchor.empty()) return '#' + percent_encoded(anchor);
  return {};
}

std::string local_path(std::string_view path, std::string_view otherwise) {
  bool sound = path.starts_with('/') && !path.starts_with("//") && path.find('\\') == std::string_view::npos &&
               std::all_of(path.begin(), path.end(),
                           [](char each) { return static_cast<unsigned char>(each) > 0x20 && each != 0x7f; });
  return std::string(sound ? path : otherwise);
}

}  // namespace dms::reference::web
