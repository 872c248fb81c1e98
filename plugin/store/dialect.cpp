#include "store/dialect.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <initializer_list>

#include "connections/line_watch.hpp"
#include "dms/cpp/encoding.hpp"

namespace lead_system::store {

namespace {

// Any number will do, as long as no other program on the database takes the same.
constexpr std::string_view schema_lock = "SELECT pg_advisory_xact_lock(7305517)";
// A LOCK takes no snapshot: what is read after it is what the one before has committed.
constexpr std::string_view grants_lock = "LOCK TABLE grant_entry IN SHARE ROW EXCLUSIVE MODE";

constexpr int short_log = 2048;  ///< pages of 4 KiB

void replace_all(std::string &text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

constexpr std::string_view type_of_bytes(engine kind) noexcept {
  return kind == engine::sqlite ? "BLOB" : "BYTEA";
}

void run_all(soci::session &session, std::initializer_list<std::string> statements) {
  for (const auto &one : statements) session << one;
}

sqlite_api::sqlite3 *file_of(soci::session &session) {
  return static_cast<soci::sqlite3_session_backend &>(*session.get_backend()).conn_;
}

/// What is no base64 is given back as it is: migrated all the same, and found damaged where it is read.
void from_base64(sqlite_api::sqlite3_context *context, int, sqlite_api::sqlite3_value **values) noexcept {
  try {
    const auto *letters = reinterpret_cast<const char *>(sqlite_api::sqlite3_value_text(values[0]));
    const std::string_view text(letters == nullptr ? "" : letters,
                                static_cast<std::size_t>(sqlite_api::sqlite3_value_bytes(values[0])));
    const auto bytes = dms::from_base64(text).value_or(std::string(text));
    const auto copied = reinterpret_cast<sqlite_api::sqlite3_destructor_type>(-1);  // SQLITE_TRANSIENT
    sqlite_api::sqlite3_result_blob64(context, bytes.data(), bytes.size(), copied);
  } catch (const std::exception &) {
    sqlite_api::sqlite3_result_error_nomem(context);
  }
}

}  // namespace

engine engine_of(std::string_view database) noexcept {
  const auto begins = [&](std::string_view prefix) { return database.substr(0, prefix.size()) == prefix; };
  return begins("postgresql://") || begins("postgres://") ? engine::postgresql : engine::sqlite;
}

void open_session(soci::session &session, const options &how) {
  if (engine_of(how.database) == engine::postgresql) {
    // SOCI writes a "=" after an address that has none. The name is what pg_stat_activity shows.
    const auto address = dms::bounded_address(how.database);
    const bool has_options = address.find('?') != std::string::npos;
    session.open(soci::postgresql, address + (has_options ? "&" : "?") + "application_name=lead_system");
    return;
  }
  if (how.database.find('"') != std::string::npos) {
    throw std::runtime_error("The path of the database must not hold a quotation mark: " + how.database + ".");
  }
  // Quoted: SOCI splits its connection string at blanks and equals signs.
  session.open(soci::sqlite3, "dbname=\"" + how.database + "\"");
}

void configure_session(soci::session &session, const options &how) {
  const auto timeout = std::to_string(std::max(how.busy_timeout_ms, 0));
  if (engine_of(how.database) == engine::postgresql) {
    // One journey for all of them. A session that writes has no statement_timeout: it would end the wait of a commit
    // for its standby with a warning only, and what a feed was told is kept could be lost with the primary.
    session << "SET client_min_messages = error; SET client_encoding = 'UTF8'; SET TIME ZONE 'UTC'; "
               "SET synchronous_commit = on; SET bytea_output = hex; SET lock_timeout = " +
                   timeout + "; SET idle_in_transaction_session_timeout = '5min'; SET search_path = lead_system";
    return;
  }
  // The time-out first: changing the journal mode waits for others too. The log goes into the file every 8 MB: it is
  // room that a full disk does not have.
  run_all(session, {"PRAGMA busy_timeout = " + timeout, "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
                    "PRAGMA foreign_keys = ON", "PRAGMA secure_delete = ON", "PRAGMA temp_store = MEMORY",
                    "PRAGMA cache_size = -4096", "PRAGMA wal_autocheckpoint = " + std::to_string(short_log)});
}

void make_roomy(soci::session &session, engine kind) {
  // A page that many transactions change goes into the file once for 32 MB of the log, not once a transaction.
  if (kind == engine::sqlite) run_all(session, {"PRAGMA cache_size = -16384", "PRAGMA wal_autocheckpoint = 8192"});
}

void shorten_log(soci::session &session, engine kind) noexcept {
  if (kind != engine::sqlite) return;
  auto *on = file_of(session);
  sqlite_api::sqlite3_wal_autocheckpoint(on, short_log);
}

void end_rows(soci::details::statement_backend &statement, engine kind) noexcept {
  if (kind == engine::sqlite) {
    auto *own = static_cast<soci::sqlite3_statement_backend &>(statement).stmt_;
    sqlite_api::sqlite3_reset(own);
    sqlite_api::sqlite3_clear_bindings(own);
  } else {
    static_cast<soci::postgresql_statement_backend &>(statement).result_.reset();
  }
}

bool empty_journals(soci::session &session, engine kind, std::span<const std::string_view> tables) {
  if (kind == engine::postgresql) {
    for (const auto table : tables) session << "VACUUM " + std::string(table);
    return true;
  }
  auto *on = file_of(session);
  // Writers wait for it: not longer than a person does.
  int usual = 0;
  session << "PRAGMA busy_timeout", soci::into(usual);
  sqlite_api::sqlite3_busy_timeout(on, 1000);
  const bool done =
      sqlite_api::sqlite3_wal_checkpoint_v2(on, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) == SQLITE_OK;
  sqlite_api::sqlite3_busy_timeout(on, usual);
  return done;
}

void begin_write(soci::session &session, engine kind) {
  session << (kind == engine::sqlite ? "BEGIN IMMEDIATE" : "BEGIN ISOLATION LEVEL REPEATABLE READ");
}

void begin_migration(soci::session &session, engine kind) {
  if (kind == engine::sqlite) {
    // It has none of its own before version 3.41, and no other that gives bytes.
    sqlite_api::sqlite3_create_function_v2(file_of(session), "from_base64", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                           nullptr, &from_base64, nullptr, nullptr, nullptr);
    return begin_write(session, kind);
  }
  // Each statement sees what was committed before it: after the lock, that is what the host before has migrated.
  session << "BEGIN ISOLATION LEVEL READ COMMITTED";
  session << std::string(schema_lock);
}

void lock_grants(soci::session &session, engine kind) {
  if (kind == engine::postgresql) session << std::string(grants_lock);
}

std::string carried(std::string bytes, engine kind) {
  if (kind == engine::sqlite) return bytes;
  return "\\x" + dms::hex(bytes.data(), bytes.size());
}

std::string uncarried(const std::string &text, engine kind) {
  if (kind == engine::sqlite) return text;
  std::string bytes(text.size() / 2, '\0');
  std::size_t length = 0;
  const bool good =
      text.starts_with("\\x") && sodium_hex2bin(reinterpret_cast<unsigned char *>(bytes.data()), bytes.size(),
                                                text.data() + 2, text.size() - 2, nullptr, &length, nullptr) == 0;
  if (!good) throw std::runtime_error("The database gave bytes in another form than it was told to.");
  bytes.resize(length);
  return bytes;
}

std::string as_bytes(std::string_view parameter, engine kind) {
  return "CAST(" + std::string(parameter) + " AS " + std::string(type_of_bytes(kind)) + ")";
}

std::string fill_in(std::string migration, engine kind) {
  const bool sqlite = kind == engine::sqlite;
  replace_all(migration, "{id}",
              sqlite ? "INTEGER PRIMARY KEY" : "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
  // SQLite gives the number of a deleted last row again, unless it is told not to.
  replace_all(migration, "{id once}",
              sqlite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
  replace_all(migration, "{key}", sqlite ? "TEXT" : "TEXT COLLATE \"C\"");
  replace_all(migration, "{bytes}", type_of_bytes(kind));
  return migration;
}

std::string_view skip_locked(engine kind) noexcept {
  return kind == engine::postgresql ? " FOR UPDATE SKIP LOCKED" : "";
}

}  // namespace lead_system::store
