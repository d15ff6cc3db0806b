#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/message.hpp"

#include <optional>
#include <string_view>

namespace fxpool {

/// A date in a table, or why there is none: one of the two.
struct TableDate {
    std::optional<Date> date;
    Message why;
};

/// What parse_date() reads and what Excel makes of dates: 45929 (its serial number, of 1990 to 2100), 2025/9/29 0:00, 2025-09-29T00:00:00,
/// and 9/29/2025 or 29/9/2025 where only one of the two readings is a date.
TableDate read_table_date(std::string_view text);

}  // namespace fxpool
