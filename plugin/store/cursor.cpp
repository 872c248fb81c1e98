#include "store/cursor.hpp"

#include <sodium.h>

#include <charconv>

#include "store/store.hpp"

namespace lead_system::store {

namespace {

constexpr std::size_t longest_cursor = 4096;

int variant_of(bool url) {
  return url ? sodium_base64_VARIANT_URLSAFE_NO_PADDING : sodium_base64_VARIANT_ORIGINAL;
}

[[noreturn]] void refuse() {
  throw bad_cursor("The place in the list is not known. Start again from its beginning.");
}

}  // namespace

std::string base64(std::string_view bytes, bool url) {
  std::string result(sodium_base64_encoded_len(bytes.size(), variant_of(url)), '\0');
  sodium_bin2base64(result.data(), result.size(), reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(),
                    variant_of(url));
  result.pop_back();  // the terminating NUL
  return result;
}

std::optional<std::string> from_base64(std::string_view text, bool url) {
  std::string result(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const char *end = nullptr;
  const auto failed = sodium_base642bin(reinterpret_cast<unsigned char *>(result.data()), result.size(), text.data(),
                                        text.size(), nullptr, &length, &end, variant_of(url)) != 0;
  if (failed || end != text.data() + text.size()) return std::nullopt;
  result.resize(length);
  return result;
}

// "1<sort><direction><way><id>|<key>", each of the three one character.
std::string to_cursor(const page_edge &edge) {
  std::string text = "1";
  text += static_cast<char>('a' + static_cast<int>(edge.sort));
  text += edge.descending ? 'd' : 'u';
  text += edge.backward ? 'b' : 'f';
  return base64(text + std::to_string(edge.id) + "|" + edge.key, true);
}

page_edge from_cursor(const std::string &cursor) {
  if (cursor.size() > longest_cursor) refuse();
  const auto decoded = from_base64(cursor, true);
  if (!decoded || decoded->size() < 6 || decoded->front() != '1') refuse();
  const auto &text = *decoded;
  page_edge edge;
  const int sort = text[1] - 'a';
  if (sort < 0 || sort > static_cast<int>(lead_sort::state)) refuse();
  if ((text[2] != 'd' && text[2] != 'u') || (text[3] != 'b' && text[3] != 'f')) refuse();
  edge.sort = static_cast<lead_sort>(sort);
  edge.descending = text[2] == 'd';
  edge.backward = text[3] == 'b';
  const auto [end, error] = std::from_chars(text.data() + 4, text.data() + text.size(), edge.id);
  if (error != std::errc{} || end == text.data() + text.size() || *end != '|') refuse();
  edge.key.assign(end + 1, text.data() + text.size());
  if (edge.key.find('\0') != std::string::npos) refuse();
  return edge;
}

}  // namespace lead_system::store
