#include "reference_host/web/visitor.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace dms::reference::web {
namespace {

constexpr std::array<unsigned char, 12> four_in_six{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string text_of_address(int family, const void *bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return ::inet_ntop(family, bytes, text.data(), text.size()) == nullptr ? std::string{} : std::string(text.data());
}

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// The last item of a list in a field; the rest stays in `list`.
std::string_view take_last(std::string_view &list) {
  const auto comma = list.rfind(',');
  const auto last = comma == std::string_view::npos ? list : list.substr(comma + 1);
  list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
  return without_spaces(last);
}

/// "192.0.2.1:4711" and "[2001:db8::1]:4711" as some proxies write them.
std::string forwarded_address(std::string_view item) {
  if (item.starts_with('[')) return written_address(item.substr(1, std::min(item.find(']'), item.size()) - 1));
  if (std::ranges::count(item, ':') == 1) item = item.substr(0, item.find(':'));
  return written_address(item);
}

std::string visitor_address(const http_request &request, const door_rules &rules) {
  auto address = request.peer;
  std::string all;  // several fields of the name are one list
  for (const auto &each : request.fields) {
    if (same_word(each.name, "X-Forwarded-For")) all += (all.empty() ? "" : ",") + each.value;
  }
  std::string_view rest = all;
  while (!rest.empty() && rules.trusted_proxies.contains(address)) {
    auto before = forwarded_address(take_last(rest));
    if (before.empty()) break;
    address = std::move(before);
  }
  return address;
}

}  // namespace

std::string written_address(std::string_view text) {
  text = text.substr(0, text.find('%'));  // the scope of a link-local address
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return {};
  const std::string ended(text);
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET, ended.c_str(), bytes.data()) == 1) return text_of_address(AF_INET, bytes.data());
  if (::inet_pton(AF_INET6, ended.c_str(), bytes.data()) != 1) return {};
  if (std::equal(four_in_six.begin(), four_in_six.end(), bytes.begin())) {
    return text_of_address(AF_INET, bytes.data() + four_in_six.size());
  }
  return text_of_address(AF_INET6, bytes.data());
}

bool is_loopback(std::string_view written) {
  return written == "::1" || (written.starts_with("127.") && written_address(written) == written);
}

std::string address_group(std::string_view written) {
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, std::string(written).c_str(), bytes.data()) != 1) return std::string(written);
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return text_of_address(AF_INET6, bytes.data()) + "/64";
}

std::string bare_host(std::string_view host) {
  if (host.starts_with('[')) {
    host = host.substr(0, std::min(host.find(']'), host.size()));
    host.remove_prefix(1);
  } else {
    host = host.substr(0, host.find(':'));
  }
  if (host.ends_with('.')) host.remove_suffix(1);
  std::string name(host);
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; });
  return name;
}

void see_visitor(http_request &request, const door_rules &rules) {
  const bool through_proxy = rules.trusted_proxies.contains(request.peer);
  request.address = through_proxy ? visitor_address(request, rules) : request.peer;
  request.host = std::string(request.field("Host"));
  request.secure = rules.encrypted;
  if (!through_proxy) return;
  if (auto host = request.field("X-Forwarded-Host"); !host.empty()) request.host = std::string(take_last(host));
  if (auto scheme = request.field("X-Forwarded-Proto"); !scheme.empty()) {
    request.secure = same_word(take_last(scheme), "https");
  }
}

bool is_known_host(std::string_view host, const door_rules &rules) {
  const auto name = bare_host(host);
  if (name.find('.') == std::string::npos || !written_address(name).empty()) return true;
  return name.ends_with(".localhost") || rules.host_names.contains(name);
}

}  // namespace dms::reference::web
