#include "reference_host/core/data/table_copy.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/data/dialect.hpp"

namespace dms::reference {
namespace {

constexpr const char *version_table = "schema_version";

struct column {
  std::string name;
  bool bytes = false, numbered = false;
};

bool on_sqlite(soci::session &sql) {
  return engine_of(sql) == engine::sqlite;
}

std::string quoted(const std::string &name) {
  return '"' + name + '"';
}

std::vector<std::string> list(soci::session &sql, const std::string &query) {
  std::vector<std::string> found;
  std::string value;
  soci::statement rows = (sql.prepare << query, soci::into(value));
  rows.execute();
  while (rows.fetch()) found.push_back(value);
  return found;
}

std::int64_t number(soci::session &sql, const std::string &query) {
  std::int64_t value = 0;
  soci::indicator known{};
  sql << query, soci::into(value, known);
  return known == soci::i_null ? 0 : value;
}

std::vector<std::string> tables_of(soci::session &sql) {
  auto found = list(sql, on_sqlite(sql) ? "select name from sqlite_master where type = 'table' and name not like "
                                          "'sqlite_%' order by name"
                                        : "select cast(table_name as text) from information_schema.tables where "
                                          "table_schema = current_schema() and table_type = 'BASE TABLE' order by 1");
  std::erase(found, version_table);
  std::ranges::sort(found);
  return found;
}

/// Those that rows are written to: not what the database reckons itself.
std::vector<column> columns_of(soci::session &sql, const std::string &table) {
  std::vector<column> found;
  std::string name, type;
  int numbered = 0;
  soci::statement rows =
      (sql.prepare << (on_sqlite(sql) ? "select name, lower(type), 0 from pragma_table_xinfo(:name) where hidden = 0"
                                      : "select cast(column_name as text), cast(data_type as text), "
                                        "case when is_identity = 'YES' then 1 else 0 end "
                                        "from information_schema.columns where table_schema = current_schema() "
                                        "and table_name = :name and is_generated = 'NEVER'"),
       soci::use(table), soci::into(name), soci::into(type), soci::into(numbered));
  rows.execute();
  while (rows.fetch()) found.push_back({name, type == "blob" || type == "bytea", numbered != 0});
  std::ranges::sort(found, {}, &column::name);
  return found;
}

/// Each behind those that it refers to.
std::vector<std::string> in_order(soci::session &postgresql, const std::vector<std::string> &tables) {
  std::set<std::pair<std::string, std::string>> open;
  std::string from, to;
  soci::statement rows =
      (postgresql.prepare << "select cast(a.relname as text), cast(b.relname as text) from pg_catalog.pg_constraint c "
                             "join pg_catalog.pg_class a on a.oid = c.conrelid "
                             "join pg_catalog.pg_class b on b.oid = c.confrelid "
                             "join pg_catalog.pg_namespace n on n.oid = c.connamespace "
                             "where c.contype = 'f' and a.oid <> b.oid and n.nspname = current_schema()",
       soci::into(from), soci::into(to));
  rows.execute();
  while (rows.fetch()) open.emplace(from, to);
  std::vector<std::string> ordered;
  auto left = tables;
  while (!left.empty()) {
    const auto free = std::ranges::find_if(left, [&](const auto &table) {
      return std::ranges::none_of(open, [&](const auto &link) {
        return link.first == table && std::ranges::find(left, link.second) != left.end();
      });
    });
    if (free == left.end()) throw failure(dms_failed, "The tables of the database refer to each other in a ring.");
    ordered.push_back(*free);
    left.erase(free);
  }
  return ordered;
}

/// Without the triggers of its tables while it lives; they are there again when the transaction ends.
class silent_tables {
 public:
  silent_tables(soci::session &sql, const std::vector<std::string> &tables) : sql_(sql), tables_(tables) {
    if (on_sqlite(sql)) {
      triggers_ = list(sql, "select sql from sqlite_master where type = 'trigger'");
      for (const auto &name : list(sql, "select name from sqlite_master where type = 'trigger'")) {
        sql << "drop trigger " + quoted(name);
      }
      sql << "pragma defer_foreign_keys = on";
    } else {
      for (const auto &table : tables_) sql << "alter table " + quoted(table) + " disable trigger user";
    }
  }
  void wake() {
    for (const auto &trigger : triggers_) sql_ << trigger;
    if (on_sqlite(sql_)) return;
    for (const auto &table : tables_) sql_ << "alter table " + quoted(table) + " enable trigger user";
  }

 private:
  soci::session &sql_;
  const std::vector<std::string> &tables_;
  std::vector<std::string> triggers_;
};

/// The rows of a table, each value as text; bytes in hex.
class row_reader {
 public:
  row_reader(soci::session &sql, const std::string &table, const std::vector<column> &columns)
      : sql_(sql), values(columns.size()), known(columns.size()) {
    std::string query;
    for (const auto &one : columns) {
      const auto name = quoted(one.name);
      const auto text = !one.bytes       ? "cast(" + name + " as text)"
                        : on_sqlite(sql) ? "hex(" + name + ")"
                                         : "encode(" + name + ", 'hex')";
      query += (query.empty() ? "select " : ", ") + text;
    }
    query += " from " + quoted(table);
    if (on_sqlite(sql)) {
      open(query);
      return;
    }
    // SOCI would hold all rows of a query in memory.
    sql << "declare rows_to_copy no scroll cursor for " + query;
    open("fetch forward 500 from rows_to_copy");
  }
  row_reader(const row_reader &) = delete;
  row_reader &operator=(const row_reader &) = delete;
  ~row_reader() {
    rows_.reset();
    try {
      if (!on_sqlite(sql_)) sql_ << "close rows_to_copy";
    } catch (const std::exception &) {
      // Closed with the transaction, which has failed.
    }
  }
  bool next() {
    if (rows_->fetch()) return true;
    if (on_sqlite(sql_)) return false;
    open("fetch forward 500 from rows_to_copy");
    return rows_->fetch();
  }

 private:
  void open(const std::string &query) {
    rows_ = std::make_unique<soci::statement>(sql_);
    for (std::size_t at = 0; at < values.size(); ++at) rows_->exchange(soci::into(values[at], known[at]));
    rows_->alloc();
    rows_->prepare(query);
    rows_->define_and_bind();
    rows_->execute();
  }
  soci::session &sql_;
  std::unique_ptr<soci::statement> rows_;

 public:
  std::vector<std::string> values;
  std::vector<soci::indicator> known;
};

/// Writes what `from` has read last; the statement stays prepared.
class row_writer {
 public:
  row_writer(soci::session &sql, const std::string &table, const std::vector<column> &columns, row_reader &from)
      : sql_(sql), columns_(columns), from_(from) {
    begin_ = "insert into " + quoted(table) + " (";
    for (const auto &one : columns) begin_ += (&one == &columns.front() ? "" : ", ") + quoted(one.name);
    begin_ += ") values (";
    const bool literal = on_sqlite(sql) && std::ranges::any_of(columns, &column::bytes);
    if (!literal) prepare();
  }
  void write() {
    if (row_) {
      row_->execute(true);
      return;
    }
    // SQLite reads bytes in hex as a literal alone.
    prepare();
    row_->execute(true);
    row_.reset();
  }

 private:
  void prepare() {
    row_ = std::make_unique<soci::statement>(sql_);
    auto text = begin_;
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      const auto parameter = ":p" + std::to_string(at);
      text += at == 0 ? "" : ", ";
      if (columns_[at].bytes && on_sqlite(sql_)) {
        text += "x'" + from_.values[at] + '\'';
        continue;
      }
      text += columns_[at].bytes ? "decode(" + parameter + ", 'hex')" : parameter;
      row_->exchange(soci::use(from_.values[at], from_.known[at]));
    }
    row_->alloc();
    row_->prepare(text + ")");
    row_->define_and_bind();
  }
  soci::session &sql_;
  const std::vector<column> &columns_;
  row_reader &from_;
  std::string begin_;
  std::unique_ptr<soci::statement> row_;
};

bool gives_no_number_twice(soci::session &sqlite, const std::string &table) {
  return number(sqlite, "select count(*) from sqlite_master where type = 'table' and name = '" + table +
                            "' and sql like '%autoincrement%'") > 0;
}

/// The numbers of new rows go on behind the highest that was ever given.
void carry_number(soci::session &from, soci::session &to, const std::string &table, const std::string &id) {
  const bool to_sqlite = on_sqlite(to);
  auto &sqlite = to_sqlite ? to : from, &postgresql = to_sqlite ? from : to;
  const auto sequence = "pg_get_serial_sequence('" + quoted(table) + "', '" + id + "')";
  const bool kept = gives_no_number_twice(sqlite, table);
  if (to_sqlite) {
    if (!kept) return;
    const auto last = number(postgresql, "select pg_sequence_last_value(cast(" + sequence + " as regclass))");
    sqlite << "delete from sqlite_sequence where name = :name", soci::use(table);
    sqlite << "insert into sqlite_sequence (name, seq) values (:name, :last)", soci::use(table), soci::use(last);
    return;
  }
  auto last = number(sqlite, "select max(" + quoted(id) + ") from " + quoted(table));
  if (kept) last = std::max(last, number(sqlite, "select max(seq) from sqlite_sequence where name = '" + table + "'"));
  if (last > 0) number(postgresql, "select setval(" + sequence + ", " + std::to_string(last) + ")");
}

void must_be_same(bool same) {
  if (!same) {
    throw failure(dms_refused,
                  "The data is of another version than this program and its plugins. Serve it once with this version, "
                  "then move it; nothing was moved.");
  }
}

std::vector<std::string> names_of(const std::vector<column> &columns) {
  std::vector<std::string> names;
  for (const auto &one : columns) names.push_back(one.name);
  return names;
}

}  // namespace

std::vector<copied_table> count_tables(soci::session &sql) {
  std::vector<copied_table> found;
  for (const auto &table : tables_of(sql)) {
    found.push_back({table, number(sql, "select count(*) from " + quoted(table))});
  }
  return found;
}

std::vector<copied_table> copy_tables(soci::session &from, soci::session &to) {
  const auto tables = tables_of(to);
  const std::string versions = std::string("select count(*) from ") + version_table;
  must_be_same(tables == tables_of(from) && number(from, versions) == number(to, versions));
  auto &postgresql = on_sqlite(to) ? from : to;
  const auto ordered = in_order(postgresql, tables);
  silent_tables quiet(to, tables);
  for (auto table = ordered.rbegin(); table != ordered.rend(); ++table) to << "delete from " + quoted(*table);
  std::vector<copied_table> done;
  for (const auto &table : ordered) {
    const auto columns = columns_of(to, table), source = columns_of(from, table);
    must_be_same(names_of(columns) == names_of(source));
    row_reader rows(from, table, source);
    row_writer into(to, table, columns, rows);
    copied_table count{table, 0};
    for (; rows.next(); ++count.rows) into.write();
    done.push_back(count);
  }
  for (const auto &table : tables) {
    for (const auto &one : columns_of(postgresql, table)) {
      if (one.numbered) carry_number(from, to, table, one.name);
    }
  }
  quiet.wake();
  return done;
}

}  // namespace dms::reference
