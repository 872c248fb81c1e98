#include "connections/line_watch.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <soci/postgresql/soci-postgresql.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace dms {

namespace {

constexpr std::chrono::seconds patience{2};  ///< of silence on a line before its server is asked
constexpr std::chrono::seconds look_pause{1};
constexpr auto answer_timeout = "3";  ///< seconds: a machine that is merely busy answers in them

struct bound {
  const char *name;
  const char *value;
};
constexpr std::array bounds{bound{"connect_timeout", "2"}, bound{"tcp_user_timeout", "5000"},
                            bound{"keepalives_idle", "5"}, bound{"keepalives_interval", "2"},
                            bound{"keepalives_count", "3"}};

using parameters = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

bool is_set(const PQconninfoOption *all, std::string_view name) {
  for (const auto *one = all; one != nullptr && one->keyword != nullptr; ++one) {
    if (name == one->keyword) return one->val != nullptr && *one->val != '\0';
  }
  return false;
}

PGconn *libpq_connection(soci::session &session) {
  return static_cast<soci::postgresql_session_backend &>(*session.get_backend()).conn_;
}

/// Signals are the host's: a thread that it does not know of would take them from it.
template <typename Body>
std::thread without_signals(Body &&body) {
  sigset_t all, before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread made(std::forward<Body>(body));
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return made;
}

/// How long nothing came over a TCP connection; a long time where the kernel does not say.
std::chrono::milliseconds silence_of(int descriptor) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::chrono::hours(1);
  return std::chrono::milliseconds(info.tcpi_last_data_recv);
}

/// Whether a server is there and says anything at all; that it takes nobody in just now is an answer too.
bool server_answers(const std::vector<std::string> &names, const std::vector<std::string> &values) {
  std::vector<const char *> keywords, settings;
  for (const auto &name : names) keywords.push_back(name.c_str());
  for (const auto &value : values) settings.push_back(value.c_str());
  keywords.push_back(nullptr);
  settings.push_back(nullptr);
  return PQpingParams(keywords.data(), settings.data(), 0) != PQPING_NO_RESPONSE;
}

/// Servers that said nothing when they were asked, "host:port" each, and until when they are asked last: each session
/// that is opened would wait for such a one first.
class silent_ones {
 public:
  void note(const std::string &server) {
    const std::lock_guard lock(mutex_);
    until_[server] = clock::now() + longest;
  }
  bool has(const std::string &server) {
    const std::lock_guard lock(mutex_);
    const auto found = until_.find(server);
    return found != until_.end() && clock::now() < found->second;
  }

 private:
  using clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds longest{30};
  std::mutex mutex_;
  std::map<std::string, clock::time_point> until_;
};
silent_ones &silent() {
  static silent_ones all;
  return all;
}

/// Of "…//user@one:5432,two:5432/name" those that are silent last; the order of the others stays.
std::string silent_last(const std::string &uri) {
  const auto scheme = uri.find("://");
  if (scheme == std::string::npos) return uri;
  const auto begin = scheme + 3, end = std::min(uri.find_first_of("/?", begin), uri.size());
  const auto at = uri.rfind('@', end);
  const auto first = at == std::string::npos || at < begin ? begin : at + 1;
  std::vector<std::string> servers;
  for (auto from = first; from <= end;) {
    const auto comma = std::min(uri.find(',', from), end);
    servers.push_back(uri.substr(from, comma - from));
    from = comma + 1;
  }
  if (servers.size() < 2) return uri;
  std::stable_partition(servers.begin(), servers.end(), [](const std::string &one) {
    if (one.empty()) return true;
    return !silent().has(one.find(':', one.front() == '[' ? one.find(']') : 0) == std::string::npos ? one + ":5432"
                                                                                                    : one);
  });
  auto result = uri.substr(0, first);
  for (const auto &one : servers) result += (result.size() == first ? "" : ",") + one;
  return result + uri.substr(end);
}

}  // namespace

std::string bounded_address(const std::string &uri) {
  const parameters known(PQconninfoParse(uri.c_str(), nullptr), &PQconninfoFree);
  if (!known) return uri;  // opening it says what is wrong with it
  auto result = silent_last(uri);
  for (const auto &one : bounds) {
    if (is_set(known.get(), one.name)) continue;
    result += (result.find('?') == std::string::npos ? '?' : '&') + std::string(one.name) + '=' + one.value;
  }
  return result;
}

line_watch::line::line(line_watch &by, soci::session &session) : by_(by) {
  auto *connection = libpq_connection(session);
  descriptor_ = ::fcntl(PQsocket(connection), F_DUPFD_CLOEXEC, 0);
  const auto text = [](const char *value) { return std::string(value == nullptr ? "" : value); };
  const std::array here{bound{"host", PQhost(connection)}, bound{"hostaddr", PQhostaddr(connection)},
                        bound{"port", PQport(connection)}, bound{"connect_timeout", answer_timeout},
                        bound{"target_session_attrs", "any"}};
  const parameters all(PQconninfo(connection), &PQconninfoFree);
  const auto add = [&](const std::string &name, std::string value) {
    if (value.empty()) return;
    names_.push_back(name);
    values_.push_back(std::move(value));
  };
  for (const auto *one = all.get(); one != nullptr && one->keyword != nullptr; ++one) {
    const bool ours = std::ranges::any_of(here, [&](const bound &own) { return text(own.name) == one->keyword; });
    if (!ours) add(one->keyword, text(one->val));
  }
  const bool by_name = text(PQhost(connection)).starts_with('/');
  for (const auto &own : here) {
    if (!by_name || text(own.name) != "hostaddr") add(own.name, text(own.value));
  }
  const auto host = text(PQhost(connection));
  host_and_port_ = (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + text(PQport(connection));
  server_ = text(PQhost(connection)) + ' ' + text(PQhostaddr(connection)) + ' ' + text(PQport(connection));
  const std::lock_guard lock(by_.mutex_);
  by_.lines_.push_back(this);
}

line_watch::line::~line() {
  at_rest();
  {
    const std::lock_guard lock(by_.mutex_);
    by_.lines_.remove(this);
  }
  if (descriptor_ >= 0) ::close(descriptor_);
}

void line_watch::line::in_use() {
  const std::lock_guard lock(by_.mutex_);
  since_ = clock::now();
  if (used_) return;
  used_ = true;
  if (!by_.thread_.joinable()) by_.thread_ = without_signals([watch = &by_] { watch->watch(); });
  if (++by_.used_ == 1) by_.changed_.notify_all();
}

void line_watch::line::at_rest() noexcept {
  const std::lock_guard lock(by_.mutex_);
  if (!used_) return;
  used_ = false;
  --by_.used_;
}

line_watch::~line_watch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void line_watch::watch() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (used_ == 0) {
      changed_.wait(lock, [&] { return stopping_ || used_ > 0; });
      continue;
    }
    changed_.wait_for(lock, look_pause, [&] { return stopping_; });
    for (const auto &one : silent_servers()) {
      lock.unlock();
      const bool there = server_answers(one.names, one.values);
      lock.lock();
      if (there) continue;
      silent().note(one.host_and_port);
      end_all_to(one.server);
    }
  }
}

std::vector<line_watch::silent_server> line_watch::silent_servers() const {
  const auto now = line::clock::now();
  std::vector<silent_server> result;
  for (const auto *one : lines_) {
    if (!one->used_ || one->descriptor_ < 0 || now - one->since_ < patience) continue;
    if (silence_of(one->descriptor_) < patience) continue;
    if (std::ranges::any_of(result, [&](const auto &other) { return other.server == one->server_; })) continue;
    result.push_back({one->server_, one->host_and_port_, one->names_, one->values_});
  }
  return result;
}

void line_watch::end_all_to(const std::string &server) noexcept {
  for (const auto *one : lines_) {
    // Those at rest too: whoever takes one next would wait for nothing.
    if (one->server_ == server && one->descriptor_ >= 0) ::shutdown(one->descriptor_, SHUT_RDWR);
  }
}

}  // namespace dms
