#include "fxpool/measure/rank_sketch.hpp"

#include "fxpool/measure/sample.hpp"

#include <algorithm>
#include <limits>

namespace fxpool {
namespace {

/// A group of unequal values holds at most this share of all.
constexpr double largest_share = 0.0005;

}  // namespace

void RankSketch::add(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::vector<double> ones(values.size(), 1.0);
    merge_groups(values, ones);
}

void RankSketch::merge(const RankSketch& other) { merge_groups(other.means_, other.counts_); }

void RankSketch::merge_groups(std::span<const double> means, std::span<const double> counts) {
    for (const double count : counts) count_ += static_cast<std::int64_t>(count);
    const double limit = std::max(largest_share * static_cast<double>(count_), 1.0);

    std::vector<double> merged_means, merged_counts;
    merged_means.reserve(means_.size() + means.size());
    merged_counts.reserve(means_.size() + means.size());
    const auto take = [&](double mean, double count) {
        if (!merged_means.empty()) {
            double& last_mean = merged_means.back();
            double& last_count = merged_counts.back();
            if (last_mean == mean) {
                last_count += count;
                return;
            }
            if (last_count + count <= limit) {
                last_count += count;
                last_mean += (mean - last_mean) * count / last_count;
                return;
            }
        }
        merged_means.push_back(mean);
        merged_counts.push_back(count);
    };
    std::size_t i = 0, j = 0;
    while (i < means_.size() || j < means.size()) {
        const bool mine = j == means.size() || (i < means_.size() && means_[i] <= means[j]);
        if (mine) {
            take(means_[i], counts_[i]);
            ++i;
        } else {
            take(means[j], counts[j]);
            ++j;
        }
    }
    merged_means.shrink_to_fit();
    merged_counts.shrink_to_fit();
    means_ = std::move(merged_means);
    counts_ = std::move(merged_counts);
}

double RankSketch::value_at_rank(std::int64_t rank) const {
    double below = 0;
    for (std::size_t i = 0; i < means_.size(); ++i) {
        below += counts_[i];
        if (below >= static_cast<double>(rank)) return means_[i];
    }
    return means_.empty() ? std::numeric_limits<double>::quiet_NaN() : means_.back();
}

Estimate RankSketch::quantile(int per_mille) const {
    Estimate estimate;
    if (count_ == 0) return estimate;
    const auto ranks = quantile_ranks(count_, per_mille);
    estimate.value = value_at_rank(ranks.rank);
    estimate.low = value_at_rank(std::max<std::int64_t>(ranks.low, 1));
    estimate.high = ranks.high <= count_ ? value_at_rank(ranks.high) : std::numeric_limits<double>::infinity();
    return estimate;
}

}  // namespace fxpool
