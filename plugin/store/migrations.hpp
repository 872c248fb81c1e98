// migrations.hpp - brings a database to the schema that this plugin knows, step by step, each in one transaction.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/dialect.hpp"

namespace lead_system::store {

struct migration {
  int number = 0;
  std::string name;
  std::string text;      ///< with the {words} of the dialect
  std::string checksum;  ///< SHA-256 of the text, hex
  /// The oldest schema whose plugin works on beside this one: "-- works with: 13" in the text; else none but its own.
  int works_with = 0;
};

/// Those of sql/migrations for that engine, in order: a file NNNN_name.sql, and NNNN_name.<engine>.sql after it.
std::vector<migration> shipped_migrations(engine kind);

/// Splits at semicolons outside of literals, comments and the bodies of triggers (BEGIN … END): SQLite runs only the
/// first statement of a text.
std::vector<std::string> split_statements(std::string_view text);

/// The first migration, applied or about to be, that a plugin which knows schema :a1 (and :a2, the same) does not work
/// beside; 0: there is none.
std::string newer_schema_sql(engine kind);
/// How often a plugin that serves asks so.
inline constexpr std::chrono::milliseconds notice_newer_within{1000};
std::string too_new_sentence(int found, int known);

/// Applies what is missing. Where a migration excludes older plugins, those that serve on PostgreSQL are given the time
/// to notice first. A database that is newer than `known` is taken where each newer migration says that it
/// works with a plugin that knows no more than these: in a rolling upgrade the old hosts go on, and may start again.
/// Throws std::runtime_error with a clear sentence where it does not, or where an applied migration had another text;
/// the database is then as it was.
void migrate(soci::session &session, engine kind, std::span<const migration> known,
             const std::function<void(std::uint64_t)> &migrated = {});

}  // namespace lead_system::store
