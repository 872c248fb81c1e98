#include "store/migrations.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <thread>

#include "embedded/migrations.hpp"
#include "lead/digest.hpp"
#include "store/statement.hpp"

namespace lead_system::store {

namespace {

/// Rolls back unless it was committed.
class migration_step {
 public:
  migration_step(soci::session &session, engine kind) : session_(session) {
    begin_migration(session_, kind);
    open_ = true;
  }
  migration_step(const migration_step &) = delete;
  migration_step &operator=(const migration_step &) = delete;
  ~migration_step() {
    if (!open_) return;
    try {
      session_ << "ROLLBACK";
    } catch (const std::exception &) {
      // The connection is gone, and the transaction with it.
    }
  }
  void commit() {
    session_ << "COMMIT";
    open_ = false;
  }

 private:
  soci::session &session_;
  bool open_ = false;
};

void make_version_table(soci::session &session, engine kind) {
  if (kind == engine::postgresql) session << "CREATE SCHEMA IF NOT EXISTS lead_system";
  session << "CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
             "checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";
  // Beside it, since it was there first: the oldest plugin that works with each.
  session << "CREATE TABLE IF NOT EXISTS schema_works_with (number INTEGER PRIMARY KEY, oldest INTEGER NOT NULL)";
}

/// The advisory lock of who announces; any number but that of the migrations.
constexpr std::string_view announcing = "7305518";

int too_new(statement &rows) {
  int found = 0;
  for (rows.execute(); rows.next();) found = rows.small(0);
  return found;
}

int too_new(soci::session &session, engine kind, int newest) {
  arguments in;
  in.number(newest);
  in.number(newest);
  statement rows(session, newer_schema_sql(kind), in, "i");
  return too_new(rows);
}

std::map<int, std::string> applied_checksums(soci::session &session) {
  std::map<int, std::string> result;
  arguments none;
  statement rows(session, "SELECT number, checksum FROM schema_version ORDER BY number", none, "it");
  for (rows.execute(); rows.next();) result[rows.small(0)] = rows.text(1);
  return result;
}

void refuse_strangers(soci::session &session, engine kind, const std::map<int, std::string> &applied,
                      std::span<const migration> known) {
  const int newest = known.empty() ? 0 : known.back().number;
  if (const auto found = too_new(session, kind, newest)) throw std::runtime_error(too_new_sentence(found, newest));
  for (const auto &one : known) {
    auto found = applied.find(one.number);
    if (found != applied.end() && found->second != one.checksum) {
      throw std::runtime_error("The lead database was made with another text of migration " + one.name +
                               ". Restore it from a backup or ask the vendor; nothing was changed.");
    }
  }
}

/// What a migration says of itself.
std::optional<int> works_with(std::string_view text) {
  constexpr std::string_view words = "-- works with: ";
  const auto found = text.find(words);
  if (found == std::string_view::npos) return std::nullopt;
  text.remove_prefix(found + words.size());
  int oldest = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), oldest).ec != std::errc{}) return std::nullopt;
  return oldest;
}

/// Plugins that serve already ask once in `notice_newer_within` whether a newer schema excludes them.
constexpr auto noticed_by_all = 2 * notice_newer_within;

void note_works_with(soci::session &session, const migration &one) {
  arguments in;
  const auto pair = in.number(one.number) + ", " + in.number(one.works_with);
  statement(session,
            "INSERT INTO schema_works_with (number, oldest) VALUES (" + pair +
                ") ON CONFLICT (number) DO UPDATE SET oldest = excluded.oldest",
            in)
      .execute();
}

/// Which plugins work beside a migration that is about to be applied, told before it is: hosts that serve with an older
/// one, as on PostgreSQL they may, have stopped writing by then. Ends with this object, or with its connection.
class announcement {
 public:
  announcement(soci::session &session, engine kind, std::span<const migration> known) : session_(session) {
    const auto applied = applied_checksums(session);
    if (kind != engine::postgresql || applied.empty()) return;  // nobody else serves
    std::vector<const migration *> excluding;
    for (const auto &one : known) {
      if (applied.count(one.number) == 0 && one.works_with > applied.rbegin()->first) excluding.push_back(&one);
    }
    if (excluding.empty()) return;
    session_ << "SELECT pg_advisory_lock(" + std::string(announcing) + ")";
    holds_ = true;
    for (const auto *one : excluding) note_works_with(session, *one);
    if (others_are_there()) std::this_thread::sleep_for(noticed_by_all);
  }
  announcement(const announcement &) = delete;
  announcement &operator=(const announcement &) = delete;
  ~announcement() {
    if (!holds_) return;
    try {
      session_ << "SELECT pg_advisory_unlock(" + std::string(announcing) + ")";
    } catch (const std::exception &) {
      // The connection is gone, and the lock with it.
    }
  }

 private:
  bool others_are_there() {
    arguments none;
    statement rows(session_,
                   "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = "
                   "'lead_system' AND pid <> pg_backend_pid()",
                   none, "i");
    rows.execute();
    return rows.next() && rows.number(0) != 0;
  }

  soci::session &session_;
  bool holds_ = false;
};

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

std::string newer_schema_sql(engine kind) {
  // What is announced counts while whoever announced it is there: one that was killed excludes nobody.
  const std::string announced =
      kind == engine::postgresql
          ? " OR EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = " + std::string(announcing) +
                ")"
          : "";
  return "SELECT COALESCE(MIN(number), 0) FROM (SELECT number, oldest FROM schema_works_with WHERE number IN (SELECT "
         "number FROM schema_version)" +
         announced +
         " UNION ALL SELECT number, number FROM schema_version WHERE number NOT IN (SELECT number FROM "
         "schema_works_with)) AS known WHERE number > :a1 AND oldest > :a2";
}

std::string too_new_sentence(int found, int known) {
  return "The lead database has schema " + std::to_string(found) + ", this version of the plugin knows only " +
         std::to_string(known) + ". Install the newer version of the plugin again; nothing was changed.";
}

std::vector<migration> shipped_migrations(engine kind) {
  std::map<int, migration> found;
  const std::string ours = kind == engine::sqlite ? ".sqlite3.sql" : ".postgresql.sql";
  const auto ends = [](std::string_view name, std::string_view end) {
    return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
  };
  // A general file ("0001_leads.sql") sorts before or after its variants; general text goes first.
  for (const bool variants : {false, true}) {
    for (const auto &file : embedded::migrations()) {
      const bool variant = ends(file.name, ".sqlite3.sql") || ends(file.name, ".postgresql.sql");
      if (variant != variants || (variant && !ends(file.name, ours))) continue;
      int number = 0;
      std::from_chars(file.name.data(), file.name.data() + file.name.size(), number);
      auto &one = found[number];
      one.number = number;
      one.name = file.name.substr(0, file.name.find('.'));
      one.text += file.content;
    }
  }
  std::vector<migration> result;
  for (auto &[number, one] : found) {
    one.checksum = sha256_hex(one.text);
    one.works_with = works_with(one.text).value_or(number);
    result.push_back(std::move(one));
  }
  return result;
}

std::vector<std::string> split_statements(std::string_view text) {
  std::vector<std::string> result;
  std::string current, word;
  int depth = 0;  // of BEGIN and CASE: the body of a trigger has semicolons of its own
  const auto finish_word = [&] {
    if (word == "BEGIN" || word == "CASE") ++depth;
    if (word == "END") --depth;
    word.clear();
  };
  const auto finish = [&] {
    if (current.find_first_not_of(" \t\r\n") != std::string::npos) result.push_back(current);
    current.clear();
    depth = 0;
  };
  char quote = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;  // a doubled quote closes and opens again at once
      current += c;
      continue;
    }
    const bool in_word = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    if (in_word) {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    } else {
      finish_word();
    }
    if (c == '-' && at + 1 < text.size() && text[at + 1] == '-') {
      at = std::min(text.find('\n', at), text.size() - 1);
      current += '\n';
    } else if (c == ';' && depth <= 0) {
      finish();
    } else {
      if (c == '\'' || c == '"') quote = c;
      current += c;
    }
  }
  finish();
  return result;
}

void migrate(soci::session &session, engine kind, std::span<const migration> known,
             const std::function<void(std::uint64_t)> &migrated) {
  std::uint64_t made = 0;
  {
    migration_step first(session, kind);
    make_version_table(session, kind);
    refuse_strangers(session, kind, applied_checksums(session), known);
    first.commit();
  }
  const announcement told(session, kind, known);
  for (const auto &one : known) {
    migration_step step(session, kind);
    // Asked again under the lock: another host may have applied it meanwhile.
    const auto applied = applied_checksums(session);
    refuse_strangers(session, kind, applied, known);
    if (applied.count(one.number) != 0) continue;
    for (const auto &sql : split_statements(fill_in(one.text, kind))) session << sql;
    arguments in;
    const auto values = "(" + in.number(one.number) + ", " + in.text(one.name) + ", " + in.text(one.checksum) + ", " +
                        in.number(now_us()) + ")";
    statement(session, "INSERT INTO schema_version (number, name, checksum, applied_at) VALUES " + values, in)
        .execute();
    note_works_with(session, one);
    step.commit();
    ++made;
    if (migrated) migrated(made);
  }
  // A large one leaves SQLite's log as long as what it has written, for as long as the file is open.
  if (made > 0) empty_journals(session, kind, {});
}

}  // namespace lead_system::store
