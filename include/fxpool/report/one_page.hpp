#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/engine/prepared.hpp"
#include "fxpool/measure/results.hpp"
#include "fxpool/report/limits.hpp"
#include "fxpool/settings/settings.hpp"

#include <filesystem>
#include <string>
#include <vector>

/// The one-page result (the README explains it line by line): the questions that a policy officer asks, each answered with its error.
namespace fxpool::report {

/// What the page says beyond the figures.
struct PageFacts {
    double seconds = 0;
    std::filesystem::path folder;   ///< where the files are
    Overrides overrides;            ///< --set, as the head tells of it
    std::vector<Problem> warnings;  ///< and notes, that reading the input gave
    std::vector<Verdict> verdicts;
    std::string run_command;    ///< repeats the result
    std::string trace_command;  ///< looks into one path, but for its number: "fxpool trace fuzhou.yaml --path"
};

inline constexpr int page_width = 110;

/// At most page_width places wide; money in CNY.
std::string one_page(const Scenario& scenario, const Prepared& prepared, const Results& results, const PageFacts& facts, Language language);

/// A figure of the metric at this dotted path, in its own unit: money, share or number.
std::string metric_text(const std::string& metric, const Estimate& estimate, Language language);

/// What is to be known of a model that understates: constant volatility and no trends.
std::vector<Message> model_warnings(const Scenario& scenario);

}  // namespace fxpool::report
