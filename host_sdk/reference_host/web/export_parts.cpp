#include "reference_host/web/export_parts.hpp"

#include <algorithm>
#include <cstdlib>

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

std::string with_quiet_text(const json &cell, std::string shown) {
  if (const auto quiet = text(cell, "quiet_text"); !quiet.empty()) shown += " " + quiet;
  return shown;
}

char csv_separator(const std::string &locale) {
  return locale.starts_with("de") ? ';' : ',';
}

temporary_file::temporary_file(const std::string &extension) {
  auto folder = (std::filesystem::temp_directory_path() / "dms-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) throw failure(dms_unavailable, "The file cannot be written just now.");
  folder_ = folder;
  path_ = folder_ / ("export" + extension);
}

temporary_file::~temporary_file() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void send_xlsx_file(const exchange &on, const std::shared_ptr<temporary_file> &file) {
  on.send_file(std::make_shared<open_file>(file->path()),
               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

}  // namespace dms::reference::web
