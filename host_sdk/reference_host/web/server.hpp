// server.hpp - the host's face: pages for people, documents for programs, over HTTP.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reference_host/core/host.hpp"
#include "reference_host/web/openid.hpp"

namespace dms::reference::web {

struct http_server_options;

struct server_options {
  std::string address = "127.0.0.1";
  int port = 8080;                             ///< 0: any free one
  std::vector<std::string> trusted_proxies{};  ///< addresses whose X-Forwarded-For, -Proto and -Host count
  std::vector<std::string> host_names{};       ///< names with a dot that the host answers to
  std::string certificate_pem{}, key_pem{};    ///< both empty: no TLS
  std::string metrics_token{};                 ///< who has it reads /metrics; empty: nobody does
  openid_options provider{};                   ///< where people may sign in besides here
};

/// The door of these options, for the server and who holds it before: address, port, certificate.
http_server_options door_of(const server_options &how);

/// Serves until stop. The host must outlive it.
class server {
 public:
  /// Registers the host's own screens: [main], before host::start_serving. Throws failure(dms_invalid) for an option
  /// that is none.
  server(host &of, server_options how);
  server(const server &) = delete;
  server &operator=(const server &) = delete;
  ~server();

  /// Binds the port and serves in threads of its own; throws failure(dms_unavailable) when the port is taken.
  void start();
  /// New connections are refused, running requests finish and get their whole answers; what takes longer than eight
  /// seconds is cut off. Returns when all threads have ended.
  void stop();
  int port() const noexcept;
  /// Serves as `how` says from now on, at the same door: certificate, proxies, names. Requests that run finish as they
  /// began; none is refused or lost. Throws as the constructor and start() do, and serves as before then.
  void serve_as(const server_options &how);
  /// Runs `body` while no request runs: those that run are waited for, those that come wait. False, and nothing was
  /// run: one of them did not end within `patience`.
  bool hold(std::chrono::milliseconds patience, const std::function<void()> &body);
  /// Whether requests are answered: a worker was free within `patience`.
  bool is_alive(std::chrono::milliseconds patience);

 private:
  struct inside;
  std::unique_ptr<inside> inside_;
};

}  // namespace dms::reference::web
