#pragma once

#include "fxpool/measure/results.hpp"

#include <string>

/// Result tables as CSV that a Chinese Excel opens right: UTF-8 with a byte order mark, commas, one line a row.
namespace fxpool::report {

inline constexpr const char* byte_order_mark = "\xEF\xBB\xBF";

/// The header line, without the mark.
std::string csv_header(const DataTable& table);
/// A row. Numbers read back the same; NaN is an empty cell; text with a comma, a quote or a line's end is quoted.
void append_csv_row(std::string& text, const std::vector<Cell>& row);

}  // namespace fxpool::report
