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
std::int32_t windows_1252_character(unsigned char byte) {
  constexpr std::int32_t upper_half[] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                         0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return byte >= 0x80 && byte < 0xA0 ? upper_half[byte - 0x80] : byte;
}

std::string from_windows_1252(std::string_view bytes) {
  std::string result;
  result.reserve(bytes.size() + bytes.size() / 8);
  for (char letter : bytes) append_character(result, windows_1252_character(static_cast<unsigned char>(letter)));
  return result;
}

/// The byte of Windows-1252 that is that character; -1: it has none.
int windows_1252_byte(std::int32_t letter) {
  if (letter < 0x80 || (letter >= 0xA0 && letter <= 0xFF)) return letter;
  for (int byte = 0x80; byte < 0xA0; ++byte) {
    if (windows_1252_character(static_cast<unsigned char>(byte)) == letter) return byte;
  }
  return letter < 0xA0 ? letter : -1;
}

/// UTF-8 that a program took for Windows-1252 and wrote as UTF-8 again ("JÃ¶rg"), as it was; nothing where one
/// character of it is not of that kind.
std::optional<std::string> written_twice(std::string_view text) {
  std::string once;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    auto letter = next_character(text, at);
    if (letter >= 0 && letter < 0x80) {
      once += text[begin];
      continue;
    }
    // The lead byte says how many follow.
    const auto lead = windows_1252_byte(letter);
    const int more = lead >= 0xC2 && lead < 0xE0   ? 1
                     : lead >= 0xE0 && lead < 0xF0 ? 2
                     : lead >= 0xF0 && lead < 0xF5 ? 3
                                                   : 0;
    if (more == 0) return std::nullopt;
    once += static_cast<char>(lead);
    for (int count = 0; count < more; ++count) {
      letter = at < text.size() ? next_character(text, at) : -1;
      const auto byte = letter < 0 ? -1 : windows_1252_byte(letter);
      if (byte < 0x80 || byte > 0xBF) return std::nullopt;
      once += static_cast<char>(byte);
    }
    any = true;
  }
  if (!any || !is_utf8(once)) return std::nullopt;
  return once;
}

}  // namespace

const char *old_encoding(std::string_view bytes) {
  constexpr std::string_view dos = "\x84\x94\x81\x8E\x99\x9A\xE1", sure_dos = "\x84\x94\x81";
  constexpr std::string_view mac = "\x8A\x9A\x9F\x80\x85\x86\xA7", sure_mac = "\x8A\x9F";
  const auto is_letter = [](char letter) { return (letter >= 'a' && letter <= 'z') || (letter & 0x80) != 0; };
  bool all_dos = true, all_mac = true, any_dos = false, any_mac = false;
  for (std::size_t at = 1; at + 1 < bytes.size(); ++at) {
    const char letter = bytes[at];
    const char before = static_cast<char>(bytes[at - 1] | 0x20);
    if ((letter & 0x80) == 0 || !is_letter(before) || !is_letter(bytes[at + 1])) continue;
    all_dos = all_dos && dos.find(letter) != std::string_view::npos;
    all_mac = all_mac && mac.find(letter) != std::string_view::npos;
    any_dos = any_dos || sure_dos.find(letter) != std::string_view::npos;
    any_mac = any_mac || sure_mac.find(letter) != std::string_view::npos;
    if (!all_dos && !all_mac) return nullptr;
  }
  if (all_dos && any_dos) return "IBM850";
  return all_mac && any_mac ? "macintosh" : nullptr;
}

namespace {

bool is_wide(std::string_view encoding) {
  return encoding.starts_with("UTF-16") || encoding.starts_with("UTF-32") || encoding.starts_with("UCS");
}

/// Encodings of two bytes a letter, of which both may look like UTF-8.
bool is_east_asian(std::string_view encoding) {
  for (auto part : {"GB", "BIG5", "SHIFT", "SJIS", "EUC", "KS_", "KSC", "KOREAN", "ISO-2022", "CP949", "CP936", "UHC",
                    "WINDOWS-31J", "WINDOWS-949", "WINDOWS-936", "HZ", "MS932"}) {
    if (encoding.find(part) != std::string_view::npos) return true;
  }
  return false;
}

message not_as_declared(const std::string &declared, const char *sentence) {
  return {sentence, {declared}};
}
constexpr const char *read_as_utf8 = "The text is not {1} as declared; it was read as UTF-8.";
constexpr const char *read_as_1252 = "The text is not {1} as declared; it was read as Windows-1252.";

decoded by_declaration(std::string_view bytes, const std::string &declared) {
  const bool unicode = declared.empty() || is_utf8_name(declared) || is_wide(declared);
  if (is_ascii(bytes) && (unicode || is_latin_1(declared))) {
    return {std::string(bytes), is_wide(declared) ? not_as_declared(declared, read_as_utf8) : message{}};
  }
  utf8_look look;
  look.add(bytes);
  if (look.by_intent(declared)) {
    if (auto once = look.bad_bytes == 0 && look.characters > 0 ? written_twice(bytes) : std::nullopt) {
      return {std::move(*once), {"The text was written as UTF-8 twice; it was read as it was before.", {}}};
    }
    return {look.bad_bytes == 0 ? std::string(bytes) : mended_utf8(bytes), utf8_remark(look, declared)};
  }
  if (const auto *old = unicode ? old_encoding(bytes) : nullptr) {
    if (auto text = convert(bytes, old))
      return {std::move(*text), {"The text is not UTF-8; it was read as {1}.", {old}}};
  }
  if (unicode) return {from_windows_1252(bytes), {"The text is not UTF-8; it was read as Windows-1252.", {}}};
  if (is_latin_1(declared)) return {from_windows_1252(bytes), {}};
  if (auto text = convert(bytes, declared)) return {std::move(*text), {}};
  return {from_windows_1252(bytes), not_as_declared(declared, read_as_1252)};
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

bool is_latin_1_name(std::string_view declared) {
  return is_latin_1(upper(declared));
}

void utf8_look::add(std::string_view bytes) {
  const auto is_letter = [&](std::size_t at) {
    const char lower = at < bytes.size() ? static_cast<char>(bytes[at] | 0x20) : '\0';
    return lower >= 'a' && lower <= 'z';
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const auto from = at;
    const auto letter = next_character(bytes, at);
    if (letter < 0) {
      ++bad_bytes;
    } else if (at - from > 1) {
      ++characters;
      if (at - from > 2) ++longer;
      if (is_letter(at) || (from > 0 && is_letter(from - 1))) ++in_words;
    }
  }
}

bool utf8_look::by_intent(std::string_view declared) const {
  const auto name = upper(declared);
  const bool unicode = name.empty() || is_utf8_name(name) || is_wide(name);
  // Signs of Windows-1252 that look like UTF-8 are rare in a text of it.
  if (bad_bytes > 0) return !is_east_asian(name) && 3 * characters >= bad_bytes;
  if (unicode || is_latin_1(name)) return true;
  return characters > 0 && (!is_east_asian(name) || longer + in_words > 0);
}

std::string mended_utf8(std::string_view bytes) {
  std::string result;
  result.reserve(bytes.size() + 16);
  for (std::size_t at = 0; at < bytes.size();) {
    const auto from = at;
    if (next_character(bytes, at) < 0) {
      append_character(result, windows_1252_character(static_cast<unsigned char>(bytes[from])));
    } else {
      result += bytes.substr(from, at - from);
    }
  }
  return result;
}

message utf8_remark(const utf8_look &look, std::string_view declared) {
  const bool as_declared = declared.empty() || is_utf8_name(declared);
  if (look.bad_bytes > 0) {
    return {"The text is UTF-8 but for {1} bytes, which were read as Windows-1252.", {std::to_string(look.bad_bytes)}};
  }
  if (as_declared || look.characters == 0) return {};
  return not_as_declared(std::string(declared), read_as_utf8);
}

decoded decode(std::string_view bytes, std::string_view declared) {
  auto result = by_mark(bytes, declared);
  if (std::erase(result.text, '\0') > 0 && result.remark.empty()) result.remark = {"Zero bytes were removed.", {}};
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
