#include "fxpool/files/csv_file.hpp"

#include "fxpool/files/text_file.hpp"
#include "fxpool/files/utf8.hpp"
#include "header_names.hpp"
#include "row_splitter.hpp"

#include <algorithm>

namespace fxpool {
namespace {

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

/// The first full-width comma or semicolon outside quotes; npos where there is none.
std::size_t full_width_separator(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        const auto rest = text.substr(i);
        if (!quoted && (rest.starts_with("，") || rest.starts_with("；"))) return i;
    }
    return std::string_view::npos;
}

/// Whether two fields in a row look like 1,000,000 cut at its commas: one to three digits, then three.
bool is_number_in_pieces(const std::vector<std::string_view>& fields) {
    const auto digits = [](std::string_view text) { return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }); };
    for (std::size_t i = 1; i < fields.size(); ++i) {
        const auto before = fields[i - 1], after = fields[i].substr(0, fields[i].find('.'));
        if (!before.empty() && before.size() <= 3 && before.front() != '0' && digits(before) && after.size() == 3 && digits(after)) return true;
    }
    return false;
}

/// The place of a field: its line is the row's and those of the line ends inside quotes before it.
Place field_place(const std::string& name, std::string_view text, char delimiter, std::size_t row_begin, int line, std::size_t field) {
    const auto begin = RowSplitter::field_begin(text, delimiter, row_begin, field);
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

std::size_t CsvRow::first_filled() const {
    const auto filled = std::find_if(fields_.begin(), fields_.end(), [](std::string_view field) { return !field.empty(); });
    return filled == fields_.end() ? 0 : static_cast<std::size_t>(filled - fields_.begin());
}

std::string_view CsvRow::first_text() const { return fields_.empty() ? std::string_view() : fields_[first_filled()]; }

Place CsvRow::first_text_place() const { return field_place(file_.name_, file_.text_, file_.delimiter_, begin_, line_, first_filled()); }

std::optional<CsvFile> CsvFile::open(const std::filesystem::path& file, std::vector<CsvColumn> columns, Others others, Problems& problems,
                                     const NamedAt& named) {
    auto text = read_text_file(file, problems, named);
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

Place CsvFile::place_in_header(std::size_t field) const { return field_place(name_, text_, delimiter_, header_begin_, header_line_, field); }

Place CsvFile::header_place(std::size_t column) const { return place_in_header(static_cast<std::size_t>(std::max(position_[column], 0))); }

std::string CsvFile::column_name(std::size_t column) const {
    return has(column) ? shortened(header_[static_cast<std::size_t>(position_[column])]) : columns_[column].name;
}

bool CsvFile::name_columns(Others others, Problems& problems) {
    bool good = true;
    position_.assign(columns_.size(), -1);
    units_.assign(columns_.size(), {});
    std::vector<std::size_t> unknown;
    for (std::size_t field = 0; field < header_.size(); ++field) {
        if (header_[field].empty()) continue;
        const auto words = split_header(header_[field]);
        const auto column = column_called(columns_, words.name);
        if (!column) {
            unknown.push_back(field);
            continue;
        }
        good = give_place(*column, field, problems) && read_units(*column, field, words.brackets, problems) && good;
    }
    std::vector<bool> meant(columns_.size(), false);  // those that an unknown column is probably one of
    const bool lacks_one = std::any_of(columns_.begin(), columns_.end(),
                                       [&](const CsvColumn& column) { return column.required && !has(static_cast<std::size_t>(&column - columns_.data())); });
    const auto header = std::string_view(text_).substr(header_begin_, rows_begin_ - header_begin_);
    const auto wide = full_width_separator(header);
    if (lacks_one && wide != std::string_view::npos) {
        problems.error(header_place(), {}, say("columns are separated by full-width commas; write , or ; or a tab"));
        return false;
    }
    if (others == Others::note) {
        for (const auto field : unknown) good = tell_unknown(field, meant, problems) && good;
    }
    return tell_missing(meant, problems) && good;
}

bool CsvFile::give_place(std::size_t column, std::size_t field, Problems& problems) {
    int& position = position_[column];
    if (position < 0) {
        position = static_cast<int>(field);
        return true;
    }
    problems.error(place_in_header(field), {},
                   say("column '{0}' means the same as column '{1}' before it", header_[field], header_[static_cast<std::size_t>(position)]));
    return false;
}

bool CsvFile::read_units(std::size_t column, std::size_t field, const std::vector<std::string>& brackets, Problems& problems) {
    const auto measure = columns_[column].measure;
    for (const auto& text : brackets) {
        if (is_remark(text, measure)) continue;
        auto unit = read_unit(text);
        if (unit && fits(*unit, measure) && !(unit->scales() && units_[column].scales())) {
            auto& known = units_[column];
            const auto currency = unit->currency.empty() ? known.currency : unit->currency;
            if (!known.scales()) known = std::move(*unit);
            known.currency = currency;
            continue;
        }
        problems.error(place_in_header(field), {},
                       say("'{0}' is no unit of the column {1}; it may have: {2}; a remark must not stand in brackets here", shortened(text),
                           columns_[column].name, units_of(measure)));
        return false;
    }
    return true;
}

/// True where it is no more than a note.
bool CsvFile::tell_unknown(std::size_t field, std::vector<bool>& meant, Problems& problems) const {
    std::vector<bool> lacking;
    for (std::size_t column = 0; column < columns_.size(); ++column) lacking.push_back(!has(column));
    const auto near = column_nearly_called(columns_, lacking, header_[field]);
    if (!near) {
        problems.note(place_in_header(field), {}, say("unknown column '{0}'; it is not read", shortened(header_[field])));
        return true;
    }
    meant[near->column] = true;
    problems.error(place_in_header(field), {}, say("unknown column '{0}'; did you mean '{1}'?", shortened(header_[field]), near->name));
    return false;
}

bool CsvFile::tell_missing(const std::vector<bool>& meant, Problems& problems) const {
    bool good = true;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (!columns_[column].required || has(column)) continue;
        good = false;
        if (meant[column]) continue;  // told
        if (columns_[column].chinese.empty())
            problems.error(header_place(), {}, say("column {0} is missing; the file has: {1}", columns_[column].name, header_text()));
        else
            problems.error(header_place(), {},
                           say("column {0} ({1}) is missing; the file has: {2}", columns_[column].name, columns_[column].chinese, header_text()));
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
    const std::string blank = std::string(" \t\n\"") + delimiter_;
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
            tell_ragged(fields, {name_, splitter.row_line(), 1}, splitter.row_begin(), splitter.position(), problems);
            continue;
        }
        const bool last = text_.find_first_not_of(blank, splitter.position()) == std::string::npos;
        on_row(CsvRow(*this, splitter.row_line(), splitter.row_begin(), fields, last));
    }
}

void CsvFile::tell_ragged(const std::vector<std::string_view>& fields, Place row, std::size_t begin, std::size_t end, Problems& problems) const {
    const auto text = std::string_view(text_).substr(begin, end - begin);
    const auto wide = full_width_separator(text);
    if (fields.size() < header_.size() && wide != std::string_view::npos) {
        auto place = place_in_text(name_, text, wide);
        place.line += row.line - 1;
        const auto mark = std::string(first_character(text.substr(wide)).bytes);
        problems.error(std::move(place), {},
                       say("fields are separated by '{0}' here; write '{1}': the row has {2} fields, the header {3}", mark,
                           delimiter_ == '\t' ? std::string("tab") : std::string(1, delimiter_), fields.size(), header_.size()));
        return;
    }
    const bool commas = delimiter_ == ',' && fields.size() > header_.size() && is_number_in_pieces(fields);
    problems.error(std::move(row), {},
                   commas ? say("the row has {0} fields, the header {1}: is a number written with commas? Put it in quotes, as {2}, or leave its commas out",
                                fields.size(), header_.size(), "\"1,000,000\"")
                          : say("the row has {0} fields, the header {1}", fields.size(), header_.size()));
}

}  // namespace fxpool
