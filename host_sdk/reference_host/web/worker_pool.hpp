// worker_pool.hpp - so many threads, and so many jobs that may wait for one.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dms::reference::web {

class worker_pool {
 public:
  worker_pool(std::size_t threads, std::size_t most_waiting);
  worker_pool(const worker_pool &) = delete;
  worker_pool &operator=(const worker_pool &) = delete;
  ~worker_pool();

  /// False when too many wait already or the pool ends; then the job is not run. A job throws nothing. [any]
  bool offer(std::function<void()> job);
  /// Runs what was offered, then ends the threads.
  void stop();

 private:
  void work();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable offered_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dms::reference::web
