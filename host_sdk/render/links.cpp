#include "render/links.hpp"

#include <algorithm>
#include <array>

#include "dms/cpp/encoding.hpp"

namespace dms::render {

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

bool may_lead_out(std::string_view address) {
  constexpr std::array<std::string_view, 4> allowed{"tel:", "mailto:", "http://", "https://"};
  return std::any_of(allowed.begin(), allowed.end(), [&](auto scheme) { return address.starts_with(scheme); });
}

std::string addresses::screen(std::string_view id, const json &params, std::string_view anchor) const {
  auto address = screens + percent_encoded(id);
  if (auto query = query_of(params); !query.empty()) address += '?' + query;
  if (!anchor.empty()) address += '#' + percent_encoded(anchor);
  return address;
}

std::string addresses::action(std::string_view id, std::string_view action) const {
  return screens + percent_encoded(id) + "/actions/" + percent_encoded(action);
}

std::string addresses::file(std::string_view id, std::string_view format, std::string_view query) const {
  return screens + percent_encoded(id) + "/export." + std::string(format) + (query.empty() ? "" : "?") +
         std::string(query);
}

std::string addresses::of(const json &link) const {
  if (auto id = text(link, "screen"); !id.empty()) {
    const auto kind = text(link, "export");
    if (kind == "ics" || kind == "vcf") return file(id, kind, query_of(member(link, "params")));
    return screen(id, member(link, "params"), text(link, "anchor"));
  }
  if (const auto place = places.find(text(link, "to")); place != places.end()) {
    const auto query = query_of(member(link, "params"));
    const char joint = place->second.find('?') == std::string::npos ? '?' : '&';
    return query.empty() ? place->second : place->second + joint + query;
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

}  // namespace dms::render
