// http_server.hpp - requests in, answers out, over libmicrohttpd: which only http_server.cpp knows.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "reference_host/web/connection_ledger.hpp"
#include "reference_host/web/http_request.hpp"
#include "reference_host/web/http_response.hpp"
#include "reference_host/web/visitor.hpp"

namespace dms::reference::web {

/// What may come with a request.
struct body_rule {
  std::uint64_t most = 0;    ///< bytes; what is over it is refused
  bool wanted = true;        ///< false: the answer does not wait for it, and the connection ends with the answer
  bool admit_first = false;  ///< admit() is asked before anything of it is kept
};

/// What is served. Called by many threads at once; throws nothing.
class http_application {
 public:
  virtual ~http_application() = default;
  /// Of a complete head. [network thread: must not wait for anything]
  virtual body_rule rule_of(const http_request &head) noexcept = 0;
  /// An answer where the body is not wanted from this sender. [worker]
  virtual std::optional<http_response> admit(http_request &head) noexcept = 0;
  /// [worker]
  virtual http_response answer(http_request &request) noexcept = 0;
  /// The answer to what is refused without asking anybody: a bad head, or too much at once. [network thread]
  virtual http_response refusal(const http_request &request, int status, const char *sentence) noexcept = 0;
};

struct http_server_options {
  std::string address = "127.0.0.1";
  int port = 0;                          ///< 0: any free one
  int door = -1;                         ///< a socket that listens already, which stays the caller's; else a new one
  std::string certificate_pem, key_pem;  ///< both empty: no TLS
  connection_limits limits;
  std::size_t workers = 48, most_jobs = 512;
  /// Of all bodies together that are held at a time: those that were admitted first, and the others.
  std::size_t most_body_bytes = std::size_t{384} << 20, most_bytes_of_strangers = std::size_t{96} << 20;
};

/// Whole requests only reach a worker: whoever sends slowly costs a descriptor and at most a body within its limit.
class http_server {
 public:
  /// `serves` must outlive it. Nothing is opened yet.
  http_server(http_application &serves, door_rules rules, http_server_options how);
  http_server(const http_server &) = delete;
  http_server &operator=(const http_server &) = delete;
  ~http_server();

  /// Throws failure(dms_unavailable) when it cannot listen there, failure(dms_invalid) when TLS cannot be set up.
  void start();
  /// No new connection comes in; running requests finish and their answers are sent whole, for up to `patience`.
  /// Returns when all threads have ended: a handler that hangs is waited for. False: not all were finished.
  bool stop(std::chrono::milliseconds patience);
  int port() const noexcept;
  /// The socket that listens, which stays this server's; -1 where it does not serve.
  int door() const noexcept;
  /// Whether a worker answers within `patience`. [any], between start and stop
  bool is_alive(std::chrono::milliseconds patience);

 private:
  struct inside;
  std::unique_ptr<inside> inside_;
};

}  // namespace dms::reference::web
