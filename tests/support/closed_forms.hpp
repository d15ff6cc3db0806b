#pragma once

#include "fxpool/base/random.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

/// Option prices that owe nothing to src/model: undiscounted, on a rate whose expectation is `forward`.
namespace fxpool::testing {

using Complex = std::complex<double>;
/// E[exp(i u ln(S(T)/forward))]
using Characteristic = std::function<Complex(Complex u)>;

/// Black (1976): the log rate's standard deviation is `deviation`.
inline double black_call(double forward, double strike, double deviation) {
    if (deviation <= 0) return std::max(forward - strike, 0.0);
    const double d1 = std::log(forward / strike) / deviation + deviation / 2;
    return forward * normal_cdf(d1) - strike * normal_cdf(d1 - deviation);
}

/// Merton (1976): given n jumps the rate is lognormal; the mean over the Poisson number of jumps.
struct MertonLaw {
    double volatility, intensity, jump_mean, jump_volatility, years;

    double call(double forward, double strike) const {
        return mean([&](double one, double deviation) { return black_call(forward * one, strike, deviation); });
    }
    /// The mean over n of f(forward given n jumps / forward, deviation given n jumps).
    template <class F>
    double mean(F f) const {
        const double expected = intensity * years, jump = std::exp(jump_mean + jump_volatility * jump_volatility / 2);
        double sum = 0, probability = std::exp(-expected);
        for (int n = 0; n < 200; probability *= expected / ++n) {
            const double variance = volatility * volatility * years + n * jump_volatility * jump_volatility;
            sum += probability * f(std::pow(jump, n) * std::exp(-expected * (jump - 1)), std::sqrt(variance));
        }
        return sum;
    }
};

/// Heston (1993) in the form of Albrecher, Mayer, Schoutens and Tistaert (2007), "The little Heston trap", which has no branch cut.
struct HestonLaw {
    double v0, kappa, theta, xi, rho, years;

    Complex characteristic(Complex u) const {
        constexpr Complex i(0, 1);
        const Complex b = kappa - rho * xi * i * u;
        const Complex d = std::sqrt(b * b + xi * xi * (i * u + u * u));
        const Complex g = (b - d) / (b + d), decay = std::exp(-d * years);
        const Complex c = kappa * theta / (xi * xi) * ((b - d) * years - 2.0 * std::log((1.0 - g * decay) / (1.0 - g)));
        return std::exp(c + v0 / (xi * xi) * (b - d) * (1.0 - decay) / (1.0 - g * decay));
    }
    double expected_variance() const { return theta * years + (v0 - theta) * (1 - std::exp(-kappa * years)) / kappa; }
};

/// A call by Lewis (2001), "A simple option formula for general jump-diffusion and other exponential Levy processes", equation 3.11:
/// F - sqrt(F K)/pi * integral over u > 0 of Re[exp(i u ln(F/K)) phi(u - i/2)] / (u^2 + 1/4), here with u = sinh(t)/2.
inline double call_by_transform(const Characteristic& phi, double forward, double strike) {
    constexpr int steps = 20'000;  // of Simpson's rule
    constexpr double h = 13.0 / steps;
    const double moneyness = std::log(forward / strike);
    double sum = 0;
    for (int n = 0; n <= steps; ++n) {
        const double u = std::sinh(n * h) / 2;
        const double value = (std::exp(Complex(0, u * moneyness)) * phi(Complex(u, -0.5))).real() * 2 / std::cosh(n * h);
        sum += value * (n == 0 || n == steps ? 1 : n % 2 == 1 ? 4 : 2);
    }
    return forward - std::sqrt(forward * strike) / std::numbers::pi * sum * h / 3;
}

using Matrix = std::vector<std::vector<double>>;
/// A weight for each state, carried on by `matrix` (row i: what state i hands on, a year) for some years: the Taylor series over slices of
/// time so short that a dozen terms are enough.
inline std::vector<double> carried_on(std::vector<double> weights, const Matrix& matrix, double years) {
    double largest = 0;
    for (const auto& row : matrix) {
        for (const double entry : row) largest = std::max(largest, std::abs(entry));
    }
    const int slices = 1 + static_cast<int>(largest * static_cast<double>(matrix.size()) * years * 2);
    for (int slice = 0; slice < slices; ++slice) {
        auto term = weights;
        for (int power = 1; power <= 14; ++power) {
            std::vector<double> next(term.size(), 0.0);
            for (std::size_t i = 0; i < term.size(); ++i) {
                for (std::size_t j = 0; j < term.size(); ++j) next[j] += term[i] * matrix[i][j] * years / slices / power;
            }
            term = std::move(next);
            for (std::size_t i = 0; i < term.size(); ++i) weights[i] += term[i];
        }
    }
    return weights;
}

/// gbm whose drift (of the expectation) and volatility hang on a Markov chain's state.
struct RegimeLaw {
    Matrix generator;
    std::vector<double> start, drift, volatility;
    double years;

    /// E[S^power], S(0) = 1.
    double moment(double power) const {
        auto matrix = generator;
        for (std::size_t i = 0; i < start.size(); ++i) matrix[i][i] += power * drift[i] + power * (power - 1) / 2 * volatility[i] * volatility[i];
        return sum(carried_on(start, matrix, years));
    }
    /// Mean and variance of ln S: the first terms in p of E[exp(p ln S)] = E[exp(integral of p (mu - sigma^2/2) + p^2 sigma^2/2)], each
    /// carried on beside the ones before it.
    std::pair<double, double> log_mean_and_variance() const {
        const auto n = start.size();
        Matrix matrix(3 * n, std::vector<double>(3 * n, 0.0));
        for (std::size_t i = 0; i < n; ++i) {
            const double variance = volatility[i] * volatility[i];
            for (std::size_t term = 0; term < 3; ++term) {
                for (std::size_t j = 0; j < n; ++j) matrix[term * n + i][term * n + j] = generator[i][j];
                if (term < 2) matrix[term * n + i][(term + 1) * n + i] = drift[i] - variance / 2;
            }
            matrix[i][2 * n + i] = variance / 2;
        }
        auto weights = start;
        weights.resize(3 * n, 0.0);
        weights = carried_on(weights, matrix, years);
        double first = 0, second = 0;
        for (std::size_t i = 0; i < n; ++i) first += weights[n + i], second += 2 * weights[2 * n + i];
        return {first, second - first * first};
    }
    /// Two states: E[exp(i u ln S)] by the exponential of a 2 x 2 matrix in closed form.
    Complex characteristic(Complex u) const {
        constexpr Complex i(0, 1);
        const auto rate = [&](std::size_t s) { return i * u * drift[s] - 0.5 * volatility[s] * volatility[s] * (u * u + i * u) + generator[s][s]; };
        const Complex a = rate(0), d = rate(1), middle = (a + d) / 2.0;
        const double b = generator[0][1], c = generator[1][0];
        const Complex root = std::sqrt((a - d) * (a - d) / 4.0 + b * c);
        const Complex up = std::exp((middle + root) * years), down = std::exp((middle - root) * years);
        const Complex even = (up + down) / 2.0, odd = (up - down) / (2.0 * root);
        return start[0] * (even + odd * (a - middle + b)) + start[1] * (even + odd * (d - middle + c));
    }

  private:
    static double sum(const std::vector<double>& weights) { return std::accumulate(weights.begin(), weights.end(), 0.0); }
};

/// P(the log rate, 0 at the start, is at or above `barrier` on some day) for independent normal days, by carrying the density below the barrier on
/// from day to day.
inline double probability_of_reaching(double barrier, const std::vector<double>& drift, const std::vector<double>& deviation) {
    double total = 0;
    for (const double one : deviation) total += one * one;
    constexpr std::size_t cells = 1200;
    const double width = (barrier + 7 * std::sqrt(total)) / cells;
    const auto middle = [&](std::size_t i) { return barrier - (static_cast<double>(i) + 0.5) * width; };
    const auto density = [](double x, double s) { return std::exp(-x * x / (2 * s * s)) / (s * std::sqrt(2 * std::numbers::pi)); };
    std::vector<double> mass(cells);
    for (std::size_t i = 0; i < cells; ++i) mass[i] = density(middle(i) - drift[0], deviation[0]) * width;
    for (std::size_t day = 1; day < drift.size(); ++day) {
        std::vector<double> kernel(2 * cells), next(cells, 0.0);  // of a move by (k - cells) cells down
        for (std::size_t k = 0; k < kernel.size(); ++k) {
            kernel[k] = density((static_cast<double>(cells) - static_cast<double>(k)) * width - drift[day], deviation[day]) * width;
        }
        for (std::size_t from = 0; from < cells; ++from) {
            for (std::size_t to = 0; to < cells; ++to) next[to] += mass[from] * kernel[cells + to - from];
        }
        mass = std::move(next);
    }
    return 1 - std::accumulate(mass.begin(), mass.end(), 0.0);
}

}  // namespace fxpool::testing
