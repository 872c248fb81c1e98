#include "reference_host/core/database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <thread>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

constexpr int most_sessions = 8;
constexpr auto longest_wait = 10s;
/// A network connection that rested longer may have been cut in between.
constexpr auto trusted_rest = 5s;
constexpr int most_attempts = 24;
constexpr std::chrono::milliseconds first_retry_pause = 4ms, longest_retry_pause = 250ms;
/// Of sessions that broke, as all do when the server is another one now.
constexpr int most_reconnections = most_sessions + 1;

/// Doubling pauses with jitter, so that two who met once do not meet again.
void pause_before(int attempt) {
  const auto pause = std::min(first_retry_pause * (1 << std::min(attempt, 10)), longest_retry_pause);
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<long long> jitter(pause.count() / 2, pause.count());
  std::this_thread::sleep_for(std::chrono::milliseconds(jitter(random)));
}

bool answers(soci::session &sql) {
  try {
    int one = 0;
    sql << "select 1", soci::into(one);
    return one == 1;
  } catch (const std::exception &) {
    return false;
  }
}

/// Where the connection breaks in it nobody knows whether it was stored: not tried again.
void commit(soci::session &sql) {
  try {
    sql << "commit";
  } catch (const std::exception &error) {
    if (classify(error) != fault::lost) throw;
    throw failure(dms_unavailable,
                  "The connection to the host's database broke while this was stored. Look whether it is there before "
                  "you try again.");
  }
}

[[noreturn]] void explain(fault kind, const std::exception &error) {
  if (kind == fault::text) throw failure(dms_invalid, sentence_for(kind, error));
  throw failure(kind == fault::damaged ? dms_failed : dms_unavailable, sentence_for(kind, error));
}

}  // namespace

/// A session out of the pool for the life of this object.
class database::lease {
 public:
  explicit lease(const database &from) : from_(from) {
    std::unique_lock lock(from_.mutex_);
    if (!from_.returned_.wait_for(lock, longest_wait,
                                  [&] { return !from_.idle_.empty() || from_.open_ < most_sessions; })) {
      throw failure(dms_unavailable, "The host's database is too busy; try again.");
    }
    if (from_.idle_.empty()) {
      ++from_.open_;
    } else {
      // The one that was used last: it is the least likely to be dead.
      auto &last = from_.idle_.back();
      rested_ = from_.kind() == engine::postgresql && steady::now() - last.since > trusted_rest;
      session_ = std::move(last.session);
      from_.idle_.pop_back();
    }
    lock.unlock();
    try {
      if (session_ && rested_ && !answers(*session_)) session_.reset();
      if (!session_) session_ = open_session(from_.place_);
    } catch (...) {
      give_back();
      throw;
    }
  }
  lease(const lease &) = delete;
  lease &operator=(const lease &) = delete;
  ~lease() { give_back(); }
  soci::session &operator*() const { return *session_; }
  /// The connection broke: nobody gets it again.
  void drop() noexcept { session_.reset(); }

 private:
  void give_back() {
    const std::lock_guard lock(from_.mutex_);
    if (session_) {
      from_.idle_.push_back({std::move(session_), steady::now()});
    } else {
      --from_.open_;
    }
    from_.returned_.notify_one();
  }
  const database &from_;
  bool rested_ = false;
  std::unique_ptr<soci::session> session_;
};

database::database(std::string place) : place_(std::move(place)) {
  if (kind() == engine::sqlite) {
    // For this account alone, whatever the folder allows; SQLite's files beside it take over the mode.
    if (const int made = ::open(place_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); made >= 0) ::close(made);
  }
  read([](soci::session &) {});
}

database::~database() = default;

/// The one place where what failed is tried again, or becomes a sentence.
void database::run(const std::function<void(soci::session &)> &body) const {
  for (int attempt = 1, lost = 0;; ++attempt) {
    std::unique_ptr<lease> leased;
    try {
      leased = std::make_unique<lease>(*this);
      body(**leased);
      return;
    } catch (const failure &) {
      throw;
    } catch (const std::exception &error) {
      const auto meaning = classify(error);
      if (meaning == fault::other) throw;
      if (meaning == fault::lost && leased) {
        leased->drop();
        if (++lost < most_reconnections) continue;
      }
      if (meaning != fault::contention || attempt == most_attempts) explain(meaning, error);
    }
    leased.reset();
    pause_before(attempt);
  }
}

void database::read(const std::function<void(soci::session &)> &body) const {
  run([&](soci::session &sql) {
    try {
      body(sql);
    } catch (...) {
      roll_back(sql);
      throw;
    }
  });
}

void database::transact(void (*begin)(soci::session &), const std::function<void(soci::session &)> &body) const {
  run([&](soci::session &sql) {
    begin(sql);
    try {
      body(sql);
      commit(sql);
    } catch (...) {
      roll_back(sql);
      throw;
    }
  });
}

void database::write(const std::function<void(soci::session &)> &body) const {
  transact(&begin_write, body);
}

void database::write_schema(const std::function<void(soci::session &)> &body) const {
  transact(&begin_migration, body);
}

void database::empty_journals() const {
  read([&](soci::session &sql) {
    if (!reference::empty_journals(sql)) {
      throw failure(dms_unavailable, "The host's database is in use; what was erased leaves its log later.");
    }
  });
}

void database::backup_to(const std::filesystem::path &to) const {
  if (std::filesystem::exists(to)) throw failure(dms_refused, "The file \"" + to.string() + "\" is already there.");
  read([&](soci::session &sql) {
    const auto name = to.string();
    sql << "vacuum into :name", soci::use(name);
  });
}

database::turn::turn(const database &of, std::string name) : of_(of), name_(std::move(name)) {
  if (of_.kind() == engine::sqlite) return;
  // A session of its own: those that wait for their turn take none from those whom the one in turn waits for.
  of_.run([&](soci::session &) {
    session_ = open_session(of_.place_);
    acquire(*session_, name_);
  });
}

database::turn::~turn() {
  if (session_) release(*session_, name_);
}

}  // namespace dms::reference
