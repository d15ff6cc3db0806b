#include "fxpool/model/model.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

using namespace fxpool;

namespace {

/// Thursday 8, Friday 9, Monday 12, Tuesday 13 January 2026: steps of 1, 3 and 1 days.
const std::vector<Date> days = {Date::of(2026, 1, 8), Date::of(2026, 1, 9), Date::of(2026, 1, 12), Date::of(2026, 1, 13)};

/// The days, with the forward's growth at 2 % against 3.5 %.
ModelGrid grid() {
    ModelGrid grid;
    grid.days = days;
    for (std::size_t t = 0; t < days.size(); ++t) {
        grid.dt.push_back(t == 0 ? 0 : (days[t] - days[t - 1]) / 365.0);
        grid.carry.push_back(-0.015 * grid.dt.back());
    }
    return grid;
}

GbmModel gbm(DatedValues volatility, DatedValues drift) { return {.volatility = {std::move(volatility), {}}, .drift = {std::move(drift), false}}; }
GbmModel gbm_with_carry(double volatility) { return {.volatility = {{{days[0], volatility}}, {}}, .drift = {{}, true}}; }

/// ln E[S(t)/S(0)]: the drifts, and half the variances.
double log_growth(const NormalMoves& moves, std::size_t to) {
    double sum = 0;
    for (std::size_t t = 1; t <= to; ++t) sum += moves.drift[t] + moves.volatility[t] * moves.volatility[t] / 2;
    return sum;
}

}  // namespace

TEST_CASE("a weekend is three days of volatility", "[gbm]") {
    const auto moves = normal_moves(gbm({{days[0], 0.042}}, {{days[0], 0.0}}), grid());
    REQUIRE(moves.drift.size() == 4);
    CHECK(moves.drift[0] == 0);
    CHECK(moves.volatility[0] == 0);
    CHECK(moves.volatility[1] == Approx(0.042 * std::sqrt(1.0 / 365)).epsilon(1e-14));
    CHECK(moves.volatility[2] == Approx(0.042 * std::sqrt(3.0 / 365)).epsilon(1e-14));
    CHECK(moves.drift[2] == Approx(-0.042 * 0.042 * 3 / 365 / 2).epsilon(1e-14));
}

TEST_CASE("the drift is the growth of the expectation", "[gbm]") {
    const auto moves = normal_moves(gbm({{days[0], 0.10}}, {{days[0], 0.03}}), grid());
    CHECK(log_growth(moves, 3) == Approx(0.03 * 5 / 365).epsilon(1e-13));
}

TEST_CASE("with carry the expectation is the forward", "[gbm]") {
    const auto moves = normal_moves(gbm_with_carry(0.10), grid());
    for (std::size_t t = 1; t < days.size(); ++t) {
        CHECK(std::exp(log_growth(moves, t)) == Approx(std::exp(-0.015 * (days[t] - days[0]) / 365)).epsilon(1e-14));
    }
}

TEST_CASE("volatility and drift that change on a date change on that calendar day", "[gbm]") {
    // 4 % until Saturday; from Sunday 11 January 8 %: the step to Monday has one day of 4 % and two of 8 %
    const DatedValues volatility = {{Date::of(2026, 1, 1), 0.04}, {Date::of(2026, 1, 11), 0.08}};
    const DatedValues drift = {{Date::of(2026, 1, 1), 0.00}, {Date::of(2026, 1, 12), 0.365}};
    const auto moves = normal_moves(gbm(volatility, drift), grid());
    const double monday = (0.04 * 0.04 + 2 * 0.08 * 0.08) / 365;
    CHECK(moves.volatility[1] == Approx(0.04 / std::sqrt(365)).epsilon(1e-14));
    CHECK(moves.volatility[2] == Approx(std::sqrt(monday)).epsilon(1e-14));
    CHECK(moves.volatility[3] == Approx(0.08 / std::sqrt(365)).epsilon(1e-14));
    CHECK(moves.drift[2] == Approx(0.001 - monday / 2).epsilon(1e-13));  // Monday itself grows at 36.5 % a year
    // the first value holds before its own date, too
    const DatedValues late = {{Date::of(2027, 1, 1), 0.05}, {Date::of(2027, 6, 1), 0.50}};
    CHECK(normal_moves(gbm(late, {{days[0], 0}}), grid()).volatility[1] == Approx(0.05 / std::sqrt(365)).epsilon(1e-14));
}

TEST_CASE("a path's moves fall on successive business days, exactly", "[gbm]") {
    // 11 and 12 August 2015
    const std::vector<double> moves = {0.0183, 0.0097};
    const auto path = move_terms(moves, std::nullopt, grid());
    CHECK(path.drift[0] == 0);
    CHECK(std::exp(path.drift[1]) == Approx(1.0183).epsilon(1e-15));
    CHECK(std::exp(path.drift[2]) == Approx(1.0097).epsilon(1e-15));
    CHECK(path.drift[3] == 0);  // flat
    for (const double volatility : path.volatility) CHECK(volatility == 0);
}

TEST_CASE("after a path the gbm takes over, with the forward's growth where it is carry", "[gbm]") {
    const std::vector<double> moves = {0.0183};
    const auto path = move_terms(moves, gbm_with_carry(0.06), grid());
    CHECK(path.volatility[1] == 0);
    CHECK(path.volatility[2] == Approx(0.06 * std::sqrt(3.0 / 365)).epsilon(1e-14));
    CHECK(path.drift[2] == Approx(-0.015 * 3 / 365 - 0.06 * 0.06 * 3 / 365 / 2).margin(1e-15));
    CHECK(path.drift[3] == Approx(-0.015 * 1 / 365 - 0.06 * 0.06 * 1 / 365 / 2).margin(1e-15));
}

TEST_CASE("moves beyond the horizon are not used", "[gbm]") {
    const std::vector<double> moves = {0.01, 0.02, 0.03, 0.04, 0.05};
    const auto path = move_terms(moves, std::nullopt, grid());
    REQUIRE(path.drift.size() == 4);
    CHECK(path.drift[3] == std::log1p(0.03));
}
