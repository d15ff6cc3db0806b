#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/problem.hpp"
#include "fxpool/files/text_file.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fxpool {

/// What a rate may be: CNY for a rupiah is above the least, for an ounce of gold below the most.
constexpr double smallest_rate = 1e-4, largest_rate = 1e5;

/// Daily rates of one pair out of a file `date,USDCNY[,EURCNY,...]` or `date,rate`.
struct RateSeries {
    std::vector<Date> dates;    ///< ascending, no date twice
    std::vector<double> rates;  ///< CNY per quoted unit
    std::vector<int> lines;     ///< line in the file
};

/// The column named `pair`, else the column `rate`. Rows may come in any order (some sites list the newest first); rows whose rate is
/// blank are passed over. Problems: an unreadable file, neither column, a date that is none or comes twice, a rate that is none or out of range.
RateSeries load_rates(const std::filesystem::path& file, const std::string& pair, Problems& problems, const NamedAt& named = {});

/// The columns that name a currency against CNY (USDCNY), in the file's order and in capitals. Problems: an unreadable file, no date.
std::vector<std::string> pairs_in(const std::filesystem::path& file, Problems& problems);

/// USDCNY: three capital letters and CNY.
bool is_pair(std::string_view text);

}  // namespace fxpool
