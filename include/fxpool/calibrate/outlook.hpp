#pragma once

#include "fxpool/calibrate/fit.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

/// What a fitted model says of the months to come, for pictures and for a reader's common sense.
namespace fxpool::calibrate {

/// Quantiles of the simple move over one horizon, from the sample's end.
struct FanRow {
    static constexpr std::array<double, 5> levels = {0.01, 0.05, 0.5, 0.95, 0.99};
    int days = 0;  ///< business days
    std::array<double, 5> moves{};
};

/// The simple move that is not exceeded in 99 of 100 cases (CNY weakens by no more), by horizon.
struct TailRow {
    int days = 0;                   ///< business days
    double model = 0;               ///< from the long run
    std::optional<double> history;  ///< of the sample's own moves, overlapping; none where fewer than two fit without overlap
    int windows = 0;                ///< of history
};

struct Outlook {
    static constexpr std::array<int, 5> fan_days = {21, 63, 126, 189, 250};
    static constexpr std::array<int, 6> tail_days = {5, 10, 20, 63, 126, 250};
    std::vector<FanRow> fan;    ///< by fan_days
    std::vector<TailRow> tail;  ///< by tail_days
};

struct OutlookOptions {
    int paths = 20'000;  ///< from the model as it stands, and as many from its long run
    std::uint64_t seed = 20250325;
    int threads = 0;  ///< 0: all; the outlook is the same for any number
};
Outlook outlook(const Fit& fit, const Series& series, const OutlookOptions& options);

}  // namespace fxpool::calibrate
