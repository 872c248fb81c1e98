// database.hpp - the host's own data through SOCI: sessions, write transactions, migrations, backup. A SQLite file of
// one data directory, or a schema on PostgreSQL that any number of hosts share (dialect.hpp has what differs).
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/dialect.hpp"

namespace dms::reference {

/// Thread-safe: each call leases a session of its own. Bodies may run again, from the start, where another writer was
/// quicker or the connection broke: what they fill they empty first.
/// Failures of the store are dms::failure(dms_unavailable): busy for too long, disk full, not there.
class database {
 public:
  /// `place`: a file, made where it is not there, or "postgresql://…".
  explicit database(std::string place);
  database(const database &) = delete;
  database &operator=(const database &) = delete;
  ~database();

  /// Reads with a leased session; what `body` sees is one statement at a time.
  void read(const std::function<void(soci::session &)> &body) const;
  /// One transaction; an exception rolls back and passes on.
  void write(const std::function<void(soci::session &)> &body) const;
  /// The same where nobody else on the database changes its schema meanwhile.
  void write_schema(const std::function<void(soci::session &)> &body) const;
  /// A consistent copy of the file while it is in use; `to` must not exist. Of SQLite only.
  void backup_to(const std::filesystem::path &to) const;
  /// Takes what was erased out of the journals as well: SQLite's log beside the file, PostgreSQL's dead rows, where it
  /// would stand in clear for long. Throws failure(dms_unavailable) while others read or write.
  void empty_journals() const;

  engine kind() const noexcept { return engine_of(place_); }
  const std::string &place() const noexcept { return place_; }

  /// Of all hosts on the database, one at a time has the turn of that name. On SQLite: no more than a name.
  class turn {
   public:
    turn(const database &of, std::string name);
    turn(const turn &) = delete;
    turn &operator=(const turn &) = delete;
    ~turn();

   private:
    const database &of_;
    std::string name_;
    std::unique_ptr<soci::session> session_;
  };

 private:
  class lease;
  struct rested {
    std::unique_ptr<soci::session> session;
    std::chrono::steady_clock::time_point since;
  };
  void run(const std::function<void(soci::session &)> &body) const;
  void transact(void (*begin)(soci::session &), const std::function<void(soci::session &)> &body) const;

  std::string place_;
  mutable std::mutex mutex_;
  mutable std::condition_variable returned_;
  mutable std::vector<rested> idle_;
  mutable int open_ = 0;
};

/// Brings the host's schema up to date; refuses a schema that is newer than this host.
void migrate(database &to);

}  // namespace dms::reference
