#include "intake/plain_text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <stdexcept>

#include "intake/utf8.hpp"

namespace lead_system::intake {
namespace {

bool is_plain_ascii_line(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() == ' ' || text.back() == ' ') return false;
  char before = 0;
  for (char letter : text) {
    if (letter < ' ' || letter == 0x7F || (letter == ' ' && before == ' ')) return false;
    before = letter;
  }
  return true;
}

std::string nfc(std::string text) {
  auto status = U_ZERO_ERROR;
  const auto *compose = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU has no normalisation data.");
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (compose->isNormalizedUTF8(piece, status) != 0 && U_SUCCESS(status) != 0) return text;
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  status = U_ZERO_ERROR;
  compose->normalizeUTF8(0, piece, sink, nullptr, status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU could not normalise a text.");
  return result;
}

enum class kept_as { nothing, blank, line, itself };

kept_as judge(UChar32 letter) {
  if (letter == '\n') return kept_as::line;
  if (u_isUWhiteSpace(letter) != 0) return letter == 0x2028 || letter == 0x2029 ? kept_as::line : kept_as::blank;
  // Direction overrides and isolates make text look like another one; zero-width ones hide.
  const bool turns = (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069) ||
                     letter == 0x200E || letter == 0x200F;
  const bool hides = letter == 0x00AD || letter == 0x180E || letter == 0x200B || letter == 0xFEFF ||
                     (letter >= 0x2060 && letter <= 0x2064);
  const bool control = u_charType(letter) == U_CONTROL_CHAR || (letter & 0xFFFE) == 0xFFFE;
  return turns || hides || control ? kept_as::nothing : kept_as::itself;
}

/// Scripts that join letters, and emoji made of several, need the joiners; elsewhere they only hide.
bool is_joiner(UChar32 letter) {
  return letter == 0x200C || letter == 0x200D;
}
bool needs_joiners(UChar32 before) {
  constexpr UChar32 first_joining_script = 0x0590, last_letter_below_signs = 0x1FFF;
  return (before >= first_joining_script && before <= last_letter_below_signs) || before == 0xFE0F || before >= 0x1F000;
}

/// Cuts between characters.
void cut_at(std::string &text, std::size_t longest, bool *cut) {
  if (text.size() <= longest) return;
  std::size_t at = 0;
  for (std::size_t count = 0; count < longest && at < text.size(); ++count) next_character(text, at);
  if (at >= text.size()) return;
  text.resize(at);
  if (cut != nullptr) *cut = true;
}

std::string clean(std::string_view text, std::size_t longest, bool *cut, int lines_in_a_row) {
  std::string result;
  result.reserve(text.size());
  int blanks = 0, lines = 0;
  UChar32 before = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto letter = next_character(text, at);
    if (letter < 0) letter = 0xFFFD;
    if (is_joiner(letter) && !needs_joiners(before)) continue;
    before = letter;
    switch (judge(letter)) {
      case kept_as::nothing:
        break;
      case kept_as::blank:
        ++blanks;
        break;
      case kept_as::line:
        ++lines;
        ++blanks;
        break;
      case kept_as::itself:
        if (!result.empty() && lines > 0 && lines_in_a_row > 0) {
          result.append(static_cast<std::size_t>(std::min(lines, lines_in_a_row)), '\n');
        } else if (!result.empty() && blanks > 0) {
          result += ' ';
        }
        blanks = lines = 0;
        append_character(result, letter);
    }
  }
  result = nfc(std::move(result));
  cut_at(result, longest, cut);
  return result;
}

}  // namespace

std::string clean_line(std::string_view text, std::size_t longest, bool *cut) {
  if (text.size() <= longest && is_plain_ascii_line(text)) return std::string(text);
  return clean(text, longest, cut, 0);
}

std::string clean_lines(std::string_view text, std::size_t longest, bool *cut) {
  if (text.size() <= longest && is_plain_ascii_line(text)) return std::string(text);
  return clean(text, longest, cut, 2);
}

}  // namespace lead_system::intake
