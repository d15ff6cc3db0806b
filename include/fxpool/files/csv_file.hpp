#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/files/header_unit.hpp"
#include "fxpool/files/text_file.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fxpool {

/// A column that a data file may have, by its names. Upper and lower case, full-width letters, blanks, _ and - make no difference.
struct CsvColumn {
    std::string name;     ///< exporter_id
    std::string chinese;  ///< 企业编号
    bool required = false;
    Measure measure = Measure::words;
    std::vector<std::string> others = {};  ///< what else it is called, where that leaves no doubt
};

class CsvFile;

/// One row while it is read: the text of each column, and where it stands.
class CsvRow {
  public:
    /// The text of a column, without the blanks round it; empty where the file does not have the column.
    std::string_view operator[](std::size_t column) const;
    /// Where that text starts; the row's first field where the file does not have the column.
    Place place(std::size_t column) const;
    int line() const { return line_; }
    /// Where the row begins.
    Place row_place() const;
    /// The first field of the row that has something in it, whether its column is read or not, and its place.
    std::string_view first_text() const;
    Place first_text_place() const;
    /// Whether nothing but blanks and separators comes after it.
    bool is_last() const { return last_; }
    const CsvFile& file() const { return file_; }

  private:
    friend class CsvFile;
    CsvRow(const CsvFile& file, int line, std::size_t begin, const std::vector<std::string_view>& fields, bool last)
        : file_(file), fields_(fields), line_(line), begin_(begin), last_(last) {}
    std::size_t first_filled() const;

    const CsvFile& file_;
    const std::vector<std::string_view>& fields_;
    int line_;
    std::size_t begin_;  // of the row in the file's text
    bool last_;
};

/// A CSV file whose header row has been read: comma, semicolon or tab, columns in any order, English or Chinese names.
class CsvFile {
  public:
    enum class Others { note, allow };

    /// Reads the file and its header. Problems: those of read_text_file(), a required column that is missing, a column given twice,
    /// a unit in brackets that does not fit its column, and, with Others::note, a column that is none of `columns`: an error where it is
    /// nearly one that the file lacks, else a note. Nothing is returned where there are errors.
    static std::optional<CsvFile> open(const std::filesystem::path& file, std::vector<CsvColumn> columns, Others others, Problems& problems,
                                       const NamedAt& named = {});

    bool has(std::size_t column) const { return position_[column] >= 0; }
    const std::string& name() const { return name_; }
    Place header_place() const { return {name_, header_line_, 1}; }
    /// Where the column's name stands in the header.
    Place header_place(std::size_t column) const;
    /// The column as the file calls it; by its English name where the file does not have it.
    std::string column_name(std::size_t column) const;
    /// The unit that its header has in brackets.
    const HeaderUnit& unit(std::size_t column) const { return units_[column]; }
    const CsvColumn& column(std::size_t column) const { return columns_[column]; }
    /// The header's names as written.
    const std::vector<std::string>& header() const { return header_; }
    /// The same in one line, for messages.
    std::string header_text() const;
    /// Lines of the file: room to reserve for its rows.
    std::size_t lines() const;

    /// Calls `on_row` for every row that has something in it, in order. Problems: a row with more or fewer fields than the header (and what
    /// probably made it so: full-width separators, a number written with commas), a quote that is not closed, a row of more than
    /// `longest_row` bytes (nothing is read after these two).
    void read_rows(Problems& problems, const std::function<void(const CsvRow&)>& on_row) const;

    static constexpr std::size_t longest_row = 1'000'000;  ///< bytes

  private:
    friend class CsvRow;
    CsvFile() = default;
    bool read_header(Problems& problems);
    bool name_columns(Others others, Problems& problems);
    bool give_place(std::size_t column, std::size_t field, Problems& problems);
    bool read_units(std::size_t column, std::size_t field, const std::vector<std::string>& brackets, Problems& problems);
    bool tell_unknown(std::size_t field, std::vector<bool>& meant, Problems& problems) const;
    bool tell_missing(const std::vector<bool>& meant, Problems& problems) const;
    void tell_ragged(const std::vector<std::string_view>& fields, Place row, std::size_t begin, std::size_t end, Problems& problems) const;
    Place place_in_header(std::size_t field) const;

    std::string name_;
    std::string text_;
    std::vector<CsvColumn> columns_;
    char delimiter_ = ',';
    std::vector<std::string> header_;
    std::vector<int> position_;  // of each of columns_ in a row; -1: the file does not have it
    std::vector<HeaderUnit> units_;
    std::size_t rows_begin_ = 0, header_begin_ = 0;
    int header_line_ = 1, rows_line_ = 1;
};

}  // namespace fxpool
