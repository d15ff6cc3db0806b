#pragma once

#include "fxpool/calibrate/compare.hpp"
#include "fxpool/calibrate/fit_tests.hpp"
#include "fxpool/calibrate/outlook.hpp"

#include <functional>
#include <string>
#include <vector>

/// What `fxpool calibrate` asks for: fits, how well they describe the sample, and how they would have done.
namespace fxpool::calibrate {

/// How far a calibration is.
struct Stage {
    enum class Work { fit, tests, outlook, backtest } work = Work::fit;
    std::string model;
    double share_done = 0;  ///< of this work
};

struct CalibrationOptions {
    std::vector<const Family*> families;  ///< the models, in this order
    FitOptions fit;                       ///< its start and progress are not used
    std::string history;                  ///< how a block names the file of the rates; empty: as it was named
    bool backtest = false;
    int test_samples = 199;
    std::uint64_t seed = 20250325;
    int threads = 0;                             ///< 0: all
    std::function<void(const Stage&)> progress;  ///< may be empty
};

/// One model's part.
struct Calibrated {
    std::string model;
    Fit fit;
    std::optional<FitTests> tests;  ///< none where the fit failed; the outlook likewise
    std::optional<Outlook> outlook;
    std::optional<Backtest> backtest;  ///< where asked for

    /// Akaike's and Schwarz' criteria, the lower the better; none where there is no likelihood.
    std::optional<double> aic() const;
    std::optional<double> bic(std::size_t moves) const;
};

struct Calibration {
    Series series;
    std::string file;  ///< of the rates, as it was named
    std::vector<Calibrated> models;
    std::optional<Comparison> comparison;  ///< of back-tests of more than one model

    int half_years() const;  ///< without overlap, 126 moves each
    const Calibrated* find(const std::string& model) const;
};

/// A model that draws from history gets the file and the sample's dates as its window: what a growing file adds later does not change it.
/// A model that needs more years than the sample has is a failed fit; what a single year can't tell is a note.
Calibration calibrate(Series series, const std::string& file, const CalibrationOptions& options);

}  // namespace fxpool::calibrate
