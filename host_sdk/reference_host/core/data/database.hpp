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

#include "connections/line_watch.hpp"
#include "reference_host/core/data/dialect.hpp"

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
  /// The same of what need not outlive the server's machine: it waits for no standby.
  void write_lightly(const std::function<void(soci::session &)> &body) const;
  /// The same where nobody else on the database changes its schema meanwhile.
  void write_schema(const std::function<void(soci::session &)> &body) const;
  /// Takes what was erased out of the journals as well: SQLite's log beside the file, PostgreSQL's dead rows, where it
  /// would stand in clear for long. Throws failure(dms_unavailable) while others read or write.
  void empty_journals() const;

  /// On PostgreSQL with its line, which is watched while somebody waits on it.
  struct opened {
    std::unique_ptr<soci::session> session;
    std::unique_ptr<line_watch::line> line;  ///< ends first
    void in_use() const {
      if (line) line->in_use();
    }
    void at_rest() const noexcept {
      if (line) line->at_rest();
    }
    void close() noexcept {
      line.reset();
      session.reset();
    }
  };

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
    opened session_;
  };

 private:
  class lease;
  struct rested {
    opened session;
    std::chrono::steady_clock::time_point since;
  };
  struct pool {
    explicit pool(int sessions) : most(sessions) {}
    int most;
    std::mutex mutex;
    std::condition_variable returned;
    std::vector<rested> idle;
    int open = 0;
  };
  opened open() const;
  void run(pool &from, const std::function<void(soci::session &)> &body) const;
  void transact(void (*begin)(soci::session &), const std::function<void(soci::session &)> &body) const;

  std::string place_;
  mutable line_watch watch_;
  mutable pool writing_;
  /// On PostgreSQL those who read have sessions of their own: writers may wait for a standby for as long as it takes.
  mutable pool reading_;
};

/// Brings the host's schema up to date; refuses a schema that is newer than this host.
void migrate(database &to);

}  // namespace dms::reference
