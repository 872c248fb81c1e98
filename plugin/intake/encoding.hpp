// encoding.hpp - payload bytes of any encoding → UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace lead_system::intake {

struct decoded {
  std::string text;    ///< UTF-8 without byte-order mark and without zero bytes
  std::string remark;  ///< empty, or what was not as declared, one English sentence
};

/// By the byte-order mark, else the zero bytes of UTF-16, else `declared` (any name that ICU knows), else UTF-8. Text
/// that is not what was declared is read as UTF-8 where it is UTF-8, else as Windows-1252, with a remark. Latin-1 is
/// read as Windows-1252, which holds it.
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
/// Whether text that was declared so, but is UTF-8, is UTF-8: true of Latin-1 and its kin and of the wide ones.
bool is_utf8_too(std::string_view declared);

}  // namespace lead_system::intake
