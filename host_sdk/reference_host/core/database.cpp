#include "reference_host/core/database.hpp"

#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <chrono>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

constexpr int most_sessions = 8;
constexpr std::chrono::seconds longest_wait{10};

/// What a person reads instead of SQLite's words; other faults pass as they are.
[[noreturn]] void explain(const soci::sqlite3_soci_error &fault) {
  switch (fault.result() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw failure(dms_unavailable, "The host's database is in use by another program; try again.");
    case SQLITE_FULL:
      throw failure(dms_unavailable, "The disk is full; nothing was stored. Make room and try again.");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      throw failure(
          dms_unavailable,
          "The host's database file cannot be read or written just now. Check the disk and the file's rights.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw failure(dms_failed, "The host's database file is damaged: restore a backup.");
    default:
      throw fault;
  }
}

template <typename Body>
auto explained(Body &&body) {
  try {
    return body();
  } catch (const soci::sqlite3_soci_error &fault) {
    explain(fault);
  }
}

sqlite_api::sqlite3 *raw(soci::session &of) {
  return static_cast<soci::sqlite3_session_backend *>(of.get_backend())->conn_;
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
      lock.unlock();
      try {
        session_ = from_.open_session();
      } catch (...) {
        give_back();
        throw;
      }
    } else {
      session_ = std::move(from_.idle_.back());
      from_.idle_.pop_back();
    }
  }
  lease(const lease &) = delete;
  lease &operator=(const lease &) = delete;
  ~lease() { give_back(); }
  soci::session &operator*() const { return *session_; }

 private:
  void give_back() {
    const std::lock_guard lock(from_.mutex_);
    if (session_) {
      from_.idle_.push_back(std::move(session_));
    } else {
      --from_.open_;
    }
    from_.returned_.notify_one();
  }
  const database &from_;
  std::unique_ptr<soci::session> session_;
};

database::database(const std::filesystem::path &file) : file_(file) {
  // For this account alone, whatever the folder allows; SQLite's files beside it take over the mode.
  if (const int made = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); made >= 0) ::close(made);
  const lease first(*this);
}

database::~database() = default;

std::unique_ptr<soci::session> database::open_session() const {
  return explained([&] {
    // The factory itself, not its name: by name SOCI loads a library whose end would unload it again.
    auto opened = std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + file_.string() + "\" timeout=10");
    for (const char *setting : {"pragma journal_mode = wal", "pragma synchronous = full", "pragma foreign_keys = on"}) {
      *opened << setting;
    }
    return opened;
  });
}

void database::read(const std::function<void(soci::session &)> &body) const {
  explained([&] {
    const lease leased(*this);
    body(*leased);
  });
}

void database::write(const std::function<void(soci::session &)> &body) const {
  explained([&] {
    const lease leased(*this);
    auto &sql = *leased;
    // IMMEDIATE: a transaction that reads first and writes later would fail at once when another writer was quicker.
    sql << "begin immediate";
    try {
      body(sql);
      sql << "commit";
    } catch (...) {
      // A full disk may have ended the transaction already.
      if (sqlite_api::sqlite3_get_autocommit(raw(sql)) == 0) sql << "rollback";
      throw;
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

}  // namespace dms::reference
