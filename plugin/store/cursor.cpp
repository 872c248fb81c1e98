#include "store/cursor.hpp"

#include <charconv>

#include "dms/cpp/encoding.hpp"
#include "store/store.hpp"

namespace lead_system::store {

namespace {

constexpr std::size_t longest_cursor = 4096;

[[noreturn]] void refuse() {
  throw bad_cursor("The place in the list is not known. Start again from its beginning.");
}

}  // namespace

// "1<sort><direction><way><id>|<key>", each of the three one character.
std::string to_cursor(const page_edge &edge) {
  std::string text = "1";
  text += static_cast<char>('a' + static_cast<int>(edge.sort));
  text += edge.descending ? 'd' : 'u';
  text += edge.backward ? 'b' : 'f';
  return dms::base64(text + std::to_string(edge.id) + "|" + edge.key, dms::base64_alphabet::url);
}

page_edge from_cursor(const std::string &cursor) {
  if (cursor.size() > longest_cursor) refuse();
  const auto decoded = dms::from_base64(cursor, dms::base64_alphabet::url);
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
