#pragma once

#include "fxpool/engine/prepared.hpp"
#include "fxpool/measure/results.hpp"
#include "fxpool/report/limits.hpp"
#include "fxpool/settings/settings.hpp"

#include <string>
#include <vector>

/// The rows of the one-page result: question, label, figure, interval, remark.
namespace fxpool::report {

inline constexpr const char* exhaustion_metric = "exhaustion.probability";

struct PageRow {
    std::string question;  ///< empty: belongs to the question above
    std::string label, value, interval;
    std::string remark;  ///< where label and value are empty: a text over all columns after the question
};

std::vector<PageRow> answers(const Scenario& scenario, const Prepared& prepared, const Results& results, const std::vector<Verdict>& verdicts,
                             Language language);

/// The rows in columns, remarks broken at `width`.
std::string lay_out(const std::vector<PageRow>& rows, int width);

/// "limit <= 1%: met", and whether the interval crosses the bound.
Message verdict_text(const Verdict& verdict);

}  // namespace fxpool::report
