// host_effects.cpp - the queue of events that the host has still to be told of.
#include "store/database.hpp"
#include "store/event_fields.hpp"

namespace lead_system::store {

namespace {

constexpr auto effect_attempt =
    fields_of<host_effect>(field("next_attempt_at", &host_effect::next_attempt_at),
                           field("attempts", &host_effect::attempts), field("problem", &host_effect::problem));
constexpr auto effect_fields =
    effect_attempt + fields_of<host_effect>(field("lead_version", &host_effect::lead_version));

}  // namespace

void transaction::queue_host_effect(std::int64_t lead_id) {
  on_.change(
      "INSERT INTO host_effect (event_id, lead_id, next_attempt_at, attempts, problem) SELECT id, lead_id, at, 0, '' "
      "FROM lead_event WHERE id = (SELECT MAX(id) FROM lead_event WHERE lead_id = :a1)",
      {lead_id});
}

std::vector<host_effect> store::host_effects_of(std::int64_t lead_id) {
  return inside_->read([&](connection &on) {
    std::vector<host_effect> result;
    auto &rows = on.run("SELECT " + event_fields.columns("lead_event.") + ", " + effect_fields.columns() +
                            " FROM host_effect JOIN lead_event ON lead_event.id = host_effect.event_id WHERE "
                            "host_effect.lead_id = :a1 ORDER BY host_effect.event_id",
                        {lead_id}, event_fields.kinds_with(effect_fields.kinds()));
    while (rows.next()) {
      event_fields.read(rows, result.emplace_back().event);
      effect_fields.read(rows, result.back(), event_fields.count);
    }
    return result;
  });
}

std::vector<std::int64_t> store::leads_with_host_effects(time_us now, int limit) {
  inside_->mend_clock_jumps(now);
  return inside_->read([&](connection &on) {
    return on.numbers(
        "SELECT lead_id FROM host_effect WHERE next_attempt_at <= :a1 GROUP BY lead_id ORDER BY MIN(next_attempt_at), "
        "lead_id LIMIT :a2",
        {now, limit});
  });
}

void store::host_was_told(std::int64_t event_id) {
  inside_->write([&](connection &on) { on.change("DELETE FROM host_effect WHERE event_id = :a1", {event_id}); });
}

void store::host_was_not_told(const host_effect &effect) {
  inside_->write([&](connection &on) {
    on.change("UPDATE host_effect SET " + effect_attempt.assignments() + " WHERE event_id = :a4",
              effect_attempt.values(effect, effect.event.id));
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
