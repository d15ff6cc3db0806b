#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fxpool {

/// What the numbers of a column are.
enum class Measure { words, usd, cny, foreign, share, rate };

/// The unit that a header has in brackets, "年收汇（万美元）": a number of the column times `times` / `per` is in the column's own unit.
struct HeaderUnit {
    std::string text;  ///< as written; empty where the header has none
    double times = 1, per = 1;
    std::string currency;  ///< "USD" where it names one; "foreign" for 外币

    bool scales() const { return times != per; }
};

/// 万美元, 亿元, 千, k, USD m, %, bp ...; nothing for what is no unit.
std::optional<HeaderUnit> read_unit(std::string_view text);

/// Whether the unit can be that of a column of this measure: 万元 is none of a column in USD.
bool fits(const HeaderUnit& unit, Measure measure);

/// Words in brackets that are no unit, behind the header of a column of numbers: 可选, required, 人民币/外币 (of a rate) ...
bool is_remark(std::string_view text, Measure measure);

/// The units that a column of this measure takes, for messages.
std::string_view units_of(Measure measure);

}  // namespace fxpool
