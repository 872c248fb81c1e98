// database.hpp - the host's own SQLite file through SOCI: sessions, write transactions, migrations, backup.
#pragma once

#include <soci/soci.h>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace dms::reference {

/// One SQLite file (WAL, foreign keys, synchronous=FULL). Thread-safe: each call leases a session of its own.
/// Failures of the store are dms::failure(dms_unavailable): busy for too long, disk full, file not readable.
class database {
 public:
  /// Opens or creates the file and brings its schema up to date; refuses a schema that is newer than this host.
  explicit database(const std::filesystem::path &file);
  database(const database &) = delete;
  database &operator=(const database &) = delete;
  ~database();

  /// Reads with a leased session; what `body` sees is one statement at a time.
  void read(const std::function<void(soci::session &)> &body) const;
  /// BEGIN IMMEDIATE … COMMIT; an exception rolls back and passes on.
  void write(const std::function<void(soci::session &)> &body) const;
  /// A consistent copy of the file while it is in use; `to` must not exist.
  void backup_to(const std::filesystem::path &to) const;
  const std::filesystem::path &file() const noexcept { return file_; }

 private:
  class lease;
  std::unique_ptr<soci::session> open_session() const;

  std::filesystem::path file_;
  mutable std::mutex mutex_;
  mutable std::condition_variable returned_;
  mutable std::vector<std::unique_ptr<soci::session>> idle_;
  mutable int open_ = 0;
};

/// Brings the host's schema up to date, one transaction a step.
void migrate(database &to);

}  // namespace dms::reference
