#pragma once

#include "fxpool/calibrate/hit_tests.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Would the model have held on years that it was not fitted to? Rolling origin: every 10 business days a forecast from what was known
/// then, refitted every `refit_every` days on all rows before; horizons 10, 63, 126 and 250 business days.
namespace fxpool::calibrate {

struct BacktestOptions {
    int first_origin = 750;  ///< moves before the first forecast: three years; of a sample below eight years, two (500)
    int origin_every = 10;   ///< so that the 10-day forecasts do not overlap
    int refit_every = 120;
    int forecast_paths = 4000;
    int null_paths = 999;
    std::uint64_t seed = 20250325;
    int threads = 0;  ///< 0: all
    FitOptions fit;
    std::function<void(double share_done)> progress;
};

/// A bound and how often history went beyond it.
struct BoundTest {
    HitTest test;
    int forecasts = 0, hits = 0;
    double statistic = 0;
    double p_value = 1;  ///< by simulating the fitted model over the same origins: overlap is in the null
    double power = 0;    ///< probability of a rejection at 5 % if every outcome were 1.3 times as far from its mean
};
struct Score {
    int horizon = 0;       ///< business days
    double crps = 0;       ///< mean over the origins, in log move
    double log_score = 0;  ///< mean
    std::vector<double> crps_by_origin;
};
/// A forecast and what came, for pictures.
struct OriginForecast {
    static constexpr std::array<double, 5> levels = {0.01, 0.05, 0.5, 0.95, 0.99};
    Date origin;
    int horizon = 0;                 ///< business days
    std::array<double, 5> bounds{};  ///< log moves that are not exceeded with these probabilities
    double outcome = 0;              ///< log move
};
struct Backtest {
    std::string model;
    std::optional<Message> failure;  ///< why there is none
    int origins = 0, refits = 0, failed_refits = 0;
    Date first, last;                        ///< first and last origin
    std::vector<BoundTest> tests;            ///< Kupiec's by horizon, then Christoffersen's at 10 days
    std::vector<Score> scores;               ///< by horizon
    double p_value = 1;                      ///< of all tests together: the smallest p-value against its own null
    double depreciation_99 = 0;              ///< simple move not exceeded in 99 of 100 cases in six months (126 days) from the sample's end
    std::vector<Message> notes;              ///< horizons left out, refits that failed
    std::vector<OriginForecast> forecasts;   ///< by origin, then horizon
    std::array<int, 20> transform_counts{};  ///< one-step forecasts of the moves after the first origin: how many transforms lie in each twentieth
    bool rejected() const { return p_value <= 0.05; }
};

/// Daily moves below which there is no back-test.
int fewest_moves_of_backtest();

/// `fit`: of the whole series, whose paths give the p-values. Between two refits the parameters stay and the filter goes on day by day. A refit
/// that fails leaves the one before in force; where the first fails there is no back-test.
///
/// Left out, with a note: 126 and 250 days where the rates span less than six years, and horizons of which fewer than three fit without overlap
/// between the first origin and the end.
Backtest backtest(const Family& family, const Series& series, const Fit& fit, const BacktestOptions& options);

}  // namespace fxpool::calibrate
