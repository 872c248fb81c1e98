#include "reference_host/web/patient_server.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <tuple>

#include "dms/cpp/basics.hpp"

namespace dms::reference::web {
namespace {

using clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto head_time = 10s;  ///< from the connection to the last byte of its first head
constexpr auto idle_time = 15s;  ///< from an answer to the next head
constexpr auto look_pause = 500ms;
/// Well below select's 1024 descriptors, which the library still checks for.
constexpr std::size_t most_waiting = 600;
constexpr std::size_t workers = 300;  ///< mostly asleep; more than the slow bodies that one would like to have at once
constexpr std::size_t longest_head = std::size_t{32} * 1024;
constexpr int door = 512;

/// Of the request that this thread serves now.
thread_local bool ends_here = false;

enum class head_state { incomplete, complete, too_long, gone };

/// Looks without taking anything away.
head_state peek(socket_t at) {
  static thread_local std::array<char, longest_head> seen;
  const auto count = ::recv(at, seen.data(), seen.size(), MSG_PEEK | MSG_DONTWAIT);
  if (count == 0) return head_state::gone;
  if (count < 0) return errno == EAGAIN || errno == EINTR ? head_state::incomplete : head_state::gone;
  const std::string_view text(seen.data(), static_cast<std::size_t>(count));
  if (text.find("\r\n\r\n") != std::string_view::npos) return head_state::complete;
  return text.size() == seen.size() ? head_state::too_long : head_state::incomplete;
}

}  // namespace

/// The library's loop of accepting hands a connection over in no time.
class patient_server::at_once : public httplib::TaskQueue {
 public:
  explicit at_once(patient_server &of) : of_(of) {}
  void enqueue(std::function<void()> fn) override { fn(); }
  void shutdown() override { of_.close_all(); }

 private:
  patient_server &of_;
};

patient_server::patient_server() : events_(::epoll_create1(EPOLL_CLOEXEC)), wake_(::eventfd(0, EFD_CLOEXEC)) {
  if (events_ < 0 || wake_ < 0) throw failure(dms_unavailable, "There are no descriptors left to serve with.");
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  wanted.data.fd = wake_;
  ::epoll_ctl(events_, EPOLL_CTL_ADD, wake_, &wanted);
  new_task_queue = [this] {
    workers_ = std::make_unique<httplib::ThreadPool>(workers);
    watcher_ = std::thread([this] { watch(); });
    return new at_once(*this);
  };
}

patient_server::~patient_server() {
  ::close(events_);
  ::close(wake_);
}

void patient_server::widen_door() {
  ::listen(svr_sock_, door);
}

void patient_server::close_after(httplib::Response &answer) {
  ends_here = true;
  answer.set_header("Connection", "close");
}

bool patient_server::process_and_close_socket(socket_t arrived) {
  waiting connection;
  connection.stream = std::make_unique<paced_stream>(arrived);
  start_waiting(std::move(connection));
  return true;
}

void patient_server::start_waiting(waiting &&connection) {
  const auto socket = connection.stream->socket();
  connection.since = clock::now();
  connection.until = connection.since + (connection.requests == 0 ? head_time : idle_time);
  const std::lock_guard lock(mutex_);
  if (closing_) return;
  if (waiting_.size() >= most_waiting) {
    // Who never asked for anything goes first.
    const auto longest = std::ranges::min_element(
        waiting_, {}, [](const auto &entry) { return std::tuple(entry.second.requests > 0, entry.second.since); });
    waiting_.erase(longest);
  }
  waiting_.insert_or_assign(socket, std::move(connection));
  epoll_event wanted{};
  wanted.events = EPOLLIN | EPOLLRDHUP | EPOLLET;
  wanted.data.fd = socket;
  if (::epoll_ctl(events_, EPOLL_CTL_ADD, socket, &wanted) != 0) waiting_.erase(socket);
}

void patient_server::watch() {
  std::array<epoll_event, 64> ready{};
  auto next_look = clock::now() + look_pause;
  for (;;) {
    const int count = ::epoll_wait(events_, ready.data(), ready.size(), static_cast<int>(look_pause.count()));
    for (int at = 0; at < count; ++at) {
      const auto &event = ready.at(static_cast<std::size_t>(at));
      if (event.data.fd == wake_) return;
      look_at(event.data.fd, (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0);
    }
    if (clock::now() < next_look) continue;
    end_overdue();
    next_look = clock::now() + look_pause;
  }
}

void patient_server::look_at(socket_t ready, bool no_more) {
  const auto state = peek(ready);
  if (state == head_state::incomplete && !no_more) return;
  auto connection = take(ready);
  if (!connection) return;
  if (state == head_state::complete) {
    workers_->enqueue([this, connection = std::move(connection)] { serve(*connection); });
  } else if (state == head_state::too_long) {
    connection->stream->write(
        "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }
}

void patient_server::end_overdue() {
  const auto now = clock::now();
  const std::lock_guard lock(mutex_);
  std::erase_if(waiting_, [&](const auto &entry) { return entry.second.until <= now; });
}

std::shared_ptr<patient_server::waiting> patient_server::take(socket_t which) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(which);
  if (found == waiting_.end()) return nullptr;
  auto taken = std::make_shared<waiting>(std::move(found->second));
  waiting_.erase(found);
  ::epoll_ctl(events_, EPOLL_CTL_DEL, which, nullptr);
  return taken;
}

void patient_server::serve(waiting &connection) {
  do {
    connection.stream->begin();
    ++connection.requests;
    const bool last = connection.requests >= keep_alive_max_count_ || svr_sock_ == INVALID_SOCKET;
    bool closed = false;
    ends_here = false;
    if (!process_request(*connection.stream, last, closed, nullptr) || last || closed || ends_here) return;
  } while (connection.stream->holds_more());
  start_waiting(std::move(connection));
}

void patient_server::close_all() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  const std::uint64_t one = 1;
  if (::write(wake_, &one, sizeof one) == sizeof one) watcher_.join();
  {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
  }
  workers_->shutdown();  // running requests finish
}

}  // namespace dms::reference::web
