// GJR-GARCH: the path by its own recursion run backwards, and its variance's moments by theirs run forwards.
#include "tests/support/model_paths.hpp"
#include "tests/support/statistics.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <numeric>

using namespace fxpool;
using namespace fxpool::testing;

namespace {

/// A daily long-run variance of 0.3 % squared.
GarchModel garch(double alpha, double beta, double gamma, Residuals residuals = {}) {
    const double variance = 0.003 * 0.003;
    return {.omega = variance * (1 - alpha - beta - gamma / 2), .alpha = alpha, .beta = beta, .gamma = gamma, .residuals = residuals};
}
constexpr double long_run = 0.003 * 0.003;

/// The eighth moment of its moves exists for all residuals here, so that h^2 has a variance: E[(alpha z^2 + gamma z^2 [z < 0] + beta)^4] < 1.
const GarchModel mild = garch(0.04, 0.85, 0.04);

/// What the recursion h' = omega + a(z) h says of the moments of h, given those of z: E[z^2; z < 0] and E[z^4], E[z^4; z < 0].
struct VarianceMoments {
    double omega, first, second;  ///< E[a], E[a^2]

    VarianceMoments(const GarchModel& m, double below, double fourth, double fourth_below)
        : omega(m.omega),
          first(m.alpha + m.beta + m.gamma * below),
          second(m.beta * m.beta + 2 * m.beta * (m.alpha + m.gamma * below) + m.alpha * m.alpha * fourth +
                 (2 * m.alpha * m.gamma + m.gamma * m.gamma) * fourth_below) {}

    /// E[h] and E[h^2] of day n (1 is the first, whose h is `start`).
    std::pair<double, double> on_day(int n, double start) const {
        double h = start, square = start * start;
        for (int day = 1; day < n; ++day) {
            square = omega * omega + 2 * omega * first * h + second * square;
            h = omega + first * h;
        }
        return {h, square};
    }
};

/// The residuals z of a path: what its own filter says.
std::vector<double> residuals_of(const GarchModel& model, std::span<const double> moves, double start) {
    const auto variances = filtered_variances(model, moves, start);
    std::vector<double> residuals;
    for (std::size_t i = 0; i < moves.size(); ++i) residuals.push_back((moves[i] - model.mean) / std::sqrt(variances[i]));
    return residuals;
}
std::span<const double> after_start(const std::vector<double>& moves) { return std::span(moves).subspan(1); }

}  // namespace

TEST_CASE("the filter finds the shocks again", "[garch]") {
    auto model = garch(0.10, 0.80, 0.15);
    model.mean = 0.0004;
    ModelPaths paths(model, weekdays(300));
    for (int path = 0; path < 10; ++path) {
        const auto& moves = paths.draw(path);
        const auto found = residuals_of(model, after_start(moves), long_run);
        double worst = 0;
        for (std::size_t i = 0; i < found.size(); ++i) worst = std::max(worst, std::abs(found[i] - paths.shocks()[i + 1]));
        CHECK(worst < 1e-10);
    }
}

TEST_CASE("the first day's variance is the long-run one, or the volatility given over a mean step", "[garch]") {
    const auto grid = weekdays(10);  // two weeks: a mean step of 1.4 days
    CHECK(step_of(mild, grid).start_variance == Approx(long_run).epsilon(1e-12));
    auto model = mild;
    model.start_volatility = 0.035;
    CHECK(step_of(model, grid).start_variance == Approx(0.035 * 0.035 * 1.4 / 365).epsilon(1e-12));
}

TEST_CASE("a fall below the mean moves the next variance by alpha + gamma, a rise by alpha", "[garch]") {
    const GarchModel model{.omega = 1e-6, .alpha = 0.1, .beta = 0.8, .gamma = 0.3, .mean = 0.001};
    const auto variances = filtered_variances(model, std::vector<double>{0.011, -0.009, 0.001}, 4e-5);
    REQUIRE(variances.size() == 4);
    CHECK(variances[0] == 4e-5);
    CHECK(variances[1] == Approx(1e-6 + 0.1 * 1e-4 + 0.8 * 4e-5).epsilon(1e-13));
    CHECK(variances[2] == Approx(1e-6 + 0.4 * 1e-4 + 0.8 * variances[1]).epsilon(1e-13));
    CHECK(variances[3] == Approx(1e-6 + 0.8 * variances[2]).epsilon(1e-13));
}

TEST_CASE("garch: the variance's forecast from a start above its mean", "[statistical][known][garch]") {
    // E[h] on days 5 and 30, E[h^2] on day 30 with the help of h, with gamma and a mean. s.e. 0.05 to 0.10 %
    auto model = mild;
    model.mean = 0.0005;
    const auto grid = weekdays(30);
    model.start_volatility = std::sqrt(4 * long_run / grid.mean_dt());
    const VarianceMoments moments(model, 0.5, 3, 1.5);
    ModelPaths paths(model, grid);
    Moments early, late;
    Controlled square;
    for (std::int64_t path = 0; path < cut(120'000); ++path) {
        const auto& moves = paths.draw(path);
        const auto variance = [&](std::size_t day) { return std::pow((moves[day] - model.mean) / paths.shocks()[day], 2); };
        early.add(variance(5));
        late.add(variance(30));
        square.add(variance(30) * variance(30), {variance(30)});
    }
    check_answer(early, moments.on_day(5, 4 * long_run).first, 0.0014);
    check_answer(late, moments.on_day(30, 4 * long_run).first, 0.0014);
    const auto [known, answer] = moments.on_day(30, 4 * long_run);
    const auto [mean, error] = square.mean({known});
    check_answer(mean, error, answer, 0.0014);
}

TEST_CASE("garch: the variance of the log rate is the sum of the forecasts", "[statistical][known][garch]") {
    // 15 days; s.e. 0.12 %, with the sum of the shocks squared
    auto model = garch(0.08, 0.80, 0.10);
    const auto grid = weekdays(15);
    model.start_volatility = std::sqrt(0.25 * long_run / grid.mean_dt());
    const VarianceMoments moments(model, 0.5, 3, 1.5);
    double expected = 0;
    for (int day = 1; day <= 15; ++day) expected += moments.on_day(day, 0.25 * long_run).first;
    ModelPaths paths(model, grid);
    Controlled square;
    for (std::int64_t path = 0; path < cut(350'000); ++path) {
        const double move = paths.sum(path);
        const double shocks = std::accumulate(paths.shocks().begin(), paths.shocks().end(), 0.0);
        square.add(move * move, {shocks * shocks});
    }
    const auto [mean, error] = square.mean({15});
    check_answer(mean, error, expected, 0.0014);
}

TEST_CASE("garch: the kurtosis of the moves after a while is the closed form's", "[statistical][known][garch]") {
    // 3 (1 - (a+b)^2)/(1 - (a+b)^2 - 2 a^2) (Bollerslev 1986): 3.35; s.e. 0.12 %, from the moves' variances
    const double alpha = 0.10, beta = 0.80, sum = alpha + beta;
    const double kurtosis = 3 * (1 - sum * sum) / (1 - sum * sum - 2 * alpha * alpha);
    const auto model = garch(alpha, beta, 0);
    constexpr int days = 60;
    const auto [first, second] = VarianceMoments(model, 0.5, 3, 1.5).on_day(days, long_run);
    CHECK(3 * second / (first * first) == Approx(kurtosis).epsilon(1e-3));
    ModelPaths paths(model, weekdays(days));
    Moments ratio, fourth, square;
    for (std::int64_t path = 0; path < cut(120'000); ++path) {
        const double move = paths.draw(path)[days], h = std::pow(move / paths.shocks()[days], 2);
        square.add(h / first);
        fourth.add(h * h / second);
        ratio.add(h * h / second - 2 * h / first);  // the ratio's own error, to first order
    }
    const double figure = 3 * second / (first * first) * fourth.mean / (square.mean * square.mean);
    check_answer(figure, kurtosis * ratio.standard_error(), kurtosis, 0.0014);
}

TEST_CASE("Student residuals have Student's law with unit variance", "[statistical][known][garch]") {
    // Without alpha and beta the moves are the residuals. 1/mixing^2 is chi-square(df)/(df - 2): s.e. of its mean 0.05 to 0.14 %. Where they exist,
    // variance and kurtosis 3 (df - 2)/(df - 4) by the mixing factor: 0.05 and 0.12 %. And the law itself: Kolmogorov's distance below 1.95/sqrt(n) (0.1 %).
    const auto grid = weekdays(100);
    for (const double df : {2.2, 5.0, 20.0}) {
        GarchModel model{.omega = long_run, .residuals = {Residuals::Kind::student, df}};
        ModelPaths paths(model, grid);
        Moments inverse, square, fourth;
        std::vector<double> residuals;
        for (std::int64_t path = 0; path < cut(5'000); ++path) {
            const auto& moves = paths.draw(path);
            for (std::size_t t = 1; t < moves.size(); ++t) {
                const double mixing = moves[t] / 0.003 / paths.shocks()[t];
                inverse.add(1 / (mixing * mixing));
                square.add(mixing * mixing);
                fourth.add(std::pow(mixing, 4));
                residuals.push_back(moves[t] / 0.003);
            }
        }
        check_answer(inverse, df / (df - 2), 0.0014);
        if (df > 10) {
            check_answer(square, 1, 0.0014);
            check_answer(fourth, (df - 2) / (df - 4), 0.0014);
        }
        std::sort(residuals.begin(), residuals.end());
        const boost::math::students_t law(df);
        const auto count = static_cast<double>(residuals.size());
        double distance = 0;
        for (std::size_t i = 0; i < residuals.size(); i += 16) {
            const double expected = boost::math::cdf(law, residuals[i] / std::sqrt((df - 2) / df));
            distance = std::max({distance, std::abs(expected - static_cast<double>(i) / count), std::abs(expected - static_cast<double>(i + 1) / count)});
        }
        CHECK(distance * std::sqrt(count) < 1.95);
    }
}

TEST_CASE("garch with Student residuals: the variance's forecast and the kurtosis they make", "[statistical][known][garch]") {
    // s.e. of E[h] 0.08 %, of E[h^2] with its help 0.05 %; E[z^4] = 3 (df - 2)/(df - 4)
    const double df = 20, fourth = 3 * (df - 2) / (df - 4);
    auto model = mild;
    model.residuals = {Residuals::Kind::student, df};
    constexpr int days = 30;
    const auto [first, second] = VarianceMoments(model, 0.5, fourth, fourth / 2).on_day(days, long_run);
    ModelPaths paths(model, weekdays(days));
    Moments variance;
    Controlled square;
    for (std::int64_t path = 0; path < cut(90'000); ++path) {
        const double h = filtered_variances(model, after_start(paths.draw(path)).first(days - 1), long_run).back();
        variance.add(h);
        square.add(h * h, {h});
    }
    check_answer(variance, first, 0.0014);
    const auto [mean, error] = square.mean({first});
    check_answer(mean, error, second, 0.0014);
}

TEST_CASE("residuals from history have mean 0 and variance 1, and make a path in their order", "[garch]") {
    auto model = garch(0.08, 0.85, 0.04);
    ModelPaths source(garch(0.15, 0.75, 0.1), weekdays(500));
    auto grid = weekdays(300);
    for (const double move : after_start(source.draw(3))) grid.history.push_back(move + 0.0002);
    model.mean = 0.0001;
    model.residuals.kind = Residuals::Kind::history;
    model.mean_block = 10;
    const auto rows = standardised_residuals(model, grid.history);
    REQUIRE(rows.size() == 500);
    CHECK(std::accumulate(rows.begin(), rows.end(), 0.0) == Approx(0).margin(1e-11));
    CHECK(std::inner_product(rows.begin(), rows.end(), rows.begin(), 0.0) == Approx(500).epsilon(1e-12));
    // a residual is its move over its own filtered deviation, up to the standardisation, which is linear
    const auto raw = residuals_of(model, grid.history, std::accumulate(grid.history.begin(), grid.history.end(), 0.0, [&](double sum, double move) {
                                      return sum + (move - model.mean) * (move - model.mean) / 500;
                                  }));
    const double slope = (rows[1] - rows[0]) / (raw[1] - raw[0]);
    for (std::size_t i = 1; i < rows.size(); ++i) CHECK(rows[i] - rows[0] == Approx(slope * (raw[i] - raw[0])).margin(1e-12));

    const double start = step_of(model, grid).start_variance;
    CHECK(start == Approx(model.omega / (1 - persistence(model, share_below(rows)))).epsilon(1e-13));
    ModelPaths paths(model, grid);
    int followed = 0;
    double worst = 0;
    for (int path = 0; path < 20; ++path) {
        std::size_t last = rows.size();
        for (const double z : residuals_of(model, after_start(paths.draw(path)), start)) {
            const auto nearest = std::min_element(rows.begin(), rows.end(), [&](double a, double b) { return std::abs(a - z) < std::abs(b - z); });
            worst = std::max(worst, std::abs(*nearest - z));
            const auto row = static_cast<std::size_t>(nearest - rows.begin());
            followed += row == (last + 1) % rows.size();
            last = row;
        }
    }
    CHECK(worst < 1e-9);
    CHECK(followed / (20 * 299.0) == Approx(0.9).margin(0.02));
}

TEST_CASE("garch with residuals from history: the variance's forecast by their share below 0", "[statistical][known][garch]") {
    // s.e. 0.13 %: days drawn alone, residuals skewed to falls, and a start above the mean
    GarchModel model{.omega = 1e-6, .alpha = 0.02, .beta = 0.80, .gamma = 0.08, .residuals = {Residuals::Kind::history, 0}};
    auto grid = weekdays(20);
    for (std::uint32_t i = 0; i < 300; ++i) grid.history.push_back(0.003 * (1 - std::exp(0.4 * Draws(5, 0).normal(Purpose::rate, i))));
    const double below = share_below(standardised_residuals(model, grid.history));
    CHECK(below > 0.6);
    CHECK(problems_with_history(model, grid.history).empty());
    model.start_volatility = 0.05;
    const double start = 0.05 * 0.05 * grid.mean_dt(), held = persistence(model, below), mean = model.omega / (1 - held);
    ModelPaths paths(model, grid);
    Moments variance;
    for (std::int64_t path = 0; path < cut(120'000); ++path) {
        variance.add(filtered_variances(model, after_start(paths.draw_without_shocks(path)), start).back());
    }
    check_answer(variance, mean + std::pow(held, 20) * (start - mean), 0.0014);
}

TEST_CASE("garch with normal residuals: the expected rate is the forward under carry", "[statistical][known][garch]") {
    // moves of 3 % a day, so that half their variance tells: 30 days make 1.4 %. s.e. 0.07 %
    auto model = garch(0.06, 0.86, 0.04);
    model.omega *= 100;
    model.mean = 0.3;  // has no say under carry
    model.drift.carry = true;
    const auto grid = weekdays(30, -0.02);
    ModelPaths paths(model, grid);
    Moments rate;
    for (std::int64_t path = 0; path < cut(60'000); ++path) rate.add(std::exp(paths.sum(path)));
    check_answer(rate, std::exp(-0.02 * years_of(grid)), 0.0014);
}

TEST_CASE("garch pairs that share rows have residuals of the same days", "[garch]") {
    GarchModel model{.omega = 1e-6, .alpha = 0, .beta = 0, .residuals = {Residuals::Kind::history, 0}, .mean_block = 60};
    auto grid = weekdays(60);
    for (std::uint32_t i = 0; i < 50; ++i) grid.history.push_back(0.003 * Draws(5, 0).normal(Purpose::rate, i));
    ModelPaths first(model, grid);
    grid.place = 1;
    grid.first = 21;
    ModelPaths second(model, grid);
    for (double& move : grid.history) move *= 2;
    model.omega *= 4;
    ModelPaths third(model, grid);
    for (int path = 0; path < 10; ++path) {
        const auto a = first.draw(path), b = second.draw(path), c = third.draw(path);
        for (std::size_t t = 1; t < a.size(); ++t) {
            CHECK(b[t] == (t < 21 ? 0 : a[t]));
            CHECK(c[t] == Approx(2 * b[t]).epsilon(1e-12));
        }
    }
}

TEST_CASE("a garch whose variance has no long-run mean is a problem", "[garch]") {
    CHECK(problems_of(mild).empty());
    const auto key = [](const GarchModel& model) {
        const auto problems = problems_of(model);
        return problems.size() == 1 ? problems[0].key : std::to_string(problems.size()) + " problems";
    };
    CHECK(key({.omega = 1e-6, .alpha = 0.2, .beta = 0.8}) == "beta");
    CHECK(key({.omega = 1e-6, .alpha = 0.1, .beta = 0.8, .gamma = 0.2}) == "beta");
    CHECK(key({.omega = 1e-6, .alpha = 0.1, .beta = 0.8, .gamma = -0.11}) == "gamma");
    CHECK(problems_of({.omega = 1e-6, .alpha = 0.1, .beta = 0.8, .gamma = -0.1}).empty());
    CHECK(key({.omega = 0, .alpha = 0.1, .beta = 0.8}) == "omega");
    CHECK(key({.omega = 1e-6, .alpha = 0.1, .beta = 0.8, .residuals = {Residuals::Kind::student, 2}}) == "residuals");
}
