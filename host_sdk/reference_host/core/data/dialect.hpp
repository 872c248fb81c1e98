// dialect.hpp - everything in which SQLite and PostgreSQL differ for the host's own tables, their faults too.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "connections/fault.hpp"

namespace dms::reference {

enum class engine { sqlite, postgresql };

/// What a place names: "postgresql://…" or "postgres://…" a database, all else a file.
engine engine_of(std::string_view place) noexcept;
engine engine_of(soci::session &sql);

/// Opened and configured: durable, with bounded waits, on the host's own schema ("dms_host" on PostgreSQL).
std::unique_ptr<soci::session> open_session(const std::string &place);
/// Begins a transaction that may write. SQLite takes the write lock now: a read that becomes a write would fail at
/// once. On PostgreSQL all of it sees one state; who was overtaken runs again (fault::contention).
void begin_write(soci::session &sql);
/// The same of what may be lost with the machine, as that a session goes on: it does not wait for a standby.
void begin_light(soci::session &sql);
/// Begins a change of the schema, which nobody else makes at the same time.
void begin_migration(soci::session &sql);
/// Ends what may be open, and lets go of statements that an aborted transaction kept.
void roll_back(soci::session &sql) noexcept;

/// Takes what was erased out of SQLite's log, and the dead rows out of PostgreSQL's tables. Outside of a transaction;
/// false while others read or write.
bool empty_journals(soci::session &sql);

/// "{id}", "{key}", "{bytes}" and "{customer_numbers}" of a schema step filled in.
std::string fill_in(std::string_view step, engine kind);
/// A customer number that no host gives again.
std::int64_t next_customer_number(soci::session &sql);
/// Whether `column` holds the text of the parameter, as SQL.
std::string contains(engine kind, std::string_view column, std::string_view parameter);

/// Writes the bytes of a document that is there already.
void write_bytes(soci::session &sql, std::int64_t document, std::string_view bytes);
/// False when there is no such document.
bool read_bytes(soci::session &sql, std::int64_t document, std::string &bytes);

/// A lock on `name` over all processes on the database, held by this session until `release`; on SQLite nothing: one
/// process serves a file.
void acquire(soci::session &sql, std::string_view name);
void release(soci::session &sql, std::string_view name) noexcept;

/// As dms::classify, for the host: no connection is a lost one.
fault meaning_of(const std::exception &error) noexcept;
/// What a person reads; only of faults that are not `other`.
std::string sentence_for(fault kind, const std::exception &error);

}  // namespace dms::reference
