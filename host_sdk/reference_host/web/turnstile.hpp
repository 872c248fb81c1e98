// turnstile.hpp - lets requests through, or holds those that come while something is changed that none may run beside.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace dms::reference::web {

class turnstile {
 public:
  /// From its making to its end one request is inside; the making waits while the turnstile is held.
  class pass {
   public:
    explicit pass(turnstile &through) : through_(through) { through_.enter(); }
    pass(const pass &) = delete;
    pass &operator=(const pass &) = delete;
    ~pass() { through_.leave(); }

   private:
    turnstile &through_;
  };

  /// Runs `body` when nobody is inside any more; who comes meanwhile waits, and goes on after it, also where it throws.
  /// False, and nothing was run: somebody stayed inside longer than `patience`.
  bool hold(std::chrono::milliseconds patience, const std::function<void()> &body) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !held_; });
    held_ = true;
    const release after{*this};
    const bool alone = changed_.wait_for(lock, patience, [&] { return inside_ == 0; });
    lock.unlock();
    if (alone) body();
    return alone;
  }

 private:
  struct release {
    turnstile &of;
    ~release() {
      const std::lock_guard lock(of.mutex_);
      of.held_ = false;
      of.changed_.notify_all();
    }
  };
  void enter() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !held_; });
    ++inside_;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    if (--inside_ == 0 && held_) changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  bool held_ = false;
};

}  // namespace dms::reference::web
