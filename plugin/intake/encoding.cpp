#include "intake/encoding.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "intake/utf8.hpp"
#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

using converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// Nothing where ICU does not know the encoding or the bytes are not of it.
std::optional<std::string> convert(std::string_view bytes, const std::string &encoding) {
  auto status = U_ZERO_ERROR;
  const converter from(ucnv_open(encoding.c_str(), &status), &ucnv_close);
  const converter to(ucnv_open("UTF-8", &status), &ucnv_close);
  if (U_FAILURE(status) != 0) return std::nullopt;
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::string result;
  std::vector<char> buffer(std::size_t{64} << 10U);
  std::vector<UChar> pivot(std::size_t{16} << 10U);
  const char *source = bytes.data();
  const char *const source_end = source + bytes.size();
  UChar *pivot_source = pivot.data();
  UChar *pivot_target = pivot.data();
  bool reset = true;
  do {
    char *target = buffer.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, buffer.data() + buffer.size(), &source, source_end, pivot.data(),
                   &pivot_source, &pivot_target, pivot.data() + pivot.size(), static_cast<UBool>(reset), true, &status);
    reset = false;
    result.append(buffer.data(), target);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status) != 0) return std::nullopt;
  return result;
}

struct mark {
  std::string_view bytes, encoding;
};
constexpr std::string_view nul2{"\0\0", 2};
constexpr mark marks[] = {
    {"\xEF\xBB\xBF", "UTF-8"}, {{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
    {"\xFF\xFE", "UTF-16LE"},  {"\xFE\xFF", "UTF-16BE"},
};

/// Text whose every second byte is zero is UTF-16 without a mark.
std::string_view guessed(std::string_view bytes) {
  if (bytes.size() < 4 || bytes.substr(0, 4).find(nul2) != std::string_view::npos) return {};
  if (bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0) return "UTF-16LE";
  if (bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0) return "UTF-16BE";
  return {};
}

bool is_latin_1(std::string_view encoding) {
  for (auto known : {"ISO-8859-1", "LATIN1", "LATIN-1", "ISO8859-1", "ISO_8859-1", "WINDOWS-1252", "CP1252", "ASCII",
                     "US-ASCII", "L1"}) {
    if (encoding == known) return true;
  }
  return false;
}

bool is_ascii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char letter) { return (letter & 0x80) != 0; });
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char &letter : result) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return result;
}

/// Windows-1252 with its five holes as the control characters of Latin-1: every byte means something.
std::string from_windows_1252(std::string_view bytes) {
  constexpr std::int32_t upper_half[] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                         0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  std::string result;
  result.reserve(bytes.size() + bytes.size() / 8);
  for (char letter : bytes) {
    const auto byte = static_cast<unsigned char>(letter);
    append_character(result, byte >= 0x80 && byte < 0xA0 ? upper_half[byte - 0x80] : byte);
  }
  return result;
}

bool is_wide(std::string_view encoding) {
  return encoding.starts_with("UTF-16") || encoding.starts_with("UTF-32") || encoding.starts_with("UCS");
}

decoded by_declaration(std::string_view bytes, const std::string &declared) {
  const bool wide = is_wide(declared);
  if (is_ascii(bytes) && (wide || declared.empty() || declared == "UTF-8" || is_latin_1(declared))) {
    return {std::string(bytes), wide ? "The text is not " + declared + " as declared; it was read as UTF-8." : ""};
  }
  if (declared.empty() || declared == "UTF-8" || declared == "UTF8" || wide) {
    if (is_utf8(bytes)) {
      return {std::string(bytes), wide ? "The text is not " + declared + " as declared; it was read as UTF-8." : ""};
    }
    return {from_windows_1252(bytes), "The text is not UTF-8; it was read as Windows-1252."};
  }
  // Text beyond ASCII that is UTF-8 is so by intent: by accident it nearly never is.
  if (is_latin_1(declared)) {
    if (is_utf8(bytes))
      return {std::string(bytes), "The text is not " + declared + " as declared; it was read as UTF-8."};
    return {from_windows_1252(bytes), {}};
  }
  if (auto text = convert(bytes, declared)) return {std::move(*text), {}};
  if (is_utf8(bytes)) {
    return {std::string(bytes), "The text is not " + declared + " as declared; it was read as UTF-8."};
  }
  return {from_windows_1252(bytes), "The text is not " + declared + " as declared; it was read as Windows-1252."};
}

decoded by_mark(std::string_view bytes, std::string_view declared) {
  for (const auto &known : marks) {
    if (!bytes.starts_with(known.bytes)) continue;
    const auto rest = bytes.substr(known.bytes.size());
    if (known.encoding == "UTF-8") return by_declaration(rest, "UTF-8");
    if (auto text = convert(rest, std::string(known.encoding))) return {std::move(*text), {}};
  }
  if (const auto wide = guessed(bytes); !wide.empty()) {
    if (auto text = convert(bytes, std::string(wide))) return {std::move(*text), {}};
  }
  return by_declaration(bytes, upper(declared));
}

}  // namespace

encoding_mark marked_encoding(std::string_view bytes) {
  for (const auto &known : marks) {
    if (bytes.starts_with(known.bytes)) return {std::string(known.encoding), known.bytes.size()};
  }
  return {std::string(guessed(bytes)), 0};
}

bool is_utf8_name(std::string_view declared) {
  const auto name = upper(declared);
  return name == "UTF-8" || name == "UTF8";
}

bool is_utf8_too(std::string_view declared) {
  const auto name = upper(declared);
  return is_wide(name) || is_latin_1(name);
}

decoded decode(std::string_view bytes, std::string_view declared) {
  auto result = by_mark(bytes, declared);
  if (std::erase(result.text, '\0') > 0) {
    result.remark += std::string(result.remark.empty() ? "" : " ") + "Zero bytes were removed.";
  }
  return result;
}

std::string declared_encoding(std::string_view bytes) {
  bytes = bytes.substr(0, 1000);
  const auto declaration = bytes.find("<?xml");
  if (declaration == std::string_view::npos) return {};
  bytes.remove_prefix(declaration);
  bytes = bytes.substr(0, bytes.find('>'));
  const auto word = bytes.find("encoding");
  if (word == std::string_view::npos) return {};
  bytes.remove_prefix(word + 8);
  // Between the equals sign and the name stand quotation marks of any kind, in any encoding.
  const auto is_name = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '-' || letter == '_' || letter == '.' || letter == ':';
  };
  const auto from = std::find_if(bytes.begin(), bytes.end(), is_name);
  const auto to = std::find_if_not(from, bytes.end(), is_name);
  const auto length = std::min<std::ptrdiff_t>(to - from, 40);
  return std::string(from, from + length);
}

}  // namespace lead_system::intake
