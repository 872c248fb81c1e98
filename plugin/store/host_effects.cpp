// host_effects.cpp - the queue of events that the host has still to be told of.
#include "lead/texts.hpp"
#include "store/database.hpp"

namespace lead_system::store {

void transaction::queue_host_effect(std::int64_t lead_id) {
  on_.change(
      "INSERT INTO host_effect (event_id, lead_id, next_attempt_at, attempts, problem) SELECT id, lead_id, at, 0, '' "
      "FROM lead_event WHERE id = (SELECT MAX(id) FROM lead_event WHERE lead_id = :a1)",
      {lead_id});
}

std::vector<host_effect> store::host_effects_of(std::int64_t lead_id) {
  return inside_->read([&](connection &on) {
    std::vector<host_effect> result;
    auto &rows = on.run(
        "SELECT lead_event.id, lead_event.lead_id, at, kind, actor, actor_name, comment, data, lead_version, "
        "next_attempt_at, attempts, problem FROM host_effect JOIN lead_event ON lead_event.id = host_effect.event_id "
        "WHERE host_effect.lead_id = :a1 ORDER BY host_effect.event_id",
        {lead_id}, "iiitttttiiit");
    while (rows.next()) {
      host_effect one;
      one.event = {rows.number(0), rows.number(1), rows.number(2), rows.text(3),
                   rows.text(4),   rows.text(5),   rows.text(6),   texts_from_json(rows.text(7))};
      one.lead_version = rows.number(8);
      one.next_attempt_at = rows.number(9);
      one.attempts = rows.small(10);
      one.problem = rows.text(11);
      result.push_back(std::move(one));
    }
    return result;
  });
}

std::vector<std::int64_t> store::leads_with_host_effects(time_us now, int limit) {
  inside_->mend_clock_jumps(now);
  return inside_->read([&](connection &on) {
    std::vector<std::int64_t> result;
    auto &rows = on.run(
        "SELECT lead_id, MIN(next_attempt_at) AS since FROM host_effect WHERE next_attempt_at <= :a1 GROUP BY lead_id "
        "ORDER BY since, lead_id LIMIT :a2",
        {now, limit}, "ii");
    while (rows.next()) result.push_back(rows.number(0));
    return result;
  });
}

void store::host_was_told(std::int64_t event_id) {
  inside_->write([&](connection &on) { on.change("DELETE FROM host_effect WHERE event_id = :a1", {event_id}); });
}

void store::host_was_not_told(const host_effect &effect) {
  inside_->write([&](connection &on) {
    on.change("UPDATE host_effect SET next_attempt_at = :a1, attempts = :a2, problem = :a3 WHERE event_id = :a4",
              {effect.next_attempt_at, effect.attempts, effect.problem, effect.event.id});
  });
}

store::host_effect_backlog store::count_host_effects() {
  return inside_->read([&](connection &on) {
    store::host_effect_backlog result;
    auto &rows = on.run(
        "SELECT problem, (SELECT COUNT(*) FROM host_effect WHERE attempts > 0) FROM host_effect WHERE attempts > 0 "
        "ORDER "
        "BY attempts DESC, event_id LIMIT 1",
        {}, "ti");
    if (rows.next()) {
      result.problem = rows.text(0);
      result.waiting = rows.number(1);
    }
    return result;
  });
}

}  // namespace lead_system::store
