// dialect.hpp - everything in which the two engines differ, besides their faults (fault.hpp).
#pragma once

#include <soci/soci.h>

#include <span>
#include <string>
#include <string_view>

#include "store/store.hpp"

namespace lead_system::store {

enum class engine { sqlite, postgresql };

/// Which engine `database` (options) names.
engine engine_of(std::string_view database) noexcept;

/// Opens `session` with the factory named explicitly: opening by name loads a library that unloads itself too late.
void open_session(soci::session &session, const options &how);
/// The one configure step of a fresh session: durability, time-outs, schema.
void configure_session(soci::session &session, const options &how);
/// For a session that an import runs on: it holds more of the database in memory, where the others hold 4 MB
/// each, and lets the log grow longer.
void make_roomy(soci::session &session, engine kind);
/// The import is over: its log is as short as the others' again. What the session holds in memory stays.
void shorten_log(soci::session &session, engine kind) noexcept;
/// Leaves the statement with none of its rows open, to be executed again.
void end_rows(soci::details::statement_backend &statement, engine kind) noexcept;
/// Takes what was deleted out of the journals: SQLite's log, and the dead rows of PostgreSQL's tables. Outside of a
/// transaction. False while others read or write.
bool empty_journals(soci::session &session, engine kind, std::span<const std::string_view> tables);
/// Begins a transaction that may write. On SQLite it takes the write lock now: a read that becomes a write would fail
/// at once, whatever the time-out. On PostgreSQL all of it sees one state: two who bring the same lead at once take the
/// same number for it, and the later one runs again.
void begin_write(soci::session &session, engine kind);
/// Begins a migration: nobody else migrates until it ends. On SQLite it brings from_base64(text) for migration 28.
void begin_migration(soci::session &session, engine kind);
/// As the first statement of a write transaction: nobody else decides on grants until it ends. (SQLite: already so.)
void lock_grants(soci::session &session, engine kind);

/// Bytes as a statement carries them: SOCI binds and reads C strings on PostgreSQL, so they go in hexadecimal.
std::string carried(std::string bytes, engine kind);
/// A column of bytes that was read as a text, as bytes again.
std::string uncarried(const std::string &text, engine kind);
/// The parameter (":a5") as a value for a column of bytes.
std::string as_bytes(std::string_view parameter, engine kind);

/// "{id}", "{key}" and "{bytes}" of a migration filled in.
std::string fill_in(std::string migration, engine kind);
/// Row locking of a queue's SELECT, or nothing.
std::string_view skip_locked(engine kind) noexcept;

}  // namespace lead_system::store
