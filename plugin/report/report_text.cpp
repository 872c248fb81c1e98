#include "report/report_text.hpp"

#include <algorithm>

namespace lead_system::report {
namespace {

using nlohmann::json;

constexpr std::string_view look = R"(
@page { size: A4 landscape; margin: 14mm; }
body { font: 12px/1.4 Inter, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; color: #17212b;
       font-variant-numeric: tabular-nums; margin: 24px auto; max-width: 1100px; padding: 0 16px; }
h1 { font-size: 20px; margin: 0; } h2 { font-size: 14px; margin: 22px 0 4px; } p { margin: 2px 0 16px; color: #46535f; }
table { border-collapse: collapse; width: 100%; } section { break-inside: avoid; }
th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid #e2e6ea; font-weight: 400; }
th { color: #46535f; border-color: #c8d0d7; } .n { text-align: right; } tfoot td { font-weight: 600; }
dl { display: flex; flex-wrap: wrap; gap: 20px 40px; margin: 0; } dt { color: #46535f; } dd { margin: 0; font-size: 20px; }
dd small { font-size: 12px; color: #5f6c78; } .words dl { display: block; } .words dd { font-size: 12px; margin-bottom: 6px; }
)";

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string text_of(const json &cell) {
  if (cell.is_string()) return cell.get<std::string>();
  if (!cell.is_object()) return {};
  auto text = cell.value("text", "");
  if (const auto quiet = cell.value("quiet_text", ""); !quiet.empty()) text += " " + quiet;
  return text;
}

json cell_of(const json &cells, const std::string &column) {
  const auto found = cells.find(column);
  return found == cells.end() ? json(nullptr) : *found;
}

/// A bar is a picture of a number that stands beside it.
std::vector<json> columns_of(const json &table) {
  std::vector<json> result;
  for (const auto &column : table["columns"]) {
    if (!column.value("bar", false)) result.push_back(column);
  }
  return result;
}

/// All tables of the page, wherever they stand.
std::vector<json> tables_of(const json &blocks) {
  std::vector<json> result;
  for (const auto &block : blocks) {
    if (block.value("type", "") == "table") result.push_back(block);
    if (block.value("type", "") != "panels") continue;
    for (auto &inner : tables_of(block["blocks"])) result.push_back(std::move(inner));
  }
  return result;
}

std::string html_row(const json &cells, const std::vector<json> &columns) {
  std::string result = "<tr>";
  for (const auto &column : columns) {
    result += column.value("number", false) ? "<td class=\"n\">" : "<td>";
    result += escaped(text_of(cell_of(cells, column["id"]))) + "</td>";
  }
  return result + "</tr>\n";
}

std::string html_table(const json &table) {
  const auto columns = columns_of(table);
  std::string result = "<section><h2>" + escaped(table.value("title", "")) + "</h2>\n<table><thead><tr>";
  for (const auto &column : columns) {
    result += column.value("number", false) ? "<th class=\"n\">" : "<th>";
    result += escaped(column.value("label", "")) + "</th>";
  }
  result += "</tr></thead><tbody>\n";
  for (const auto &row : table["rows"]) result += html_row(row["cells"], columns);
  result += "</tbody>";
  if (table.contains("totals")) result += "<tfoot>" + html_row(table["totals"], columns) + "</tfoot>";
  return result + "</table></section>\n";
}

std::string detail_of(const json &item) {
  std::string result;
  for (const auto &part : item.value("detail_parts", json::array())) {
    const auto text = part.is_object() ? part.value("label", "") : text_of(part);
    result += (result.empty() ? "" : " ") + text;
  }
  return result;
}

/// Key figures and definitions: a word and what belongs to it.
std::string html_list(const json &block, const char *css) {
  std::string result = "<section class=\"" + std::string(css) + "\">";
  if (const auto title = block.value("title", ""); !title.empty()) result += "<h2>" + escaped(title) + "</h2>";
  result += "<dl>\n";
  for (const auto &item : block["items"]) {
    result += "<div><dt>" + escaped(item.value("label", "")) + "</dt><dd>" + escaped(text_of(item["value"]));
    if (const auto detail = detail_of(item); !detail.empty()) result += "<br><small>" + escaped(detail) + "</small>";
    result += "</dd></div>\n";
  }
  return result + "</dl></section>\n";
}

std::string csv_field(const json &cell, char separator, char decimal) {
  if (cell.is_object() && cell.contains("value") && cell["value"].is_number()) {
    auto text = cell["value"].dump();
    std::replace(text.begin(), text.end(), '.', decimal);
    return text;
  }
  auto text = text_of(cell);
  // A spreadsheet would take such a text for a formula.
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + "\"";
}

}  // namespace

std::string as_html(const json &document, const std::string &language, const std::string &subtitle) {
  const auto title = escaped(document.value("title", ""));
  std::string result = "<!DOCTYPE html>\n<html lang=\"" + escaped(language) +
                       "\"><head><meta charset=\"utf-8\"><title>" + title + "</title><style>" + std::string(look) +
                       "</style></head><body>\n<h1>" + title + "</h1>\n<p>" + escaped(subtitle) + "</p>\n";
  for (const auto &block : document["blocks"]) {
    const auto type = block.value("type", "");
    if (type == "key_figures") result += html_list(block, "figures");
    if (type == "facts") result += html_list(block, "words");
    if (type != "panels") continue;
    for (const auto &table : tables_of(block["blocks"])) result += html_table(table);
  }
  return result + "</body></html>\n";
}

std::string as_csv(const json &document, char separator, char decimal) {
  std::string result = "\xEF\xBB\xBF";
  for (const auto &block : document["blocks"]) {
    if (block.value("type", "") != "key_figures") continue;
    for (const auto &item : block["items"]) {
      result += csv_field(item["label"], separator, decimal) + separator +
                csv_field(item["value"], separator, decimal) + "\r\n";
    }
  }
  for (const auto &table : tables_of(document["blocks"])) {
    const auto columns = columns_of(table);
    const auto line = [&](const auto &cell) {
      std::string text;
      for (const auto &column : columns) {
        if (&column != &columns.front()) text += separator;
        text += csv_field(cell(column), separator, decimal);
      }
      result += text + "\r\n";
    };
    result += "\r\n" + csv_field(table.value("title", ""), separator, decimal) + "\r\n";
    line([](const json &column) { return json(column.value("label", "")); });
    for (const auto &row : table["rows"]) {
      line([&](const json &column) { return cell_of(row["cells"], column["id"]); });
    }
    if (table.contains("totals")) line([&](const json &column) { return cell_of(table["totals"], column["id"]); });
  }
  return result;
}

std::string key_figures(const json &document) {
  std::string result;
  for (const auto &block : document["blocks"]) {
    if (block.value("type", "") != "key_figures") continue;
    for (const auto &item : block["items"]) {
      result += item.value("label", "") + ": " + text_of(item["value"]);
      if (const auto detail = detail_of(item); !detail.empty()) result += " (" + detail + ")";
      result += "\n";
    }
  }
  return result;
}

}  // namespace lead_system::report
