#include "store/lead_feed.hpp"

#include <charconv>

#include "store/attempt.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

constexpr auto feed_fields = fields_of<feed_row>(
    field("lead.id", &feed_row::id), field("type", &feed_row::type), field("category", &feed_row::category),
    field("location", &feed_row::location), field("assignee", &feed_row::assignee), field("source", &feed_row::source),
    field("model", &feed_row::model), field("campaign", &feed_row::campaign), field("state", &feed_row::state),
    field("outcome", &feed_row::outcome), field("reason", &feed_row::reason), field("stages", &feed_row::reached),
    field("created_at", &feed_row::created_at), field("due_at", &feed_row::due_at),
    field("escalation_at", &feed_row::escalation_at), field("first_contact_at", &feed_row::first_contact_at),
    field("ended_at", &feed_row::ended_at), field("reminder_at", &feed_row::reminder_at),
    field("name_key", &feed_row::name_key), field("search_key", &feed_row::search_key));

// Each status counts once: the sum of the different bits is the set.
const std::string feedback_column =
    "COALESCE((SELECT SUM(DISTINCT CASE f.status WHEN 'waiting' THEN 1 WHEN 'rejected' THEN 2 WHEN 'failed' THEN 4 "
    "ELSE 0 END) FROM feedback_message f WHERE f.lead_id = lead.id), 0)";

const std::string present_snapshot = "CAST(pg_current_snapshot() AS TEXT)";
const std::string oldest_running = "CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)";

/// The oldest transaction that was running in the snapshot ("xmin:xmax:running"): all before it are known.
std::int64_t oldest_unknown(const std::string &snapshot) {
  std::int64_t number = 0;
  std::from_chars(snapshot.data(), snapshot.data() + snapshot.size(), number);
  return number;
}

/// Numbers of transactions that this server has not given yet are another server's: the database was restored from
/// there. Left as they are, they would be news at each look until this one has counted as far.
void settle_strange_notes(connection &on) {
  const std::string next = "CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)";
  on.change("UPDATE lead_change SET txid = 0 WHERE txid >= " + next, {});
  on.change("UPDATE lead_change_forgotten SET txid = 0 WHERE txid >= " + next, {});
}

feed_position position_of(connection &on) {
  const bool sqlite = on.kind() == engine::sqlite;
  if (sqlite) return {on.number("SELECT COALESCE(MAX(seq), 0) FROM lead_change"), {}};
  settle_strange_notes(on);
  return {0, on.text("SELECT " + present_snapshot)};
}

/// The new notes are few. Where there are no statistics yet, as after a large import, PostgreSQL takes them for many:
/// it would read whole tables, start workers and compile the query first.
void plan_for_few_rows(connection &on) {
  auto &rows = on.run(
      "SELECT set_config('jit', 'off', false) || set_config('enable_seqscan', 'off', false) || "
      "set_config('enable_hashjoin', 'off', false) || set_config('enable_mergejoin', 'off', false) || "
      "set_config('max_parallel_workers_per_gather', '0', false)",
      {}, "t");
  while (rows.next()) {
  }
}

feed_changes changes_since(connection &on, const feed_position &known) {
  const bool sqlite = on.kind() == engine::sqlite;
  feed_changes result;
  result.position = known;
  static const std::string sqlite_sql = since_sql(engine::sqlite), postgresql_sql = since_sql(engine::postgresql);
  const auto unknown = oldest_unknown(known.snapshot);
  if (!sqlite) plan_for_few_rows(on);
  const auto kinds = std::string(feed_fields.kinds()) + (sqlite ? "ii" : "it");
  auto &rows =
      sqlite ? on.run(sqlite_sql, {known.seq}, kinds) : on.run(postgresql_sql, {unknown, known.snapshot}, kinds);
  while (rows.next()) {
    auto &item = result.rows.emplace_back(feed_fields.read(rows));
    item.feedback = static_cast<unsigned>(rows.number(feed_fields.count));
    if (sqlite) {
      result.position.seq = rows.number(feed_fields.count + 1);
    } else {
      result.position.snapshot = rows.text(feed_fields.count + 1);
    }
  }
  // Asked after the notes: what was forgotten before they were read is seen here.
  auto &lost = on.run("SELECT seq, txid FROM lead_change_forgotten WHERE id = 1", {}, "ii");
  if (lost.next()) result.forgotten = sqlite ? lost.number(0) > known.seq : lost.number(1) >= unknown;
  return result;
}

void forget_notes(connection &on, std::int64_t keep) {
  const auto upto = on.number("SELECT COALESCE(MAX(seq), 0) FROM lead_change") - keep;
  if (upto <= 0) return;
  // Only what every snapshot from now on knows: else a reader that has just read everything would have to do it again.
  const auto settled = " FROM lead_change WHERE seq <= :a1 AND txid < " +
                       (on.kind() == engine::sqlite ? std::string("1") : oldest_running);
  auto &old = on.run("SELECT COALESCE(MAX(seq), 0), COALESCE(MAX(txid), 0)" + settled, {upto}, "ii");
  const auto found = old.next();
  const auto seq = found ? old.number(0) : 0, txid = found ? old.number(1) : 0;
  if (seq == 0) return;
  on.change(
      "UPDATE lead_change_forgotten SET seq = :a1, txid = CASE WHEN txid < :a2 THEN :a3 ELSE txid END WHERE id = 1 AND "
      "seq < :a4",
      {seq, txid, txid, seq});
  on.change("DELETE FROM lead_change WHERE seq <= :a1 AND txid <= :a2", {seq, txid});
}

}  // namespace

std::string since_sql(engine kind) {
  const auto sqlite =
      std::string("SELECT lead_id, (SELECT MAX(seq) FROM lead_change) AS upto FROM lead_change WHERE seq > :a1");
  const auto postgresql = "SELECT lead_id, " + present_snapshot +
                          " AS upto FROM lead_change WHERE txid >= :a1 AND NOT pg_visible_in_snapshot("
                          "CAST(CAST(txid AS TEXT) AS xid8), CAST(:a2 AS pg_snapshot))";
  return "SELECT " + feed_fields.columns() + ", " + feedback_column + ", noted.upto FROM (" +
         (kind == engine::sqlite ? sqlite : postgresql) +
         " GROUP BY lead_id) noted JOIN lead ON lead.id = noted.lead_id";
}

lead_feed::lead_feed(const options &how) {
  auto mine = how;
  // On PostgreSQL one to read and one to forget: a commit may wait long for a standby, and reading goes on.
  mine.sessions = engine_of(how.database) == engine::postgresql ? 2 : 1;
  pool_ = std::make_unique<session_pool>(std::move(mine));
}

lead_feed::~lead_feed() = default;

feed_position lead_feed::position() {
  return attempt(*pool_, [](connection &on, bool &) { return position_of(on); });
}

std::int64_t lead_feed::read(std::int64_t after, int limit, const std::function<void(const feed_row &)> &take) {
  return attempt(*pool_, [&](connection &on, bool &) {
    static const std::string sql =
        "SELECT " + feed_fields.columns() + " FROM lead WHERE id > :a1 ORDER BY id LIMIT :a2";
    auto &rows = on.run(sql, {after, limit}, feed_fields.kinds());
    std::int64_t last = 0;
    while (rows.next()) {
      const auto item = feed_fields.read(rows);
      last = item.id;
      take(item);
    }
    return last;
  });
}

std::vector<std::pair<std::int64_t, unsigned>> lead_feed::unsettled_feedback() {
  return attempt(*pool_, [](connection &on, bool &) {
    std::vector<std::pair<std::int64_t, unsigned>> result;
    auto &rows = on.run(
        "SELECT lead_id, CASE status WHEN 'waiting' THEN 1 WHEN 'rejected' THEN 2 ELSE 4 END FROM feedback_message "
        "WHERE status IN ('waiting', 'rejected', 'failed')",
        {}, "ii");
    while (rows.next()) result.emplace_back(rows.number(0), static_cast<unsigned>(rows.number(1)));
    return result;
  });
}

feed_changes lead_feed::since(const feed_position &known) {
  return attempt(*pool_, [&](connection &on, bool &) { return changes_since(on, known); });
}

void lead_feed::forget(std::int64_t keep) {
  attempt(*pool_, [&](connection &on, bool &committing) {
    // What reading all leads once took is not needed again.
    if (on.kind() == engine::sqlite) on.session() << "PRAGMA shrink_memory";
    begin_write(on.session(), on.kind());
    try {
      forget_notes(on, keep);
      on.rest();
      committing = true;
      on.session() << "COMMIT";
    } catch (const std::exception &) {
      on.rest();
      try {
        on.session() << "ROLLBACK";
      } catch (const std::exception &) {
        // The session is suspect now and is probed or opened anew.
      }
      throw;
    }
  });
}

}  // namespace lead_system::store
