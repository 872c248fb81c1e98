// paced_stream.hpp - one connection's bytes, at a pace that no sender and no reader can slow down at will.
#pragma once

#include <httplib.h>

#include <array>
#include <chrono>

namespace dms::reference::web {

/// Owns the socket. What was read too far (a pipelined request) stays for the next request. One thread at a time.
class paced_stream : public httplib::Stream {
 public:
  explicit paced_stream(socket_t of);
  paced_stream(const paced_stream &) = delete;
  paced_stream &operator=(const paced_stream &) = delete;
  ~paced_stream() override;

  /// A new request begins: it has the first patience again.
  void begin() noexcept;
  /// Whether bytes of a next request were read already.
  bool holds_more() const noexcept { return taken_ < filled_; }

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char *to, std::size_t size) override;  ///< -1 when the other side is too slow
  using Stream::write;
  ssize_t write(const char *from, std::size_t size) override;  ///< -1 when the other side is too slow
  void get_remote_ip_and_port(std::string &ip, int &port) const override;
  void get_local_ip_and_port(std::string &ip, int &port) const override;
  socket_t socket() const override { return socket_; }

 private:
  bool wait_for(short event) const;

  socket_t socket_;
  std::array<char, 8192> buffer_{};
  std::size_t taken_ = 0, filled_ = 0;
  std::uint64_t moved_ = 0;  ///< bytes of this request and its answer
  mutable std::chrono::milliseconds waited_{0};
};

}  // namespace dms::reference::web
