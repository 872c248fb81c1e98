// fields.hpp - how the members of a row are kept: each column is named once, beside its member. From such a table come
// the columns of a SELECT and the reading of its rows, and the columns and values of INSERT and UPDATE:
//
//   constexpr auto filter_fields = fields_of<saved_filter>(field("name", &saved_filter::name), …);
//   return filter_fields.all(on, "FROM saved_filter WHERE user_id = :a1 ORDER BY name", {user});
//
// All of it is known when it is compiled: reading a row is as many assignments as it has columns.
#pragma once

#include <array>
#include <concepts>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "access/grant_text.hpp"
#include "lead/texts.hpp"
#include "store/records.hpp"
#include "store/statement.hpp"

namespace lead_system::store {

/// A key as it was kept; an unknown one comes from a newer plugin in a rolling upgrade.
struct kept_key {
  static void read(const std::string &key, lead_state &to) { to = state_from(key).value_or(lead_state::received); }
  static void read(const std::string &key, contact_result &to) { to = contact_result_from(key).value_or(to); }
  static void read(const std::string &key, feedback_status &to) { to = feedback_status_from(key); }
  static void read(const std::string &key, access::scope &to) { to = access::scope_from(key); }
};

/// How a type is kept: the letter of its column (statement.hpp), out of the column and into it.
template <typename Type>
struct kept_as;
template <>
struct kept_as<std::string> {
  static constexpr char kind = 't';
  static const std::string &read(const statement &row, std::size_t at) { return row.text(at); }
  static const std::string &write(const std::string &text) noexcept { return text; }
};
/// Of what is worked out, not read.
template <>
struct kept_as<std::string_view> {
  static constexpr char kind = 't';
  static std::string_view write(std::string_view text) noexcept { return text; }
};
template <std::integral Number>
struct kept_as<Number> {
  static constexpr char kind = 'i';
  static Number read(const statement &row, std::size_t at) { return static_cast<Number>(row.number(at)); }
  static long long write(Number number) noexcept { return static_cast<long long>(number); }
};
template <typename Key>
requires std::is_enum_v<Key>
struct kept_as<Key> {
  static constexpr char kind = 't';
  static Key read(const statement &row, std::size_t at) {
    Key result{};
    kept_key::read(row.text(at), result);
    return result;
  }
  static std::string_view write(Key item) noexcept { return key(item); }
};
template <>
struct kept_as<stage_set> {
  static constexpr char kind = 'i';
  static stage_set read(const statement &row, std::size_t at) {
    return stage_set::from_bits(static_cast<unsigned>(row.number(at)));
  }
  static long long write(stage_set stages) noexcept { return stages.bits(); }
};
template <>
struct kept_as<std::map<std::string, std::string>> {
  static constexpr char kind = 't';
  static std::map<std::string, std::string> read(const statement &row, std::size_t at) {
    return texts_from_json(row.text(at));
  }
  static std::string write(const std::map<std::string, std::string> &texts) { return texts_to_json(texts); }
};

/// A column, and the member that is kept in it; or what is worked out of a row, which can only be written.
template <typename At>
struct field {
  constexpr field(std::string_view column, At member) : name(column), at(member) {}
  std::string_view name;
  At at;
};

template <typename Row, typename... At>
class fields {
 public:
  static constexpr std::size_t count = sizeof...(At);
  constexpr explicit fields(std::tuple<field<At>...> all) : all_(all) {}

  /// "id, receipt, source", each behind `prefix`.
  std::string columns(std::string_view prefix = {}) const {
    return list([&](std::string &text, std::string_view name) { text.append(prefix).append(name); });
  }
  /// "receipt = :a1, source = :a2", behind `before` other parameters.
  std::string assignments(std::size_t before = 0) const {
    return list([&](std::string &text, std::string_view name) {
      text.append(name).append(" = :a").append(std::to_string(++before));
    });
  }
  /// "receipt = excluded.receipt, …", of an INSERT that finds its row there already.
  std::string replaced() const {
    return list(
        [](std::string &text, std::string_view name) { text.append(name).append(" = excluded.").append(name); });
  }
  /// "INSERT INTO table (…) VALUES (:a1, …)", with `more` columns behind these.
  std::string insert(std::string_view table, std::initializer_list<std::string_view> more = {}) const {
    auto text = "INSERT INTO " + std::string(table) + " (" + columns();
    for (const auto name : more) text.append(", ").append(name);
    return text + ") VALUES " + placeholders(count + more.size());
  }
  /// The letters of the columns, as statement.hpp has them.
  static constexpr std::string_view kinds() noexcept { return {letters.data(), letters.size()}; }
  /// With `more` behind them.
  static std::string kinds_with(std::string_view more) { return std::string(kinds()).append(more); }

  /// The present row, from its column `first` on.
  void read(const statement &row, Row &into, std::size_t first = 0) const {
    read_each(row, into, first, std::index_sequence_for<At...>());
  }
  Row read(const statement &row) const {
    Row result;
    read(row, result);
    return result;
  }
  /// "SELECT id, receipt FROM …".
  std::string select(std::string_view from) const { return "SELECT " + columns() + " " + std::string(from); }
  std::vector<Row> all(statement &rows) const {
    std::vector<Row> result;
    while (rows.next()) read(rows, result.emplace_back());
    return result;
  }
  std::optional<Row> first(statement &rows) const {
    if (!rows.next()) return std::nullopt;
    return read(rows);
  }

  /// All rows, and the first, that are found by "FROM … WHERE …" and its values.
  std::vector<Row> all(connection &on, std::string_view from, std::vector<value> values = {}) const {
    return all(on.run(select(from), std::move(values), kinds()));
  }
  std::optional<Row> first(connection &on, std::string_view from, std::vector<value> values) const {
    return first(on.run(select(from), std::move(values), kinds()));
  }

  /// The values of a row in the order of the columns, and `more` behind them.
  template <typename... More>
  std::vector<value> values(const Row &row, More &&...more) const {
    std::vector<value> result;
    result.reserve(count + sizeof...(More));
    std::apply(
        [&](const auto &...one) { (result.push_back(value_of(kept<At>::write(std::invoke(one.at, row)))), ...); },
        all_);
    (result.emplace_back(std::forward<More>(more)), ...);
    return result;
  }
  /// The same for new_rows; refer to the texts of `row` and `more`.
  template <typename... More>
  std::array<cell, count + sizeof...(More)> cells(const Row &row, const More &...more) const {
    return std::apply(
        [&](const auto &...one) {
          return std::array<cell, count + sizeof...(More)>{cell_of(kept<At>::write(std::invoke(one.at, row)))...,
                                                           cell(more)...};
        },
        all_);
  }

  template <typename... More>
  constexpr fields<Row, At..., More...> operator+(const fields<Row, More...> &more) const {
    return fields<Row, At..., More...>(std::tuple_cat(all_, more.all_));
  }

 private:
  template <typename, typename...>
  friend class fields;
  template <typename One>
  using kept = kept_as<std::remove_cvref_t<std::invoke_result_t<const One &, Row &>>>;
  static constexpr std::array<char, count> letters{kept<At>::kind...};

  template <typename Append>
  std::string list(Append &&append) const {
    std::string text;
    const auto add = [&](std::string_view name) {
      if (!text.empty()) text += ", ";
      append(text, name);
    };
    std::apply([&](const auto &...one) { (add(one.name), ...); }, all_);
    return text;
  }
  template <std::size_t... Index>
  void read_each(const statement &row, Row &into, std::size_t first, std::index_sequence<Index...>) const {
    ((std::invoke(std::get<Index>(all_).at, into) = kept<At>::read(row, first + Index)), ...);
  }
  static value value_of(long long number) { return number; }
  static value value_of(std::string text) { return text; }
  static value value_of(std::string_view text) { return std::string(text); }
  template <typename Kept>
  static cell cell_of(const Kept &item) noexcept {
    return item;
  }
  static cell cell_of(std::string &&) = delete;  // gone before the cell is read

  std::tuple<field<At>...> all_;
};

template <typename Row, typename... At>
constexpr fields<Row, At...> fields_of(field<At>... all) {
  return fields<Row, At...>(std::tuple(all...));
}

}  // namespace lead_system::store
