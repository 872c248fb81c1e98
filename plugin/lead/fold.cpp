#include "lead/fold.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <stdexcept>

namespace lead_system {
namespace {

constexpr bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// Letters without a decomposition that people write with plain ones.
std::string_view plain_letters(UChar32 letter) {
  switch (letter) {
    case 0x00DF:
      return "ss";
    case 0x00E6:
      return "ae";
    case 0x0153:
      return "oe";
    case 0x00F8:
      return "o";
    case 0x0111:
    case 0x00F0:
      return "d";
    case 0x0142:
      return "l";
    case 0x0131:
      return "i";
    case 0x00FE:
      return "th";
    default:
      return {};
  }
}

/// Lower case without marks; everything that is no letter or digit becomes a blank.
std::string plain(std::string_view text) {
  auto status = U_ZERO_ERROR;
  const auto *decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU has no normalisation data.");
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  wide = decompose->normalize(wide, status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU could not normalise a text.");
  std::string result;
  result.reserve(text.size());
  for (int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
    auto letter = u_tolower(wide.char32At(at));
    if (u_getCombiningClass(letter) != 0 || u_charType(letter) == U_NON_SPACING_MARK) continue;
    // Soft hyphens, joiners and zero-width blanks are not seen, so they divide nothing.
    if (u_hasBinaryProperty(letter, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) continue;
    if (auto written = plain_letters(letter); !written.empty()) {
      result += written;
    } else if (letter == '\'' || letter == 0x2019) {
      continue;  // O'Brien and OBrien
    } else if (u_isalnum(letter) != 0) {
      icu::UnicodeString(letter).toUTF8String(result);
    } else {
      result += ' ';
    }
  }
  return result;
}

/// Up to here (Latin Extended-A) each letter folds alone, and is looked up: nearly every name needs no more.
constexpr UChar32 first_other = 0x180;

const std::array<std::string, first_other> &folded_letters() {
  static const auto table = [] {
    std::array<std::string, first_other> result;
    for (UChar32 letter = 0; letter < first_other; ++letter) {
      std::string text;
      icu::UnicodeString(letter).toUTF8String(text);
      result[static_cast<std::size_t>(letter)] = plain(text);
    }
    return result;
  }();
  return table;
}

/// False where the text holds other letters than those.
bool plain_latin(std::string_view text, std::string &result) {
  const auto &folded = folded_letters();
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t letter = static_cast<unsigned char>(text[at]);
    if (letter >= 0x80) {
      const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
      if (letter < 0xC2 || letter > 0xC5 || (next & 0xC0U) != 0x80U) return false;
      letter = ((letter & 0x1FU) << 6U) | (next & 0x3FU);
      ++at;
    }
    result += folded[letter];
  }
  return true;
}

/// ae, oe, ue are how ä, ö, ü are written without them; after a vowel or q (Bauer, Quelle) they are not.
std::string without_umlauts(const std::string &text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (letter == ' ' && (result.empty() || result.back() == ' ')) continue;
    const bool written_out = letter == 'e' && at > 0 && std::string_view("aou").find(text[at - 1]) != std::string::npos;
    const bool after_vowel = at > 1 && std::string_view("aeiouq").find(text[at - 2]) != std::string::npos;
    if (!written_out || after_vowel) result += letter;
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

}  // namespace

std::string fold_name(std::string_view text) {
  std::string latin;
  return without_umlauts(plain_latin(text, latin) ? latin : plain(text));
}

std::string fold_email(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  text = text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
  std::string result(text);
  bool ascii = true;
  for (char &letter : result) {
    ascii = ascii && (static_cast<unsigned char>(letter) & 0x80U) == 0;
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  if (ascii) return result;
  std::string folded;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(folded);
  return folded;
}

std::string phone_digits(std::string_view text) {
  std::string digits;
  for (char letter : text) {
    if (is_digit(letter)) digits += letter;
  }
  return digits;
}

std::string phone_search_digits(std::string_view text) {
  std::string compact;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (text.substr(at, 3) == "(0)") {  // the trunk zero inside an international writing
      at += 2;
    } else if (is_digit(letter) || (letter == '+' && compact.empty())) {
      compact += letter;
    } else if (std::string_view(" /-().").find(letter) == std::string_view::npos) {
      return {};
    }
  }
  if (compact.starts_with("00")) {
    compact.erase(0, 2);
  } else if (compact.starts_with('+') || compact.starts_with('0')) {
    compact.erase(0, 1);
  }
  return compact.size() < 3 ? std::string{} : compact;
}

}  // namespace lead_system
