#include "reference_host/web/upload.hpp"

#include <algorithm>

#include "dms/cpp/encoding.hpp"
#include "reference_host/web/http_request.hpp"
#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {
namespace {

constexpr std::size_t most_parts = 200;
constexpr std::size_t longest_boundary = 70;  ///< RFC 2046

struct upload_part {
  std::string name, file;
  bool is_file = false;
  std::string_view content;
};

void add(std::string &form, std::string_view name, std::string_view value) {
  form += (form.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
}

/// Some browsers send the whole path.
std::string bare_name(const std::string &file) {
  return file.substr(file.find_last_of("/\\") + 1);
}

std::string_view trimmed_word(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes `name="value"` or `name=value` from the front, with the ';' before it.
bool take_parameter(std::string_view &rest, std::string &name, std::string &value) {
  const auto begin = rest.find(';');
  if (begin == std::string_view::npos) return false;
  rest.remove_prefix(begin + 1);
  const auto equals = rest.find_first_of("=;");
  name = std::string(trimmed_word(rest.substr(0, equals)));
  value.clear();
  if (equals == std::string_view::npos || rest[equals] == ';') return true;
  rest.remove_prefix(equals + 1);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
  if (!rest.starts_with('"')) {
    value = std::string(trimmed_word(rest.substr(0, rest.find(';'))));
    return true;
  }
  std::size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    // A backslash stands before a quotation mark only: whole paths of Windows come as they are.
    if (rest[at] == '\\' && at + 1 < rest.size() && rest[at + 1] == '"') ++at;
    value += rest[at];
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return true;
}

std::string parameter_of(std::string_view field, std::string_view wanted, bool *there = nullptr) {
  std::string name, value;
  while (take_parameter(field, name, value)) {
    if (!same_word(name, wanted)) continue;
    if (there != nullptr) *there = true;
    return value;
  }
  return {};
}

std::optional<upload_part> part_of(std::string_view text) {
  const auto head_end = text.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return std::nullopt;
  auto head = text.substr(0, head_end);
  upload_part part;
  part.content = text.substr(head_end + 4);
  constexpr std::string_view wanted = "Content-Disposition:";
  while (!head.empty()) {
    const auto line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(line.size() + 2, head.size()));
    if (!same_word(line.substr(0, wanted.size()), wanted)) continue;
    part.name = parameter_of(line, "name");
    part.file = parameter_of(line, "filename");
    part.is_file = !part.file.empty();
  }
  return part;
}

}  // namespace

upload_reading read_upload(std::string_view content_type, std::string_view body) {
  const auto boundary = parameter_of(content_type, "boundary");
  if (boundary.empty() || boundary.size() > longest_boundary) return {upload_fault::broken, {}};
  const auto mark = "--" + boundary, next = "\r\n" + mark;
  if (!body.starts_with(mark)) return {upload_fault::broken, {}};
  body.remove_prefix(mark.size());
  upload_reading result;
  std::size_t bytes = 0;
  for (std::size_t parts = 0; !body.starts_with("--"); ++parts) {
    if (parts == most_parts) return {upload_fault::too_large, {}};
    const auto end = body.find(next);
    if (!body.starts_with("\r\n") || end == std::string_view::npos) return {upload_fault::broken, {}};
    const auto part = part_of(body.substr(2, std::max<std::size_t>(end, 2) - 2));
    if (!part) return {upload_fault::broken, {}};
    bytes += part->content.size();
    if (bytes > upload_limit) return {upload_fault::too_large, {}};
    add(result.form, part->name, part->is_file ? base64(part->content) : std::string(part->content));
    if (part->is_file) add(result.form, part->name + "_name", bare_name(part->file));
    body.remove_prefix(end + next.size());
  }
  return result;
}

}  // namespace dms::reference::web
