// hold.hpp - something of which there may be one at a time, over all hosts of a database: held as long as its holder
// lives, not until a time that was agreed on. Who is killed holds nothing any more.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "connections/line_watch.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// [any] What this process holds; it outlives what it gave out. SQLite: a range of a file beside the database is
/// locked, which the operating system ends with the process. PostgreSQL: advisory locks of one session of its own,
/// which the server ends with the connection; of a machine that is gone it hears within a minute.
class holds {
 public:
  holds(options how, std::shared_ptr<dms::line_watch> watch);
  holds(const holds &) = delete;
  holds &operator=(const holds &) = delete;
  ~holds();
  /// Null while somebody else holds `name`, in this process or another. Throws store_unavailable.
  std::unique_ptr<store::holding> hold(const std::string &name);

 private:
  class session;
  class held_key;
  bool lock(std::uint64_t key);
  void unlock(std::uint64_t key) noexcept;

  options how_;
  std::shared_ptr<dms::line_watch> watch_;
  std::mutex mutex_;
  std::set<std::uint64_t> held_;
  std::unique_ptr<session> session_;  ///< of PostgreSQL
};

}  // namespace lead_system::store
