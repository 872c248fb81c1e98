// relay.hpp - a relay before a server, which can fall silent as a frozen machine does: it takes what is sent and new
// connections, and nothing comes back.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace relays {

class relay {
 public:
  explicit relay(int server_port) : server_port_(server_port) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto here = address(0);
    socklen_t size = sizeof here;
    if (::bind(listening_, reinterpret_cast<sockaddr *>(&here), size) != 0 || ::listen(listening_, 64) != 0 ||
        ::getsockname(listening_, reinterpret_cast<sockaddr *>(&here), &size) != 0) {
      throw std::runtime_error("No port for the relay.");
    }
    port_ = ntohs(here.sin_port);
    threads_.emplace_back([this] { take(); });
  }
  relay(const relay &) = delete;
  relay &operator=(const relay &) = delete;
  ~relay() {
    ended_ = true;
    threads_.front().join();  // nobody adds to them any more
    for (std::size_t index = 1; index < threads_.size(); ++index) threads_[index].join();
    ::close(listening_);
  }

  int port() const noexcept { return port_; }
  void fall_silent() noexcept { silent_ = true; }
  void go_on() noexcept { silent_ = false; }

 private:
  static constexpr int look_ms = 20;
  static sockaddr_in address(int port) {
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    result.sin_port = htons(static_cast<std::uint16_t>(port));
    return result;
  }
  void take() {
    while (!ended_) {
      pollfd wait{listening_, POLLIN, 0};
      if (::poll(&wait, 1, look_ms) != 1) continue;
      const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client >= 0) threads_.emplace_back([this, client] { join(client); });
    }
  }
  void join(int client) {
    while (silent_ && !ended_) std::this_thread::sleep_for(std::chrono::milliseconds(look_ms));
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto there = address(server_port_);
    if (::connect(server, reinterpret_cast<sockaddr *>(&there), sizeof there) == 0) {
      while (!ended_ && pass(client, server)) {
      }
    }
    ::close(server);
    ::close(client);
  }
  /// What there is, in both directions; false when one side has ended.
  bool pass(int client, int server) {
    std::array<pollfd, 2> wait{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    ::poll(wait.data(), wait.size(), look_ms);
    if (silent_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(look_ms));
      return true;
    }
    for (const auto &[from, to] : {std::pair{0, server}, std::pair{1, client}}) {
      if (wait[static_cast<std::size_t>(from)].revents == 0) continue;
      std::array<char, 65536> bytes;
      const auto count = ::recv(wait[static_cast<std::size_t>(from)].fd, bytes.data(), bytes.size(), 0);
      if (count <= 0 || ::send(to, bytes.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) != count) return false;
    }
    return true;
  }

  int server_port_, listening_ = -1, port_ = 0;
  std::atomic<bool> silent_{false}, ended_{false};
  std::vector<std::thread> threads_;
};

}  // namespace relays
