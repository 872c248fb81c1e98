#include "reference_host/web/paced_stream.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace dms::reference::web {
namespace {

using std::chrono::milliseconds;
using clock = std::chrono::steady_clock;

constexpr milliseconds longest_silence{15'000};
/// Time that one may wait for the other side altogether: this, and a second for each 8 KiB that came or went.
constexpr milliseconds first_patience{20'000};
constexpr std::uint64_t bytes_a_second = 8192;

void name_of(const sockaddr_storage &address, std::string &ip, int &port) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void *bytes = nullptr;
  if (address.ss_family == AF_INET) {
    const auto *four = reinterpret_cast<const sockaddr_in *>(&address);
    bytes = &four->sin_addr;
    port = ntohs(four->sin_port);
  } else if (address.ss_family == AF_INET6) {
    const auto *six = reinterpret_cast<const sockaddr_in6 *>(&address);
    bytes = &six->sin6_addr;
    port = ntohs(six->sin6_port);
  }
  if (bytes != nullptr && ::inet_ntop(address.ss_family, bytes, text.data(), text.size()) != nullptr) ip = text.data();
}

}  // namespace

paced_stream::paced_stream(socket_t of) : socket_(of) {}

paced_stream::~paced_stream() {
  ::shutdown(socket_, SHUT_RDWR);
  ::close(socket_);
}

void paced_stream::begin() noexcept {
  moved_ = 0;
  waited_ = milliseconds{0};
}

bool paced_stream::wait_for(short event) const {
  const auto patience = first_patience + milliseconds(moved_ * 1000 / bytes_a_second) - waited_;
  if (patience <= milliseconds{0}) return false;
  pollfd wait{socket_, event, 0};
  const auto since = clock::now();
  const auto most = std::min(patience, longest_silence);
  int ready = 0;
  do {
    const auto spent = std::chrono::duration_cast<milliseconds>(clock::now() - since);
    ready = ::poll(&wait, 1, static_cast<int>(std::max(most - spent, milliseconds{0}).count()));
  } while (ready < 0 && errno == EINTR);
  waited_ += std::chrono::duration_cast<milliseconds>(clock::now() - since);
  return ready > 0;
}

bool paced_stream::is_readable() const {
  return holds_more() || wait_for(POLLIN);
}

bool paced_stream::is_writable() const {
  return wait_for(POLLOUT);
}

ssize_t paced_stream::read(char *to, std::size_t size) {
  if (!holds_more()) {
    taken_ = filled_ = 0;
    if (!wait_for(POLLIN)) return -1;
    ssize_t count = 0;
    do {
      count = ::recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    if (count <= 0) return count;
    filled_ = static_cast<std::size_t>(count);
    moved_ += filled_;
  }
  const auto count = std::min(size, filled_ - taken_);
  std::memcpy(to, buffer_.data() + taken_, count);
  taken_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t paced_stream::write(const char *from, std::size_t size) {
  for (;;) {
    const auto count = ::send(socket_, from, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      moved_ += static_cast<std::uint64_t>(count);
      return count;
    }
    if (errno == EINTR) continue;
    if ((errno != EAGAIN && errno != EWOULDBLOCK) || !wait_for(POLLOUT)) return -1;
  }
}

void paced_stream::get_remote_ip_and_port(std::string &ip, int &port) const {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (::getpeername(socket_, reinterpret_cast<sockaddr *>(&address), &length) == 0) name_of(address, ip, port);
}

void paced_stream::get_local_ip_and_port(std::string &ip, int &port) const {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (::getsockname(socket_, reinterpret_cast<sockaddr *>(&address), &length) == 0) name_of(address, ip, port);
}

}  // namespace dms::reference::web
