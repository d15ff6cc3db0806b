// Heston against his characteristic function. Prices are drawn given the variance's path (Black on what is left), with the forward and the
// integrated variance that it makes as control variates: at daily steps and over weekends the scheme's bias is below 0.2 % of an option's value.
#include "tests/support/closed_forms.hpp"
#include "tests/support/model_paths.hpp"
#include "tests/support/statistics.hpp"

#include <ql/exercise.hpp>
#include <ql/instruments/payoffs.hpp>
#include <ql/instruments/vanillaoption.hpp>
#include <ql/models/equity/hestonmodel.hpp>
#include <ql/pricingengines/vanilla/analytichestonengine.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

using namespace fxpool;
using namespace fxpool::testing;

namespace {

HestonModel heston(double v0, double kappa, double theta, double xi, double rho, Drift drift = {}) {
    return {.v0 = v0, .kappa = kappa, .theta = theta, .xi = xi, .rho = rho, .drift = drift};
}
HestonLaw law_of(const HestonModel& model, double years) { return {model.v0, model.kappa, model.theta, model.xi, model.rho, years}; }

/// Calm USDCNY: 4.2 % a year, 2 kappa theta just above xi^2.
const HestonModel calm = heston(0.0018, 2.8, 0.0018, 0.1, 0.2);
/// Variance that touches 0: 2 kappa theta is an eleventh of xi^2.
HestonModel touching(double rho) { return heston(0.0018, 1, 0.0018, 0.2, rho); }

double quantlib_call(const HestonModel& model, double strike, int days) {
    using namespace QuantLib;
    const QuantLib::Date today(5, January, 2026);
    Settings::instance().evaluationDate() = today;
    const Handle<YieldTermStructure> flat(ext::make_shared<FlatForward>(today, 0.0, Actual365Fixed()));
    const auto process =
        ext::make_shared<HestonProcess>(flat, flat, Handle<Quote>(ext::make_shared<SimpleQuote>(1.0)), model.v0, model.kappa, model.theta, model.xi, model.rho);
    VanillaOption option(ext::make_shared<PlainVanillaPayoff>(Option::Call, strike), ext::make_shared<EuropeanExercise>(today + days));
    option.setPricingEngine(ext::make_shared<AnalyticHestonEngine>(ext::make_shared<QuantLib::HestonModel>(process), 1e-10, 100'000));
    return option.NPV();
}

struct Price {
    double answer, value, standard_error;
};

/// Calls struck so many standard deviations above the forward, by the model's paths.
template <std::size_t strikes>
std::array<Price, strikes> calls(const HestonModel& model, const ModelGrid& grid, const std::array<double, strikes>& deviations, std::int64_t paths) {
    const auto law = law_of(model, years_of(grid));
    const double deviation = std::sqrt(law.expected_variance());
    // the mean of the variance that is left to the shocks, by the trapezoid of its exact means
    double left = 0, before = model.v0, years = 0;
    for (std::size_t t = 1; t < grid.dt.size(); ++t) {
        years += grid.dt[t];
        const double mean = model.theta + (model.v0 - model.theta) * std::exp(-model.kappa * years);
        left += (1 - model.rho * model.rho) * grid.dt[t] * (before + mean) / 2;
        before = mean;
    }
    ModelPaths drawn(model, grid);
    std::array<ControlledBy<2>, strikes> call;
    for (std::int64_t path = 0; path < paths; ++path) {
        const auto given = drawn.given_all_but_shocks(path);
        for (std::size_t i = 0; i < strikes; ++i) {
            call[i].add(black_call(given.forward(), std::exp(deviations[i] * deviation), std::sqrt(given.variance)), {given.forward(), given.variance});
        }
    }
    std::array<Price, strikes> prices;
    for (std::size_t i = 0; i < strikes; ++i) {
        const auto [value, error] = call[i].mean({1, left});
        prices[i] = {call_by_transform([&](Complex u) { return law.characteristic(u); }, 1, std::exp(deviations[i] * deviation)), value, error};
    }
    return prices;
}
template <std::size_t strikes>
std::array<Price, strikes> calls(const HestonModel& model, int moves, const std::array<double, strikes>& deviations, std::int64_t paths) {
    return calls(model, weekdays(moves), deviations, paths);
}

/// The bias is below 0.2 % of the option's value, by two standard errors.
void check_bias(const Price& price) {
    const double seen = planted(price.value) / price.answer - 1, error = price.standard_error / price.answer;
    INFO("bias " << 100 * seen << " % of " << price.answer << ", standard error " << 100 * error << " %");
    CHECK(std::abs(seen) + 2 * error < 0.002);
}

}  // namespace

TEST_CASE("the Heston calls that the tests use are those of QuantLib's analytic engine", "[known]") {
    for (const auto& model : {calm, touching(0.7), touching(-0.7), heston(0.04, 0.5, 0.04, 1, -0.9), heston(0.0005, 3, 0.0025, 0.3, 0.7)}) {
        for (const int days : {30, 91, 364}) {
            const auto law = law_of(model, days / 365.0);
            const double deviation = std::sqrt(law.expected_variance());
            for (const double at : {-1.0, 0.0, 1.0}) {
                const double strike = std::exp(at * deviation);
                const double call = call_by_transform([&](Complex u) { return law.characteristic(u); }, 1, strike);
                CHECK(call == Approx(quantlib_call(model, strike, days)).epsilon(1e-5).margin(1e-9));
            }
        }
    }
}

TEST_CASE("heston with a variance that does not wander is gbm", "[heston]") {
    const auto grid = weekdays(30);
    ModelPaths with(heston(0.0025, 2, 0.0025, 1e-5, 0, {0.03, false}), grid);
    ModelPaths without(GbmModel{.volatility = {{{Date{}, 0.05}}, {}}, .drift = {{{Date{}, 0.03}}, false}}, grid);
    for (int path = 0; path < 5; ++path) {
        const auto moves = with.draw(path);
        for (std::size_t t = 1; t < moves.size(); ++t) CHECK(moves[t] == Approx(without.draw(path)[t]).margin(2e-6));
    }
}

TEST_CASE("the shocks of the rate enter heston's moves linearly", "[heston]") {
    const auto grid = weekdays(30);
    const auto terms = move_terms(touching(0.7), grid);
    const auto moves = [&](double shock) {
        std::vector<double> drawn(31);
        draw_moves(terms, Draws(1, 2), std::vector<double>(31, shock), drawn);
        return drawn;
    };
    const auto zero = moves(0), one = moves(1), other = moves(-2.5);
    for (std::size_t t = 1; t < zero.size(); ++t) {
        CHECK(one[t] >= zero[t]);
        CHECK(other[t] - zero[t] == Approx(-2.5 * (one[t] - zero[t])).margin(1e-15));
    }
}

TEST_CASE("the next variance has the mean and the variance of the square-root process", "[statistical][known][heston]") {
    // rho 0: one move's own variance is dt (v0 + v1)/2. Above and at the mean: s.e. of the mean 0.01 and 0.04 %, of the variance 0.14 %. Near 0:
    // s.e. 0.4 to 1.0 %, biased by 10 %. Both branches of the scheme
    for (const auto& [v0, days] : {std::pair{0.0100, 1}, {0.0018, 3}, {0.00002, 3}, {0.0, 1}}) {
        const bool tame = v0 > 0.001;
        const auto model = heston(v0, 1, 0.0018, 0.2, 0);
        const double dt = days / 365.0, decay = std::exp(-dt);
        const double mean = model.theta + (v0 - model.theta) * decay;
        const double variance = model.xi * model.xi * (v0 * decay * (1 - decay) + model.theta / 2 * (1 - decay) * (1 - decay));
        ModelPaths paths(model, even_grid(1, dt));
        Moments first, second;
        for (std::int64_t path = 0; path < cut(tame ? 1'350'000 : 400'000); ++path) {
            const double next = paths.given_all_but_shocks(path).variance * 2 / dt - v0;
            first.add(next);
            second.add((next - mean) * (next - mean));
        }
        CAPTURE(v0, days);
        check_answer(first, mean, tame ? 0.0014 : 0.014, tame ? 0.01 : 0.10);
        check_answer(second, variance, tame ? 0.0014 : 0.014, tame ? 0.01 : 0.10);
    }
}

TEST_CASE("the expected rate grows as the drift says, and as the forward under carry, whatever rho", "[statistical][known][heston]") {
    // s.e. 0.02 %; 2 kappa theta below xi^2
    for (const double rho : {-0.7, 0.7}) {
        for (const Drift drift : {Drift{0.05, false}, Drift{0, true}}) {
            const auto grid = weekdays(60, -0.03);
            auto model = touching(rho);
            model.drift = drift;
            ModelPaths paths(model, grid);
            Moments rate;
            for (std::int64_t path = 0; path < cut(15'000); ++path) rate.add(std::exp(paths.sum(path)));
            check_answer(rate, std::exp((drift.carry ? -0.03 : 0.05) * years_of(grid)), 0.0014);
        }
    }
}

TEST_CASE("heston's expected rate has no bias however violent the variance", "[statistical][known][heston]") {
    // two steps of three days at 310 % a year, which its own volatility shakes as much: without the martingale correction E[S] is off by 0.98 and
    // 0.73 %. s.e. 0.05 and 0.06 %
    constexpr double faster = 365.0 / 6;
    for (const double rho : {-0.7, 0.7}) {
        ModelPaths paths(heston(0.16 * faster, 5 * faster, 0.16 * faster, faster, rho), even_grid(2, 3 / 365.0));
        Moments rate;
        for (std::int64_t path = 0; path < cut(300'000); ++path) rate.add(paths.given_all_but_shocks(path).forward());
        check_answer(rate, 1, 0.0014);
    }
}

TEST_CASE("calls under heston have their values", "[statistical][known][heston]") {
    // one standard deviation below, at and one above the forward; a month of weekdays. s.e. 0.001, 0.004 and 0.05 %
    for (const auto& price : calls<3>(calm, 22, {-1, 0, 1}, cut(150'000))) check_answer(price.value, price.standard_error, price.answer, 0.0014);
}

TEST_CASE("calls under heston have their values where the variance touches 0", "[statistical][known][heston]") {
    // below and at the forward, rho either way; s.e. 0.005 to 0.08 %
    for (const double rho : {0.7, -0.7}) {
        for (const auto& price : calls<2>(touching(rho), 22, {-1, 0}, cut(100'000))) check_answer(price.value, price.standard_error, price.answer, 0.0014);
    }
}

TEST_CASE("heston's bias at daily steps is below 0.2 % of an option's value", "[statistical][known][heston][.slow]") {
    // a month, a quarter and a year; s.e. 0.001 to 0.035 %
    for (const auto& [moves, paths] : {std::pair{22, 500'000}, {65, 400'000}, {260, 400'000}}) {
        for (const auto& price : calls<3>(calm, moves, {-1, 0, 1}, cut(paths))) check_bias(price);
    }
}

TEST_CASE("heston's bias at daily steps is below 0.2 % of an option's value where the variance touches 0", "[statistical][known][heston][.slow]") {
    // the same, and one standard deviation above the forward where a month's paths are cheap enough; s.e. 0.001 to 0.06 %
    for (const double rho : {0.7, -0.7}) {
        for (const auto& price : calls<3>(touching(rho), 22, {-1, 0, 1}, cut(4'000'000))) check_bias(price);
        for (const auto& price : calls<2>(touching(rho), 65, {-1, 0}, cut(500'000))) check_bias(price);
        for (const auto& price : calls<2>(touching(rho), 260, {-1, 0}, cut(400'000))) check_bias(price);
    }
}

TEST_CASE("heston's bias is below 0.2 % of an option's value over the Spring Festival, too", "[statistical][known][heston][.slow]") {
    // 14 single days with a step of ten days in the middle: stepped at once, a call above the forward is worth 0.46 % too much at rho -0.7
    ModelGrid grid;
    Date date = Date::of(2026, 2, 2);
    for (int day = 0; day <= 15; ++day) {
        const int step = day == 0 ? 0 : day == 8 ? 10 : 1;
        date = date + step;
        grid.days.push_back(date);
        grid.dt.push_back(step / 365.0);
        grid.carry.push_back(0);
    }
    for (const double rho : {0.7, -0.7}) {
        for (const auto& price : calls<3>(touching(rho), grid, {-1, 0, 1}, cut(4'000'000))) check_bias(price);
    }
}

TEST_CASE("a Feller condition that is not met is a note, not an error", "[heston]") {
    CHECK(problems_of(calm).empty());
    const auto problems = problems_of(touching(0));
    REQUIRE(problems.size() == 1);
    CHECK_FALSE(problems[0].is_error);
}
