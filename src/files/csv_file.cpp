#include "fxpool/files/csv_file.hpp"

#include "fxpool/base/suggestion.hpp"
#include "fxpool/files/text_file.hpp"
#include "row_splitter.hpp"

#include <algorithm>

namespace fxpool {
namespace {

std::string lower(std::string_view text) {
    std::string all(text);
    for (char& c : all) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return all;
}

/// What separates the fields of the header: the most frequent of comma, semicolon and tab outside quotes.
char delimiter_of(std::string_view text) {
    const auto begin = std::min(text.find_first_not_of(" \t\n"), text.size());
    const auto header = text.substr(begin, text.find('\n', begin) - begin);
    long commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false;
    for (const char c : header) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        commas += c == ',';
        semicolons += c == ';';
        tabs += c == '\t';
    }
    if (tabs > commas && tabs >= semicolons) return '\t';
    return semicolons > commas ? ';' : ',';
}

/// The place of a field: its line is the row's and those of the line ends inside quotes before it.
Place field_place(const std::string& name, std::string_view text, char delimiter, std::size_t row_begin, int line, std::size_t field) {
    const auto begin = field_begin(text, delimiter, row_begin, field);
    auto place = place_in_text(name, text.substr(row_begin), begin - row_begin);
    place.line += line - 1;
    return place;
}

}  // namespace

std::string_view CsvRow::operator[](std::size_t column) const {
    const int position = file_.position_[column];
    return position < 0 ? std::string_view() : fields_[static_cast<std::size_t>(position)];
}

Place CsvRow::row_place() const { return {file_.name_, line_, 1}; }

Place CsvRow::place(std::size_t column) const {
    const auto field = static_cast<std::size_t>(std::max(file_.position_[column], 0));
    return field_place(file_.name_, file_.text_, file_.delimiter_, begin_, line_, field);
}

std::optional<CsvFile> CsvFile::open(const std::filesystem::path& file, std::vector<CsvColumn> columns, Others others, Problems& problems) {
    auto text = read_text_file(file, problems);
    if (!text) return std::nullopt;
    CsvFile csv;
    csv.name_ = file.string();
    csv.text_ = std::move(*text);
    csv.columns_ = std::move(columns);
    csv.delimiter_ = delimiter_of(csv.text_);
    if (!csv.read_header(problems) || !csv.name_columns(others, problems)) return std::nullopt;
    return csv;
}

bool CsvFile::read_header(Problems& problems) {
    RowSplitter splitter(text_, delimiter_, 0, 1);
    const auto found = splitter.next(longest_row);
    header_begin_ = splitter.row_begin();
    header_line_ = splitter.row_line();
    if (found == RowSplitter::Found::row) {
        for (const auto field : splitter.fields()) header_.emplace_back(field);
        rows_begin_ = splitter.position();
        rows_line_ = splitter.line();
        return true;
    }
    const auto place = field_place(name_, text_, delimiter_, header_begin_, header_line_, splitter.fields_so_far());
    if (found == RowSplitter::Found::too_long)
        problems.error({name_, header_line_, 1}, {}, say("a row of more than {0} bytes: this is not a table that fxpool reads", longest_row));
    else problems.error(place, {}, say("the quote that opens here is never closed"));
    return false;
}

bool CsvFile::name_columns(Others others, Problems& problems) {
    bool good = true;
    position_.assign(columns_.size(), -1);
    std::vector<std::string> known;
    for (const auto& column : columns_) {
        known.push_back(column.name);
        if (!column.chinese.empty()) known.push_back(column.chinese);
    }
    for (std::size_t field = 0; field < header_.size(); ++field) {
        const auto& name = header_[field];
        if (name.empty()) continue;
        const auto place = [&] { return field_place(name_, text_, delimiter_, header_begin_, header_line_, field); };
        const auto column = std::find_if(columns_.begin(), columns_.end(), [&](const auto& c) { return lower(c.name) == lower(name) || c.chinese == name; });
        if (column == columns_.end()) {
            if (others == Others::allow) continue;
            const auto meant = nearest_word(name, known);
            problems.warning(place(), {},
                             !meant ? say("unknown column '{0}'; it is not read", shortened(name))
                                    : say("unknown column '{0}'; it is not read; did you mean '{1}'?", shortened(name), *meant));
            continue;
        }
        int& position = position_[static_cast<std::size_t>(column - columns_.begin())];
        if (position >= 0) {
            problems.error(place(), {}, say("column '{0}' means the same as column '{1}' before it", name, header_[static_cast<std::size_t>(position)]));
            good = false;
            continue;
        }
        position = static_cast<int>(field);
    }
    const bool full_width = text_.substr(header_begin_, rows_begin_ - header_begin_).find("，") != std::string::npos;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (!columns_[column].required || has(column)) continue;
        good = false;
        if (full_width) problems.error(header_place(), {}, say("columns are separated by full-width commas; write , or ; or a tab"));
        else if (columns_[column].chinese.empty())
            problems.error(header_place(), {}, say("column {0} is missing; the file has: {1}", columns_[column].name, header_text()));
        else
            problems.error(header_place(), {},
                           say("column {0} ({1}) is missing; the file has: {2}", columns_[column].name, columns_[column].chinese, header_text()));
        if (full_width) break;
    }
    return good;
}

std::string CsvFile::header_text() const {
    constexpr std::size_t most = 30;  // a message, not a dump
    std::string all;
    for (std::size_t i = 0; i < std::min(header_.size(), most); ++i) {
        if (i > 0) all += ", ";
        all += shortened(header_[i]);
    }
    return header_.size() > most ? all + ", ..." : all;
}

std::size_t CsvFile::lines() const { return static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n')) + 1; }

void CsvFile::read_rows(Problems& problems, const std::function<void(const CsvRow&)>& on_row) const {
    RowSplitter splitter(text_, delimiter_, rows_begin_, rows_line_);
    const auto empty = [](std::string_view field) { return field.empty(); };
    while (true) {
        const auto found = splitter.next(longest_row);
        if (found == RowSplitter::Found::end) return;
        if (found != RowSplitter::Found::row) {
            if (found == RowSplitter::Found::too_long) {
                problems.error({name_, splitter.row_line(), 1}, {}, say("a row of more than {0} bytes: this is not a table that fxpool reads", longest_row));
            } else {
                problems.error(field_place(name_, text_, delimiter_, splitter.row_begin(), splitter.row_line(), splitter.fields_so_far()), {},
                               say("the quote that opens here is never closed"));
            }
            return;
        }
        const auto& fields = splitter.fields();
        if (std::all_of(fields.begin(), fields.end(), empty)) continue;  // Excel leaves rows of nothing but commas
        const auto filled = fields.size() <= header_.size() || std::all_of(fields.begin() + static_cast<std::ptrdiff_t>(header_.size()), fields.end(), empty);
        if (fields.size() < header_.size() || !filled) {
            problems.error({name_, splitter.row_line(), 1}, {}, say("the row has {0} fields, the header {1}", fields.size(), header_.size()));
            continue;
        }
        on_row(CsvRow(*this, splitter.row_line(), splitter.row_begin(), fields));
    }
}

}  // namespace fxpool
