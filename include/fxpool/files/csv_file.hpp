#pragma once

#include "fxpool/base/problem.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fxpool {

/// A column that a data file may have, by its two names.
struct CsvColumn {
    std::string name;     ///< exporter_id; upper and lower case are the same
    std::string chinese;  ///< 企业编号
    bool required = false;
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

  private:
    friend class CsvFile;
    CsvRow(const CsvFile& file, int line, std::size_t begin, const std::vector<std::string_view>& fields)
        : file_(file), fields_(fields), line_(line), begin_(begin) {}

    const CsvFile& file_;
    const std::vector<std::string_view>& fields_;
    int line_;
    std::size_t begin_;  // of the row in the file's text
};

/// A CSV file whose header row has been read: comma, semicolon or tab, columns in any order, English or Chinese names.
class CsvFile {
  public:
    enum class Others { warn, allow };

    /// Reads the file and its header. Problems: those of read_text_file(), a required column that is missing, a column given twice,
    /// and, with Others::warn, a column that is none of `columns` (a warning). Nothing is returned where there are errors.
    static std::optional<CsvFile> open(const std::filesystem::path& file, std::vector<CsvColumn> columns, Others others, Problems& problems);

    bool has(std::size_t column) const { return position_[column] >= 0; }
    const std::string& name() const { return name_; }
    Place header_place() const { return {name_, header_line_, 1}; }
    /// The header's names as written.
    const std::vector<std::string>& header() const { return header_; }
    /// The same in one line, for messages.
    std::string header_text() const;
    /// Lines of the file: room to reserve for its rows.
    std::size_t lines() const;

    /// Calls `on_row` for every row that has something in it, in order. Problems: a row with more or fewer fields than the header,
    /// a quote that is not closed, a row of more than `longest_row` bytes (nothing is read after these two).
    void read_rows(Problems& problems, const std::function<void(const CsvRow&)>& on_row) const;

    static constexpr std::size_t longest_row = 1'000'000;  ///< bytes

  private:
    friend class CsvRow;
    CsvFile() = default;
    bool read_header(Problems& problems);
    bool name_columns(Others others, Problems& problems);

    std::string name_;
    std::string text_;
    std::vector<CsvColumn> columns_;
    char delimiter_ = ',';
    std::vector<std::string> header_;
    std::vector<int> position_;  // of each of columns_ in a row; -1: the file does not have it
    std::size_t rows_begin_ = 0, header_begin_ = 0;
    int header_line_ = 1, rows_line_ = 1;
};

}  // namespace fxpool
