// visitor.hpp - who asks: through which proxies an address is believed, and which names this host answers to. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/web/http_request.hpp"

namespace dms::reference::web {

/// An address in its one way of writing (RFC 5952; an IPv4 address inside IPv6 as IPv4); empty where it is none.
std::string written_address(std::string_view text);
bool is_loopback(std::string_view written);
/// What belongs together for a limit: an IPv4 address, or the first 64 bits of an IPv6 address (one customer's net).
std::string address_group(std::string_view written);

struct door_rules {
  std::set<std::string, std::less<>> trusted_proxies;  ///< written_address of each
  std::set<std::string, std::less<>> host_names;       ///< in small letters; see is_known_host
  bool encrypted = false;                              ///< the host itself speaks TLS
};

/// Sets address, host and secure. X-Forwarded-For, -Proto and -Host count only where the other side of the connection
/// is a trusted proxy; of several addresses it is the last that no trusted proxy has.
void see_visitor(http_request &request, const door_rules &rules);

/// Whether a page may be served under this name. Always: addresses, "localhost", and names without a dot, which nobody
/// can register and point at a machine of this house (DNS rebinding). Names with a dot must be among `host_names`.
bool is_known_host(std::string_view host, const door_rules &rules);

/// Without the port, in small letters, without a dot at the end.
std::string bare_host(std::string_view host);

}  // namespace dms::reference::web
