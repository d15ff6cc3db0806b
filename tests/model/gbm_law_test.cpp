// Laws of gbm: those of the terminal rate are sums of its days', so that no path need be drawn; barriers are looked at on the days.
#include "tests/support/closed_forms.hpp"
#include "tests/support/model_paths.hpp"
#include "tests/support/statistics.hpp"

using namespace fxpool;
using namespace fxpool::testing;

namespace {

double variance_to(const NormalMoves& moves, int day) {
    double sum = 0;
    for (int t = 1; t <= day; ++t) sum += moves.volatility[static_cast<std::size_t>(t)] * moves.volatility[static_cast<std::size_t>(t)];
    return sum;
}

/// A grid of all calendar days.
ModelGrid calendar_days(int count) {
    ModelGrid grid;
    for (int day = 0; day <= count; ++day) {
        grid.days.push_back(Date::of(2026, 1, 5) + day);
        grid.dt.push_back(day == 0 ? 0 : 1 / 365.0);
        grid.carry.push_back(0);
    }
    return grid;
}

}  // namespace

TEST_CASE("quoted volatilities: an option at each quote's tenor is priced at the quote", "[gbm]") {
    const std::map<int, double> quotes = {{1, 0.025}, {6, 0.036}, {12, 0.042}};
    for (const auto& [months, volatility] : quotes)
        CHECK(total_variance(quotes, months / 12.0) == Approx(volatility * volatility * months / 12).epsilon(1e-14));
    // twelve months are day 365 of the grid
    const GbmModel model{.volatility = {{}, quotes}, .drift = {{{Date{}, 0.03}}, false}};
    const auto moves = normal_moves(model, calendar_days(400));
    CHECK(variance_to(moves, 365) == Approx(0.042 * 0.042).epsilon(1e-12));
    double drift = 0;
    for (std::size_t t = 1; t <= 365; ++t) drift += moves.drift[t];
    CHECK(drift == Approx(0.03 - 0.042 * 0.042 / 2).epsilon(1e-12));
}

TEST_CASE("quoted volatilities: total variance is linear between the quotes, and the volatility the nearest outside", "[gbm]") {
    const std::map<int, double> quotes = {{1, 0.025}, {6, 0.036}, {12, 0.042}};
    const double one = 0.025 * 0.025 / 12, six = 0.036 * 0.036 / 2;
    CHECK(total_variance(quotes, 0) == 0);
    CHECK(total_variance(quotes, 0.01) == Approx(0.025 * 0.025 * 0.01).epsilon(1e-14));
    CHECK(total_variance(quotes, 3.5 / 12) == Approx((one + six) / 2).epsilon(1e-14));
    CHECK(total_variance(quotes, 2) == Approx(0.042 * 0.042 * 2).epsilon(1e-14));
    CHECK(total_variance({{6, 0.036}}, 0.1) == Approx(0.036 * 0.036 * 0.1).epsilon(1e-14));
    CHECK(total_variance({{6, 0.036}}, 0.9) == Approx(0.036 * 0.036 * 0.9).epsilon(1e-14));
}

TEST_CASE("quoted volatilities that leave no variance in between are calendar arbitrage", "[gbm]") {
    CHECK(problems_of(GbmModel{.volatility = {{}, {{1, 0.03}, {12, 0.03}}}}).empty());
    const auto problems = problems_of(GbmModel{.volatility = {{}, {{1, 0.06}, {3, 0.03}}}});
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].key == "volatility");
    CHECK(problems[0].is_error);
    // to the letter: variance 0.0036 over 1 month is that of 3 months at 3.46 %
    CHECK(problems_of(GbmModel{.volatility = {{}, {{1, 0.06}, {3, 0.0347}}}}).empty());
}

TEST_CASE("even steps have dates of their own, as far apart as they are long", "[grid]") {
    const auto grid = even_grid(400, 1 / 365.0);
    REQUIRE(grid.size() == 401);
    for (int day = 0; day <= 400; ++day) CHECK(grid.days[static_cast<std::size_t>(day)] == Date{day});
    CHECK(grid.mean_dt() == Approx(1 / 365.0).epsilon(1e-14));
    CHECK(weekdays(10).mean_dt() == Approx(14 / 365.0 / 10).epsilon(1e-14));
}

TEST_CASE("the probability of reaching a barrier that the tests use is Broadie, Glasserman and Kou's", "[known]") {
    // They move the barrier of the continuous formula by 0.5826 sigma sqrt(dt) ("A continuity correction for discrete barrier options", 1997)
    const double sigma = 0.06, years = 0.25, barrier = 0.03, drift = 0.02 - sigma * sigma / 2;
    constexpr int days = 360;
    const double dt = years / days, moved = barrier + 0.5826 * sigma * std::sqrt(dt), deviation = sigma * std::sqrt(years);
    const double continuous =
        normal_cdf((drift * years - moved) / deviation) + std::exp(2 * drift * moved / (sigma * sigma)) * normal_cdf((-moved - drift * years) / deviation);
    const std::vector<double> drifts(days, drift * dt), deviations(days, sigma * std::sqrt(dt));
    CHECK(probability_of_reaching(barrier, drifts, deviations) == Approx(continuous).epsilon(1e-3));
}

TEST_CASE("gbm reaches a barrier on some business day as often as it should", "[statistical][known][gbm]") {
    // 60 weekdays at 6 %, barrier 1.2 % above the spot: 55 %. s.e. 0.13 %, with the terminal rate and whether it is above the barrier
    const auto grid = weekdays(60);
    const double sigma = 0.06, growth = 0.02, barrier = 0.012, years = years_of(grid);
    std::vector<double> drifts, deviations;
    for (std::size_t t = 1; t < grid.dt.size(); ++t) {
        drifts.push_back((growth - sigma * sigma / 2) * grid.dt[t]);
        deviations.push_back(sigma * std::sqrt(grid.dt[t]));
    }
    ModelPaths paths(GbmModel{.volatility = {{{Date{}, sigma}}, {}}, .drift = {{{Date{}, growth}}, false}}, grid);
    ControlledBy<2> reached;
    for (std::int64_t path = 0; path < cut(250'000); ++path) {
        double level = 0;
        bool hit = false;
        for (const double move : paths.draw(path)) {
            level += move;
            hit = hit || level >= barrier;
        }
        reached.add(hit, {std::exp(level), level >= barrier ? 1.0 : 0.0});
    }
    const double above = normal_cdf(((growth - sigma * sigma / 2) * years - barrier) / (sigma * std::sqrt(years)));
    const auto [mean, error] = reached.mean({std::exp(growth * years), above});
    check_answer(mean, error, probability_of_reaching(barrier, drifts, deviations), 0.0014);
}
