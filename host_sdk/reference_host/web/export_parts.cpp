#include "reference_host/web/export_parts.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "reference_host/web/handlers.hpp"

namespace dms::reference::web {

std::string csv_field(const field_value &value, char separator) {
  auto words = value.text;
  constexpr std::string_view dangerous = "=+-@\t\r";
  if (!value.number && !words.empty() && dangerous.find(words.front()) != std::string_view::npos)
    words.insert(0, 1, '\'');
  if (value.number && separator == ';') std::replace(words.begin(), words.end(), '.', ',');
  if (words.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return words;
  std::string quoted = "\"";
  for (char each : words) {
    if (each == '"') quoted += '"';
    quoted += each;
  }
  return quoted + '"';
}

char csv_separator(const std::string &locale) {
  return locale.starts_with("de") ? ';' : ',';
}

temporary_file::temporary_file(const std::string &extension)
    : path_(std::filesystem::temp_directory_path() / ("dms-" + random_hex(12) + extension)) {}

temporary_file::~temporary_file() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void send_xlsx_file(const exchange &on, const std::shared_ptr<temporary_file> &file) {
  auto stream = std::make_shared<std::ifstream>(file->path(), std::ios::binary);
  auto size = std::filesystem::file_size(file->path());
  on.response.status = 200;
  on.response.set_content_provider(
      size, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      [file, stream](std::size_t offset, std::size_t length, httplib::DataSink &sink) {
        std::array<char, 65536> buffer{};
        stream->clear();
        stream->seekg(static_cast<std::streamoff>(offset));
        stream->read(buffer.data(), static_cast<std::streamsize>(std::min(length, buffer.size())));
        return stream->gcount() > 0 && sink.write(buffer.data(), static_cast<std::size_t>(stream->gcount()));
      });
}

}  // namespace dms::reference::web
