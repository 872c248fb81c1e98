// CSV: ; or , or tabulator, quoted fields (also over several lines), names in the first row.
#include <algorithm>
#include <optional>

#include "intake/csv_rows.hpp"
#include "intake/formats.hpp"
#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

using row = std::vector<std::string>;

/// As Excel writes it.
bool says_separator(std::string_view text) {
  return text.starts_with("sep=") && text.size() > 4;
}

class csv_text {
 public:
  explicit csv_text(std::string_view text) : rest_(text) {
    separator_ = csv_separator(rest_);
    if (says_separator(rest_)) {
      rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size() - 1) + 1);
      ++line_;
    }
  }

  /// The next row that is not blank; nothing at the end or at an open quotation mark.
  bool next(row &fields) {
    while (!rest_.empty() && !broken_) {
      fields.clear();
      row_line_ = line_;
      bool more = true;
      while (more && !broken_) more = field(fields.emplace_back());
      if (broken_) return false;
      const bool blank = std::all_of(fields.begin(), fields.end(), [](const std::string &one) {
        return one.find_first_not_of(" \t") == std::string::npos;
      });
      if (!blank) return true;
    }
    return false;
  }
  bool broken() const noexcept { return broken_; }
  int line() const noexcept { return row_line_; }

 private:
  /// Reads one field; returns whether another one follows in the row.
  bool field(std::string &into) {
    while (!rest_.empty() && rest_.front() == ' ' && separator_ != ' ') rest_.remove_prefix(1);
    if (!rest_.empty() && rest_.front() == '"') quoted(into);
    const char ends[] = {separator_, '\n', 0};
    const auto end = std::min(rest_.find_first_of(ends), rest_.size());
    into += rest_.substr(0, end);
    while (!into.empty() && (into.back() == '\r' || into.back() == ' ')) into.pop_back();
    if (end == rest_.size()) return rest_ = {}, false;
    const bool more = rest_[end] == separator_;
    if (!more) ++line_;
    rest_.remove_prefix(end + 1);
    return more;
  }

  void quoted(std::string &into) {
    rest_.remove_prefix(1);
    while (true) {
      const auto end = rest_.find('"');
      if (end == std::string_view::npos) {
        broken_ = true;
        return;
      }
      into += rest_.substr(0, end);
      line_ += static_cast<int>(std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      rest_.remove_prefix(end + 1);
      if (rest_.empty() || rest_.front() != '"') return;
      into += '"';
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  char separator_ = ';';
  int line_ = 1, row_line_ = 1;
  bool broken_ = false;
};

/// The columns of a payload, by name.
struct header {
  row names;
  std::map<std::string, std::size_t, std::less<>> by_folded;
};

class csv_record final : public record {
 public:
  csv_record(const header &columns, const row &fields)
      : columns_(columns), fields_(fields), used_(std::max(fields.size(), columns.names.size())) {}

  std::string value(const expression &where) const override {
    const auto found = columns_.by_folded.find(where.column);
    if (found == columns_.by_folded.end()) return {};
    used_[found->second] = true;
    return found->second < fields_.size() ? fields_[found->second] : std::string{};
  }
  void use(const expression &where) const override {
    if (!where.constant) value(where);
  }
  bool each(const expression &, const std::function<bool(const record &)> &) const override { return false; }
  void leftovers(std::map<std::string, std::string> &into) const override {
    for (std::size_t at = 0; at < fields_.size(); ++at) {
      if (used_[at] || fields_[at].empty()) continue;
      const bool named = at < columns_.names.size() && !columns_.names[at].empty();
      into.emplace(named ? columns_.names[at] : "column " + std::to_string(at + 1), fields_[at]);
    }
  }

 private:
  const header &columns_;
  const row &fields_;
  mutable std::vector<bool> used_;
};

message missing_columns(const definition &source, const header &columns) {
  std::string missing;
  for (const auto &needed : source.how->needs) {
    if (!columns.by_folded.contains(needed.column)) missing += (missing.empty() ? "" : ", ") + needed.text;
  }
  if (missing.empty()) return {};
  return {"This payload is not of the source {1}: the column {2} is missing.", {source.title, missing}};
}

}  // namespace

char csv_separator(std::string_view text) {
  if (says_separator(text)) return text[4];
  const auto header = text.substr(0, text.find('\n'));
  char best = ';';
  std::ptrdiff_t most = 0;
  for (char candidate : {';', ',', '\t'}) {
    const auto count = std::count(header.begin(), header.end(), candidate);
    if (count > most) best = candidate, most = count;
  }
  return best;
}

std::size_t csv_row_end(std::string_view text, char separator) {
  bool at_begin = true, quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (quoted) {
      if (letter != '"') continue;
      if (at + 1 == text.size()) return std::string_view::npos;
      if (text[at + 1] == '"') {
        ++at;
      } else {
        quoted = false;
      }
    } else if (letter == '"' && at_begin) {
      quoted = true;
      at_begin = false;
    } else if (letter == '\n') {
      return at + 1;
    } else {
      at_begin = letter == separator || (at_begin && letter == ' ');
    }
  }
  return std::string_view::npos;
}

message read_csv(const definition &source, const std::string &text, const record_visitor &visit) {
  constexpr std::size_t most_columns = 500;
  row fields;
  csv_text check(text);
  while (check.next(fields)) {
    if (fields.size() > most_columns) {
      return {"Line {1} has more than 500 columns. Have the sender correct it.", {std::to_string(check.line())}};
    }
  }
  if (check.broken()) {
    return {"The CSV ends inside of quotation marks that open in line {1}. Have it sent again.",
            {std::to_string(check.line())}};
  }
  csv_text rows(text);
  header columns;
  rows.next(columns.names);
  for (std::size_t at = 0; at < columns.names.size(); ++at) {
    columns.by_folded.emplace(fold_name(columns.names[at]), at);
  }
  if (auto missing = missing_columns(source, columns); !missing.empty()) return missing;
  while (rows.next(fields)) visit(csv_record(columns, fields));
  return {};
}

}  // namespace lead_system::intake
