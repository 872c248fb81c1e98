// same_rows.hpp - the very rows that an import left, once more into the same schema through the database's own
// interface: what the database alone takes for them.
#pragma once

#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "integration/databases.hpp"

namespace benchmark {

using namespace lead_system;

/// In the order in which rows refer to each other.
constexpr const char *tables[] = {"payload",     "payload_part", "import_run",       "lead",       "lead_number",
                                  "lead_digest", "lead_event",   "feedback_message", "import_item"};
constexpr int rows_a_transaction = 5000;
constexpr int short_log = 2048, long_log = 8192;  ///< pages, as in store/dialect

class same_rows {
 public:
  same_rows() = default;
  same_rows(const same_rows &) = delete;
  same_rows &operator=(const same_rows &) = delete;
  virtual ~same_rows() = default;
  /// Reads what is new since the last time.
  virtual void take() = 0;
  /// Writes it: in one transaction, or as many leads in each as the importer stores.
  virtual void put() = 0;
};

inline void check(int status, sqlite3 *in) {
  if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW)
    throw std::runtime_error(sqlite3_errmsg(in));
}

inline void run(sqlite3 *in, const std::string &sql) {
  check(sqlite3_exec(in, sql.c_str(), nullptr, nullptr, nullptr), in);
}

/// One prepared statement a table, the rows of a lead together.
class sqlite_rows final : public same_rows {
 public:
  /// `log`: its length at which it goes into the file, as the store has it for what is compared.
  sqlite_rows(const databases::fresh_database &filled, int log) {
    check(sqlite3_open(filled.uri().c_str(), &from_), from_);
    store::store::open(other_.options());
    check(sqlite3_open(other_.uri().c_str(), &to_), to_);
    run(to_,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA foreign_keys = ON; "
        "PRAGMA wal_autocheckpoint = " +
            std::to_string(log));
    for (const auto *table : tables) {
      const auto names = names_of(table);
      std::string marks = "?";
      for (auto left = std::count(names.begin(), names.end(), ','); left > 0; --left) marks += ", ?";
      work one{.table = table};
      const auto sql = "INSERT INTO " + one.table + " (" + names + ") VALUES (" + marks + ")";
      check(sqlite3_prepare_v2(to_, sql.c_str(), -1, &one.insert, nullptr), to_);
      all_.push_back(std::move(one));
    }
  }
  ~sqlite_rows() override {
    for (auto &one : all_) sqlite3_finalize(one.insert);
    sqlite3_close(to_);
    sqlite3_close(from_);
  }

  void take() override {
    for (auto &one : all_) {
      read(one);
      if (one.table == "lead") leads_ = one.rows.size();
    }
  }
  void put() override {
    run(to_, "BEGIN IMMEDIATE");
    for (auto &one : all_) {
      while (one.rows.size() < leads_ && one.next < one.rows.size()) put(one);
    }
    for (std::size_t lead = 0; lead < leads_; ++lead) {
      if (lead > 0 && lead % rows_a_transaction == 0) run(to_, "COMMIT; BEGIN IMMEDIATE");
      for (auto &one : all_) {
        if (one.next < one.rows.size()) put(one);
      }
    }
    for (auto &one : all_) {
      while (one.next < one.rows.size()) put(one);
    }
    run(to_, "COMMIT");
  }

 private:
  using bytes = std::vector<char>;
  using row = std::vector<std::variant<std::int64_t, std::string, bytes>>;
  struct work {
    std::string table;
    std::vector<row> rows = {};
    std::int64_t last = 0;
    sqlite3_stmt *insert = nullptr;
    std::size_t next = 0;
  };

  std::string names_of(const std::string &table) {
    std::string result;
    sqlite3_stmt *columns = nullptr;
    check(sqlite3_prepare_v2(from_, ("SELECT name FROM pragma_table_info('" + table + "')").c_str(), -1, &columns,
                             nullptr),
          from_);
    while (sqlite3_step(columns) == SQLITE_ROW) {
      result +=
          (result.empty() ? "" : ", ") + std::string(reinterpret_cast<const char *>(sqlite3_column_text(columns, 0)));
    }
    sqlite3_finalize(columns);
    return result;
  }

  void read(work &one) {
    one.rows.clear();
    one.next = 0;
    sqlite3_stmt *all = nullptr;
    const auto sql =
        "SELECT rowid, * FROM " + one.table + " WHERE rowid > " + std::to_string(one.last) + " ORDER BY rowid";
    check(sqlite3_prepare_v2(from_, sql.c_str(), -1, &all, nullptr), from_);
    while (sqlite3_step(all) == SQLITE_ROW) {
      one.last = sqlite3_column_int64(all, 0);
      row values;
      for (int column = 1; column < sqlite3_column_count(all); ++column) {
        if (sqlite3_column_type(all, column) == SQLITE_INTEGER) {
          values.emplace_back(sqlite3_column_int64(all, column));
        } else if (sqlite3_column_type(all, column) == SQLITE_BLOB) {
          const auto *first = static_cast<const char *>(sqlite3_column_blob(all, column));
          values.emplace_back(bytes(first, first + sqlite3_column_bytes(all, column)));
        } else {
          values.emplace_back(std::string(reinterpret_cast<const char *>(sqlite3_column_text(all, column))));
        }
      }
      one.rows.push_back(std::move(values));
    }
    sqlite3_finalize(all);
  }

  void put(work &one) {
    const auto &values = one.rows[one.next++];
    for (std::size_t column = 0; column < values.size(); ++column) {
      const int at = static_cast<int>(column) + 1;
      if (const auto *number = std::get_if<std::int64_t>(&values[column])) {
        sqlite3_bind_int64(one.insert, at, *number);
      } else if (const auto *raw = std::get_if<bytes>(&values[column])) {
        sqlite3_bind_blob(one.insert, at, raw->data(), static_cast<int>(raw->size()), SQLITE_STATIC);
      } else {
        const auto &text = std::get<std::string>(values[column]);
        sqlite3_bind_text(one.insert, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
      }
    }
    check(sqlite3_step(one.insert), to_);
    sqlite3_reset(one.insert);
  }

  const databases::fresh_database other_{databases::kind::sqlite};
  sqlite3 *from_ = nullptr, *to_ = nullptr;
  std::vector<work> all_;
  std::size_t leads_ = 0;
};

/// A prepared INSERT a table, a round trip a row, in one transaction.
class postgresql_rows final : public same_rows {
 public:
  explicit postgresql_rows(const databases::fresh_database &filled) {
    store::store::open(other_.options());
    from_ = PQconnectdb(filled.uri().c_str());
    to_ = PQconnectdb(other_.uri().c_str());
    for (auto *each : {from_, to_}) done(each, PQexec(each, "SET search_path = lead_system"));
    for (const auto *table : tables) {
      work one{.table = table};
      const auto names = done(
          from_, PQexec(from_, ("SELECT column_name FROM information_schema.columns WHERE table_schema = 'lead_system' "
                                "AND is_generated = 'NEVER' AND table_name = '" +
                                one.table + "' ORDER BY ordinal_position")
                                   .c_str()));
      std::string marks;
      for (const auto &name : names) {
        one.columns += (one.columns.empty() ? "" : ", ") + name.front();
        marks += (marks.empty() ? "$" : ", $") + std::to_string(++one.width);
      }
      done(to_,
           PQprepare(to_, table, ("INSERT INTO " + one.table + " (" + one.columns + ") VALUES (" + marks + ")").c_str(),
                     0, nullptr));
      all_.push_back(std::move(one));
    }
  }
  ~postgresql_rows() override {
    PQfinish(from_);
    PQfinish(to_);
  }

  /// What the transactions since the last time have written.
  void take() override {
    for (auto &one : all_) {
      one.rows = done(from_, PQexec(from_, ("SELECT " + one.columns + " FROM " + one.table +
                                            " WHERE CAST(CAST(xmin AS text) AS bigint) >= " + since_)
                                               .c_str()));
    }
    since_ = done(from_, PQexec(from_, "SELECT CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text)")).front().front();
  }
  void put() override {
    done(to_, PQexec(to_, "BEGIN"));
    for (const auto &one : all_) {
      for (const auto &values : one.rows) {
        std::vector<const char *> cells;
        for (const auto &value : values) cells.push_back(value.c_str());
        done(to_, PQexecPrepared(to_, one.table.c_str(), one.width, cells.data(), nullptr, nullptr, 0));
      }
    }
    done(to_, PQexec(to_, "COMMIT"));
  }

 private:
  using texts = std::vector<std::vector<std::string>>;
  struct work {
    std::string table, columns = {};
    int width = 0;
    texts rows = {};
  };

  static texts done(PGconn *on, PGresult *result) {
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(PQerrorMessage(on));
    texts all(static_cast<std::size_t>(PQntuples(result)));
    for (int row = 0; row < PQntuples(result); ++row) {
      for (int column = 0; column < PQnfields(result); ++column) {
        all[static_cast<std::size_t>(row)].emplace_back(PQgetvalue(result, row, column));
      }
    }
    PQclear(result);
    return all;
  }

  const databases::fresh_database other_{databases::kind::postgresql};
  PGconn *from_ = nullptr, *to_ = nullptr;
  std::vector<work> all_;
  std::string since_ = "0";
};

/// For one lead at a time.
inline std::unique_ptr<same_rows> rows_like(databases::kind which, const databases::fresh_database &filled) {
  if (which == databases::kind::sqlite) return std::make_unique<sqlite_rows>(filled, short_log);
  return std::make_unique<postgresql_rows>(filled);
}

}  // namespace benchmark
