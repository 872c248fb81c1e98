#include "store/new_rows.hpp"

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>

#include "store/statement.hpp"

namespace lead_system::store {

namespace {

constexpr std::array<std::string_view, bulk_tables> names{"lead",       "lead_number",      "lead_digest",
                                                          "lead_event", "feedback_message", "import_item"};

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
  std::size_t held() const noexcept override { return 0; }
  void write() override {}
  std::size_t queue() override { return 0; }
  void prepare() override {}
  void discard() noexcept override {}

 private:
  void check(int result) const {
    if (result != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(on_), result);
  }

  sqlite_api::sqlite3 *on_;
  sqlite_api::sqlite3_stmt *insert_ = nullptr;
};

[[noreturn]] void throw_fault(PGresult *result) {
  const auto *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const soci::postgresql_soci_error problem(PQresultErrorMessage(result), state == nullptr ? "     " : state);
  PQclear(result);
  throw problem;
}

/// The result, where it is as expected; else a fault, with nothing left to read on the connection.
void expect(PGconn *on, PGresult *result, ExecStatusType status) {
  if (PQresultStatus(result) == status) return PQclear(result);
  while (auto *more = PQgetResult(on)) PQclear(more);
  throw_fault(result);
}

PGconn *connection_of(soci::session &session) {
  return static_cast<soci::postgresql_session_backend &>(*session.get_backend()).conn_;
}

/// A name that no other statement of a session has.
std::string fresh_name() {
  static std::atomic<unsigned> last{0};
  return "new_rows_" + std::to_string(++last);
}

[[noreturn]] void throw_lost(PGconn *on) {
  throw soci::postgresql_soci_error(PQerrorMessage(on), "     ");
}

/// As COPY's text format has it (PostgreSQL, "COPY", file formats).
void append_escaped(std::string &to, std::string_view text) {
  for (auto at = text.find_first_of("\\\t\n\r"); at != std::string_view::npos; at = text.find_first_of("\\\t\n\r")) {
    to += text.substr(0, at);
    to += '\\';
    to += text[at] == '\\' ? '\\' : text[at] == '\t' ? 't' : text[at] == '\n' ? 'n' : 'r';
    text.remove_prefix(at + 1);
  }
  to += text;
}

class postgresql_rows final : public new_rows {
 public:
  postgresql_rows(soci::session &session, std::string_view table, const std::string &columns)
      : on_(connection_of(session)),
        into_(std::string(table) + " (" + columns + ")"),
        width_(1 + static_cast<int>(std::count(columns.begin(), columns.end(), ','))) {}

  void add(std::span<const cell> row) override {
    storable_text as_stored;
    const auto before = held_.size();
    try {
      for (const auto &one : row) {
        if (one.is_text()) {
          held_ += as_stored(one.text());
        } else {
          append(one.number());
        }
        held_ += '\0';
      }
    } catch (...) {
      held_.resize(before);
      throw;
    }
    ++rows_;
  }

  std::size_t held() const noexcept override { return rows_; }

  void write() override {
    if (rows_ == 0) return;
    // Taken out first: whatever happens, it is not sent twice.
    auto cells = std::exchange(held_, {});
    rows_ = 0;
    expect(on_, PQexec(on_, ("COPY " + into_ + " FROM STDIN").c_str()), PGRES_COPY_IN);
    std::string piece;
    const auto send = [&] {
      if (PQputCopyData(on_, piece.data(), static_cast<int>(piece.size())) != 1) throw_lost(on_);
      piece.clear();
    };
    int column = 0;
    each_cell(cells, [&](std::string_view text) {
      append_escaped(piece, text);
      piece += ++column % width_ == 0 ? '\n' : '\t';
      if (piece.size() >= much) send();
    });
    send();
    if (PQputCopyEnd(on_, nullptr) != 1) throw_lost(on_);
    expect(on_, PQgetResult(on_), PGRES_COMMAND_OK);
    while (auto *more = PQgetResult(on_)) PQclear(more);
    cells.clear();
    held_ = std::move(cells);  // its memory serves again
  }

  void prepare() override {
    if (!name_.empty()) return;
    auto name = fresh_name();
    std::string marks;
    for (int column = 1; column <= width_; ++column) marks += (column == 1 ? "$" : ", $") + std::to_string(column);
    expect(on_, PQprepare(on_, name.c_str(), ("INSERT INTO " + into_ + " VALUES (" + marks + ")").c_str(), 0, nullptr),
           PGRES_COMMAND_OK);
    name_ = std::move(name);
  }

  std::size_t queue() override {
    std::vector<const char *> cells;
    each_cell(held_, [&](std::string_view text) { cells.push_back(text.data()); });
    const auto sent = rows_;
    for (std::size_t row = 0; row < sent; ++row) {
      const auto *first = cells.data() + row * static_cast<std::size_t>(width_);
      if (PQsendQueryPrepared(on_, name_.c_str(), width_, first, nullptr, nullptr, 0) != 1) throw_lost(on_);
    }
    discard();
    return sent;
  }

  void discard() noexcept override {
    held_.clear();
    rows_ = 0;
    if (held_.capacity() > much) held_.shrink_to_fit();
  }

 private:
  static constexpr std::size_t much = std::size_t{1} << 20U;  ///< bytes

  void append(long long number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    held_.append(digits.data(), end);
  }
  template <typename What>
  static void each_cell(std::string_view cells, What &&what) {
    while (!cells.empty()) {
      const auto length = cells.find('\0');
      what(cells.substr(0, length));
      cells.remove_prefix(length + 1);
    }
  }

  PGconn *on_;
  std::string into_, held_, name_ = {};  ///< `held_`: each cell ends with NUL; `name_`: of the INSERT, once prepared
  int width_;
  std::size_t rows_ = 0;
};

/// A session in pipeline mode, which it leaves with nothing left to read.
class pipeline {
 public:
  explicit pipeline(PGconn *on) : on_(on) {
    if (PQenterPipelineMode(on_) != 1) throw_lost(on_);
  }
  pipeline(const pipeline &) = delete;
  pipeline &operator=(const pipeline &) = delete;
  ~pipeline() {
    while (!synced_) {
      auto *result = PQgetResult(on_);
      if (result == nullptr && PQstatus(on_) != CONNECTION_OK) break;
      synced_ = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
      PQclear(result);
    }
    PQexitPipelineMode(on_);
  }

  void ask(const std::string &statement) {
    if (PQsendQueryParams(on_, statement.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) throw_lost(on_);
    ++answers_;
  }
  void expect_answers(std::size_t more) { answers_ += more; }
  /// Reads the answers; the first that is a fault is thrown.
  void finish() {
    if (PQpipelineSync(on_) != 1) throw_lost(on_);
    synced_ = false;
    for (; answers_ > 0; --answers_) {
      auto *result = PQgetResult(on_);
      if (PQresultStatus(result) != PGRES_COMMAND_OK) throw_fault(result);
      PQclear(result);
      PQclear(PQgetResult(on_));  // the end of this answer
    }
  }

 private:
  PGconn *on_;
  std::size_t answers_ = 0;
  bool synced_ = true;
};

}  // namespace

void write_all(soci::session &session, std::span<const std::unique_ptr<new_rows>> tables, const std::string &then) {
  std::size_t most = 0;
  for (const auto &rows : tables) most = std::max(most, rows ? rows->held() : 0);
  const auto each = [&](auto &&what) {
    for (const auto &rows : tables) {
      if (rows && rows->held() > 0) what(*rows);
    }
  };
  // COPY is two round trips a table, and the least for each row.
  constexpr std::size_t few = 24;
  if (most == 0 || most > few) {
    each([](new_rows &rows) { rows.write(); });
    if (!then.empty()) session << then;
    return;
  }
  each([](new_rows &rows) { rows.prepare(); });
  pipeline sent(connection_of(session));
  each([&](new_rows &rows) { sent.expect_answers(rows.queue()); });
  if (!then.empty()) sent.ask(then);
  sent.finish();
}

std::unique_ptr<new_rows> make_new_rows(soci::session &session, engine kind, bulk_table table,
                                        const std::string &columns) {
  const auto name = names[static_cast<std::size_t>(table)];
  if (kind == engine::sqlite) return std::make_unique<sqlite_rows>(session, name, columns);
  return std::make_unique<postgresql_rows>(session, name, columns);
}

}  // namespace lead_system::store
