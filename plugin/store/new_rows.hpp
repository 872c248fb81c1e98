// new_rows.hpp - the rows that an import brings, many at a time: a statement on SQLite's own interface, which keeps no
// copy of a value; COPY on PostgreSQL, or a pipeline for a few: a round trip a row would be most of the time.
#pragma once

#include <soci/soci.h>

#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "store/dialect.hpp"

namespace lead_system::store {

/// A value of a row; refers to the caller's text.
class cell {
 public:
  cell(std::string_view text) noexcept : text_(text), is_text_(true) {}
  cell(const std::string &text) noexcept : text_(text), is_text_(true) {}
  cell(const char *text) noexcept : text_(text), is_text_(true) {}
  cell(std::integral auto number) noexcept : number_(number) {}

  bool is_text() const noexcept { return is_text_; }
  std::string_view text() const noexcept { return text_; }
  long long number() const noexcept { return number_; }

 private:
  std::string_view text_;
  long long number_ = 0;
  bool is_text_ = false;
};

/// In the order in which they are written: a row comes after those that it refers to.
enum class bulk_table { lead, lead_number, lead_digest, lead_event, feedback_message, import_item };
constexpr std::size_t bulk_tables = 6;

/// New rows of one table, within transactions of one session. Faults are soci_errors, as everywhere (fault.hpp).
class new_rows {
 public:
  new_rows() = default;
  new_rows(const new_rows &) = delete;
  new_rows &operator=(const new_rows &) = delete;
  virtual ~new_rows() = default;

  /// One row, its cells in the order of the columns. The texts may go when this returns.
  virtual void add(std::span<const cell> row) = 0;
  void add(std::initializer_list<cell> row) { add(std::span(row.begin(), row.size())); }
  /// How many rows add() has held back.
  virtual std::size_t held() const noexcept = 0;
  /// Sends them.
  virtual void write() = 0;
  /// Asks for them row by row of a session in pipeline mode, whose answers come later: a few rows of several tables are
  /// one round trip then. Returns how many answers there will be.
  virtual std::size_t queue() = 0;
  /// Outside of that mode, before queue().
  virtual void prepare() = 0;
  /// Drops it: the transaction ends without.
  virtual void discard() noexcept = 0;
};

/// Sends all rows that are held back, of tables in the order of bulk_table; any may be null. `then`: a statement behind
/// them, if not empty, which a few rows take along.
void write_all(soci::session &session, std::span<const std::unique_ptr<new_rows>> tables, const std::string &then = {});
/// `columns`: "a, b, c". `session` outlives the result.
std::unique_ptr<new_rows> make_new_rows(soci::session &session, engine kind, bulk_table table,
                                        const std::string &columns);

}  // namespace lead_system::store
