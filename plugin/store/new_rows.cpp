#include "store/new_rows.hpp"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "store/statement.hpp"

namespace lead_system::store {

namespace {

constexpr std::array<std::string_view, bulk_tables> names{"lead", "lead_digest", "lead_event", "feedback_message",
                                                          "import_item"};

/// Each text of the row as the engines take it (storable); `repaired` holds those that had to be changed.
class storable_text {
 public:
  std::string_view operator()(std::string_view text) {
    if (storable_length(text) == text.size()) return text;
    return repaired_.emplace_back(storable(std::string(text)));
  }

 private:
  std::deque<std::string> repaired_;
};

class sqlite_rows final : public new_rows {
 public:
  sqlite_rows(soci::session &session, std::string_view table, const std::string &columns)
      : on_(static_cast<soci::sqlite3_session_backend &>(*session.get_backend()).conn_) {
    std::string marks = "?";
    for (auto left = std::count(columns.begin(), columns.end(), ','); left > 0; --left) marks += ", ?";
    const auto sql = "INSERT INTO " + std::string(table) + " (" + columns + ") VALUES (" + marks + ")";
    check(sqlite_api::sqlite3_prepare_v3(on_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                         &insert_, nullptr));
  }
  ~sqlite_rows() override { sqlite_api::sqlite3_finalize(insert_); }

  void add(std::span<const cell> row) override {
    storable_text as_stored;
    int at = 0;
    for (const auto &one : row) {
      ++at;
      if (!one.is_text()) {
        check(sqlite_api::sqlite3_bind_int64(insert_, at, one.number()));
        continue;
      }
      const auto text = as_stored(one.text());
      // Null would be stored for a view of nothing.
      check(sqlite_api::sqlite3_bind_text(insert_, at, text.empty() ? "" : text.data(), static_cast<int>(text.size()),
                                          SQLITE_STATIC));
    }
    const auto done = sqlite_api::sqlite3_step(insert_);
    if (done != SQLITE_DONE) {
      const soci::sqlite3_soci_error problem(sqlite_api::sqlite3_errmsg(on_), done);
      sqlite_api::sqlite3_reset(insert_);
      throw problem;
    }
    sqlite_api::sqlite3_reset(insert_);
  }
  void write() override {}
  void discard() noexcept override {}

 private:
  void check(int result) const {
    if (result != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(on_), result);
  }

  sqlite_api::sqlite3 *on_;
  sqlite_api::sqlite3_stmt *insert_ = nullptr;
};

/// COPY's text format (PostgreSQL, "COPY", file formats).
class copied_rows final : public new_rows {
 public:
  copied_rows(soci::session &session, std::string_view table, const std::string &columns)
      : on_(static_cast<soci::postgresql_session_backend &>(*session.get_backend()).conn_),
        copy_("COPY " + std::string(table) + " (" + columns + ") FROM STDIN") {}

  void add(std::span<const cell> row) override {
    storable_text as_stored;
    const auto before = held_.size();
    try {
      for (const auto &one : row) {
        if (held_.size() > before) held_ += '\t';
        if (one.is_text()) {
          append(as_stored(one.text()));
        } else {
          append(one.number());
        }
      }
    } catch (...) {
      held_.resize(before);
      throw;
    }
    held_ += '\n';
  }

  void write() override {
    if (held_.empty()) return;
    // Taken out first: whatever happens, it is not sent twice.
    auto rows = std::exchange(held_, {});
    expect(PQexec(on_, copy_.c_str()), PGRES_COPY_IN);
    for (std::string_view rest = rows; !rest.empty();) {
      const auto piece = rest.substr(0, std::size_t{1} << 20U);
      if (PQputCopyData(on_, piece.data(), static_cast<int>(piece.size())) != 1) lost();
      rest.remove_prefix(piece.size());
    }
    if (PQputCopyEnd(on_, nullptr) != 1) lost();
    expect(PQgetResult(on_), PGRES_COMMAND_OK);
    while (auto *more = PQgetResult(on_)) PQclear(more);
    rows.clear();
    held_ = std::move(rows);  // its memory serves again
  }
  void discard() noexcept override {
    held_.clear();
    constexpr std::size_t much = std::size_t{1} << 20U;
    if (held_.capacity() > much) held_.shrink_to_fit();
  }

 private:
  void append(long long number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    held_.append(digits.data(), end);
  }
  void append(std::string_view text) {
    for (auto at = text.find_first_of("\\\t\n\r"); at != std::string_view::npos; at = text.find_first_of("\\\t\n\r")) {
      held_ += text.substr(0, at);
      held_ += '\\';
      held_ += text[at] == '\\' ? '\\' : text[at] == '\t' ? 't' : text[at] == '\n' ? 'n' : 'r';
      text.remove_prefix(at + 1);
    }
    held_ += text;
  }

  void expect(PGresult *result, ExecStatusType status) const {
    if (PQresultStatus(result) == status) return PQclear(result);
    const auto *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const soci::postgresql_soci_error problem(PQresultErrorMessage(result), state == nullptr ? "     " : state);
    PQclear(result);
    while (auto *more = PQgetResult(on_)) PQclear(more);
    throw problem;
  }
  [[noreturn]] void lost() const { throw soci::postgresql_soci_error(PQerrorMessage(on_), "     "); }

  PGconn *on_;
  std::string copy_, held_;
};

}  // namespace

std::unique_ptr<new_rows> make_new_rows(soci::session &session, engine kind, bulk_table table,
                                        const std::string &columns) {
  const auto name = names[static_cast<std::size_t>(table)];
  if (kind == engine::sqlite) return std::make_unique<sqlite_rows>(session, name, columns);
  return std::make_unique<copied_rows>(session, name, columns);
}

}  // namespace lead_system::store
