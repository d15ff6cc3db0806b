#include "fxpool/measure/sample.hpp"

#include "fxpool/measure/moments.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fxpool {
namespace {

/// P(Bin(n, p) <= k).
double binomial_cdf(std::int64_t n, double p, std::int64_t k) {
    if (k < 0) return 0;
    if (k >= n) return 1;
    return boost::math::cdf(boost::math::binomial_distribution<double>(static_cast<double>(n), p), static_cast<double>(k));
}

/// The smallest k with P(Bin(n, p) <= k) >= level.
std::int64_t binomial_quantile(std::int64_t n, double p, double level) {
    std::int64_t low = 0, high = n;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (binomial_cdf(n, p, middle) >= level) high = middle;
        else low = middle + 1;
    }
    return low;
}

constexpr double tail = 0.025;

}  // namespace

QuantileRanks quantile_ranks(std::int64_t n, int per_mille) {
    QuantileRanks ranks;
    if (n <= 0) return ranks;
    const double p = per_mille / 1000.0;
    ranks.rank = std::clamp<std::int64_t>((n * per_mille + 999) / 1000, 1, n);
    // low = largest l with P(Bin <= l - 1) <= tail; high = smallest u with P(Bin <= u - 1) >= 1 - tail
    std::int64_t low = binomial_quantile(n, p, tail);
    if (binomial_cdf(n, p, low) <= tail) ++low;  // equality
    ranks.low = low;
    ranks.high = binomial_cdf(n, p, n - 1) >= 1 - tail ? binomial_quantile(n, p, 1 - tail) + 1 : n + 1;
    return ranks;
}

void Sample::add(double x) {
    if (x == 0) {
        ++zeros_;
        return;
    }
    values_.push_back(x);
    sorted_ = false;
}

void Sample::merge(const Sample& other) {
    zeros_ += other.zeros_;
    values_.insert(values_.end(), other.values_.begin(), other.values_.end());
    sorted_ = false;
}

const std::vector<double>& Sample::sorted() const {
    if (!sorted_) std::sort(values_.begin(), values_.end());
    sorted_ = true;
    return values_;
}

Estimate Sample::mean() const {
    Moments moments;
    for (const double x : sorted()) moments.add(x);
    Moments zeros;
    zeros.n = zeros_;
    moments.merge(zeros);
    return moments.estimate();
}

Estimate Sample::standard_deviation() const {
    Estimate estimate;
    const auto n = static_cast<double>(size());
    if (size() < 2) return estimate;
    const double centre = mean().value;
    double second = static_cast<double>(zeros_) * centre * centre, fourth = static_cast<double>(zeros_) * std::pow(centre, 4);
    for (const double x : sorted()) {
        const double square = (x - centre) * (x - centre);
        second += square;
        fourth += square * square;
    }
    second /= n;
    fourth /= n;
    estimate.value = std::sqrt(second * n / (n - 1));
    estimate.standard_error = second > 0 ? std::sqrt(std::max(fourth - second * second, 0.0) / (4 * second * n)) : 0;
    return estimate;
}

double Sample::order_statistic(std::int64_t k) const {
    const auto& values = sorted();
    const auto below = static_cast<std::int64_t>(std::lower_bound(values.begin(), values.end(), 0.0) - values.begin());
    if (k <= below) return values[static_cast<std::size_t>(k - 1)];
    if (k <= below + zeros_) return 0;
    return values[static_cast<std::size_t>(k - 1 - zeros_)];
}

Estimate Sample::quantile(int per_mille, double floor) const {
    Estimate estimate;
    if (size() == 0) return estimate;
    const auto ranks = quantile_ranks(size(), per_mille);
    estimate.value = order_statistic(ranks.rank);
    estimate.low = ranks.low >= 1 ? order_statistic(ranks.low) : floor;
    estimate.high = ranks.high <= size() ? order_statistic(ranks.high) : std::numeric_limits<double>::infinity();
    return estimate;
}

Estimate Sample::shortfall(int per_mille) const {
    Estimate estimate;
    const auto n = size();
    if (n == 0) return estimate;
    const double var = order_statistic(quantile_ranks(n, per_mille).rank);
    Moments excess;
    const auto& values = sorted();
    for (auto x = std::upper_bound(values.begin(), values.end(), var); x != values.end(); ++x) excess.add(*x - var);
    if (var < 0 && zeros_ > 0) {
        for (std::int64_t i = 0; i < zeros_; ++i) excess.add(-var);
    }
    Moments none;
    none.n = n - excess.n;
    excess.merge(none);
    const double beyond = 1 - per_mille / 1000.0;
    estimate.value = var + excess.mean / beyond;
    if (n > 1) estimate.standard_error = excess.standard_error() / beyond;
    return estimate;
}

}  // namespace fxpool
