#include "reference_host/core/data/database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

constexpr int most_sessions = 8, most_writers = 4;
constexpr auto longest_wait = 10s;
/// A network connection that rested longer may have been cut in between.
constexpr auto trusted_rest = 5s;
/// Of sessions that broke, as all do when the server is another one now.
constexpr int most_reconnections = most_sessions + 1;

/// Where the connection breaks in it nobody knows whether it was stored: not tried again.
void commit(soci::session &sql) {
  try {
    sql << "commit";
  } catch (const std::exception &error) {
    if (meaning_of(error) != fault::lost) throw;
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
  lease(const database &of, pool &from) : from_(from) {
    std::unique_lock lock(from_.mutex);
    if (!from_.returned.wait_for(lock, longest_wait, [&] { return !from_.idle.empty() || from_.open < from_.most; })) {
      throw failure(dms_unavailable, "The host's database is too busy; try again.");
    }
    bool rested = false;
    if (from_.idle.empty()) {
      ++from_.open;
    } else {
      // The one that was used last: it is the least likely to be dead.
      auto &last = from_.idle.back();
      rested = of.kind() == engine::postgresql && steady::now() - last.since > trusted_rest;
      opened_ = std::move(last.session);
      from_.idle.pop_back();
    }
    lock.unlock();
    try {
      opened_.in_use();
      if (rested && !answers(*opened_.session)) opened_.close();
      if (!opened_.session) opened_ = of.open();
    } catch (...) {
      give_back();
      throw;
    }
  }
  lease(const lease &) = delete;
  lease &operator=(const lease &) = delete;
  ~lease() { give_back(); }
  soci::session &operator*() const { return *opened_.session; }
  /// The connection broke: nobody gets it again.
  void drop() noexcept { opened_.close(); }

 private:
  void give_back() {
    opened_.at_rest();
    const std::lock_guard lock(from_.mutex);
    if (opened_.session) {
      from_.idle.push_back({std::move(opened_), steady::now()});
    } else {
      --from_.open;
    }
    from_.returned.notify_one();
  }
  pool &from_;
  opened opened_;
};

database::database(std::string place)
    : place_(std::move(place)),
      writing_(kind() == engine::postgresql ? most_writers : most_sessions),
      reading_(most_sessions - most_writers) {
  if (kind() == engine::sqlite) {
    // For this account alone, whatever the folder allows; SQLite's files beside it take over the mode.
    if (const int made = ::open(place_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); made >= 0) ::close(made);
  }
  read([](soci::session &) {});
}

database::~database() = default;

database::opened database::open() const {
  opened result{open_session(place_), nullptr};
  if (kind() == engine::postgresql) result.line = std::make_unique<line_watch::line>(watch_, *result.session);
  result.in_use();
  return result;
}

/// The one place where what failed is tried again, or becomes a sentence.
void database::run(pool &from, const std::function<void(soci::session &)> &body) const {
  for (int attempt = 1, lost = 0;; ++attempt) {
    std::unique_ptr<lease> leased;
    try {
      leased = std::make_unique<lease>(*this, from);
      body(**leased);
      return;
    } catch (const failure &) {
      throw;
    } catch (const std::exception &error) {
      const auto meaning = meaning_of(error);
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
  run(kind() == engine::postgresql ? reading_ : writing_, [&](soci::session &sql) {
    try {
      body(sql);
    } catch (...) {
      roll_back(sql);
      throw;
    }
  });
}

void database::transact(void (*begin)(soci::session &), const std::function<void(soci::session &)> &body) const {
  run(writing_, [&](soci::session &sql) {
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

void database::write_lightly(const std::function<void(soci::session &)> &body) const {
  transact(&begin_light, body);
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

database::turn::turn(const database &of, std::string name) : of_(of), name_(std::move(name)) {
  if (of_.kind() == engine::sqlite) return;
  // A session of its own: those that wait for their turn take none from those whom the one in turn waits for.
  of_.run(of_.reading_, [&](soci::session &) {
    session_.close();
    session_ = of_.open();
    acquire(*session_.session, name_);
  });
  session_.at_rest();
}

database::turn::~turn() {
  if (!session_.session) return;
  session_.in_use();
  release(*session_.session, name_);
}

}  // namespace dms::reference
