// export_parts.hpp - what all exports share: safe fields, and a file that is gone once it was sent.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "reference_host/web/exchange.hpp"

namespace dms::reference::web {

struct field_value {
  std::string text;
  std::optional<double> number;
};

/// Quoted where it must be. A text that a spreadsheet would take for a formula becomes plain text (OWASP: CSV
/// injection). Numbers have a decimal comma where the separator is ';'.
std::string csv_field(const field_value &value, char separator);
/// `shown`, and what stands beside it in grey: a file has no colours.
std::string with_quiet_text(const json &cell, std::string shown);
/// ';' where a comma is the decimal sign.
char csv_separator(const std::string &locale);
/// Spreadsheets take the file for UTF-8 by it.
constexpr std::string_view csv_begin = "\xEF\xBB\xBF";

/// A place for a file that a library writes by its name, in a folder that only this account can open. Both are gone
/// with the object.
class temporary_file {
 public:
  explicit temporary_file(const std::string &extension);
  temporary_file(const temporary_file &) = delete;
  temporary_file &operator=(const temporary_file &) = delete;
  ~temporary_file();
  const std::filesystem::path &path() const { return path_; }

 private:
  std::filesystem::path folder_, path_;
};
void send_xlsx_file(const exchange &on, const std::shared_ptr<temporary_file> &file);

/// The panels of a screen and its key figures: one sheet a table, or one below the other.
bool has_panels(const json &document);
void export_panels(const exchange &on, const json &document, const std::string &format);

}  // namespace dms::reference::web
