// jobs.hpp - runs the registered jobs at their intervals, two at a time, never one job twice at once.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "host_core/registry.hpp"

namespace dms::host_core {

class core;

struct job_status {
  std::string owner, id, label;
  bool running = false;
  std::int64_t last_us = 0, next_us = 0;  ///< 0: not yet
  std::string line;                       ///< what the last run said, or why it failed
  bool failed = false;
  std::int64_t last_failure_us = 0;  ///< kept when it went well again
  std::string last_failure;
};

class jobs {
 public:
  explicit jobs(core &of) : core_(of) {}
  jobs(const jobs &) = delete;
  jobs &operator=(const jobs &) = delete;
  ~jobs() { stop(); }
  void start();
  void stop() noexcept;  ///< waits for running jobs, which are asked to stop
  void wake(std::string_view id);
  void changed();  ///< jobs were added or removed
  std::vector<job_status> list() const;
  /// Runs every job once, now, in this thread: for the demo and the tests.
  void run_all();

 private:
  using steady = std::chrono::steady_clock;
  struct watched_job {
    job_status shown;
    steady::time_point due{};
    bool woken = false;
  };
  void work();
  dms_handle pick(steady::time_point now, steady::time_point &next);
  void run(dms_handle handle);

  core &core_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<dms_handle, watched_job> states_;
  std::vector<std::thread> threads_;
  std::atomic<bool> stopping_{false};
};

}  // namespace dms::host_core
