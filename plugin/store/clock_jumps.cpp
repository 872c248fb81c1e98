#include "store/clock_jumps.hpp"

#include <array>

namespace lead_system::store {

namespace {

struct queue {
  std::string table;
  std::string ahead;  ///< the condition; {now} is the time
  std::string mended;
};

// A message is put off for up to 1.2 * 60 s * 2^(attempts - 1), at most six hours (feedback/sender.cpp); what waits
// behind it as long as it does. The others' longest pause is an hour. Leases last minutes.
const std::array queues{
    queue{"feedback_message",
          "status = 'waiting' AND next_attempt_at > {now} + CASE WHEN attempts BETWEEN 1 AND 9 THEN CAST(75000000 AS "
          "BIGINT) * (1 << (CAST(attempts AS INTEGER) - 1)) ELSE 27000000000 END",
          "next_attempt_at = {now}"},
    queue{"feedback_message", "status = 'waiting' AND lease_until > {now} + 600000000",
          "lease_owner = '', lease_until = 0"},
    queue{"host_effect", "next_attempt_at > {now} + 3700000000", "next_attempt_at = {now}"},
    queue{"mail_queue", "next_attempt_at > {now} + 3700000000", "next_attempt_at = {now}"},
    queue{"notice", "attempts > 0 AND next_attempt_at > {now} + 3700000000", "next_attempt_at = {now}"},
    queue{"lease", "lease_until > {now} + 3700000000", "lease_until = 0"}};

std::string at(std::string sql, time_us now) {
  constexpr std::string_view word = "{now}";
  for (auto found = sql.find(word); found != std::string::npos; found = sql.find(word)) {
    sql.replace(found, word.size(), "CAST(" + std::to_string(now) + " AS BIGINT)");
  }
  return sql;
}

}  // namespace

bool waits_too_long(connection &on, time_us now) {
  std::string sql;
  for (const auto &one : queues) {
    sql += (sql.empty() ? "SELECT CASE WHEN EXISTS (SELECT 1 FROM " : " OR EXISTS (SELECT 1 FROM ") + one.table +
           " WHERE " + one.ahead + ")";
  }
  arguments none;
  statement rows(on.session(), at(sql + " THEN 1 ELSE 0 END", now), none, "i");
  rows.execute();
  return rows.next() && rows.number(0) != 0;
}

void bring_back(connection &on, time_us now) {
  for (const auto &one : queues) {
    arguments none;
    statement(on.session(), at("UPDATE " + one.table + " SET " + one.mended + " WHERE " + one.ahead, now), none)
        .execute();
  }
}

}  // namespace lead_system::store
