// Merton's jump diffusion against the mean over the Poisson number of jumps.
#include "tests/support/closed_forms.hpp"
#include "tests/support/model_paths.hpp"
#include "tests/support/statistics.hpp"

using namespace fxpool;
using namespace fxpool::testing;

namespace {

MertonModel merton(double volatility, double intensity, double jump_mean, double jump_volatility, Drift drift = {}) {
    return {.volatility = volatility, .drift = drift, .jump_intensity = intensity, .jump_mean = jump_mean, .jump_volatility = jump_volatility};
}
MertonLaw law_of(const MertonModel& model, double years) { return {model.volatility, model.jump_intensity, model.jump_mean, model.jump_volatility, years}; }

/// Devaluations: 6 a year of 1.5 % on average, which make most of the variance.
const MertonModel jumpy = merton(0.03, 6, 0.015, 0.012);

}  // namespace

TEST_CASE("Merton's series that the tests use is the transform of his characteristic function", "[known]") {
    const double years = 0.3;
    const auto law = law_of(jumpy, years);
    const auto phi = [&](Complex u) {
        const double jump = jumpy.mean_jump(), variance = jumpy.volatility * jumpy.volatility;
        const Complex i(0, 1);
        const Complex jumps = std::exp(i * u * jumpy.jump_mean - 0.5 * jumpy.jump_volatility * jumpy.jump_volatility * u * u) - 1.0;
        return std::exp(years * (-0.5 * variance * (u * u + i * u) + jumpy.jump_intensity * (jumps - i * u * jump)));
    };
    for (const double strike : {0.95, 1.0, 1.02, 1.06}) CHECK(law.call(1, strike) == Approx(call_by_transform(phi, 1, strike)).epsilon(1e-8));
}

TEST_CASE("without jumps merton is gbm", "[merton]") {
    const auto grid = weekdays(20);
    ModelPaths with(merton(0.05, 0, 0.1, 0.1, {0.03, false}), grid);
    ModelPaths without(GbmModel{.volatility = {{{Date{}, 0.05}}, {}}, .drift = {{{Date{}, 0.03}}, false}}, grid);
    for (int path = 0; path < 10; ++path) CHECK(with.draw(path) == without.draw(path));
}

TEST_CASE("the number of jumps is Poisson, threefold over a weekend", "[statistical][known][merton]") {
    // 365 a year: 1 on a weekday, 3 over a weekend; each 1 %, and nothing else moves. s.e. of mean and variance 0.05 to 0.14 %; of P(none) 0.1 and 0.35 %,
    // biased by 10 %
    for (const int days : {1, 3}) {
        const auto model = merton(0, 365, 0.01, 0);
        ModelPaths paths(model, even_grid(1, days / 365.0));
        Moments count, square, none;
        bool whole = true;
        for (std::int64_t path = 0; path < cut(1'600'000); ++path) {
            const double jumps = paths.given_all_but_shocks(path).mean / 0.01 + days * model.mean_jump() / 0.01;
            whole = whole && std::abs(jumps - std::round(jumps)) < 1e-9;
            count.add(jumps);
            square.add((jumps - days) * (jumps - days));
            none.add(std::round(jumps) == 0);
        }
        CHECK(whole);
        check_answer(count, days, 0.0014);
        check_answer(square, days, 0.0014);
        check_answer(none, std::exp(-days), 0.0040, 0.10);
    }
}

TEST_CASE("the jumps of a day have the mean and the variance of as many", "[statistical][known][merton]") {
    // Cumulants of a compound Poisson sum: expected * E[jump^k]. The second: s.e. 0.14 %; the third: 0.9 %, biased by 10 %
    const double expected = 7;
    const auto model = merton(0, expected * 365, 0.01, 0.006);
    ModelPaths paths(model, even_grid(1, 1 / 365.0));
    Moments second, third;
    for (std::int64_t path = 0; path < cut(1'200'000); ++path) {
        const double x = paths.given_all_but_shocks(path).mean + expected * (model.mean_jump() - 0.01);
        second.add(x * x);
        third.add(x * x * x);
    }
    check_answer(second, expected * (1e-4 + 3.6e-5), 0.0014);
    check_answer(third, expected * (1e-6 + 3 * 0.01 * 3.6e-5), 0.014, 0.10);
}

TEST_CASE("the expected rate grows as the drift says, jumps included, and as the forward under carry", "[statistical][known][merton]") {
    // compensated for 6 jumps a year of 1.5 %: 9 % a year. s.e. 0.014 %
    for (const Drift drift : {Drift{0.05, false}, Drift{0, true}}) {
        const auto grid = weekdays(60, -0.02);
        auto model = jumpy;
        model.drift = drift;
        ModelPaths paths(model, grid);
        Moments rate;
        for (std::int64_t path = 0; path < cut(40'000); ++path) rate.add(std::exp(paths.sum(path)));
        check_answer(rate, std::exp((drift.carry ? -0.02 : 0.05) * years_of(grid)), 0.0014);
    }
}

TEST_CASE("calls under merton have the values of his series", "[statistical][known][merton]") {
    // s.e. 0.01 % below, 0.04 % at and 0.07 % above the forward; far above it 0.3 %, biased by 10 %. Given the jumps, and with the forward that
    // they make and its square
    const auto grid = weekdays(20);
    const auto model = merton(0.05, 18, 0.015, 0.012);
    const double years = years_of(grid), expected = 18 * years;
    const auto mean_power = [](double power) { return std::exp(power * 0.015 + power * power * 0.012 * 0.012 / 2); };
    const double square = std::exp(expected * (mean_power(2) - 1 - 2 * (mean_power(1) - 1)));
    ModelPaths paths(model, grid);
    const double strikes[] = {0.98, 1.0, 1.02, 1.05};
    ControlledBy<2> call[4];
    for (std::int64_t path = 0; path < cut(250'000); ++path) {
        const auto given = paths.given_all_but_shocks(path);
        const double forward = given.forward();
        for (std::size_t i = 0; i < 4; ++i) call[i].add(black_call(forward, strikes[i], std::sqrt(given.variance)), {forward, forward * forward});
    }
    const auto law = law_of(model, years);
    for (std::size_t i = 0; i < 4; ++i) {
        const auto [mean, error] = call[i].mean({1, square});
        check_answer(mean, error, law.call(1, strikes[i]), i < 3 ? 0.0014 : 0.014, i < 3 ? 0.01 : 0.10);
    }
}

TEST_CASE("a call spread under merton: what the pool pays up to its cap", "[statistical][known][merton]") {
    // calls at 0.5 % and 5 % above the spot, from the rates themselves. s.e. 0.14 %, with the rate, and the part without jumps and its spread
    const auto grid = weekdays(15, -0.02);
    const double sigma = 0.08;
    const auto model = merton(sigma, 12, 0.015, 0.012, {0, true});
    const double years = years_of(grid), forward = std::exp(-0.02 * years), low = 1.005, high = 1.05;
    const auto spread = [&](double rate) { return std::max(rate - low, 0.0) - std::max(rate - high, 0.0); };
    ModelPaths paths(model, grid);
    ControlledBy<3> paid;
    for (std::int64_t path = 0; path < cut(330'000); ++path) {
        const double rate = std::exp(paths.sum(path));
        double shock = 0;
        for (std::size_t t = 1; t < grid.dt.size(); ++t) shock += paths.shocks()[t] * std::sqrt(grid.dt[t]);
        const double smooth = forward * std::exp(sigma * shock - sigma * sigma * years / 2);
        paid.add(spread(rate), {rate, smooth, spread(smooth)});
    }
    const double deviation = sigma * std::sqrt(years);
    const auto law = law_of(model, years);
    const auto [mean, error] = paid.mean({forward, forward, black_call(forward, low, deviation) - black_call(forward, high, deviation)});
    check_answer(mean, error, law.call(forward, low) - law.call(forward, high), 0.0014);
}
