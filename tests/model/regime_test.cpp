// Regimes against the exponential of the chain's generator with the states' growth on its diagonal (tests/support/closed_forms.hpp).
#include "tests/support/closed_forms.hpp"
#include "tests/support/model_paths.hpp"
#include "tests/support/statistics.hpp"

using namespace fxpool;
using namespace fxpool::testing;

namespace {

/// Calm for months, trending for weeks, and panics of a day: a stay there ends within the day about as often as not.
RegimeModel three_states() {
    return {.states = {{"calm", 0.03, {-0.05, false}}, {"trend", 0.06, {0.30, false}}, {"panic", 0.40, {2.0, false}}},
            .generator = {{-12, 8, 4}, {10, -30, 20}, {100, 150, -250}},
            .start = {"", {0.5, 0.3, 0.2}}};
}
RegimeModel two_states() {
    return {.states = {{"calm", 0.03, {-0.02, false}}, {"stress", 0.12, {0.10, false}}}, .generator = {{-4, 4}, {9, -9}}, .start = {"calm", {}}};
}
RegimeLaw law_of(const RegimeModel& model, double years) {
    RegimeLaw law{model.generator, model.start_probabilities(), {}, {}, years};
    for (const auto& state : model.states) law.drift.push_back(state.drift.rate), law.volatility.push_back(state.volatility);
    return law;
}
/// The years spent in each of two states, as the log move of a model without volatility that grows by 1 a year in the second.
RegimeModel clock_of(Generator generator, RegimeStart start) {
    return {.states = {{"off", 0, {0, false}}, {"on", 0, {1, false}}}, .generator = std::move(generator), .start = std::move(start)};
}

}  // namespace

TEST_CASE("one regime is gbm", "[regime]") {
    const auto grid = weekdays(20);
    const RegimeModel one{.states = {{"only", 0.05, {0.03, false}}}, .generator = {{0}}, .start = {}};
    REQUIRE(problems_of(one).empty());
    ModelPaths with(one, grid), without(GbmModel{.volatility = {{{Date{}, 0.05}}, {}}, .drift = {{{Date{}, 0.03}}, false}}, grid);
    for (int path = 0; path < 5; ++path) {
        const auto moves = with.draw(path);
        for (std::size_t t = 1; t < moves.size(); ++t) CHECK(moves[t] == Approx(without.draw(path)[t]).margin(1e-16));
    }
}

TEST_CASE("the law of the regimes that the tests use has the moments of its characteristic function", "[known]") {
    const auto law = law_of(two_states(), 0.4);
    CHECK(law.characteristic(Complex(0, -1)).real() == Approx(law.moment(1)).epsilon(1e-12));
    CHECK(law.characteristic(Complex(0, -2)).real() == Approx(law.moment(2)).epsilon(1e-12));
    const auto [mean, variance] = law.log_mean_and_variance();
    const double u = 1e-3;
    CHECK(std::arg(law.characteristic(u)) / u == Approx(mean).epsilon(1e-5));
    CHECK(-2 * std::log(std::abs(law.characteristic(u))) / (u * u) == Approx(variance).epsilon(1e-5));
}

TEST_CASE("regimes: mean and variance of the log rate, E[S] and E[S^2], also where a stay is shorter than a day", "[statistical][known][regime]") {
    // s.e. of the mean 0.14 %, of the others 0.01 to 0.12 %; given the chain, with the shocks' part of each by its normal law
    const auto grid = weekdays(20);
    const auto law = law_of(three_states(), years_of(grid));
    const auto [log_mean, log_variance] = law.log_mean_and_variance();
    ModelPaths paths(three_states(), grid);
    Moments mean, variance, rate, square;
    for (std::int64_t path = 0; path < cut(700'000); ++path) {
        const auto given = paths.given_all_but_shocks(path);
        mean.add(given.mean);
        variance.add(given.variance + (given.mean - log_mean) * (given.mean - log_mean));
        rate.add(given.forward());
        square.add(given.forward() * given.forward() * std::exp(given.variance));
    }
    check_answer(mean, log_mean, 0.0014);
    check_answer(variance, log_variance, 0.0014);
    check_answer(rate, law.moment(1), 0.0014);
    check_answer(square, law.moment(2), 0.0014);
}

TEST_CASE("regimes: calls by the chain's characteristic function", "[statistical][known][regime]") {
    // below, at and above the forward: s.e. 0.02 to 0.14 %, given the chain, with the forward and the variance that it makes
    const auto grid = weekdays(40);
    const double years = years_of(grid);
    const auto law = law_of(two_states(), years);
    const double forward = law.moment(1);
    const auto model = two_states();
    const auto phi = [&](Complex u) { return law.characteristic(u) * std::exp(-Complex(0, 1) * u * std::log(forward)); };
    // E of the integrated variance: the years in stress are those of a clock
    const auto clock = law_of(clock_of(model.generator, {"off", {}}), years).log_mean_and_variance().first;
    const double expected_variance = 0.03 * 0.03 * (years - clock) + 0.12 * 0.12 * clock;
    ModelPaths paths(model, grid);
    const double strikes[] = {0.98, 1.0, 1.03};
    ControlledBy<2> call[3];
    for (std::int64_t path = 0; path < cut(150'000); ++path) {
        const auto given = paths.given_all_but_shocks(path);
        for (std::size_t i = 0; i < 3; ++i) call[i].add(black_call(given.forward(), strikes[i], std::sqrt(given.variance)), {given.forward(), given.variance});
    }
    for (std::size_t i = 0; i < 3; ++i) {
        const auto [value, error] = call[i].mean({forward, expected_variance});
        check_answer(value, error, call_by_transform(phi, forward, strikes[i]), 0.0014);
    }
}

TEST_CASE("the expected rate is the forward under carry over all states, on every day", "[statistical][known][regime]") {
    // the model's own drift, or one state's, or none: s.e. 0.02 % with the rates themselves
    const auto grid = weekdays(30, -0.03);
    auto shifted = three_states();
    shifted.drift.carry = true;
    auto own = two_states();
    own.states[0].drift = own.states[1].drift = {0, true};
    for (const auto& model : {shifted, own}) {
        ModelPaths paths(model, grid);
        Moments first, middle, last;
        for (std::int64_t path = 0; path < cut(60'000); ++path) {
            double level = 0;
            const auto& moves = paths.draw(path);
            for (std::size_t t = 1; t < moves.size(); ++t) {
                level += moves[t];
                if (t == 1) first.add(std::exp(level));
                if (t == 15) middle.add(std::exp(level));
            }
            last.add(std::exp(level));
        }
        check_answer(first, std::exp(-0.03 / 365), 0.0014);
        check_answer(middle, std::exp(-0.03 * 21 / 365), 0.0014);
        check_answer(last, std::exp(-0.03 * years_of(grid)), 0.0014);
    }
}

TEST_CASE("a state that grows at carry does so only while it lasts", "[statistical][known][regime]") {
    // carry 200 % a year in the state off, 1 in the state on; s.e. 0.01 %
    const auto grid = weekdays(30, 2.0);
    auto model = clock_of({{-20, 20}, {30, -30}}, {"off", {}});
    model.states[0].drift = {0, true};
    const double years = years_of(grid);
    RegimeLaw law{model.generator, {1, 0}, {2, 1}, {0, 0}, years};
    ModelPaths paths(model, grid);
    Moments rate;
    for (std::int64_t path = 0; path < cut(50'000); ++path) rate.add(std::exp(paths.sum(path)));
    check_answer(rate, law.moment(1), 0.0014);
}

TEST_CASE("the years in a state have their exact mean, and their chance of never changing", "[statistical][known][regime]") {
    // s.e. 0.10 % each
    const auto grid = weekdays(20);
    const double years = years_of(grid);
    const Generator generator = {{-30, 30}, {20, -20}};
    ModelPaths from_off(clock_of(generator, {"off", {}}), grid), long_run(clock_of(generator, {}), grid);
    Moments on, on_long_run, never;
    for (std::int64_t path = 0; path < cut(400'000); ++path) {
        const double spent = from_off.given_all_but_shocks(path).mean;
        on.add(spent);
        on_long_run.add(long_run.given_all_but_shocks(path).mean);
        never.add(spent == 0);
    }
    check_answer(on, 0.6 * (years - (1 - std::exp(-50 * years)) / 50), 0.0014);
    check_answer(on_long_run, 0.6 * years, 0.0014);
    check_answer(never, std::exp(-30 * years), 0.0060, 0.10);
}

TEST_CASE("pairs with one chain are in one state on every day", "[regime]") {
    auto grid = weekdays(60);
    const auto clock = clock_of({{-30, 30}, {20, -20}}, {});
    ModelPaths first(clock, grid);
    grid.place = 1;  // its shocks are its own; the chain is that of place 0
    auto other = clock;
    other.states[0].volatility = 0.05;
    ModelPaths second(clock, grid), third(other, grid);
    grid.shared = 1;
    ModelPaths alone(clock, grid);
    bool differs = false;
    for (int path = 0; path < 20; ++path) {
        const auto moves = first.draw(path);
        CHECK(second.draw(path) == moves);
        const auto own = alone.draw(path);
        differs = differs || own != moves;
        const auto noisy = third.draw(path);
        for (std::size_t t = 1; t < moves.size(); ++t) {
            if (moves[t] == Approx(grid.dt[t]).epsilon(1e-12)) CHECK(noisy[t] == Approx(grid.dt[t]).epsilon(1e-12));  // "on" all day: no volatility
        }
    }
    CHECK(differs);
}

TEST_CASE("two models share a chain when its states' names, generator and start are the same", "[regime]") {
    const auto model = two_states();
    auto other = model;
    other.states[1].volatility = 0.2;
    other.states[1].drift.rate = 0.5;
    other.drift.carry = true;
    CHECK(share_chain(model, other));
    other = model, other.states[1].name = "storm";
    CHECK_FALSE(share_chain(model, other));
    other = model, other.generator[0] = {-4.5, 4.5};
    CHECK_FALSE(share_chain(model, other));
    other = model, other.start = {};
    CHECK_FALSE(share_chain(model, other));
}

TEST_CASE("long-run probabilities balance what flows between the states", "[regime]") {
    const auto two = long_run_probabilities({{-4, 4}, {9, -9}});
    REQUIRE(two.size() == 2);
    CHECK(two[0] == Approx(9 / 13.0).epsilon(1e-14));
    const auto generator = three_states().generator;
    const auto three = long_run_probabilities(generator);
    REQUIRE(three.size() == 3);
    for (std::size_t j = 0; j < 3; ++j) CHECK(three[0] * generator[0][j] + three[1] * generator[1][j] + three[2] * generator[2][j] == Approx(0).margin(1e-13));
    CHECK(three[0] + three[1] + three[2] == Approx(1).epsilon(1e-14));
    // a state that is never left has all; two such: nobody knows
    const auto absorbing = long_run_probabilities({{-1, 1}, {0, 0}});
    REQUIRE(absorbing.size() == 2);
    CHECK(absorbing[1] == Approx(1).epsilon(1e-14));
    CHECK(long_run_probabilities({{0, 0}, {0, 0}}).empty());
    CHECK(long_run_probabilities({{-1, 1, 0, 0}, {1, -1, 0, 0}, {0, 0, -1, 1}, {0, 0, 1, -1}}).empty());
    // whatever the intensities' size, also where what should cancel leaves a last digit
    for (const double size : {1e-9, 1e-3, 1.0, 1e7}) {
        const auto either = long_run_probabilities({{-4 * size, 4 * size}, {9 * size, -9 * size}});
        REQUIRE(either.size() == 2);
        CHECK(either[0] == Approx(9 / 13.0).epsilon(1e-12));
        for (int trial = 1; trial <= 20; ++trial) {
            auto intensity = [&, n = 0]() mutable { return size * (0.01 + std::fmod(trial * ++n * std::numbers::phi, 1.0)); };
            Generator parts(6, std::vector<double>(6, 0.0));  // states 0 to 2 and 3 to 5 never meet
            for (std::size_t i = 0; i < 6; ++i) {
                for (std::size_t j = i / 3 * 3; j < i / 3 * 3 + 3; ++j) {
                    if (i != j) parts[i][j] = intensity(), parts[i][i] -= parts[i][j];
                }
            }
            CHECK(long_run_probabilities(parts).empty());
            parts[0][5] = 0.5 * size, parts[0][0] -= 0.5 * size;  // now the second three are where all ends
            REQUIRE(long_run_probabilities(parts).size() == 6);
            CHECK(long_run_probabilities(parts)[0] == Approx(0).margin(1e-12));
        }
    }
}

TEST_CASE("what is wrong with a generator is said by row", "[regime]") {
    CHECK(problems_of(three_states()).empty());
    const auto keys = [](const RegimeModel& of) {
        std::vector<std::string> found;
        for (const auto& problem : problems_of(of)) found.push_back(problem.key);
        return found;
    };
    auto model = two_states();
    model.generator[1] = {9, -8};
    CHECK(keys(model) == std::vector<std::string>{"generator[1]"});
    model = two_states(), model.generator[0] = {4, -4};
    CHECK(keys(model) == std::vector<std::string>{"generator[0]"});
    model = two_states(), model.generator.pop_back();
    CHECK(keys(model) == std::vector<std::string>{"generator"});
    model = two_states(), model.states[1].name = "calm";
    CHECK(keys(model) == std::vector<std::string>{"states[1].name"});
    model = two_states(), model.start = {"storm", {}};
    CHECK(keys(model) == std::vector<std::string>{"start"});
    model = two_states(), model.start = {"", {0.5, 0.6}};
    CHECK(keys(model) == std::vector<std::string>{"start"});
    model = two_states(), model.start = {"", {1}};
    CHECK(keys(model) == std::vector<std::string>{"start"});
    model = two_states(), model.start = {}, model.generator = {{0, 0}, {0, 0}};
    CHECK(keys(model) == std::vector<std::string>{"start"});
    model.start = {"calm", {}};  // it never changes: allowed
    CHECK(problems_of(model).empty());
}
