// statement.hpp - one SQL statement with the variables that SOCI keeps references to.
//
// Every column of ours is text or a 64-bit number and never null, so a row is described by one letter a column:
// 't' text, 'i' number.
#pragma once

#include <soci/soci.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "store/dialect.hpp"

namespace lead_system::store {

using value = std::variant<std::string, long long>;

/// Text as both engines take it: bytes that are not UTF-8 become U+FFFD. Throws for an embedded NUL, which would cut
/// it.
std::string storable(std::string text);

/// The values of a statement that is put together as it goes; each call returns the placeholder to write.
class arguments {
 public:
  std::string text(std::string text) { return add(value{storable(std::move(text))}); }
  std::string number(long long number) { return add(value{number}); }
  /// ":a1, :a2, :a3" for a list of texts; must not be empty.
  std::string texts(const std::vector<std::string> &list);
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

 private:
  std::deque<value> out_;
  soci::statement inner_;
};

/// A session in use: statements that are executed often within one transaction are prepared once.
class connection {
 public:
  connection(soci::session &session, engine kind) : session_(session), kind_(kind) {}
  soci::session &session() noexcept { return session_; }
  engine kind() const noexcept { return kind_; }

  /// Executes the statement, whose placeholders are :a1, :a2 … in the order of `values`, and returns it for its rows.
  statement &run(const std::string &sql, std::vector<value> values, std::string_view columns = {});
  /// The same for the number of changed rows.
  long long change(const std::string &sql, std::vector<value> values);
  /// Ends all statements: before a commit, a reconnect, the end of the lease.
  void forget() noexcept { kept_.clear(); }

 private:
  struct kept {
    arguments in;
    std::unique_ptr<statement> what;
    long long changed = 0;
  };
  kept &ready(const std::string &sql, std::vector<value> values, std::string_view columns);

  soci::session &session_;
  engine kind_;
  std::unordered_map<std::string, kept> kept_;
};

/// "(:a1, :a2, … :aN)".
std::string placeholders(std::size_t count);

}  // namespace lead_system::store
