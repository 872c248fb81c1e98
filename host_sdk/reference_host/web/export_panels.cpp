// Several tables as one file: in CSV one below the other under its title, in XLSX one a sheet.
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include "reference_host/web/export_parts.hpp"

namespace dms::reference::web {
namespace {

/// A table as plain fields: heads, rows, totals.
struct plain_table {
  std::string title;
  std::vector<std::string> heads;
  std::vector<std::vector<field_value>> rows;
};

field_value plain(const json &from) {
  const auto cell = as_cell(from);
  const auto &value = member(cell, "value");
  if (value.is_number()) return {text_of(value), value.get<double>()};
  return {with_quiet_text(cell, text(cell, "text")), {}};
}

plain_table plain_of(const json &block) {
  plain_table result;
  result.title = text(block, "title");
  std::vector<std::string> ids;
  for (const auto &column : list(block, "columns")) {
    if (truth(column, "bar")) continue;  // a picture of a number that stands in another column
    ids.push_back(text(column, "id"));
    result.heads.push_back(text(column, "label"));
  }
  const auto add = [&](const json &cells) {
    auto &row = result.rows.emplace_back();
    for (const auto &id : ids) row.push_back(plain(member(cells, id.c_str())));
  };
  for (const auto &row : list(block, "rows")) add(member(row, "cells"));
  if (has(block, "totals")) add(block["totals"]);
  return result;
}

plain_table figures_of(const exchange &on, const json &block) {
  plain_table result{on.say("Key figures"), {"", ""}, {}};
  for (const auto &item : list(block, "items")) {
    result.rows.push_back({{text(item, "label"), {}}, plain(member(item, "value"))});
  }
  return result;
}

std::vector<plain_table> tables_of(const exchange &on, const json &document) {
  std::vector<plain_table> all;
  for (const auto &block : list(document, "blocks")) {
    if (text(block, "type") == "key_figures") all.push_back(figures_of(on, block));
    if (text(block, "type") != "panels") continue;
    for (const auto &table : list(block, "blocks")) all.push_back(plain_of(table));
  }
  return all;
}

std::string csv_of(const std::vector<plain_table> &tables, char separator) {
  std::string lines(csv_begin);
  for (const auto &table : tables) {
    if (&table != &tables.front()) lines += "\r\n";
    lines += csv_field({table.title, {}}, separator) + "\r\n";
    for (const auto &head : table.heads) {
      if (&head != &table.heads.front()) lines += separator;
      lines += csv_field({head, {}}, separator);
    }
    lines += "\r\n";
    for (const auto &row : table.rows) {
      for (const auto &field : row) {
        if (&field != &row.front()) lines += separator;
        lines += csv_field(field, separator);
      }
      lines += "\r\n";
    }
  }
  return lines;
}

/// Spreadsheets allow 31 characters, not all of them, and no name twice.
std::string sheet_name(const std::string &title, std::set<std::string> &taken) {
  std::string name;
  std::size_t letters = 0;
  for (const char each : title) {
    const bool begins = (static_cast<unsigned char>(each) & 0xC0U) != 0x80U;
    if (begins && ++letters > 28) break;
    name += std::string_view("[]:*?/\\'").find(each) == std::string_view::npos ? each : ' ';
  }
  if (name.empty()) name = "–";
  auto unique = name;
  for (int number = 2; !taken.insert(unique).second; ++number) unique = name + " " + std::to_string(number);
  return unique;
}

void write_sheet(lxw_workbook *book, const plain_table &table, const std::string &name, lxw_format *bold) {
  auto *sheet = workbook_add_worksheet(book, name.c_str());
  if (sheet == nullptr) return;
  lxw_row_t line = 0;
  for (std::size_t at = 0; at < table.heads.size(); ++at) {
    worksheet_write_string(sheet, line, static_cast<lxw_col_t>(at), table.heads[at].c_str(), bold);
  }
  for (const auto &row : table.rows) {
    ++line;
    for (std::size_t at = 0; at < row.size(); ++at) {
      const auto column = static_cast<lxw_col_t>(at);
      if (row[at].number) {
        worksheet_write_number(sheet, line, column, *row[at].number, nullptr);
      } else if (!row[at].text.empty()) {
        worksheet_write_string(sheet, line, column, row[at].text.c_str(), nullptr);
      }
    }
  }
  worksheet_set_column(sheet, 0, 0, 32, nullptr);
  worksheet_freeze_panes(sheet, 1, 1);
}

std::shared_ptr<temporary_file> xlsx_of(const exchange &on, const std::vector<plain_table> &tables) {
  auto file = std::make_shared<temporary_file>(".xlsx");
  auto *book = workbook_new(file->path().c_str());
  if (book == nullptr) throw failure(dms_unavailable, on.say("The file cannot be written just now."));
  auto *bold = workbook_add_format(book);
  format_set_bold(bold);
  std::set<std::string> taken;
  for (const auto &table : tables) write_sheet(book, table, sheet_name(table.title, taken), bold);
  if (workbook_close(book) != LXW_NO_ERROR) {
    throw failure(dms_unavailable, on.say("The file cannot be written just now."));
  }
  return file;
}

}  // namespace

bool has_panels(const json &document) {
  const auto &blocks = list(document, "blocks");
  return std::any_of(blocks.begin(), blocks.end(), [](const json &block) { return text(block, "type") == "panels"; });
}

void export_panels(const exchange &on, const json &document, const std::string &format) {
  const auto tables = tables_of(on, document);
  if (format == "csv") return on.send(200, csv_of(tables, csv_separator(on.locale)), "text/csv; charset=utf-8");
  send_xlsx_file(on, xlsx_of(on, tables));
}

}  // namespace dms::reference::web
