#include "fxpool/calibrate/variance_ratio.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>
#include <vector>

using namespace fxpool::calibrate;

TEST_CASE("a variance ratio by hand", "[variance_ratio]") {
    // sums of two: 2, 0, -2; 8 over m = 2 * 3 * (1 - 2/4) = 3, against 4/3
    const std::vector<double> moves = {1, 1, -1, -1};
    const auto ratio = variance_ratio(moves, 2);
    CHECK(ratio.value == Approx(2));
    CHECK(ratio.standard_error == Approx(2 * std::sqrt(3.0 / 16)));  // delta_1 = (1 + 1 + 1) / 4^2
    // the mean is no trend
    const std::vector<double> shifted = {11, 11, 9, 9};
    CHECK(variance_ratio(shifted, 2).value == Approx(2));
}

TEST_CASE("moves that turn back at once have no variance over two days", "[variance_ratio]") {
    const std::vector<double> moves = {1, -1, 1, -1, 1, -1};
    CHECK(variance_ratio(moves, 2).value == Approx(0).margin(1e-15));
}

TEST_CASE("no ratio of too few moves, or of none that moves", "[variance_ratio]") {
    const std::vector<double> still(100, 0.001), few = {1, 2, 3};
    CHECK(variance_ratio(still, 10).value == 1);
    CHECK(variance_ratio(still, 10).standard_error == 0);
    CHECK(variance_ratio(few, 3).value == 1);
}

TEST_CASE("the robust error is the spread of the ratio, volatile clusters or not", "[variance_ratio]") {
    std::mt19937_64 bits(20260105);
    std::normal_distribution<double> normal;
    constexpr int repetitions = 1000, days = 600, q = 10;
    double sum = 0, squares = 0, errors = 0;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        std::vector<double> moves;
        for (int day = 0; day < days; ++day) moves.push_back(normal(bits) * (day / 60 % 2 == 0 ? 1 : 3));
        const auto ratio = variance_ratio(moves, q);
        sum += ratio.value;
        squares += ratio.value * ratio.value;
        errors += ratio.standard_error;
    }
    const double mean = sum / repetitions, spread = std::sqrt(squares / repetitions - mean * mean);
    INFO("mean " << mean << ", spread " << spread << ", mean error " << errors / repetitions);
    CHECK(std::abs(mean - 1) < 5 * spread / std::sqrt(repetitions));  // unbiased
    CHECK(errors / repetitions == Approx(spread).epsilon(0.12));      // the spread is known to 2.2 %, the error short by a few
    // clusters: the error of moves of one variance, sqrt(2 (2q - 1)(q - 1) / (3 q n)) = 0.138, would be too small
    CHECK(spread > 1.2 * std::sqrt(2.0 * (2 * q - 1) * (q - 1) / (3.0 * q * days)));
}

namespace {

/// The same by its definition: the variance of q-day sums over every path of the bootstrap, with its probability.
double by_enumeration(const std::vector<double>& rows, int q, double mean_block) {
    const int n = static_cast<int>(rows.size());
    double mean = 0;
    for (const double row : rows) mean += row / n;
    double one_day = 0;
    for (const double row : rows) one_day += (row - mean) * (row - mean) / n;
    int paths = 1;
    for (int day = 0; day < q; ++day) paths *= n;
    double variance = 0, total = 0;
    for (int path = 0; path < paths; ++path) {
        double probability = 1.0 / n, sum = 0;
        for (int day = 0, digits = path, before = 0; day < q; ++day, digits /= n) {
            const int place = digits % n;
            if (day > 0) probability *= 1 / mean_block / n + (place == (before + 1) % n ? 1 - 1 / mean_block : 0);
            sum += rows[static_cast<std::size_t>(place)] - mean;
            before = place;
        }
        variance += probability * sum * sum;
        total += probability;
    }
    CHECK(total == Approx(1));
    return variance / (q * one_day);
}

}  // namespace

TEST_CASE("the bootstrap's ratio is that over all its paths", "[variance_ratio]") {
    const std::vector<double> rows = {0.3, 0.5, -0.2, 0.7, -1.1};
    for (const int q : {2, 3, 6}) {  // 6 days on 5 rows: the ring closes
        for (const double mean_block : {1.0, 1.5, 4.0, 50.0}) {
            CHECK(stationary_bootstrap_variance_ratio(rows, q, mean_block) == Approx(by_enumeration(rows, q, mean_block)).epsilon(1e-12));
        }
    }
}

TEST_CASE("blocks of one day remember nothing", "[variance_ratio]") {
    const std::vector<double> rows = {1, 1, 1, -1, -1, -1};  // in a ring rho_1 = 1/3, rho_2 = -1/3
    CHECK(stationary_bootstrap_variance_ratio(rows, 3, 1) == 1);
    CHECK(stationary_bootstrap_variance_ratio(rows, 3, 10) == Approx(1 + 2 * (2.0 / 3 * 0.9 - 1.0 / 3 * 0.81) / 3));
}
