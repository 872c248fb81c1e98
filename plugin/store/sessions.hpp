// sessions.hpp - the sessions on the database: leased with a time-out, probed, reset, replaced when they are dead.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "connections/line_watch.hpp"
#include "store/statement.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// [any] Sessions are opened when they are first needed. A session belongs to one thread while it is leased.
class session_pool {
 public:
  /// `watch`: of the lines to PostgreSQL, shared with other pools; null: one of its own. `longest`: how long a
  /// statement may take on PostgreSQL, for sessions that only read; 0: as the server has it.
  explicit session_pool(options how, std::shared_ptr<dms::line_watch> watch = nullptr,
                        std::chrono::milliseconds longest = std::chrono::milliseconds{0});
  session_pool(const session_pool &) = delete;
  session_pool &operator=(const session_pool &) = delete;
  ~session_pool() = default;

  class lease {
   public:
    lease(session_pool &pool, std::size_t slot) : pool_(&pool), slot_(slot) {}
    lease(const lease &) = delete;
    lease &operator=(const lease &) = delete;
    ~lease() { pool_->give_back(slot_, suspect_); }
    soci::session &operator*() const;
    /// The session with the statements that stay prepared on it.
    connection &on() const;
    /// After a fault: the session is probed, or opened anew, before anybody gets it again.
    void suspect() noexcept { suspect_ = true; }

   private:
    session_pool *pool_;
    std::size_t slot_;
    bool suspect_ = false;
  };

  /// A usable session, without an open transaction. Throws store_unavailable when none comes free in time.
  std::unique_ptr<lease> get();
  const options &how() const noexcept { return how_; }

 private:
  using clock = std::chrono::steady_clock;
  struct slot {
    std::unique_ptr<soci::session> session;
    std::unique_ptr<dms::line_watch::line> line;  ///< of PostgreSQL; ends before the session, as does what follows
    std::unique_ptr<connection> on;
    bool leased = false;
    bool suspect = false;
    clock::time_point used{};
  };
  std::size_t wait_for_slot();
  void make_usable(slot &one) const;
  void give_back(std::size_t slot, bool suspect) noexcept;

  options how_;
  std::shared_ptr<dms::line_watch> watch_;
  std::chrono::milliseconds longest_;
  std::mutex mutex_;
  std::condition_variable came_free_;
  std::vector<slot> slots_;
};

}  // namespace lead_system::store
