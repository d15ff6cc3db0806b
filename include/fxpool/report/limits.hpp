#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/measure/results.hpp"
#include "fxpool/settings/settings.hpp"

#include <vector>

/// The limits of a scenario, judged on its results (docs/scenario.md, `limits`).
namespace fxpool::report {

struct Verdict {
    Limit limit;
    Estimate estimate;
    bool met = false;        ///< the estimate against the bound; false where the estimate is not known
    bool uncertain = false;  ///< the 95 % interval lies on both sides of the bound
};

/// Every limit, in the file's order; one on an unknown metric is left out (unknown_metrics() has told of it).
std::vector<Verdict> judge(const std::vector<Limit>& limits, const Results& results);

/// An error for each limit on a metric that `results` (of this scenario, of any number of paths) does not have.
void unknown_metrics(const Scenario& scenario, const Results& results, Problems& problems);

/// The dotted path of a metric, as a limit names it: "pool_loss.demand.var.0.99".
std::string dotted(const Metric& metric);

}  // namespace fxpool::report
