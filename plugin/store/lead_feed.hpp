// lead_feed.hpp - the leads as they are filtered, sorted and counted, and the feed of what has changed since.
//
// Triggers (migration 0002) note every write of a lead or of its feedback in the writer's own transaction. On SQLite
// writers are serial, so the notes' numbers grow in the order of the commits. On PostgreSQL a later number may be
// committed earlier: a reader remembers the snapshot in which it read, and reads the notes of all transactions that
// were not visible in it. So nothing is skipped, nothing is read twice, and nothing waits for a long transaction.
#pragma once

#include <functional>
#include <memory>

#include "store/dialect.hpp"
#include "store/feed_row.hpp"
#include "store/store.hpp"

namespace lead_system::store {

class session_pool;
class connection;

/// The noted leads behind a reader's position, each once, with his new position of the same snapshot beside each.
std::string since_sql(engine kind);

/// [any] Sessions of its own, opened when they are first needed: their settings are for few rows. Throws as the store
/// does.
class lead_feed {
 public:
  explicit lead_feed(const options &how);
  lead_feed(const lead_feed &) = delete;
  lead_feed &operator=(const lead_feed &) = delete;
  ~lead_feed();

  /// To be asked before all leads are read; since() then gives what changed while they were read.
  feed_position position();
  /// Up to `limit` leads above `after` by id, without their feedback; calls `take` in the order of ids and returns the
  /// last id, 0 when there was none.
  std::int64_t read(std::int64_t after, int limit, const std::function<void(const feed_row &)> &take);
  /// The leads whose feedback is not settled, as id and bits.
  std::vector<std::pair<std::int64_t, unsigned>> unsettled_feedback();
  /// Everything committed before the call, of one moment.
  feed_changes since(const feed_position &known);
  /// Forgets old notes so that about `keep` stay.
  void forget(std::int64_t keep);

 private:
  std::unique_ptr<session_pool> pool_;
};

}  // namespace lead_system::store
