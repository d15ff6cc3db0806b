#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/files/csv_file.hpp"

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

/// Rows of totals, which people leave at the end of a table: read as a firm or a deal, one would double the book without a word.
namespace fxpool {

/// 合计, 小 计, Total, Subtotal: and nothing else, marks and blanks apart.
bool is_word_for_totals(std::string_view text);

/// Whether the row calls itself one of totals, in its first field or in one of `columns`; a problem, then.
bool calls_itself_totals(const CsvRow& row, std::initializer_list<std::size_t> columns, Problems& problems);

/// Adds up the amounts of the rows, to know a last row that is their sum.
class RunningTotals {
  public:
    static constexpr std::size_t most_amounts = 2;
    using Amounts = std::array<std::optional<double>, most_amounts>;

    void add(std::string_view id, const Amounts& amounts);
    /// Whether a row, three or more others being above it, has no id or one unlike theirs and every amount that it gives is the sum of theirs.
    bool are_of(std::string_view id, const Amounts& amounts) const;

  private:
    std::size_t rows_ = 0;
    std::array<double, most_amounts> sums_{};
    std::unordered_set<std::string> shapes_;  // of the ids: "E001" and "E999" have one
    std::string last_shape_;
};

}  // namespace fxpool
