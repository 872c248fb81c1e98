#include "reference_host/web/connection_ledger.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <tuple>

#include "reference_host/web/visitor.hpp"

namespace dms::reference::web {

class connection_ledger::connection {
 public:
  connection(int socket, std::string group, bool counted)
      : socket_(socket), group_(std::move(group)), counted_(counted) {}

 private:
  friend class connection_ledger;
  int socket_;
  std::string group_;
  bool counted_;
  stage stage_ = stage::waits_for_head;
  clock::time_point since_{}, until_{};
  std::uint64_t moved_ = 0;
  std::size_t requests_ = 0;
  std::list<connection>::iterator self_;
};

connection_ledger::connection_ledger(connection_limits limits, std::set<std::string, std::less<>> unlimited)
    : limits_(limits), unlimited_(std::move(unlimited)), watcher_([this] { watch(); }) {}

connection_ledger::~connection_ledger() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  watcher_.join();
}

bool connection_ledger::is_counted(const std::string &address) const {
  // Who is on this machine may end the host in simpler ways; and a proxy on it brings everybody.
  return !unlimited_.contains(address) && !is_loopback(address);
}

bool connection_ledger::has_room(const std::string &address) {
  const std::lock_guard lock(mutex_);
  if (closing_) return false;
  if (!is_counted(address)) return true;
  const auto found = of_address_.find(address_group(address));
  return found == of_address_.end() || found->second < limits_.most_of_address;
}

connection_ledger::connection *connection_ledger::arrived(int socket, const std::string &address) {
  const std::lock_guard lock(mutex_);
  if (waiting_ >= limits_.most_waiting) close_longest_waiting();
  auto &one = all_.emplace_back(socket, address_group(address), is_counted(address));
  one.self_ = std::prev(all_.end());
  one.since_ = clock::now();
  one.until_ = one.since_ + limits_.head_time;
  ++waiting_;
  if (one.counted_) ++of_address_[one.group_];
  if (closing_) cut(one);
  return &one;
}

void connection_ledger::left(connection *one) {
  const std::lock_guard lock(mutex_);
  if (one->stage_ == stage::waits_for_head) --waiting_;
  if (one->counted_) {
    const auto found = of_address_.find(one->group_);
    if (--found->second == 0) of_address_.erase(found);
  }
  all_.erase(one->self_);
  changed_.notify_all();
}

bool connection_ledger::begins_request(connection *one) {
  const std::lock_guard lock(mutex_);
  if (one->stage_ == stage::waits_for_head) --waiting_;
  one->stage_ = stage::brings_body;
  one->since_ = clock::now();
  one->until_ = one->since_ + limits_.patience;
  one->moved_ = 0;
  return ++one->requests_ >= limits_.most_requests || closing_;
}

void connection_ledger::reads_body(connection *one) {
  const std::lock_guard lock(mutex_);
  one->stage_ = stage::brings_body;
  one->since_ = clock::now();
  one->until_ = one->since_ + limits_.patience;
}

void connection_ledger::body_moved(connection *one, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  one->moved_ += bytes;
  one->until_ = one->since_ + limits_.patience + std::chrono::milliseconds(one->moved_ * 1000 / limits_.bytes_a_second);
}

void connection_ledger::works(connection *one) {
  const std::lock_guard lock(mutex_);
  one->stage_ = stage::works;
}

void connection_ledger::answers(connection *one, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  one->stage_ = stage::takes_answer;
  one->until_ = clock::now() + limits_.patience + std::chrono::milliseconds(bytes * 1000 / limits_.bytes_a_second);
}

void connection_ledger::ends_request(connection *one) {
  const std::lock_guard lock(mutex_);
  if (one->stage_ == stage::waits_for_head) return;
  one->stage_ = stage::waits_for_head;
  one->since_ = clock::now();
  one->until_ = one->since_ + limits_.idle_time;
  ++waiting_;
  if (closing_) cut(*one);
  changed_.notify_all();
}

void connection_ledger::close_waiting() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  for (auto &one : all_) {
    if (one.stage_ == stage::waits_for_head) cut(one);
  }
}

bool connection_ledger::wait_for_requests(clock::time_point until) {
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, until, [this] { return waiting_ == all_.size(); });
}

void connection_ledger::close_all() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  for (auto &one : all_) cut(one);
}

void connection_ledger::cut(connection &one) {
  ::shutdown(one.socket_, SHUT_RDWR);  // its thread then finds it at its end, and closes it
  one.until_ = clock::time_point::max();
}

void connection_ledger::close_longest_waiting() {
  connection *longest = nullptr;
  // Who never asked for anything goes first.
  const auto order = [](const connection &one) { return std::tuple(one.requests_ > 0, one.since_); };
  for (auto &one : all_) {
    if (one.stage_ != stage::waits_for_head || one.until_ == clock::time_point::max()) continue;
    if (longest == nullptr || order(one) < order(*longest)) longest = &one;
  }
  if (longest != nullptr) cut(*longest);
}

void connection_ledger::watch() {
  constexpr std::chrono::milliseconds pause{250};
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait_for(lock, pause, [this] { return stopping_; });
    const auto now = clock::now();
    for (auto &one : all_) {
      if (one.stage_ != stage::works && one.until_ <= now) cut(one);
    }
  }
}

}  // namespace dms::reference::web
