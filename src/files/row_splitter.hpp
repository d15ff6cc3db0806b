#pragma once

#include <csv.h>

#include <string>
#include <string_view>
#include <vector>

namespace fxpool {

/// Rows of a CSV text, one after the other, by libcsv; fed a line at a time so that each row's place in the text is known.
class RowSplitter {
  public:
    enum class Found { row, end, too_long, open_quote };

    RowSplitter(std::string_view text, char delimiter, std::size_t begin, int line);
    ~RowSplitter();
    RowSplitter(const RowSplitter&) = delete;
    RowSplitter& operator=(const RowSplitter&) = delete;

    /// Reads the next row that is not blank. After too_long and open_quote nothing more can be read.
    Found next(std::size_t longest_row);

    const std::vector<std::string_view>& fields() const { return fields_; }  ///< of the row read, without blanks round them
    std::size_t row_begin() const { return row_begin_; }
    int row_line() const { return row_line_; }
    std::size_t fields_so_far() const { return ends_.size(); }  ///< complete ones: a quote that is not closed stands in the one after
    std::size_t position() const { return position_; }          ///< of the byte after the row read
    int line() const { return line_; }

    /// The byte where field number `field` of the row at `row_begin` starts, blanks passed over: the same parser, fed a separator at a time.
    /// Of a row that has fewer the last one's.
    static std::size_t field_begin(std::string_view text, char delimiter, std::size_t row_begin, std::size_t field);

  private:
    static void field_done(void* field, std::size_t size, void* self);
    static void row_done(int end, void* self);

    std::string_view text_;
    csv_parser parser_;
    std::size_t position_, row_begin_ = 0;
    int line_, row_line_ = 0;
    bool row_done_ = false;
    std::string row_text_;           // the row's fields one after the other ...
    std::vector<std::size_t> ends_;  // ... and where each ends
    std::vector<std::string_view> fields_;
};

/// Without blanks, no-break blanks and full-width blanks round it.
std::string_view trim_field(std::string_view text);

}  // namespace fxpool
