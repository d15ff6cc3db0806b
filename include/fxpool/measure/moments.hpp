#pragma once

#include "fxpool/measure/results.hpp"

#include <cstdint>

/// Mergeable sums. Merged in the order of the blocks they give the same bytes for any number of threads.
namespace fxpool {

/// Count, mean and sum of squared deviations (Chan, Golub and LeVeque 1979).
struct Moments {
    std::int64_t n = 0;
    double mean = 0;
    double squares = 0;

    void add(double x);
    void merge(const Moments& other);
    double variance() const { return n > 1 ? squares / static_cast<double>(n - 1) : 0; }
    double standard_error() const;
    Estimate estimate() const;

    void fields(auto&& f) { f(n), f(mean), f(squares); }
};

/// A ratio of sums over paths, y/x, e.g. close-outs beyond the margin over close-outs. Standard error by the delta method.
struct RatioMoments {
    std::int64_t n = 0;
    double x = 0, y = 0, xx = 0, xy = 0, yy = 0;

    void add(double numerator, double denominator);
    void merge(const RatioMoments& other);
    /// Unknown ("too few") where the denominator is nothing.
    Estimate estimate() const;

    void fields(auto&& f) { f(n), f(x), f(y), f(xx), f(xy), f(yy); }
};

/// A probability from hits among trials, with its 95 % Wilson interval (Wilson 1927).
Estimate wilson(std::int64_t hits, std::int64_t trials);

}  // namespace fxpool
