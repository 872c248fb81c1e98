// patient_server.hpp - connections wait for their request without a thread: whoever opens many and says nothing, or
// half a request, takes nothing away from others.
#pragma once

#include <httplib.h>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "reference_host/web/paced_stream.hpp"

namespace dms::reference::web {

/// httplib's server, whose threads see a connection only when the head of its request is complete. One thread watches
/// all the others; of too many that wait, the one that has waited longest goes.
class patient_server : public httplib::Server {
 public:
  patient_server();
  patient_server(const patient_server &) = delete;
  patient_server &operator=(const patient_server &) = delete;
  ~patient_server() override;

  /// After binding: more than the library's five may stand at the door at once.
  void widen_door();
  /// In a handler: what was not read of this request must not be taken for the next one of the connection.
  static void close_after(httplib::Response &answer);

 private:
  struct waiting {
    std::unique_ptr<paced_stream> stream;
    std::chrono::steady_clock::time_point until, since;
    std::size_t requests = 0;  ///< that it had already
  };
  class at_once;

  bool process_and_close_socket(socket_t arrived) override;
  void start_waiting(waiting &&connection);
  void watch();
  void look_at(socket_t ready, bool no_more);
  void end_overdue();
  std::shared_ptr<waiting> take(socket_t which);
  void serve(waiting &connection);
  void close_all();

  int events_ = -1;  ///< epoll
  int wake_ = -1;    ///< ends the watching
  std::mutex mutex_;
  std::map<socket_t, waiting> waiting_;
  bool closing_ = false;
  std::unique_ptr<httplib::ThreadPool> workers_;
  std::thread watcher_;
};

}  // namespace dms::reference::web
