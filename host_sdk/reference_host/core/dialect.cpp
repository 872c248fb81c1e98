#include "reference_host/core/dialect.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <utility>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/encoding.hpp"
#include "lines/line_watch.hpp"

namespace dms::reference {
namespace {

// Any number will do, as long as no other program on the database takes the same.
constexpr const char *migration_lock = "select pg_advisory_xact_lock(7305518)";

/// So that the server's list of sessions says whose they are.
std::string with_our_name(const std::string &address) {
  if (address.find("application_name=") != std::string::npos) return address;
  return address + (address.find('?') == std::string::npos ? '?' : '&') + "application_name=dms_host";
}

void replace_all(std::string &text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

void run_all(soci::session &sql, std::initializer_list<const char *> statements) {
  for (const char *statement : statements) sql << statement;
}

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
    {"23505", fault::contention},   // somebody inserted the same at the same time
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
  const bool blank = std::ranges::all_of(state, [](char c) { return c == ' ' || c == '\0'; });
  return connection_error || blank ? fault::lost : fault::other;
}

bool disk_is_full(const std::exception &error) noexcept {
  if (const auto *of_file = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    return (of_file->result() & 0xFF) == SQLITE_FULL;
  }
  const auto *of_server = dynamic_cast<const soci::postgresql_soci_error *>(&error);
  return of_server != nullptr && of_server->sqlstate() == "53100";
}

sqlite_api::sqlite3 *raw(soci::session &of) {
  return static_cast<soci::sqlite3_session_backend *>(of.get_backend())->conn_;
}

}  // namespace

engine engine_of(std::string_view place) noexcept {
  return place.starts_with("postgresql://") || place.starts_with("postgres://") ? engine::postgresql : engine::sqlite;
}

engine engine_of(soci::session &sql) {
  return sql.get_backend_name() == "postgresql" ? engine::postgresql : engine::sqlite;
}

std::unique_ptr<soci::session> open_session(const std::string &place) {
  // The factory itself, not its name: by name SOCI loads a library whose end would unload it again.
  if (engine_of(place) == engine::postgresql) {
    auto opened = std::make_unique<soci::session>(soci::postgresql, bounded_address(with_our_name(place)));
    run_all(*opened, {"set client_min_messages = error", "set client_encoding = 'UTF8'", "set synchronous_commit = on",
                      "set lock_timeout = '10s'", "set idle_in_transaction_session_timeout = '5min'",
                      "set search_path = dms_host"});
    return opened;
  }
  auto opened = std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + place + "\" timeout=10");
  run_all(*opened, {"pragma journal_mode = wal", "pragma synchronous = full", "pragma foreign_keys = on",
                    "pragma secure_delete = on"});
  return opened;
}

void begin_write(soci::session &sql) {
  sql << (engine_of(sql) == engine::sqlite ? "begin immediate" : "begin isolation level repeatable read");
}

void begin_light(soci::session &sql) {
  begin_write(sql);
  // Without the standbys: a commit that waits for one that is away would hold up whoever only reads.
  if (engine_of(sql) == engine::postgresql) sql << "set local synchronous_commit = local";
}

void begin_migration(soci::session &sql) {
  if (engine_of(sql) == engine::sqlite) return begin_write(sql);
  // Each statement sees what was committed before it: after the lock, that is what the host before has migrated.
  run_all(sql, {"begin isolation level read committed", migration_lock, "create schema if not exists dms_host"});
}

void roll_back(soci::session &sql) noexcept {
  try {
    if (engine_of(sql) == engine::sqlite) {
      // A full disk may have ended the transaction already.
      if (sqlite_api::sqlite3_get_autocommit(raw(sql)) == 0) sql << "rollback";
      return;
    }
    run_all(sql, {"rollback", "deallocate all"});
  } catch (const std::exception &) {
    // The connection is gone, and the transaction with it.
  }
}

bool empty_journals(soci::session &sql) {
  if (engine_of(sql) == engine::postgresql) {
    for (const char *table : {"contacts", "notifications", "customer_changes", "sessions"}) {
      sql << std::string("vacuum ") + table;
    }
    return true;
  }
  int usual = 0, busy = 1, frames = 0, taken = 0;
  sql << "pragma busy_timeout", soci::into(usual);
  // Who writes meanwhile waits as well: not longer than a person does.
  sql << "pragma busy_timeout = 1000";
  try {
    sql << "pragma wal_checkpoint(truncate)", soci::into(busy), soci::into(frames), soci::into(taken);
  } catch (const soci::soci_error &) {
    busy = 1;
  }
  sql << "pragma busy_timeout = " + std::to_string(usual);
  return busy == 0;
}

std::string fill_in(std::string_view step, engine kind) {
  const bool sqlite = kind == engine::sqlite;
  std::string filled(step);
  replace_all(filled, "{id}", sqlite ? "integer primary key" : "bigint generated by default as identity primary key");
  // Compared by their bytes, whatever language the database speaks.
  replace_all(filled, "{key}", sqlite ? "text" : "text collate \"C\"");
  replace_all(filled, "{bytes}", sqlite ? "blob" : "bytea");
  replace_all(filled, "{customer_numbers}", sqlite ? "" : "create sequence customer_number start 10001;");
  return filled;
}

std::int64_t next_customer_number(soci::session &sql) {
  std::int64_t number = 0;
  // Numbers that look like a dealer's customer numbers. A sequence is never set back, also not by a rollback.
  sql << (engine_of(sql) == engine::sqlite ? "select max(10000, coalesce(max(id), 0)) + 1 from customers"
                                           : "select nextval('customer_number')"),
      soci::into(number);
  return number;
}

std::string contains(engine kind, std::string_view column, std::string_view parameter) {
  return (kind == engine::sqlite ? "instr(" : "strpos(") + std::string(column) + ", " + std::string(parameter) +
         ") > 0";
}

void write_bytes(soci::session &sql, std::int64_t document, std::string_view bytes) {
  if (engine_of(sql) == engine::sqlite) {
    soci::blob content(sql);
    content.append(bytes.data(), bytes.size());
    sql << "update documents set bytes = :bytes where id = :id", soci::use(content), soci::use(document);
    return;
  }
  // SOCI's blob is a large object there, which lives and is saved apart from its row.
  const auto encoded = hex(bytes.data(), bytes.size());
  sql << "update documents set bytes = decode(:bytes, 'hex') where id = :id", soci::use(encoded), soci::use(document);
}

bool read_bytes(soci::session &sql, std::int64_t document, std::string &bytes) {
  if (engine_of(sql) == engine::sqlite) {
    soci::blob content(sql);
    sql << "select bytes from documents where id = :id", soci::use(document), soci::into(content);
    if (!sql.got_data()) return false;
    bytes.assign(content.get_len(), '\0');
    if (!bytes.empty()) content.read(0, bytes.data(), bytes.size());
    return true;
  }
  std::string encoded;
  sql << "select encode(bytes, 'hex') from documents where id = :id", soci::use(document), soci::into(encoded);
  if (!sql.got_data()) return false;
  bytes.clear();
  for (std::size_t at = 0; at + 1 < encoded.size(); at += 2) {
    bytes += static_cast<char>(hex_digit(encoded[at]) * 16 + hex_digit(encoded[at + 1]));
  }
  return true;
}

void acquire(soci::session &sql, std::string_view name) {
  if (engine_of(sql) == engine::sqlite) return;
  const std::string key(name);
  sql << "select pg_advisory_lock(7305519, hashtext(:name))", soci::use(key);
}

void release(soci::session &sql, std::string_view name) noexcept {
  try {
    if (engine_of(sql) == engine::sqlite) return;
    const std::string key(name);
    sql << "select pg_advisory_unlock(7305519, hashtext(:name))", soci::use(key);
  } catch (const std::exception &) {
    // The connection is gone, and the lock with it.
  }
}

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
  const std::string_view said = any->what();
  if (said.find("database is locked") != std::string_view::npos) return fault::busy;
  return said.find("Cannot establish connection") != std::string_view::npos ? fault::lost : fault::other;
}

std::string sentence_for(fault kind, const std::exception &error) {
  switch (kind) {
    case fault::contention:
    case fault::busy:
      return "The host's database is in use by another program; try again.";
    case fault::lost:
      return "The host's database cannot be reached just now. Try again in a moment.";
    case fault::unavailable:
      if (disk_is_full(error)) return "The disk is full; nothing was stored. Make room and try again.";
      return dynamic_cast<const soci::sqlite3_soci_error *>(&error) != nullptr
                 ? "The host's database file cannot be read or written just now. Check the disk and the file's rights."
                 : "The host's database cannot be used just now; nothing was stored. Try again later.";
    case fault::damaged:
      return "The host's database file is damaged: restore a backup.";
    case fault::text:
      return "The text holds signs that cannot be kept; nothing was stored.";
    case fault::other:
      break;
  }
  return error.what();
}

}  // namespace dms::reference
