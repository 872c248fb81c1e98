// encoding.hpp - payload bytes of any encoding → UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "lead/message.hpp"

namespace lead_system::intake {

struct decoded {
  std::string text;  ///< UTF-8 without byte-order mark and without zero bytes
  message remark;    ///< empty, or what was not as declared
};

/// By the byte-order mark, else the zero bytes of UTF-16, else `declared` (any name that ICU knows), else UTF-8. Text
/// that is UTF-8 by intent is read as that whatever was declared: senders change the encoding and forget the label. In
/// it a byte that is not UTF-8 is read as Windows-1252 where it stands. What is neither UTF-8 nor what was declared is
/// read as Windows-1252. All with a remark. Latin-1 is read as Windows-1252, which holds it.
decoded decode(std::string_view bytes, std::string_view declared);

/// The encoding that an XML declaration names, wherever it stands in the first 1,000 bytes and whatever quotation marks
/// it uses; empty: none.
std::string declared_encoding(std::string_view bytes);

/// What the first bytes say by themselves: the encoding of their byte-order mark, or of the zero bytes of UTF-16.
struct encoding_mark {
  std::string encoding;  ///< empty: they say nothing
  std::size_t mark_length = 0;
};
encoding_mark marked_encoding(std::string_view bytes);
/// Whether a declared name, in any letter case, is one of UTF-8.
bool is_utf8_name(std::string_view declared);
/// Whether a declared name is one of Latin-1 and its kin.
bool is_latin_1_name(std::string_view declared);

/// The encoding (ICU's name) of a text that names none and is neither UTF-8 nor Windows-1252: of old programs for DOS
/// and the Macintosh, whose umlauts stand in words, where Windows-1252 has quotation marks and capitals. Else a null
/// pointer.
const char *old_encoding(std::string_view bytes);

/// What the bytes say of UTF-8. Of a text in pieces the counts add up; a piece ends with a whole character.
struct utf8_look {
  std::size_t characters = 0;  ///< of more than one byte
  std::size_t longer = 0;      ///< of these, of more than two bytes
  std::size_t in_words = 0;    ///< of these, beside an ASCII letter
  std::size_t bad_bytes = 0;

  void add(std::string_view bytes);
  /// Whether text that was declared so is UTF-8. Two bytes of a Chinese, Japanese or Korean encoding may look like a
  /// character of UTF-8, but not beside a Latin letter; in the others they are signs that nobody writes together.
  bool by_intent(std::string_view declared) const;
};
/// The text with each byte that is not UTF-8 read as Windows-1252.
std::string mended_utf8(std::string_view bytes);
/// The remark on text that is UTF-8 by intent; empty: it is what was declared.
message utf8_remark(const utf8_look &look, std::string_view declared);

}  // namespace lead_system::intake
