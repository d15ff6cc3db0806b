#include "fxpool/calibrate/coverage.hpp"
#include "fxpool/calibrate/ljung_box.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool::calibrate {

namespace {

/// The log-likelihood of independent trials, all of the same probability.
double log_likelihood(double hits, double misses, double probability) {
    const auto part = [](double count, double p) { return count > 0 ? count * std::log(p) : 0; };
    return part(hits, probability) + part(misses, 1 - probability);
}

LikelihoodRatio ratio_of(double restricted, double free, int degrees) {
    const double statistic = std::max(2 * (free - restricted), 0.0);
    return {statistic, chi_square_tail(statistic, degrees)};
}

}  // namespace

LikelihoodRatio unconditional_coverage(std::int64_t hits, std::int64_t days, double probability) {
    if (days == 0) return {};
    const auto on = static_cast<double>(hits), off = static_cast<double>(days - hits);
    return ratio_of(log_likelihood(on, off, probability), log_likelihood(on, off, on / (on + off)), 1);
}

LikelihoodRatio independence(std::span<const int> hits) {
    double counts[2][2] = {};  // [the day before][the day]
    for (std::size_t day = 1; day < hits.size(); ++day) counts[hits[day - 1] != 0][hits[day] != 0] += 1;
    const double after_miss = counts[0][0] + counts[0][1], after_hit = counts[1][0] + counts[1][1];
    if (after_miss <= 0 || after_hit <= 0) return {};

    const double on = counts[0][1] + counts[1][1], off = counts[0][0] + counts[1][0];
    const double alike = log_likelihood(on, off, on / (on + off));
    const double chain =
        log_likelihood(counts[0][1], counts[0][0], counts[0][1] / after_miss) + log_likelihood(counts[1][1], counts[1][0], counts[1][1] / after_hit);
    return ratio_of(alike, chain, 1);
}

Coverage coverage(std::span<const int> hits, double probability) {
    Coverage coverage;
    coverage.days = static_cast<std::int64_t>(hits.size());
    coverage.hits = std::count_if(hits.begin(), hits.end(), [](int hit) { return hit != 0; });
    coverage.unconditional = unconditional_coverage(coverage.hits, coverage.days, probability);
    coverage.independence = independence(hits);
    const double both = coverage.unconditional.statistic + coverage.independence.statistic;
    coverage.conditional = {both, chi_square_tail(both, 2)};
    return coverage;
}

}  // namespace fxpool::calibrate
