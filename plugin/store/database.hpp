// database.hpp - the inside of the store: its sessions. Each operation of store.hpp is written in the file of its
// family of tables, on what this gives it.
#pragma once

#include <atomic>
#include <memory>
#include <type_traits>

#include "store/attempt.hpp"
#include "store/hold.hpp"

namespace lead_system::store {

/// [any] Throws as the store does.
class database {
 public:
  /// Opens and migrates.
  explicit database(const options &how);
  database(const database &) = delete;
  database &operator=(const database &) = delete;
  ~database() = default;

  /// `body(connection)` may run again as a whole: it changes nothing.
  template <typename Body>
  auto read(Body &&body) {
    return attempt(kind_ == engine::postgresql ? reading_ : pool_, [&](connection &on, bool &) {
      refuse_when_superseded(on);
      return body(on);
    });
  }
  /// `body(connection)` in one write transaction; it may run again as a whole.
  template <typename Body>
  auto write(Body &&body) {
    return attempt(pool_, [&](connection &on, bool &committing) {
      refuse_when_superseded(on);
      transaction inside(on);
      return committed(inside, committing, [&] { return body(on); });
    });
  }
  /// The same for `body(transaction)`.
  template <typename Body>
  void in_transaction(Body &&body) {
    attempt(pool_, [&](connection &on, bool &committing) {
      refuse_when_superseded(on);
      transaction inside(on);
      return committed(inside, committing, [&] { body(inside); });
    });
  }
  /// Where the clock was set back, what was put off meanwhile would wait too long: looked after where jobs ask what is
  /// due.
  void mend_clock_jumps(time_us now);
  engine kind() const noexcept { return kind_; }
  holds &held() noexcept { return holds_; }

 private:
  template <typename Body>
  static auto committed(transaction &inside, bool &committing, Body &&body) {
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      committing = true;
      inside.commit();
    } else {
      auto result = body();
      committing = true;
      inside.commit();
      return result;
    }
  }
  /// Throws store_unavailable while a newer plugin has, or is about to have, the database in a schema that this one
  /// does not work beside: a host that serves is not to write into it. Looks once in `notice_newer_within`.
  void refuse_when_superseded(connection &on);

  /// Nothing that is read takes long; what does is a fault of a statement, and ends.
  static constexpr std::chrono::seconds longest_read{60};

  std::atomic<time_us> latest_{0};  ///< what the jobs said last that the time is
  engine kind_;
  int known_ = 0;                        ///< the newest schema of ours
  std::atomic<int> newer_{0};            ///< one that excludes us
  std::atomic<std::int64_t> looked_{0};  ///< when, by the steady clock
  std::shared_ptr<dms::line_watch> watch_;
  session_pool pool_;
  session_pool reading_;  ///< on PostgreSQL, where writers may wait for a standby while there is all to read
  holds holds_;
};

}  // namespace lead_system::store
