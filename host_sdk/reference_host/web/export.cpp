// The table of a screen as a file: every page of it, following the cursors.
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>

#include "dms/cpp/encoding.hpp"
#include "reference_host/web/export_parts.hpp"
#include "reference_host/web/handlers.hpp"
#include "reference_host/web/times.hpp"

namespace dms::reference::web {
namespace {

constexpr const char *page_rows = "500";

struct export_column {
  std::string id, label, role;
  bool number = false;
  bool detail = false;  ///< the second line of that column
};

const json *find_table(const json &blocks) {
  const json *any = nullptr;
  if (!blocks.is_array()) return nullptr;
  for (const auto &block : blocks) {
    if (text(block, "type") == "table") {
      if (text(block, "layout") == "records") return &block;
      if (any == nullptr) any = &block;
    }
    for (const auto &column : list(block, "columns")) {
      if (column.is_array() && any == nullptr) any = find_table(column);
    }
  }
  return any;
}

/// One page after the other. The rows of a page live until the next is asked for.
class table_pages {
 public:
  table_pages(const exchange &on, std::string screen, const std::string &format)
      : dms_(on.in.dms), call_(on.call()), screen_(std::move(screen)), params_(on.params) {
    params_.erase("cursor");
    params_["limit"] = page_rows;
    params_["export"] = format;
  }
  reply load() {
    auto from = dms_.load_screen(*call_, screen_, params_.dump());
    document_ = from.status == dms_ok ? document_in(from.document) : json();
    table_ = find_table(member(document_, "blocks"));
    return from;
  }
  /// False at the end; throws where the next page cannot be had.
  bool next() {
    auto cursor = table_ == nullptr ? std::string{} : text(*table_, "next");
    if (cursor.empty() || cursor == text(params_, "cursor")) return false;
    params_["cursor"] = cursor;
    const auto from = load();
    if (from.status == dms_ok && table_ != nullptr) return true;
    throw failure(from.status == dms_ok ? dms_failed : from.status, from.message);
  }
  const json &document() const { return document_; }
  const json *table() const { return table_; }

 private:
  host &dms_;
  std::unique_ptr<owned_call> call_;
  std::string screen_;
  json params_, document_;
  const json *table_ = nullptr;
};

std::vector<export_column> columns_of(const json &table, const templates &page) {
  std::vector<export_column> columns;
  for (const auto &column : list(table, "columns")) {
    auto role = text(column, "role");
    if (role == "contact") continue;
    export_column made{text(column, "id"), text(column, "label"), role, truth(column, "number"), false};
    columns.push_back(made);
    bool detailed = false;
    for (const auto &row : list(table, "rows")) {
      detailed = detailed || has(as_cell(member(member(row, "cells"), made.id.c_str())), "detail");
    }
    if (!detailed || role == "time") continue;
    made.detail = true;
    made.label = page.say("{1} (more)", made.label);
    columns.push_back(made);
  }
  return columns;
}

field_value value_of(const json &row, const export_column &column) {
  auto cell = as_cell(member(member(row, "cells"), column.id.c_str()));
  if (column.detail) return {text(cell, "detail"), {}};
  const auto &value = member(cell, "value");
  if (value.is_number() && column.role == "time") {
    auto at_us = value.get<std::int64_t>();
    return {at_us > 0 ? sortable_time(at_us) : "", {}};
  }
  if (value.is_number() && column.role.empty()) return {text_of(value), value.get<double>()};
  if (value.is_string() && column.role == "time") return {value.get<std::string>(), {}};
  auto shown = has(cell, "title") ? text(cell, "title") : text(cell, "text");
  if (column.role == "time" && has(cell, "detail")) shown = text(cell, "detail") + ", " + shown;
  return {with_quiet_text(cell, std::move(shown)), {}};
}

std::string csv_rows(const json &table, const std::vector<export_column> &columns, char separator) {
  std::string lines;
  for (const auto &row : list(table, "rows")) {
    for (const auto &column : columns) {
      if (&column != &columns.front()) lines += separator;
      lines += csv_field(value_of(row, column), separator);
    }
    lines += "\r\n";
  }
  return lines;
}

/// The whole file before its first byte: half a file must not look like a whole one.
void send_csv(const exchange &on, table_pages &pages) {
  const auto columns = columns_of(*pages.table(), on.page());
  const char separator = csv_separator(on.locale);
  std::string head(csv_begin);
  for (const auto &column : columns) {
    if (&column != &columns.front()) head += separator;
    head += csv_field({column.label, {}}, separator);
  }
  auto file = std::make_shared<open_file>();
  file->write(head + "\r\n");
  do {
    file->write(csv_rows(*pages.table(), columns, separator));
  } while (pages.next());
  on.send_file(std::move(file), "text/csv; charset=utf-8");
}

std::shared_ptr<temporary_file> write_xlsx(const exchange &on, table_pages &pages) {
  auto file = std::make_shared<temporary_file>(".xlsx");
  auto columns = columns_of(*pages.table(), on.page());
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  auto *book = workbook_new_opt(file->path().c_str(), &options);
  if (book == nullptr) throw failure(dms_unavailable, on.say("The file cannot be written just now."));
  auto *sheet = workbook_add_worksheet(book, nullptr);
  auto *bold = workbook_add_format(book);
  format_set_bold(bold);
  lxw_row_t line = 0;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    worksheet_write_string(sheet, line, static_cast<lxw_col_t>(at), columns[at].label.c_str(), bold);
  }
  do {
    for (const auto &row : list(*pages.table(), "rows")) {
      if (++line >= LXW_ROW_MAX) break;
      for (std::size_t at = 0; at < columns.size(); ++at) {
        auto value = value_of(row, columns[at]);
        auto column = static_cast<lxw_col_t>(at);
        if (value.number) {
          worksheet_write_number(sheet, line, column, *value.number, nullptr);
        } else if (!value.text.empty()) {
          worksheet_write_string(sheet, line, column, value.text.c_str(), nullptr);
        }
      }
    }
  } while (line < LXW_ROW_MAX && pages.next());
  worksheet_freeze_panes(sheet, 1, 0);
  if (workbook_close(book) != LXW_NO_ERROR)
    throw failure(dms_unavailable, on.say("The file cannot be written just now."));
  return file;
}

/// A format of which the document holds the whole file.
struct whole_kind {
  std::string_view format, type, disposition;
};
constexpr std::array<whole_kind, 3> whole_kinds{{{"json", "application/json; charset=utf-8", "attachment"},
                                                 {"txt", "text/plain; charset=utf-8", "attachment"},
                                                 {"png", "image/png", "inline"}}};

/// The file that stands in the block "export"; nothing where there is none, or a picture that is none.
std::optional<std::string> whole_file(const json &document, std::string_view format) {
  for (const auto &block : list(document, "blocks")) {
    if (text(block, "type") != "text" || text(block, "id") != "export") continue;
    if (format != "png") return text(block, "text");
    auto bytes = from_base64(text(block, "text")).value_or(std::string{});
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return bytes;
  }
  return std::nullopt;
}

/// What the document calls that file, where that is a plain name.
std::string name_of_file(const json &document) {
  for (const auto &block : list(document, "blocks")) {
    if (text(block, "id") != "export") continue;
    const auto name = text(block, "file_name");
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    const bool sound = !name.empty() && name.front() != '.' && name.find_first_not_of(plain) == std::string::npos;
    return sound ? name : std::string{};
  }
  return {};
}

}  // namespace

void export_screen(const exchange &on, const std::string &screen, const std::string &format) {
  table_pages pages(on, screen, format);
  auto from = pages.load();
  bool offered = false;
  for (const auto &kind : list(pages.document(), "export")) offered = offered || text_of(kind) == format;
  const bool panels = has_panels(pages.document());
  const auto *whole = std::find_if(whole_kinds.begin(), whole_kinds.end(),
                                   [&](const whole_kind &kind) { return kind.format == format; });
  const bool is_whole = whole != whole_kinds.end();
  const auto file = is_whole ? whole_file(pages.document(), format) : std::nullopt;
  const bool something = is_whole ? file.has_value() : pages.table() != nullptr || panels;
  if (from.status != dms_ok || !offered || !something) {
    bool hidden = from.status == dms_ok || from.status == dms_not_found;
    auto sentence = hidden ? on.not_there()
                    : from.message.empty()
                        ? on.say("The data cannot be reached just now. Please try again in a moment.")
                        : from.message;
    return on.refuse(hidden ? 404 : http_status(from.status), sentence);
  }
  const auto disposition = std::string(is_whole ? whole->disposition : "attachment");
  const auto name = is_whole ? name_of_file(pages.document()) : std::string{};
  on.response.set("Content-Disposition",
                  disposition + "; filename=\"" + (name.empty() ? screen + "." + format : name) + "\"");
  if (file) return on.send(200, *file, std::string(whole->type));
  if (panels) return export_panels(on, pages.document(), format);
  if (format == "csv") return send_csv(on, pages);
  send_xlsx_file(on, write_xlsx(on, pages));
}

}  // namespace dms::reference::web
