// statement.hpp - one SQL statement with the variables that SOCI keeps references to.
//
// Every column of ours is text, bytes or a 64-bit number and never null, so a row is described by one letter a column:
// 't' text (or bytes, see dialect.hpp), 'i' number.
#pragma once

#include <soci/soci.h>

#include <array>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "store/dialect.hpp"
#include "store/new_rows.hpp"

namespace lead_system::store {

/// For a parameter that as_bytes() has put in place (dialect.hpp).
struct bytes {
  std::string raw;
};
using value = std::variant<std::string, long long, bytes>;

/// Text as both engines take it: bytes that are not UTF-8 become U+FFFD. Throws for an embedded NUL, which would cut
/// it.
std::string storable(std::string text);
/// As far as it is so already.
std::size_t storable_length(std::string_view text) noexcept;

/// The values of a statement that is put together as it goes; each call returns the placeholder to write.
class arguments {
 public:
  std::string text(std::string text) { return add(value{storable(std::move(text))}); }
  std::string number(long long number) { return add(value{number}); }
  /// ":a1, :a2, :a3" for a list of texts; must not be empty.
  std::string texts(const std::vector<std::string> &list);
  /// The same of numbers.
  std::string numbers(const std::vector<std::int64_t> &list);
  std::deque<value> &values() noexcept { return values_; }

 private:
  std::string add(value item);
  std::deque<value> values_;
};

class statement {
 public:
  /// `in` outlives the statement. `keep`: it will be executed again with other values.
  statement(soci::session &session, const std::string &sql, arguments &in, std::string_view columns = {},
            bool keep = false);
  statement(const statement &) = delete;
  statement &operator=(const statement &) = delete;
  ~statement() = default;

  /// Executes anew with the present values of the arguments; returns the number of changed rows, for a statement
  /// without columns.
  long long execute();
  /// The next row, of a statement with columns.
  bool next();
  const std::string &text(std::size_t column) const { return std::get<std::string>(out_[column]); }
  long long number(std::size_t column) const { return std::get<long long>(out_[column]); }
  int small(std::size_t column) const { return static_cast<int>(number(column)); }
  /// Ends the reading of its rows, and lets go of long texts.
  void rest(engine kind) noexcept;

 private:
  std::deque<value> out_;
  soci::statement inner_;
};

/// What is executed on a session: statements stay prepared as long as it does, and new rows go in many at a time. Of
/// one thread at a time, like the session.
class connection {
 public:
  connection(soci::session &session, engine kind);
  connection(const connection &) = delete;
  connection &operator=(const connection &) = delete;
  ~connection();
  soci::session &session() noexcept { return session_; }
  engine kind() const noexcept { return kind_; }

  /// Executes the statement, whose placeholders are :a1, :a2 … in the order of `values`, and returns it for its rows,
  /// until the same statement is executed again. What into() holds back is written first.
  statement &run(const std::string &sql, std::vector<value> values, std::string_view columns = {});
  /// The same where the rows that into() holds back change nothing in the answer: they stay held.
  statement &run_beside(const std::string &sql, std::vector<value> values, std::string_view columns);
  /// As run(), for the number of changed rows.
  long long change(const std::string &sql, std::vector<value> values);
  /// The one column of all rows that a statement finds.
  std::vector<std::int64_t> numbers(const std::string &sql, std::vector<value> values = {});
  std::vector<std::string> texts(const std::string &sql, std::vector<value> values = {});
  /// That of the first row; 0 or empty where there is none.
  std::int64_t number(const std::string &sql, std::vector<value> values = {});
  std::string text(const std::string &sql, std::vector<value> values = {});
  /// New rows of a table, in a transaction. They may be held back until write(), the next statement.
  new_rows &into(bulk_table table, const std::string &columns);
  void write();
  /// Writes and commits, with no statement in the middle of its rows: an open cursor blocks the checkpoint of the log.
  void commit();

  /// Leaves no statement in the middle of its rows and none with much memory, and drops what was held back: before a
  /// rollback, and at the end of the lease.
  void rest() noexcept;
  /// Ends all statements: before the session is closed or opened again.
  void forget() noexcept;

 private:
  struct kept {
    arguments in;
    std::unique_ptr<statement> what;
    long long changed = 0;
    bool used = false;  ///< since the last rest
  };
  kept &ready(const std::string &sql, std::vector<value> values, std::string_view columns);
  void end_statements() noexcept;

  soci::session &session_;
  engine kind_;
  std::unordered_map<std::string, kept> kept_;
  std::vector<kept *> used_;
  std::array<std::unique_ptr<new_rows>, bulk_tables> into_;
  std::size_t new_rows_ = 0;  ///< since the last rest
};

/// A list that somebody looks at has no more rows, whatever was asked.
constexpr int most_rows = 500;

/// "(:a1, :a2, … :aN)".
std::string placeholders(std::size_t count);

}  // namespace lead_system::store
