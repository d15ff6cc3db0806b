#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/book/book.hpp"
#include "fxpool/files/csv_file.hpp"

#include <optional>
#include <string>
#include <vector>

/// Fields of a data file's row as values. What is wrong goes to the problems with the field's place, the column's name in the file as the subject.
namespace fxpool {

/// What an amount may be: sums of a million of them stay exact to the fen, and no ratio of two overflows.
constexpr double smallest_amount = 0.01, largest_amount = 1e13;

/// The columns that the file has.
ColumnNames column_names(const CsvFile& csv, std::size_t columns);

/// Says once for each column how numbers are read whose header has a unit in brackets.
class UnitNotes {
  public:
    void tell(const CsvRow& row, std::size_t column, double value, Problems& problems);

  private:
    std::vector<bool> told_;
};

/// The row being read and where its problems go.
class FieldReader {
  public:
    FieldReader(const CsvRow& row, UnitNotes& notes, Problems& problems) : row_(row), notes_(notes), problems_(problems) {}

    std::string_view text(std::size_t column) const { return row_[column]; }
    bool empty(std::size_t column) const { return row_[column].empty(); }
    bool good() const { return good_; }

    /// Each gives an empty value and tells why where the field is empty or is not what it should be.
    std::string required_text(std::size_t column);
    Date required_date(std::size_t column);
    /// An amount above 0.
    double required_amount(std::size_t column);
    double required_rate(std::size_t column);
    /// Nothing where the field is empty.
    std::optional<double> optional_amount(std::size_t column);
    /// 0 to 1, or to just below 1.
    std::optional<double> share(std::size_t column, bool below_one);

    void error(std::size_t column, Message message);

  private:
    std::optional<double> number(std::size_t column);
    std::optional<double> in_unit_of_header(std::size_t column, double value);
    void check_range(std::size_t column, double value, double least, double most);

    const CsvRow& row_;
    UnitNotes& notes_;
    Problems& problems_;
    bool good_ = true;
};

}  // namespace fxpool
