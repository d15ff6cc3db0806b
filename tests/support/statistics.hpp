#pragma once

#include "fxpool/measure/moments.hpp"
#include "tests/support/planted.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

/// What a [statistical] case is made of: a figure, its standard error, the answer, and a bound of 5 standard errors.
namespace fxpool::testing {

#ifndef FXPOOL_REPETITIONS_DIVISOR
#define FXPOOL_REPETITIONS_DIVISOR 1
#endif
/// Repetitions, fewer under a sanitizer.
constexpr std::int64_t cut(std::int64_t repetitions) { return repetitions / FXPOOL_REPETITIONS_DIVISOR; }

/// Mean of y with the help of others, x, whose means are known (control variates with the sample's own slopes).
template <std::size_t controls>
class ControlledBy {
  public:
    using Controls = std::array<double, controls>;

    void add(double y, const Controls& x) {
        n_ += 1, y_ += y, yy_ += y * y;
        for (std::size_t i = 0; i < controls; ++i) {
            x_[i] += x[i], xy_[i] += x[i] * y;
            for (std::size_t j = 0; j <= i; ++j) xx_[i][j] += x[i] * x[j];
        }
    }

    /// And its standard error.
    std::pair<double, double> mean(const Controls& known) const {
        const auto covariance = [&](double sum_xy, double sum_x, double sum_y) { return sum_xy / n_ - sum_x / n_ * sum_y / n_; };
        // Cholesky: each control less what those before it say, of unit variance; what is left of y is taken by each in turn
        std::array<Controls, controls> root{};
        Controls left{}, weight{};
        double mean = y_ / n_, variance = covariance(yy_, y_, y_);
        for (std::size_t i = 0; i < controls; ++i) {
            left[i] = x_[i] / n_ - known[i];
            weight[i] = covariance(xy_[i], x_[i], y_);
            for (std::size_t j = 0; j <= i; ++j) {
                root[i][j] = covariance(xx_[i][j], x_[i], x_[j]);
                for (std::size_t k = 0; k < j; ++k) root[i][j] -= root[i][k] * root[j][k];
                if (j < i) {
                    root[i][j] /= root[j][j];
                    left[i] -= root[i][j] * left[j];
                    weight[i] -= root[i][j] * weight[j];
                }
            }
            root[i][i] = std::sqrt(root[i][i]);
            left[i] /= root[i][i], weight[i] /= root[i][i];
            mean -= weight[i] * left[i];
            variance -= weight[i] * weight[i];
        }
        return {mean, std::sqrt(variance / n_)};
    }

  private:
    double n_ = 0, y_ = 0, yy_ = 0;
    Controls x_{}, xy_{};
    std::array<Controls, controls> xx_{};  ///< the lower half
};
using Controlled = ControlledBy<1>;

/// Within 5 standard errors; and the standard error is as small as the case says (relative to the answer).
inline void check_answer(double figure, double standard_error, double answer, double stated, double bias = 0.01) {
    const double seen = planted(figure, bias);
    INFO("figure " << seen << ", answer " << answer << ", standard error " << standard_error << " = " << 100 * standard_error / std::abs(answer) << " %");
    CHECK(std::abs(seen - answer) < 5 * standard_error);
    if (FXPOOL_REPETITIONS_DIVISOR == 1) CHECK(standard_error <= stated * std::abs(answer));
}
inline void check_answer(const Moments& figure, double answer, double stated, double bias = 0.01) {
    check_answer(figure.mean, figure.standard_error(), answer, stated, bias);
}

}  // namespace fxpool::testing
