#include "intake/spoken_dates.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

/// "24", ".", "dezember", ":": a run of digits or letters, or one sign.
struct date_token {
  std::string text;
  int number = -1;  ///< of digits, up to four
  bool is(std::string_view other) const { return text == other; }
};

std::vector<date_token> tokens_of(std::string_view text) {
  std::vector<date_token> result;
  constexpr std::size_t longest = 80;
  text = text.substr(0, longest);
  const auto is_number = [](char letter) { return letter >= '0' && letter <= '9'; };
  const auto is_letter = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter & 0x80) != 0;
  };
  while (!text.empty()) {
    std::size_t length = 1;
    const bool number = is_number(text.front()), word = is_letter(text.front());
    while ((number || word) && length < text.size() && (number ? is_number(text[length]) : is_letter(text[length]))) {
      ++length;
    }
    if (text.front() != ' ') {
      date_token item;
      item.text = word ? fold_name(text.substr(0, length)) : std::string(text.substr(0, length));
      if (number && length <= 4) item.number = std::stoi(item.text);
      if (!item.text.empty()) result.push_back(std::move(item));
    }
    text.remove_prefix(length);
  }
  return result;
}

int month_named(std::string_view word) {
  struct named {
    std::string_view name;
    int month;
  };
  constexpr named months[] = {{"janner", 1},  {"januar", 1},    {"january", 1},  {"jan", 1},       {"feber", 2},
                              {"februar", 2}, {"february", 2},  {"feb", 2},      {"marz", 3},      {"march", 3},
                              {"mar", 3},     {"mrz", 3},       {"april", 4},    {"apr", 4},       {"mai", 5},
                              {"may", 5},     {"juni", 6},      {"june", 6},     {"jun", 6},       {"juli", 7},
                              {"july", 7},    {"jul", 7},       {"august", 8},   {"aug", 8},       {"september", 9},
                              {"sept", 9},    {"sep", 9},       {"oktober", 10}, {"october", 10},  {"okt", 10},
                              {"oct", 10},    {"november", 11}, {"nov", 11},     {"dezember", 12}, {"december", 12},
                              {"dez", 12},    {"dec", 12}};
  const auto *const found =
      std::find_if(std::begin(months), std::end(months), [&](const named &one) { return one.name == word; });
  return found == std::end(months) ? 0 : found->month;
}

/// Words and signs that say nothing more than the day and the time beside them.
bool is_filler(const date_token &item) {
  constexpr std::string_view words[] = {
      "montag",   "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "mo",
      "di",       "mi",       "do",       "fr",         "sa",      "so",      "monday",    "tusday",  "wednesday",
      "thursday", "friday",   "saturday", "sunday",     "mon",     "tu",      "tus",       "wed",     "thu",
      "thur",     "thurs",    "fri",      "sat",        "sun",     "um",      "am",        "den",     "der",
      "at",       "on",       "the",      "uhr",        "t",       "h",       ",",         ".",       "st",
      "nd",       "rd",       "th",       "of",         "-",       "/",       "(",         ")"};
  return std::find(std::begin(words), std::end(words), item.text) != std::end(words);
}

class spoken_reader {
 public:
  spoken_reader(std::string_view text, bool month_first) : tokens_(tokens_of(text)), month_first_(month_first) {}

  spoken_date read() {
    for (std::size_t at = 0; at < tokens_.size();) {
      const auto length = said_.day == 0 ? date_at(at) : 0;
      const auto taken = length > 0 ? length : said_.hour < 0 ? time_at(at) : 0;
      if (taken == 0 && !is_filler(tokens_[at])) said_.alone = false;
      at += std::max<std::size_t>(taken, 1);
    }
    return said_;
  }

 private:
  bool is(std::size_t at, std::string_view text) const { return at < tokens_.size() && tokens_[at].is(text); }
  int number(std::size_t at, int least, int most) const {
    const bool fits = at < tokens_.size() && tokens_[at].number >= least && tokens_[at].number <= most;
    return fits ? tokens_[at].number : -1;
  }
  /// "2026" or "26".
  int year(std::size_t at) const {
    if (const auto whole = number(at, 1900, 2199); whole > 0) return whole;
    const auto two = number(at, 0, 99);
    return two >= 0 && tokens_[at].text.size() == 2 && !is(at + 1, ":") && !is(at + 1, "uhr") && !is(at + 3, "uhr")
               ? 2000 + two
               : 0;
  }
  std::size_t set(int year, int month, int day, std::size_t length) {
    said_.year = year;
    said_.month = month;
    said_.day = day;
    return length;
  }

  /// The tokens that a date takes there; 0: there is none.
  std::size_t date_at(std::size_t at) {
    if (number(at, 1900, 2199) > 0 && (is(at + 1, "-") || is(at + 1, "/") || is(at + 1, ".")) &&
        is(at + 3, tokens_[at + 1].text) && number(at + 2, 1, 12) > 0 && number(at + 4, 1, 31) > 0) {
      return set(number(at, 1900, 2199), number(at + 2, 1, 12), number(at + 4, 1, 31), 5);
    }
    const auto first = number(at, 1, 31);
    if (first > 0) {
      if (const auto named = named_month_at(at, first); named > 0) return named;
      return numbers_at(at, first);
    }
    const auto month = at < tokens_.size() ? month_named(tokens_[at].text) : 0;
    if (month == 0) return 0;
    std::size_t next = at + 1 + (is(at + 1, ".") ? 1 : 0);
    const auto day = number(next, 1, 31);
    if (day < 0) return 0;
    ++next;
    while (is(next, "st") || is(next, "nd") || is(next, "rd") || is(next, "th") || is(next, ",") || is(next, "."))
      ++next;
    const auto years = number(next, 1900, 2199);
    return set(std::max(years, 0), month, day, next - at + (years > 0 ? 1 : 0));
  }

  /// "24. Dezember 2026", "24th of Dec".
  std::size_t named_month_at(std::size_t at, int day) {
    auto next = at + 1;
    while (is(next, ".") || is(next, "st") || is(next, "nd") || is(next, "rd") || is(next, "th") || is(next, "of") ||
           is(next, "-"))
      ++next;
    const auto month = next < tokens_.size() ? month_named(tokens_[next].text) : 0;
    if (month == 0) return 0;
    ++next;
    if (is(next, ".") || is(next, ",") || is(next, "-")) ++next;
    const auto said = year(next);
    return set(said, month, day, next - at + (said > 0 ? 1 : 0));
  }

  /// "24.12.2026", "24.12.", "24.12.26", "12/24/2026", "24-12-2026".
  std::size_t numbers_at(std::size_t at, int first) {
    if (at + 1 >= tokens_.size()) return 0;
    const auto &sign = tokens_[at + 1].text;
    const bool dots = sign == ".";
    if (!dots && sign != "/" && sign != "-") return 0;
    const auto second = number(at + 2, 1, 31);
    const bool closed = is(at + 3, sign);
    if (second < 0 || (!closed && !(sign == "/"))) return 0;
    const auto said = closed ? year(at + 4) : 0;
    if (!dots && said == 0) return 0;
    const bool swapped = (sign == "/" && month_first_) || second > 12;
    const auto day = swapped ? second : first, month = swapped ? first : second;
    if (month > 12) return 0;
    return set(said, month, day, said > 0 ? 5 : 4);
  }

  /// "10:00", "10.30 Uhr", "10 Uhr", "3 pm", "10:00:30".
  std::size_t time_at(std::size_t at) {
    auto hour = number(at, 0, 23);
    const bool until =
        at > 0 && (is(at - 1, "bis") || is(at - 1, "vor") || is(at - 1, "until") || is(at - 1, "before"));
    if (hour < 0 || until) return 0;
    std::size_t next = at + 1;
    int minute = -1;
    const bool dotted = is(next, ".") && is(next + 2, "uhr");
    if (is(next, ":") || dotted) {
      minute = number(next + 1, 0, 59);
      if (minute < 0) return 0;
      next += 2;
      if (is(next, ":") && number(next + 1, 0, 59) >= 0) next += 2;
    }
    const bool after_noon = is(next, "pm"), before_noon = is(next, "am") && minute + 1 > 0;
    const bool clock = is(next, "uhr") || is(next, "h") || after_noon || (is(next, "am") && next + 1 == tokens_.size());
    // "zwischen 10 und 12 Uhr"
    const bool opens = at > 0 && (is(at - 1, "zwischen") || is(at - 1, "between")) &&
                       (is(next, "und") || is(next, "and")) && number(next + 1, 0, 23) >= 0;
    if (minute < 0 && !clock && !opens) return 0;
    if ((after_noon || before_noon) && (hour < 1 || hour > 12)) return 0;
    if (after_noon || before_noon) hour = hour % 12 + (after_noon ? 12 : 0);
    said_.hour = hour;
    said_.minute = std::max(minute, 0);
    return next - at + (clock || before_noon ? 1 : 0);
  }

  std::vector<date_token> tokens_;
  bool month_first_;
  spoken_date said_;
};

}  // namespace

spoken_date read_spoken_date(std::string_view text, bool month_first) {
  return spoken_reader(text, month_first).read();
}

}  // namespace lead_system::intake
