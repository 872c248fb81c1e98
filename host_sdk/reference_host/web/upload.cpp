#include "reference_host/web/upload.hpp"

#include <sodium.h>

#include <vector>

#include "reference_host/web/links.hpp"

namespace dms::reference::web {
namespace {

constexpr std::size_t most_parts = 200;

std::string base64_of(const std::string &bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.find('\0'));
  return text;
}

void add(std::string &form, const std::string &name, const std::string &value) {
  form += (form.empty() ? "" : "&") + url_encoded(name) + "=" + url_encoded(value);
}

/// Some browsers send the whole path.
std::string bare_name(const std::string &file) {
  return file.substr(file.find_last_of("/\\") + 1);
}

}  // namespace

std::optional<std::string> read_upload(const httplib::ContentReader &reader) {
  std::vector<httplib::MultipartFormData> parts;
  std::size_t taken = 0;
  const bool whole = reader(
      [&](const httplib::MultipartFormData &part) {
        parts.push_back(part);
        return parts.size() <= most_parts;
      },
      [&](const char *bytes, std::size_t size) {
        taken += size;
        // Over the limit it is read to its end, within reason, so that the sender hears the answer.
        if (taken <= upload_limit) parts.back().content.append(bytes, size);
        return taken <= 4 * upload_limit;
      });
  if (!whole || taken > upload_limit) return std::nullopt;
  std::string form;
  for (const auto &part : parts) {
    const bool is_file = !part.filename.empty();
    add(form, part.name, is_file ? base64_of(part.content) : part.content);
    if (is_file) add(form, part.name + "_name", bare_name(part.filename));
  }
  return form;
}

}  // namespace dms::reference::web
