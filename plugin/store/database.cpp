#include "store/database.hpp"

#include "store/arrivals.hpp"
#include "store/clock_jumps.hpp"
#include "store/migrations.hpp"

namespace lead_system::store {

database::database(const options &how)
    : kind_(engine_of(how.database)),
      watch_(std::make_shared<dms::line_watch>()),
      pool_(how, watch_),
      reading_(how, watch_, longest_read),
      holds_(how, watch_) {
  const auto ours = shipped_migrations(kind_);
  known_ = ours.empty() ? 0 : ours.back().number;
  attempt(pool_, [&](connection &on, bool &) { migrate(on.session(), kind_, ours, how.migrated); });
}

void database::refuse_when_superseded(connection &on) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch() / std::chrono::milliseconds{1};
  auto last = looked_.load();
  if (now - last >= notice_newer_within.count() && looked_.compare_exchange_strong(last, now)) {
    static const std::string sqlite = newer_schema_sql(engine::sqlite), other = newer_schema_sql(engine::postgresql);
    auto &rows = on.run(kind_ == engine::sqlite ? sqlite : other, {known_, known_}, "i");
    int found = 0;
    while (rows.next()) found = rows.small(0);
    newer_ = found;
  }
  if (const int found = newer_) throw store_unavailable(too_new_sentence(found, known_));
}

void database::mend_clock_jumps(time_us now) {
  constexpr time_us margin = minute_us;
  // A clock that goes on as it should leaves nothing to mend.
  const auto before = latest_.exchange(now);
  if (before != 0 && now + margin > before) return;
  if (read([&](connection &on) { return waits_too_long(on, now); })) {
    write([&](connection &on) { bring_back(on, now); });
  }
}

transaction::transaction(connection &on) : on_(on), arrivals_(std::make_unique<arrivals>(on)) {
  begin_write(on.session(), on.kind());
  open_ = true;
}

transaction::~transaction() {
  on_.rest();
  if (!open_) return;
  try {
    on_.session() << "ROLLBACK";
  } catch (const std::exception &) {
    // The connection is gone, and the transaction with it; or SQLite has rolled back by itself.
  }
}

void transaction::commit() {
  on_.commit();
  open_ = false;
}

store::store(const options &how) : inside_(std::make_unique<database>(how)) {}

store::~store() = default;

std::unique_ptr<store> store::open(const options &how) {
  return std::unique_ptr<store>(new store(how));
}

void store::write(const std::function<void(transaction &)> &body) {
  inside_->in_transaction(body);
}

std::unique_ptr<store::holding> store::hold(const std::string &name) {
  return inside_->held().hold(name);
}

bool store::healthy() {
  try {
    return inside_->read([](connection &on) { return on.run("SELECT number FROM schema_version", {}, "i").next(); });
  } catch (const std::exception &) {
    return false;
  }
}

}  // namespace lead_system::store
