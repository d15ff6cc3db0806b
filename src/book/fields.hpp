#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/files/csv_file.hpp"

#include <optional>
#include <string>

/// Fields of a data file's row as values. What is wrong goes to the problems with the field's place, the column's name as the subject.
namespace fxpool {

/// The row being read and where its problems go.
class FieldReader {
  public:
    FieldReader(const CsvRow& row, const std::vector<CsvColumn>& columns, Problems& problems) : row_(row), columns_(columns), problems_(problems) {}

    std::string_view text(std::size_t column) const { return row_[column]; }
    bool empty(std::size_t column) const { return row_[column].empty(); }
    bool good() const { return good_; }

    /// Each gives an empty value and tells why where the field is empty or is not what it should be.
    std::string required_text(std::size_t column);
    Date required_date(std::size_t column);
    double required_positive(std::size_t column);
    /// Nothing where the field is empty.
    std::optional<double> at_least_zero(std::size_t column);
    /// 0 to 1, or to just below 1.
    std::optional<double> share(std::size_t column, bool below_one);

    void error(std::size_t column, Message message);

  private:
    std::optional<double> number(std::size_t column);

    const CsvRow& row_;
    const std::vector<CsvColumn>& columns_;
    Problems& problems_;
    bool good_ = true;
};

}  // namespace fxpool
