#pragma once

#include "fxpool/measure/results.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// Quantiles of a stream in bounded memory: values are kept as (mean, count) groups in order, each group at most 0.05 % of all values
/// (equal values share a group whatever their number). Of the t-digest family (Dunning and Ertl 2019) with a uniform bound, as what is
/// promised is a rank error: 0.05 points or less at every quantile (tests/measure/rank_sketch_test.cpp).
namespace fxpool {

class RankSketch {
  public:
    /// Takes a block's values in.
    void add(std::vector<double> values);
    void merge(const RankSketch& other);

    std::int64_t size() const { return count_; }
    /// The value at the rank ceil(n p), p = per_mille / 1000, with its order-statistic interval.
    Estimate quantile(int per_mille) const;
    double value_at_rank(std::int64_t rank) const;

    /// Groups kept; their number does not grow with size().
    std::size_t groups() const { return means_.size(); }

    void fields(auto&& f) { f(count_), f(means_), f(counts_); }

  private:
    void merge_groups(std::span<const double> means, std::span<const double> counts);

    std::int64_t count_ = 0;
    std::vector<double> means_;  ///< ascending
    std::vector<double> counts_;
};

}  // namespace fxpool
