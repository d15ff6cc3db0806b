#include "fxpool/measure/rank_sketch.hpp"
#include "fxpool/base/bytes.hpp"
#include "fxpool/base/random.hpp"
#include "fxpool/measure/sample.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

using namespace fxpool;

namespace {

/// The worst distance, in points of rank, between the sketch's quantile and the data's: 0 where the value's own ranks hold the target.
double worst_rank_error(std::vector<double> values, const RankSketch& sketch) {
    std::sort(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    double worst = 0;
    for (int per_mille = 1; per_mille < 1000; ++per_mille) {
        const double value = sketch.quantile(per_mille).value;
        const double from = static_cast<double>(std::lower_bound(values.begin(), values.end(), value) - values.begin()) / n;
        const double to = static_cast<double>(std::upper_bound(values.begin(), values.end(), value) - values.begin()) / n;
        const double target = per_mille / 1000.0;
        worst = std::max({worst, from - target, target - to});
    }
    return worst * 100;
}

double error_for(const std::function<double(std::int64_t, double)>& law, std::int64_t n, std::size_t block) {
    std::mt19937_64 bits(7);
    std::uniform_real_distribution<double> uniform(0x1p-53, 1);
    std::vector<double> all;
    RankSketch sketch;
    while (static_cast<std::int64_t>(all.size()) < n) {
        std::vector<double> values;
        for (std::size_t i = 0; i < block; ++i) values.push_back(law(static_cast<std::int64_t>(all.size() + i), uniform(bits)));
        all.insert(all.end(), values.begin(), values.end());
        RankSketch next;
        next.add(values);
        sketch.merge(next);
    }
    CHECK(sketch.size() == static_cast<std::int64_t>(all.size()));
    CHECK(sketch.groups() < 4500);
    return worst_rank_error(all, sketch);
}

}  // namespace

TEST_CASE("the sketch's rank error is 0.05 points or less", "[sketch]") {
    for (const std::int64_t n : {std::int64_t{5'000}, std::int64_t{100'000}, std::int64_t{1'000'000}}) {
        CHECK(error_for([](auto, double u) { return -std::log(1 - u); }, n, 512) <= 0.05);
        CHECK(error_for([](auto, double u) { return std::exp(3 * normal_quantile(u)); }, n, 512) <= 0.05);
        CHECK(error_for([](auto, double u) { return u < 0.7 ? 20e6 : 20e6 - 1e5 * std::floor(100 * u); }, n, 512) <= 0.05);
        CHECK(error_for([](auto i, double u) { return static_cast<double>(i) + u; }, n, 512) <= 0.05);   // rising all the time
        CHECK(error_for([](auto i, double u) { return static_cast<double>(-i) + u; }, n, 512) <= 0.05);  // falling
        CHECK(error_for([](auto i, double u) { return (i / 512) % 2 == 0 ? u : 100 + u; }, n, 512) <= 0.05);
    }
}

TEST_CASE("below its limit the sketch is exact", "[sketch]") {
    RankSketch sketch;
    Sample sample;
    std::vector<double> values;
    for (int i = 0; i < 1500; ++i) values.push_back(std::fmod(i * 37.5, 101));
    for (const double x : values) sample.add(x);
    sketch.add(values);
    for (const int per_mille : {10, 50, 500, 950, 990}) CHECK(sketch.quantile(per_mille).value == sample.quantile(per_mille).value);
}

TEST_CASE("a sketch goes to bytes and back", "[bytes]") {
    RankSketch sketch;
    sketch.add({3, 1, 2, 2});
    const auto back = from_bytes<RankSketch>(to_bytes(sketch));
    CHECK(back.size() == 4);
    CHECK(back.value_at_rank(3) == 2);
}
