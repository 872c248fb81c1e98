#include "connections/fault.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace dms {

namespace {

constexpr std::chrono::milliseconds first_pause{4};
constexpr std::chrono::milliseconds longest_pause{250};

fault classify_sqlite(int result) noexcept {
  switch (result & 0xFF) {  // the low byte of an extended result code
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fault::busy;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
      return fault::unavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return fault::damaged;
    default:
      return fault::other;
  }
}

// PostgreSQL, appendix A; the first match counts.
constexpr std::pair<std::string_view, fault> sqlstates[] = {
    {"40", fault::contention},      // serialization failure, deadlock
    {"55P03", fault::busy},         // lock time-out
    {"23505", fault::contention},   // unique: somebody inserted the same at the same time
    {"08", fault::lost},            // connection exception
    {"57P", fault::lost},           // the server shuts down or starts
    {"25006", fault::lost},         // a standby: connecting again finds the server that writes
    {"25P03", fault::lost},         // the server ended an idle transaction
    {"53", fault::unavailable},     // disk full, memory, too many connections
    {"57014", fault::unavailable},  // cancelled
    {"22021", fault::text},         // no UTF-8
    {"22P05", fault::text},
};

fault classify_postgresql(const std::string &state, bool connection_error) noexcept {
  for (const auto &[prefix, meaning] : sqlstates) {
    if (state.compare(0, prefix.size(), prefix) == 0) return meaning;
  }
  // libpq gives no state for a connection that broke in the middle.
  const bool blank = std::all_of(state.begin(), state.end(), [](char c) { return c == ' ' || c == '\0'; });
  return connection_error || blank ? fault::lost : fault::other;
}

}  // namespace

fault classify(const std::exception &error) noexcept {
  if (const auto *of_file = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    return classify_sqlite(of_file->result());
  }
  if (const auto *of_server = dynamic_cast<const soci::postgresql_soci_error *>(&error)) {
    return classify_postgresql(of_server->sqlstate(),
                               of_server->get_error_category() == soci::soci_error::connection_error);
  }
  const auto *any = dynamic_cast<const soci::soci_error *>(&error);
  if (any == nullptr) return fault::other;
  if (any->get_error_category() == soci::soci_error::connection_error) return fault::lost;
  // SOCI gives some of SQLite's results as text only.
  const std::string_view said = any->what();
  if (said.find("database is locked") != std::string_view::npos) return fault::busy;
  if (said.find("disk is full") != std::string_view::npos) return fault::unavailable;
  return said.find("Cannot establish connection") != std::string_view::npos ? fault::unreachable : fault::other;
}

bool disk_is_full(const std::exception &error) noexcept {
  if (const auto *of_file = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    return (of_file->result() & 0xFF) == SQLITE_FULL;
  }
  if (const auto *of_server = dynamic_cast<const soci::postgresql_soci_error *>(&error)) {
    return of_server->sqlstate() == "53100";
  }
  return std::string_view(error.what()).find("disk is full") != std::string_view::npos;
}

bool answers(soci::session &session) noexcept {
  try {
    int one = 0;
    session << "SELECT 1", soci::into(one);
    return one == 1;
  } catch (const std::exception &) {
    return false;
  }
}

void pause_before(int attempt) {
  const auto pause = std::min(first_pause * (1 << std::min(attempt, 10)), longest_pause);
  std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<long long> jitter(pause.count() / 2, pause.count());
  std::this_thread::sleep_for(std::chrono::milliseconds(jitter(random)));
}

}  // namespace dms
