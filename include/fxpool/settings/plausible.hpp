#pragma once

#include "fxpool/base/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What an input usually is: the one table of it (docs/plausibility.md shows it). A value outside is asked about, never refused.
namespace fxpool {

/// How a value is written in messages.
enum class Shown { percent, factor, cny, usd, pips, days, months, number };

struct PlausibleRange {
    /// A key path of the scenario: `*` is any one part of it, `**` any number of parts, `[]` an item of a list. Or, with " / " in it, what
    /// is compared with what.
    const char* key;
    Shown shown;
    double low, high;   ///< nothing is said from low to high, nor of 0: that switches a rule off
    double usual;       ///< of the slips that would lead into the range, the one that leads nearest to it is taken for meant
    double least = 0;   ///< where low is below 0: a value nearer to 0 than this is asked about
    Message what, why;  ///< "a volatility a year"; the reason for the range
};

const std::vector<PlausibleRange>& plausible_ranges();

/// The row of a comparison (" / " in its key); it must be there.
const PlausibleRange& plausible(std::string_view key);
/// The first row whose pattern fits the parts of a key path ("banks", "[0]", "weight"); null where none does.
const PlausibleRange* plausible_for(const std::vector<std::string>& parts);

bool is_plausible(const PlausibleRange& range, double value);

/// What was probably meant: the value times or over 100, 10,000 (万), 1,000, ... that lies in the range; nothing where none does.
std::optional<double> probably_meant(const PlausibleRange& range, double value);

/// "420 %: a volatility a year is usually 0.3 % to 30 % (...); did you mean 4.2 %?"
Message ask(const PlausibleRange& range, double value);

/// "420 %", "20,000,000 CNY"
std::string shown(Shown how, double value);
/// Where `low` is 0 or -infinity there is no lower end to show.
bool has_low_end(const PlausibleRange& range);

}  // namespace fxpool
