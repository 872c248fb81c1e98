// csv_rows.hpp - where rows of CSV end.
#pragma once

#include <string_view>

namespace lead_system::intake {

/// What separates the fields: as a first line "sep=;" says, else the most frequent of ; , and tabulator in it.
char csv_separator(std::string_view text);

/// Length of the first row with its line break; npos when the text ends before. A quotation mark counts at the
/// beginning of a field; a line break inside of quoted text ends no row.
std::size_t csv_row_end(std::string_view text, char separator);

}  // namespace lead_system::intake
