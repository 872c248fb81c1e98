// A head as the library hands it over, and everything that is read from it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "reference_host/core/log_lines.hpp"
#include "reference_host/web/form.hpp"
#include "reference_host/web/http_response.hpp"
#include "reference_host/web/packing.hpp"
#include "reference_host/web/rendered.hpp"
#include "reference_host/web/request_head.hpp"
#include "reference_host/web/router.hpp"
#include "reference_host/web/visitor.hpp"

namespace {

using namespace dms::reference::web;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_until(std::string_view &text, char end) {
  const auto piece = text.substr(0, text.find(end));
  text.remove_prefix(std::min(piece.size() + 1, text.size()));
  return piece;
}

http_request request_in(std::string_view text) {
  http_request request;
  request.peer = "192.0.2.1";
  auto line = take_until(text, '\n');
  request.method = take_until(line, ' ');
  request.target = take_until(line, ' ');
  request.version = line;
  while (!text.empty()) {
    auto field = take_until(text, '\n');
    const auto name = take_until(field, ':');
    while (field.starts_with(' ')) field.remove_prefix(1);
    request.fields.push_back({std::string(name), std::string(field)});
  }
  return request;
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7f; });
}

/// Two readers of a head that was let through see the same end of its request.
void check_head(http_request &request) {
  const auto read = read_head(request);
  if (read.fault) return require(read.fault->status >= 400 && read.fault->status < 500);
  require(request.count("Content-Length") + request.count("Transfer-Encoding") <= 1);
  require((read.body.length == body_length::in_chunks) == (request.count("Transfer-Encoding") == 1));
  require(request.count("Host") <= 1 && !has_control(request.target));
}

void check_visitor(http_request &request) {
  door_rules rules;
  see_visitor(request, rules);
  require(request.address == request.peer && !request.secure);
  rules.trusted_proxies = {"192.0.2.1", "2001:db8::1"};
  see_visitor(request, rules);
  require(written_address(request.address) == request.address);
  require(!address_group(request.address).empty());
  const auto known = is_known_host(request.host, rules);
  rules.host_names.insert(bare_host(request.host));
  require(!known || is_known_host(request.host, rules));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char *>(bytes), size);
  auto request = request_in(text);
  check_head(request);
  check_visitor(request);
  if (split_target(request)) {
    parse_form(request.query);
    for (const auto *pattern : {"/", "/screens/*", "/screens/*/export.*", "/screens/*/actions/*", "/intake/*"}) {
      if (const auto parts = match_path(pattern, request.path)) {
        for (const auto &part : *parts) require(!part.empty() && part.find('/') == std::string::npos);
      }
    }
    require(!has_control(local_path(request.path, "/")));
  }
  takes_gzip(request.field("Accept-Encoding"));
  http_response response;
  response.set("Location", request.path);
  require(!has_control(response.field("Location")));
  const auto line = dms::reference::one_line(text);
  require(!has_control(line) && dms::reference::one_line(line) == line);
  return 0;
}
