#include "reference_host/web/response_rules.hpp"

#include <array>
#include <utility>

#include "reference_host/web/packing.hpp"

namespace dms::reference::web {

void set_security_headers(http_response &response) {
  constexpr std::array<std::pair<const char *, const char *>, 6> headers{{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
       "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
      {"X-Frame-Options", "DENY"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  }};
  for (const auto &[name, value] : headers) response.set(name, value);
}

bool from_elsewhere(const http_request &request) {
  const auto origin = request.field("Origin");
  if (origin.empty() || origin == "null") return origin == "null";
  const auto at = origin.find("://");
  return at == std::string_view::npos || origin.substr(at + 3) != request.host;
}

const char *kind_of(const http_request &request) {
  constexpr std::pair<std::string_view, const char *> kinds[] = {
      {"/intake/", "intake"}, {"/screens/", "screen"}, {"/assets/", "asset"}, {"/health", "health"}};
  if (request.method == "POST" && request.path.starts_with("/screens/")) return "action";
  for (const auto &[front, kind] : kinds) {
    if (request.path.starts_with(front)) return kind;
  }
  return "other";
}

void pack(const http_request &request, http_response &response) {
  constexpr std::size_t worth_it = 1400;
  const auto type = response.field("Content-Type");
  const bool is_text = type.starts_with("text/html") || type.starts_with("text/css") ||
                       type.starts_with("text/javascript") || type.starts_with("application/json") ||
                       type.starts_with("image/svg");
  if (!is_text || response.size() < worth_it) return;
  response.set("Vary", "Accept-Encoding, Sec-Fetch-Site");
  const auto site = request.field("Sec-Fetch-Site");
  if (site == "cross-site" || site == "same-site" || !takes_gzip(request.field("Accept-Encoding"))) return;
  if (const auto *text = std::get_if<std::string>(&response.body)) {
    response.body = packed_as_gzip(*text);
  } else if (const auto *view = std::get_if<std::string_view>(&response.body)) {
    response.body = packed_as_gzip(*view);
  } else {
    return;
  }
  response.set("Content-Encoding", "gzip");
}

}  // namespace dms::reference::web
