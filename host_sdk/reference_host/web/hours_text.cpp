#include "reference_host/web/hours_text.hpp"

#include <algorithm>
#include <array>
#include <regex>

#include "dms/cpp/basics.hpp"

namespace dms::reference::web {
namespace {

constexpr std::array<std::string_view, 7> german{"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"};
constexpr std::array<std::string_view, 7> english{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string day_name(char day, std::string_view locale) {
  const auto at = static_cast<std::size_t>(day - '1');
  if (at >= german.size()) return std::string(1, day);
  return std::string(locale.starts_with("de") ? german[at] : english[at]);
}

/// "Mo", "montag", "Mon", "1" → 1; 0 for what is no day.
int day_of(std::string word) {
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (word.size() == 1 && word[0] >= '1' && word[0] <= '7') return word[0] - '0';
  static constexpr std::array<std::string_view, 14> names{"montag",   "dienstag", "mittwoch", "donnerstag", "freitag",
                                                          "samstag",  "sonntag",  "monday",   "tuesday",    "wednesday",
                                                          "thursday", "friday",   "saturday", "sunday"};
  for (std::size_t at = 0; word.size() >= 2 && at < names.size(); ++at) {
    if (names[at].starts_with(word)) return static_cast<int>(at % 7) + 1;
  }
  return 0;
}

[[noreturn]] void refuse() {
  throw failure(dms_invalid, "Opening hours are written as in \"Mo–Fr 08:00–18:00, Sa 09:00–12:00\".");
}

/// "8", "8:00", "08.00" → "08:00"
std::string clock_time(const std::string &hour, const std::string &minute) {
  return (hour.size() == 1 ? "0" : "") + hour + ":" + (minute.empty() ? "00" : minute);
}

/// Every dash is one dash; lines and semicolons part as commas do.
std::string plain_signs(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto three = text.substr(at, 3);
    if (three == "\xE2\x80\x93" || three == "\xE2\x80\x94" || three == "\xE2\x80\x91") {
      result += '-';
      at += 2;
    } else {
      result += text[at] == '\n' || text[at] == ';' ? ',' : text[at] == '\r' ? ' ' : text[at];
    }
  }
  return result;
}

opening_hours read_span(const std::string &part) {
  static const std::regex span(R"(\s*([A-Za-z]+|[1-7])\.?\s*(?:-\s*([A-Za-z]+|[1-7])\.?)?\s*:?\s+)"
                               R"((\d{1,2})(?:[:.](\d{2}))?\s*-\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:Uhr)?\s*)");
  std::smatch found;
  if (!std::regex_match(part, found, span)) refuse();
  const int first = day_of(found[1]), last = found[2].matched ? day_of(found[2]) : first;
  if (first == 0 || last == 0 || last < first) refuse();
  auto days = std::to_string(first);
  if (last != first) days += "-" + std::to_string(last);
  return {days, clock_time(found[3], found[4]), clock_time(found[5], found[6])};
}

}  // namespace

std::string written_hours(const std::vector<opening_hours> &hours, std::string_view locale) {
  std::string text;
  for (const auto &span : hours) {
    text += (text.empty() ? "" : ", ") + day_name(span.days.front(), locale);
    if (span.days.size() == 3) text += "–" + day_name(span.days.back(), locale);
    text += " " + span.from + "–" + span.to;
  }
  return text;
}

std::vector<opening_hours> read_hours(std::string_view text) {
  constexpr std::size_t longest = 500;
  if (text.size() > longest) refuse();
  std::vector<opening_hours> hours;
  auto rest = plain_signs(text);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const auto part = rest.substr(0, comma);
    if (part.find_first_not_of(" \t") != std::string::npos) hours.push_back(read_span(part));
    rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
  }
  if (!are_hours(hours)) refuse();
  return hours;
}

}  // namespace dms::reference::web
