// CSV: ; or , or tabulator or |, quoted fields (also over several lines), names in the first row.
#include <algorithm>
#include <optional>

#include "intake/csv_rows.hpp"
#include "intake/dates.hpp"
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
      rest_.remove_prefix(std::min(rest_.find_first_of("\r\n"), rest_.size()));
      take_line_end();
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
    const char ends[] = {separator_, '\n', '\r', 0};
    const auto end = std::min(rest_.find_first_of(ends), rest_.size());
    into += rest_.substr(0, end);
    while (!into.empty() && into.back() == ' ') into.pop_back();
    rest_.remove_prefix(end);
    if (rest_.empty() || rest_.front() != separator_) return take_line_end(), false;
    rest_.remove_prefix(1);
    return true;
  }

  /// CR LF, LF, or CR alone, as old programs for the Macintosh write it.
  void take_line_end() {
    if (rest_.empty()) return;
    rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
    ++line_;
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
  int line = 1;
  row names;
  std::map<std::string, std::size_t, std::less<>> by_folded;
};

class csv_record final : public record {
 public:
  csv_record(const header &columns, const row &fields, message problem)
      : columns_(columns),
        fields_(fields),
        problem_(std::move(problem)),
        used_(std::max(fields.size(), columns.names.size())) {}

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
  void leftovers(further_values &into) const override {
    for (std::size_t at = 0; at < fields_.size(); ++at) {
      if (used_[at] || fields_[at].empty()) continue;
      // In a row that does not fit the header nobody knows which column a field is of.
      const bool named = problem_.empty() && at < columns_.names.size() && !columns_.names[at].empty();
      into.emplace_back(named ? columns_.names[at] : "column " + std::to_string(at + 1), fields_[at]);
    }
  }
  message problem() const override { return problem_; }

 private:
  const header &columns_;
  const row &fields_;
  message problem_;
  mutable std::vector<bool> used_;
};

std::string listed(const row &names) {
  constexpr std::size_t most = 20;
  std::string result;
  for (std::size_t at = 0; at < std::min(names.size(), most); ++at) result += (at == 0 ? "" : ", ") + names[at];
  return result + (names.size() > most ? ", …" : "");
}

message missing_columns(const definition &source, const header &columns) {
  std::string missing;
  for (const auto &needed : source.how->needs) {
    if (!columns.by_folded.contains(needed.column)) missing += (missing.empty() ? "" : ", ") + needed.text;
  }
  if (missing.empty()) return {};
  return {"This payload is not of the source {1}: the column {2} is missing in line {3}, which holds: {4}.",
          {source.title, missing, std::to_string(columns.line), listed(columns.names)}};
}

/// "Summe", "*** Ende ***", "Anzahl Verträge: 3": what programs write below a table.
bool says_end_or_sum(const std::string &field, bool alone) {
  constexpr std::string_view words[] = {"summe",    "summen", "gesamt",   "gesamtsumme", "zwischensumme", "endsumme",
                                        "total",    "totals", "subtotal", "sum",         "ende",          "end",
                                        "eof",      "anzahl", "count",    "grand",       "trailer",       "footer",
                                        "ergebnis", "σ",      "saldo"};
  // With nothing beside them they may begin a note.
  constexpr std::string_view notes[] = {"stand", "seite", "page", "insgesamt", "erstellt", "exportiert", "created"};
  const auto folded = fold_name(field);
  const auto first = std::string_view(folded).substr(0, folded.find(' '));
  return std::find(std::begin(words), std::end(words), first) != std::end(words) ||
         (!alone && std::find(std::begin(notes), std::end(notes), first) != std::end(notes));
}

bool has_letter(const std::string &field) {
  return std::any_of(field.begin(), field.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter & 0x80) != 0;
  });
}

/// The rows of a table against its header.
class row_judge {
 public:
  row_judge(const definition &source, const header &columns) : how_(*source.how), columns_(columns) {
    for (const auto &needed : how_.needs) {
      needed_.push_back(columns.by_folded.at(needed.column));
      needed_names_ += (needed_names_.empty() ? "" : ", ") + needed.text;
    }
    emails_ = places_of(how_.prospect[person_field::email]);
    for (const auto field : {person_field::customer_number, person_field::first_name, person_field::last_name,
                             person_field::full_name, person_field::company, person_field::street}) {
      const auto some = places_of(how_.prospect[field]);
      others_.insert(others_.end(), some.begin(), some.end());
    }
    numbers_ = places_of(how_.finance[finance_field::number]);
    ends_ = places_of(how_.finance[finance_field::end]);
    others_.insert(others_.end(), numbers_.begin(), numbers_.end());
  }

  /// Below the table: sums and the end, which are no leads; and the header again, as of a second page.
  bool is_below(const row &fields) const {
    if (is_header_again(fields)) return true;
    const auto first = std::find_if(fields.begin(), fields.end(), [](const auto &one) { return !one.empty(); });
    const auto texts = std::count_if(fields.begin(), fields.end(), [](const auto &one) { return !one.empty(); });
    const bool same = std::all_of(first, fields.end(), [&](const auto &one) { return one.empty() || one == *first; });
    if (same && texts > 2 && says_end_or_sum(*first, false)) return true;  // "ENDE;ENDE;ENDE"
    const bool sums = std::none_of(first + 1, fields.end(), &has_letter);
    if (needed_.empty() || (filled(fields) == needed_.size() && !(sums && needed_.size() == 1))) return false;
    if (fold_name(*first).empty()) return texts == 1;  // "-----"
    const bool mail =
        std::any_of(fields.begin(), fields.end(), [](const auto &one) { return one.find('@') != std::string::npos; });
    return !mail && says_end_or_sum(*first, texts == 1);
  }

  message problem(const row &fields, int line) const {
    const bool longer = std::any_of(fields.begin() + static_cast<std::ptrdiff_t>(std::min(width(), fields.size())),
                                    fields.end(), [](const auto &one) { return !one.empty(); });
    if (longer) {
      return {
          "Line {1} does not fit the header: it has {2} fields, the header {3}. Perhaps a field with a separator in "
          "it stands without quotation marks. Have it sent again.",
          {std::to_string(line), std::to_string(fields.size()), std::to_string(width())}};
    }
    if (const auto moved = moved_value(fields); moved < fields.size()) {
      return {"Line {1} does not fit the header: “{2}” stands in the column {3}. Have it sent again.",
              {std::to_string(line), fields[moved], columns_.names[moved]}};
    }
    if (needed_.empty() || width() <= 2 || filled(fields) > 0) return {};
    const auto texts = std::count_if(fields.begin(), fields.end(), [](const auto &one) { return !one.empty(); });
    if (texts == 1 || std::none_of(fields.begin(), fields.end(), &has_letter)) {
      const auto first = std::find_if(fields.begin(), fields.end(), [](const auto &one) { return !one.empty(); });
      return {"Line {1} holds only “{2}”, and nothing in the columns {3}: it is no lead.",
              {std::to_string(line), *first, needed_names_}};
    }
    return {};
  }

 private:
  std::size_t width() const { return columns_.names.size(); }
  std::size_t filled(const row &fields) const {
    return static_cast<std::size_t>(std::count_if(
        needed_.begin(), needed_.end(), [&](std::size_t at) { return at < fields.size() && !fields[at].empty(); }));
  }
  std::vector<std::size_t> places_of(const alternatives &all) const {
    std::vector<std::size_t> result;
    for (const auto &one : all) {
      const auto found = columns_.by_folded.find(one.column);
      if (found != columns_.by_folded.end()) result.push_back(found->second);
    }
    return result;
  }
  bool is_header_again(const row &fields) const {
    std::size_t same = 0;
    for (std::size_t at = 0; at < fields.size(); ++at) {
      if (fields[at].empty()) continue;
      if (at >= width() || fields[at] != columns_.names[at]) return false;
      ++same;
    }
    return same > 1;
  }
  static bool is_address(const std::string &field) {
    const auto sign = field.find('@');
    return sign != std::string::npos && sign > 0 && field.find('.', sign) != std::string::npos &&
           field.find(' ') == std::string::npos;
  }

  /// In a row that has lost or won a field the values stand beside their columns. An address as a name beside the
  /// column of addresses, which holds something else, and a date as a contract's number say so. npos: nothing does.
  std::size_t moved_value(const row &fields) const {
    const auto is_filled = [&](std::size_t at) { return at < fields.size() && !fields[at].empty(); };
    for (const auto column : emails_) {
      if (!is_filled(column) || fields[column].find('@') != std::string::npos) continue;
      for (const auto at : others_) {
        if (at + 1 >= column && at <= column + 1 && at < fields.size() && is_address(fields[at])) return at;
      }
    }
    const auto is_date = [&](std::size_t at) { return is_filled(at) && parse_date(fields[at], how_.dates); };
    for (const auto column : ends_) {
      if (!is_filled(column) || is_date(column)) continue;
      for (const auto at : emails_) {
        if (is_date(at)) return at;
      }
    }
    for (const auto column : numbers_) {
      if (is_date(column)) return column;
    }
    return std::string::npos;
  }

  const definition::reading &how_;
  const header &columns_;
  std::vector<std::size_t> needed_, emails_, numbers_, ends_, others_;
  std::string needed_names_;
};

}  // namespace

char csv_separator(std::string_view text) {
  if (says_separator(text)) return text[4];
  const auto header = text.substr(0, text.find_first_of("\r\n"));
  char best = ';';
  std::ptrdiff_t most = 0;
  for (char candidate : {';', ',', '\t', '|'}) {
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
    } else if (letter == '\r') {
      if (at + 1 == text.size()) return std::string_view::npos;
      return at + (text[at + 1] == '\n' ? 2 : 1);
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
  columns.line = rows.line();
  for (std::size_t at = 0; at < columns.names.size(); ++at) {
    columns.by_folded.emplace(fold_name(columns.names[at]), at);
  }
  if (auto missing = missing_columns(source, columns); !missing.empty()) return missing;
  const row_judge judge(source, columns);
  while (rows.next(fields)) {
    if (!judge.is_below(fields)) visit(csv_record(columns, fields, judge.problem(fields, rows.line())));
  }
  return {};
}

}  // namespace lead_system::intake
