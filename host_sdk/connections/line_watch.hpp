// line_watch.hpp - the lines to a PostgreSQL server: one that does not answer any more is noticed in seconds, whether
// its machine is off, cut off or frozen, and what waits on it ends.
//
// The kernels tell only of machines that are gone, and only where something is on its way. A server that is frozen, or
// a relay before it, still takes what is sent. So whoever waits long is not ended for that (a commit may wait for a
// standby, and must): the server is asked on a new connection, and only silence there ends the lines to it.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace dms {

/// The connection URI with bounds on the waiting for a machine that is gone, each unless it is in it already:
/// connect_timeout 2 s a host, tcp_user_timeout 5 s, keep-alive probes after 5 s, each 2 s, 3 of them. Of several hosts
/// those that a line_watch found silent within the last half minute come last: made anew for each session.
std::string bounded_address(const std::string &uri);

/// [any] Watches while somebody waits; one thread, started with the first line that is waited on.
class line_watch {
 public:
  line_watch() = default;
  line_watch(const line_watch &) = delete;
  line_watch &operator=(const line_watch &) = delete;
  ~line_watch();

  /// One session's line. The session outlives it.
  class line {
   public:
    line(line_watch &by, soci::session &session);
    line(const line &) = delete;
    line &operator=(const line &) = delete;
    ~line();
    /// From now on somebody waits on it, or works with it.
    void in_use();
    void at_rest() noexcept;

   private:
    friend class line_watch;
    using clock = std::chrono::steady_clock;
    line_watch &by_;
    int descriptor_ = -1;  ///< our own of the same socket: libpq may close its own at any time
    bool used_ = false;
    clock::time_point since_{};
    /// Parameters of a connection to the very server that this line leads to.
    std::vector<std::string> names_, values_;
    std::string server_, host_and_port_;
  };

 private:
  void watch();
  /// A server that should be asked, with the parameters of a connection to it.
  struct silent_server {
    std::string server, host_and_port;
    std::vector<std::string> names, values;
  };
  std::vector<silent_server> silent_servers() const;
  void end_all_to(const std::string &server) noexcept;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<line *> lines_;
  std::size_t used_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace dms
