#include "fxpool/calibrate/hit_tests.hpp"

#include "fxpool/calibrate/coverage.hpp"
#include "parallel.hpp"

#include <algorithm>

namespace fxpool::calibrate {

namespace {

constexpr double rejection_level = 0.05;

std::vector<int> hit_series(const HitTest& test, const Transforms& transforms) {
    std::vector<int> series;
    series.reserve(transforms[test.h].size());
    for (const double u : transforms[test.h]) series.push_back(test.upward ? u > test.level : u < 1 - test.level);
    return series;
}

std::size_t at_least(const std::vector<double>& sorted, double statistic) {
    return static_cast<std::size_t>(sorted.end() - std::lower_bound(sorted.begin(), sorted.end(), statistic));
}

}  // namespace

std::size_t Origins::count(std::size_t h) const {
    const int left = moves - horizons[h] - first;
    return kept[h] && left >= 0 ? static_cast<std::size_t>(left / every) + 1 : 0;
}

Transforms transforms_along(const HorizonLaws& laws, const Filtered& filtered, std::span<const double> moves, const Origins& origins, double stretch) {
    std::vector<double> sums(moves.size() + 1);
    for (std::size_t i = 0; i < moves.size(); ++i) sums[i + 1] = sums[i] + moves[i];
    const auto anchors = static_cast<std::size_t>(filtered.anchors);
    Transforms transforms;
    for (std::size_t h = 0; h < horizons.size(); ++h) {
        const auto count = origins.count(h);
        transforms[h].reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            const auto now = static_cast<std::size_t>(origins.at(i));
            const auto weights = std::span(filtered.weights).subspan(now * anchors, anchors);
            double move = sums[now + static_cast<std::size_t>(horizons[h])] - sums[now];
            if (stretch != 1) {
                const double mean = laws.mean(h, weights);
                move = mean + stretch * (move - mean);
            }
            transforms[h].push_back(laws.distribution(h, weights, move));
        }
    }
    return transforms;
}

std::vector<HitTest> hit_tests(const Origins& origins) {
    std::vector<HitTest> tests;
    const auto add = [&](HitTest::Kind kind, std::size_t h) {
        for (const double level : {0.95, 0.99}) {
            for (const bool upward : {true, false}) tests.push_back({kind, h, level, upward});
        }
    };
    for (std::size_t h = 0; h < horizons.size(); ++h) {
        if (origins.count(h) > 0) add(HitTest::Kind::kupiec, h);
    }
    if (origins.count(0) > 0 && origins.every >= horizons[0]) add(HitTest::Kind::christoffersen, 0);
    return tests;
}

int hits(const HitTest& test, const Transforms& transforms) {
    const auto series = hit_series(test, transforms);
    return static_cast<int>(std::count(series.begin(), series.end(), 1));
}

double statistic(const HitTest& test, const Transforms& transforms) {
    const auto shown = coverage(hit_series(test, transforms), 1 - test.level);
    return test.kind == HitTest::Kind::kupiec ? shown.unconditional.statistic : shown.conditional.statistic;
}

std::vector<double> statistics(std::span<const HitTest> tests, const Transforms& transforms) {
    std::vector<double> all;
    all.reserve(tests.size());
    for (const auto& test : tests) all.push_back(statistic(test, transforms));
    return all;
}

HitNull::HitNull(std::vector<Path> paths) : paths_(std::move(paths)) {
    sorted_.resize(paths_.front().statistics.size());
    for (std::size_t test = 0; test < sorted_.size(); ++test) {
        for (const auto& path : paths_) sorted_[test].push_back(path.statistics[test]);
        std::sort(sorted_[test].begin(), sorted_[test].end());
    }
}

double HitNull::p_value(std::size_t test, double statistic) const {
    return (1.0 + static_cast<double>(at_least(sorted_[test], statistic))) / (1.0 + static_cast<double>(paths_.size()));
}

double HitNull::size(std::size_t test) const { return share_rejected(test, &Path::statistics); }

double HitNull::power(std::size_t test) const { return share_rejected(test, &Path::stretched); }

double HitNull::share_rejected(std::size_t test, std::vector<double> Path::*shown) const {
    const auto rejected = std::count_if(paths_.begin(), paths_.end(), [&](const Path& path) { return p_value(test, (path.*shown)[test]) <= rejection_level; });
    return static_cast<double>(rejected) / static_cast<double>(paths_.size());
}

// Ranks within the paths and what was seen together: where the model holds, what was seen is one more path like the others.
double HitNull::joint_p_value(std::span<const double> statistics) const {
    const auto smallest_rank = [&](std::span<const double> shown) {
        std::size_t smallest = paths_.size() + 1;
        for (std::size_t test = 0; test < sorted_.size(); ++test) {
            smallest = std::min(smallest, at_least(sorted_[test], shown[test]) + (statistics[test] >= shown[test] ? 1 : 0));
        }
        return smallest;
    };
    const auto seen = smallest_rank(statistics);
    const auto as_small = std::count_if(paths_.begin(), paths_.end(), [&](const Path& path) { return smallest_rank(path.statistics) <= seen; });
    return (1.0 + static_cast<double>(as_small)) / (1.0 + static_cast<double>(paths_.size()));
}

HitNull simulate_null(const Family& family, const Fit& fit, const HorizonLaws& laws, const Origins& origins, int paths, std::uint64_t seed, int threads,
                      const std::function<void(double share_done)>& progress) {
    const auto tests = hit_tests(origins);
    const auto terms = simulation_terms(fit, fit.long_run, origins.moves);
    std::vector<HitNull::Path> shown(static_cast<std::size_t>(paths));
    constexpr std::size_t at_once = 100;  // so that progress is told in between, by one thread
    for (std::size_t done = 0; done < shown.size(); done += at_once) {
        in_parallel(threads, std::min(at_once, shown.size() - done), [&](std::size_t i) {
            const auto moves = simulate(terms, seed, static_cast<std::int64_t>(done + i));
            const auto filtered = family.filter(fit, moves);
            shown[done + i] = {statistics(tests, transforms_along(laws, filtered, moves, origins)),
                               statistics(tests, transforms_along(laws, filtered, moves, origins, power_stretch))};
        });
        if (progress) progress(static_cast<double>(std::min(done + at_once, shown.size())) / static_cast<double>(shown.size()));
    }
    return HitNull(std::move(shown));
}

}  // namespace fxpool::calibrate
