#pragma once

#include "fxpool/measure/results.hpp"

#include <cstdint>
#include <vector>

/// Exact distribution of one figure a path: every value is kept but the zeros, which are counted (most losses are zero).
namespace fxpool {

/// The order statistics that carry a 95 % interval for a quantile, and the one that estimates it; ranks from 1.
struct QuantileRanks {
    std::int64_t low = 0;  ///< 0: no lower one exists
    std::int64_t rank = 0;
    std::int64_t high = 0;  ///< n + 1: no upper one exists
};

/// For the quantile at `per_mille` / 1000 of n values: the rank ceil(n p), and the exact binomial interval
/// (Conover, "Practical Nonparametric Statistics", 3.2): P(Bin(n, p) < low) <= 2.5 %, P(Bin(n, p) >= high) <= 2.5 %.
QuantileRanks quantile_ranks(std::int64_t n, int per_mille);

class Sample {
  public:
    void add(double x);
    void merge(const Sample& other);

    std::int64_t size() const { return zeros_ + static_cast<std::int64_t>(values_.size()); }

    /// Mean with its standard error.
    Estimate mean() const;
    /// Standard deviation; its standard error from the fourth moment (Kendall and Stuart, 10.9).
    Estimate standard_deviation() const;
    /// The k-th smallest value, k from 1.
    double order_statistic(std::int64_t k) const;
    double smallest() const { return order_statistic(1); }
    double largest() const { return order_statistic(size()); }

    /// The smallest value with at least p of the values at or below it (VaR), with its order-statistic interval. Where no upper
    /// statistic exists the high end is infinity; where no lower one does, the low end is `floor`.
    Estimate quantile(int per_mille, double floor = 0) const;

    /// Expected shortfall: VaR plus the mean excess over it divided by 1 - p. The interval takes VaR as fixed: to first order its error
    /// does not move the estimate (Acerbi and Tasche 2002; Manistre and Hancock 2005).
    Estimate shortfall(int per_mille) const;

    /// The values in ascending order, zeros left out.
    const std::vector<double>& sorted() const;
    std::int64_t zeros() const { return zeros_; }

    void fields(auto&& f) {
        f(zeros_), f(values_);
        sorted_ = false;
    }

  private:
    std::int64_t zeros_ = 0;
    mutable std::vector<double> values_;  ///< sorted when first asked
    mutable bool sorted_ = false;
};

}  // namespace fxpool
