#include "store/fault.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace lead_system::store {

namespace {

fault classify_sqlite(int result) noexcept {
  switch (result & 0xff) {  // the low byte of an extended result code
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fault::contention;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
      return fault::unavailable;
    default:
      return fault::other;
  }
}

struct state_prefix {
  std::string_view prefix;
  fault meaning;
};
// PostgreSQL, appendix A; the first match counts.
constexpr std::array state_prefixes{
    state_prefix{"40", fault::contention},     // serialization failure, deadlock
    state_prefix{"55P03", fault::contention},  // lock time-out
    state_prefix{"23505", fault::contention},  // unique: somebody inserted the same at the same time
    state_prefix{"08", fault::lost},           // connection exception
    state_prefix{"57P", fault::lost},          // the server shuts down or starts
    state_prefix{"25006", fault::lost},        // a standby: reconnect finds the server that writes
    state_prefix{"25P03", fault::lost},        // the server ended an idle transaction
    state_prefix{"53", fault::unavailable},    // disk full, memory, too many connections
    state_prefix{"57014", fault::unavailable},
};

fault classify_postgresql(const std::string &sqlstate, bool connection_error) noexcept {
  for (const auto &row : state_prefixes) {
    if (sqlstate.compare(0, row.prefix.size(), row.prefix) == 0) return row.meaning;
  }
  // libpq gives no state for a connection that broke in the middle.
  const bool blank = std::all_of(sqlstate.begin(), sqlstate.end(), [](char c) { return c == ' ' || c == '\0'; });
  return connection_error || blank ? fault::lost : fault::other;
}

/// Told apart for the sentence: what to do about it is something else.
bool disk_is_full(const std::exception &error) noexcept {
  if (const auto *sqlite = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    return (sqlite->result() & 0xff) == SQLITE_FULL;
  }
  if (const auto *postgresql = dynamic_cast<const soci::postgresql_soci_error *>(&error)) {
    return postgresql->sqlstate() == "53100";
  }
  return std::string_view(error.what()).find("disk is full") != std::string_view::npos;
}

}  // namespace

fault classify(const std::exception &error) noexcept {
  if (const auto *sqlite = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    return classify_sqlite(sqlite->result());
  }
  if (const auto *postgresql = dynamic_cast<const soci::postgresql_soci_error *>(&error)) {
    return classify_postgresql(postgresql->sqlstate(),
                               postgresql->get_error_category() == soci::soci_error::connection_error);
  }
  if (const auto *any = dynamic_cast<const soci::soci_error *>(&error)) {
    if (any->get_error_category() == soci::soci_error::connection_error) return fault::lost;
    // SOCI gives some of SQLite's results as text only.
    const std::string_view text = any->what();
    if (text.find("database is locked") != std::string_view::npos) return fault::contention;
    if (text.find("disk is full") != std::string_view::npos) return fault::unavailable;
    if (text.find("Cannot establish connection") != std::string_view::npos) return fault::unavailable;
  }
  return fault::other;
}

std::string sentence_for(fault kind, const std::exception &error) {
  switch (kind) {
    case fault::contention:
      return "The lead database is busy; nothing was written. Please try again in a moment.";
    case fault::lost:
      return "The connection to the lead database was lost. Please try again in a moment.";
    case fault::unavailable:
      if (disk_is_full(error)) {
        return "The disk of the lead database is full; nothing was written. Free some space and try again.";
      }
      return "The lead database cannot be used at present; nothing was written. Please try again later.";
    case fault::other:
      break;
  }
  return error.what();
}

}  // namespace lead_system::store
