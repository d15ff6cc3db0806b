#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Numbers as people write them (docs/scenario.md) and as reports print them.
namespace fxpool {

/// 5%, 20m, 300k, 2000万, 1.5亿, 0.042, 20_000_000, 1,000,000.00; nothing for NaN, infinities, full-width digits or a wrong unit.
/// The value is in plain units: 5% is 0.05, 20m is 20,000,000.
std::optional<double> parse_number(std::string_view text);

/// The shortest text that reads back as the same double.
std::string exact_number(double value);

}  // namespace fxpool
