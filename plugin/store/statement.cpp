#include "store/statement.hpp"

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace lead_system::store {

namespace {

std::string name_of(std::size_t index) {
  return "a" + std::to_string(index + 1);
}

/// Length of the UTF-8 sequence at `at` (Unicode 15, table 3-7), or 0 where there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t offset) {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
  };
  const auto follows = [&](std::size_t offset, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(offset) >= low && byte(offset) <= high;
  };
  const auto first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool second = follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
    return second && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

constexpr std::size_t most_kept = 200;
/// New rows in one transaction that only an import has.
constexpr std::size_t many_rows = 1'000;

/// What SOCI exchanges of a value.
std::string &exchanged(std::string &text) noexcept {
  return text;
}
long long &exchanged(long long &number) noexcept {
  return number;
}
std::string &exchanged(bytes &item) noexcept {
  return item.raw;
}

void let_go_of(std::string &text) noexcept {
  constexpr std::size_t short_enough = 1024;
  if (text.capacity() > short_enough) std::string().swap(text);
}
void let_go_of(long long) noexcept {}
/// A text that a statement need not keep until it is executed again.
void let_go(value &item) noexcept {
  std::visit([](auto &kept) { let_go_of(exchanged(kept)); }, item);
}

}  // namespace

std::size_t storable_length(std::string_view text) noexcept {
  std::size_t good = 0;
  while (good < text.size()) {
    // Eight bytes at a time while they are ASCII and none is zero.
    constexpr std::uint64_t ones = 0x0101010101010101U, tops = 0x8080808080808080U;
    std::uint64_t eight = 0;
    if (text.size() - good < sizeof eight) break;
    std::memcpy(&eight, text.data() + good, sizeof eight);
    if (((eight | (eight - ones)) & tops) != 0) break;
    good += sizeof eight;
  }
  while (good < text.size() && text[good] != '\0') {
    const auto length = sequence_length(text, good);
    if (length == 0) break;
    good += length;
  }
  return good;
}

std::string storable(std::string text) {
  const auto good = storable_length(text);
  if (good == text.size()) return text;
  std::string result = text.substr(0, good);
  for (auto at = good; at < text.size();) {
    if (text[at] == '\0') throw std::invalid_argument("A text holds a NUL character and cannot be stored.");
    if (const auto length = sequence_length(text, at); length > 0) {
      result.append(text, at, length);
      at += length;
    } else {
      result += "\xEF\xBF\xBD";
      ++at;
    }
  }
  return result;
}

std::string arguments::add(value item) {
  values_.push_back(std::move(item));
  return ":" + name_of(values_.size() - 1);
}

std::string arguments::texts(const std::vector<std::string> &list) {
  std::string result;
  for (const auto &item : list) result += (result.empty() ? "" : ", ") + text(item);
  return result;
}

std::string arguments::numbers(const std::vector<std::int64_t> &list) {
  std::string result;
  for (const auto item : list) result += (result.empty() ? "" : ", ") + number(item);
  return result;
}

statement::statement(soci::session &session, const std::string &sql, arguments &in, std::string_view columns, bool keep)
    : inner_(session) {
  for (std::size_t index = 0; index < in.values().size(); ++index) {
    std::visit([&](auto &item) { inner_.exchange(soci::use(exchanged(item), name_of(index))); }, in.values()[index]);
  }
  for (const char kind : columns) {
    out_.push_back(kind == 't' ? value{std::string{}} : value{0LL});
    std::visit([&](auto &item) { inner_.exchange(soci::into(exchanged(item))); }, out_.back());
  }
  inner_.alloc();
  inner_.prepare(sql, keep ? soci::details::st_repeatable_query : soci::details::st_one_time_query);
  inner_.define_and_bind();
}

long long statement::execute() {
  inner_.execute(out_.empty());
  return out_.empty() ? inner_.get_affected_rows() : 0;
}

bool statement::next() {
  return inner_.fetch();
}

void statement::rest(engine kind) noexcept {
  for (auto &item : out_) let_go(item);
  end_rows(*inner_.get_backend(), kind);
}

connection::connection(soci::session &session, engine kind) : session_(session), kind_(kind) {}
connection::~connection() = default;

connection::kept &connection::ready(const std::string &sql, std::vector<value> values, std::string_view columns) {
  auto [found, fresh] = kept_.try_emplace(sql);
  auto &entry = found->second;
  for (auto &item : values) {
    if (auto *text = std::get_if<std::string>(&item)) *text = storable(std::move(*text));
    if (auto *raw = std::get_if<bytes>(&item)) raw->raw = carried(std::move(raw->raw), kind_);
  }
  if (fresh) {
    for (auto &item : values) entry.in.values().push_back(std::move(item));
  } else {
    for (std::size_t index = 0; index < values.size(); ++index) {
      // Assigned inside the variant: SOCI holds the address of the text or number.
      std::visit([&](auto &slot) { slot = std::get<std::decay_t<decltype(slot)>>(std::move(values[index])); },
                 entry.in.values()[index]);
    }
  }
  try {
    if (!entry.what) entry.what = std::make_unique<statement>(session_, sql, entry.in, columns, true);
  } catch (...) {
    kept_.erase(found);
    throw;
  }
  if (!std::exchange(entry.used, true)) used_.push_back(&entry);
  entry.changed = entry.what->execute();
  return entry;
}

new_rows &connection::into(bulk_table table, const std::string &columns) {
  if (++new_rows_ == many_rows) make_roomy(session_, kind_);
  auto &rows = into_[static_cast<std::size_t>(table)];
  if (!rows) rows = make_new_rows(session_, kind_, table, columns);
  return *rows;
}

void connection::write() {
  write_all(session_, into_);
}

void connection::commit() {
  end_statements();
  write_all(session_, into_, "COMMIT");
}

void connection::rest() noexcept {
  if (std::exchange(new_rows_, 0) >= many_rows) shorten_log(session_, kind_);
  for (const auto &rows : into_) {
    if (rows) rows->discard();
  }
  end_statements();
  // Statements that are put together differ without end.
  if (kept_.size() > most_kept) kept_.clear();
}

void connection::end_statements() noexcept {
  for (auto *entry : used_) {
    for (auto &item : entry->in.values()) let_go(item);
    entry->what->rest(kind_);
    entry->used = false;
  }
  used_.clear();
}

void connection::forget() noexcept {
  // Prepared inserts outlast a rollback.
  for (const auto &rows : into_) {
    if (rows) rows->discard();
  }
  used_.clear();
  kept_.clear();
}

statement &connection::run(const std::string &sql, std::vector<value> values, std::string_view columns) {
  write();
  return run_beside(sql, std::move(values), columns);
}

statement &connection::run_beside(const std::string &sql, std::vector<value> values, std::string_view columns) {
  return *ready(sql, std::move(values), columns).what;
}

long long connection::change(const std::string &sql, std::vector<value> values) {
  write();
  return ready(sql, std::move(values), {}).changed;
}

std::vector<std::int64_t> connection::numbers(const std::string &sql, std::vector<value> values) {
  std::vector<std::int64_t> result;
  auto &rows = run(sql, std::move(values), "i");
  while (rows.next()) result.push_back(rows.number(0));
  return result;
}

std::vector<std::string> connection::texts(const std::string &sql, std::vector<value> values) {
  std::vector<std::string> result;
  auto &rows = run(sql, std::move(values), "t");
  while (rows.next()) result.push_back(rows.text(0));
  return result;
}

std::int64_t connection::number(const std::string &sql, std::vector<value> values) {
  auto &rows = run(sql, std::move(values), "i");
  return rows.next() ? rows.number(0) : 0;
}

std::string connection::text(const std::string &sql, std::vector<value> values) {
  auto &rows = run(sql, std::move(values), "t");
  return rows.next() ? rows.text(0) : std::string{};
}

std::string placeholders(std::size_t count) {
  std::string result = "(";
  for (std::size_t index = 0; index < count; ++index) result += (index == 0 ? ":" : ", :") + name_of(index);
  return result + ")";
}

}  // namespace lead_system::store
