#include "reference_host/web/listening_socket.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>

#include "dms/cpp/basics.hpp"
#include "reference_host/web/visitor.hpp"

namespace dms::reference::web {
namespace {

constexpr int most_at_the_door = 1024;

int try_listening(const addrinfo &at) {
  const int made = ::socket(at.ai_family, at.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, at.ai_protocol);
  if (made < 0) return -1;
  const int yes = 1;
  ::setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(made, at.ai_addr, at.ai_addrlen) == 0 && ::listen(made, most_at_the_door) == 0) return made;
  ::close(made);
  return -1;
}

}  // namespace

int listen_on(const std::string &address, int port) {
  addrinfo wish{};
  wish.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  wish.ai_family = AF_UNSPEC;
  wish.ai_socktype = SOCK_STREAM;
  addrinfo *found = nullptr;
  if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &wish, &found) == 0) {
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, ::freeaddrinfo);
    for (const auto *each = found; each != nullptr; each = each->ai_next) {
      if (const int made = try_listening(*each); made >= 0) return made;
    }
  }
  throw failure(dms_unavailable, "Cannot listen on \"" + address + ":" + std::to_string(port) +
                                     "\". Is another program using it? Choose another port with --listen.");
}

int port_of(int socket) noexcept {
  sockaddr_storage bound{};
  socklen_t length = sizeof bound;
  if (::getsockname(socket, reinterpret_cast<sockaddr *>(&bound), &length) != 0) return 0;
  if (bound.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in &>(bound).sin_port);
  if (bound.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6 &>(bound).sin6_port);
  return 0;
}

std::string address_in(const sockaddr *address) {
  if (address == nullptr) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void *bytes = nullptr;
  if (address->sa_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in *>(address)->sin_addr;
  if (address->sa_family == AF_INET6) bytes = &reinterpret_cast<const sockaddr_in6 *>(address)->sin6_addr;
  if (bytes == nullptr || ::inet_ntop(address->sa_family, bytes, text.data(), text.size()) == nullptr) return {};
  return written_address(text.data());
}

std::size_t widened_descriptors() {
  constexpr rlim_t wanted = 8192;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  if (limit.rlim_cur < wanted && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  return static_cast<std::size_t>(std::min<rlim_t>(limit.rlim_cur, wanted));
}

}  // namespace dms::reference::web
