#include "fxpool/report/csv.hpp"

#include "fxpool/base/number.hpp"

#include <cmath>

namespace fxpool::report {
namespace {

void append_text(std::string& line, const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) {
        line += text;
        return;
    }
    line += '"';
    for (const char c : text) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
}

void append_cell(std::string& line, const Cell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) {
        if (std::isfinite(*number)) line += exact_number(*number);
    } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        line += std::to_string(*whole);
    } else {
        append_text(line, std::get<std::string>(cell));
    }
}

}  // namespace

std::string csv_header(const DataTable& table) {
    std::string line;
    for (const auto& column : table.columns) line += (line.empty() ? "" : ",") + column;
    return line + "\n";
}

void append_csv_row(std::string& text, const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text += ',';
        append_cell(text, row[i]);
    }
    text += '\n';
}

}  // namespace fxpool::report
