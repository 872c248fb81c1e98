// server.hpp - the host's face: pages for people, documents for programs, over HTTP.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "reference_host/core/host.hpp"

namespace dms::reference::web {

struct server_options {
  std::string address = "127.0.0.1";
  int port = 8080;  ///< 0: any free one
};

/// Serves until stop. The host must outlive it.
class server {
 public:
  /// Registers the host's own screens: [main], before host::start_serving.
  server(host &of, server_options how);
  server(const server &) = delete;
  server &operator=(const server &) = delete;
  ~server();

  /// Binds the port and serves in threads of its own; throws failure(dms_unavailable) when the port is taken.
  void start();
  /// Ends after the running requests. [any]
  void stop();
  /// Waits until stop was called.
  void wait();
  int port() const noexcept;

 private:
  struct inside;
  std::unique_ptr<inside> inside_;
};

}  // namespace dms::reference::web
