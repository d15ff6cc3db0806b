// The engine against closed forms (docs/rules.md, 6.4). Each case states its standard error relative to the value; the
// bound is 5 of them, and 1 % of planted bias (10 % where said) must be seen.
#include "fxpool/engine/path_walker.hpp"
#include "fxpool/measure/moments.hpp"
#include "tests/support/books.hpp"
#include "tests/support/planted.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

using namespace fxpool;
using fxpool::testing::BookMaker;
using fxpool::testing::planted;

namespace {

#ifndef FXPOOL_REPETITIONS_DIVISOR
#define FXPOOL_REPETITIONS_DIVISOR 1
#endif
constexpr std::int64_t cut(std::int64_t repetitions) { return repetitions / FXPOOL_REPETITIONS_DIVISOR; }

/// Undiscounted Black call on a forward.
double black_call(double forward, double strike, double deviation) {
    const double d1 = std::log(forward / strike) / deviation + deviation / 2;
    return forward * normal_cdf(d1) - strike * normal_cdf(d1 - deviation);
}

/// Mean of y with the help of x, whose mean is known (control variate with the sample's own slope).
struct Controlled {
    double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
    void add(double y_, double x_) { n += 1, x += x_, y += y_, xx += x_ * x_, xy += x_ * y_, yy += y_ * y_; }
    std::pair<double, double> mean(double known_x) const {
        const double vx = xx / n - x / n * x / n, cxy = xy / n - x / n * y / n, vy = yy / n - y / n * y / n;
        const double slope = cxy / vx;
        return {y / n - slope * (x / n - known_x), std::sqrt((vy - slope * cxy) / n)};
    }
};

/// Within 5 standard errors; and the standard error is as small as the case says (relative to the value).
void check_answer(double figure, double standard_error, double answer, double stated, double bias = 0.01) {
    const double seen = planted(figure, bias);
    INFO("figure " << seen << ", answer " << answer << ", standard error " << standard_error);
    CHECK(std::abs(seen - answer) < 5 * standard_error);
    if (FXPOOL_REPETITIONS_DIVISOR == 1) CHECK(standard_error / answer <= stated);
}

}  // namespace

TEST_CASE("the expected rate is the covered-parity forward under carry", "[statistical][known]") {
    // s.e. 0.02 %
    BookMaker maker(91, 0.0155, 0.034);
    maker.gbm(0.042, 0.0155 - 0.034);
    const auto& book = maker.ready();
    Moments moments;
    Rates rates;
    for (std::int64_t path = 0; path < cut(50'000); ++path) {
        rates.draw(book, Draws(book.seed, path));
        moments.add(rates[PairId{0}][DayIndex{90}]);
    }
    check_answer(moments.mean, moments.standard_error(), 7.0 * book.pairs[PairId{0}].forward_factor[90], 0.0003);
}

TEST_CASE("two pairs move together as their correlation says", "[statistical][known]") {
    // mean of the product of standardised log moves; s.e. 0.14 % of 0.55 needs 2.2 m moves
    BookMaker maker(101);
    maker.gbm(0.05);
    const auto euro = maker.pair("EURCNY", 8.0);
    maker.gbm(0.08, 0, euro);
    maker.correlate(0.8);
    const auto& book = maker.ready();
    Moments product;
    Rates rates;
    for (std::int64_t path = 0; path < cut(12'000); ++path) {
        rates.draw(book, Draws(book.seed, path));
        for (DayIndex day{1}; day <= book.last_day(); ++day) {
            const auto shock = [&](PairId pair) {
                const auto& terms = book.pairs[pair];
                return (std::log(rates[pair][day] / rates[pair][day - 1]) - terms.moves.drift[day.index()]) / terms.moves.volatility[day.index()];
            };
            product.add(shock(PairId{0}) * shock(euro));
        }
    }
    check_answer(product.mean, product.standard_error(), 0.8, 0.0016);
}

TEST_CASE("one failing contract costs the pool its share of a Black call", "[statistical][known]") {
    // s.e. 0.10 %, with the rate as control variate
    BookMaker maker(61);
    maker.gbm(0.10);
    const auto firm = maker.exporter("firm", 0, 0, 1);
    maker.contract(firm, 1e6, 7.05, 60);
    const auto& book = maker.ready();
    PathWalker walker(book);
    Controlled pool;
    Rates rates;
    for (std::int64_t path = 0; path < cut(600'000); ++path) {
        rates.draw(book, Draws(book.seed, path));
        pool.add(walker.walk(path).gross, rates[PairId{0}][DayIndex{60}]);
    }
    const auto [mean, error] = pool.mean(7.0);
    check_answer(mean, error, 0.8 * 1e6 * black_call(7.0, 7.05, 0.10 * std::sqrt(60 / 365.0)), 0.0014);
}

TEST_CASE("with the per-deal cap it is a call spread", "[statistical][known]") {
    // The limb 0.8 (S - K) is cut at the frozen 5 % of K: calls at K and at K + 0.05 K / 0.8. s.e. 0.10 %
    BookMaker maker(61);
    maker.gbm(0.15);
    const auto firm = maker.exporter("firm", 0, 0, 1);
    maker.contract(firm, 1e6, 7.05, 60);
    maker.book.terms.claims.cap_multiple = 1;
    const auto& book = maker.ready();
    PathWalker walker(book);
    Controlled pool;
    Rates rates;
    for (std::int64_t path = 0; path < cut(500'000); ++path) {
        rates.draw(book, Draws(book.seed, path));
        pool.add(walker.walk(path).gross, rates[PairId{0}][DayIndex{60}]);
    }
    const double deviation = 0.15 * std::sqrt(60 / 365.0);
    const double answer = 0.8e6 * (black_call(7.0, 7.05, deviation) - black_call(7.0, 7.05 + 0.05 * 7.05 / 0.8, deviation));
    const auto [mean, error] = pool.mean(7.0);
    check_answer(mean, error, answer, 0.0014);
}

TEST_CASE("without correlation insolvencies are binomial", "[statistical][known]") {
    // 200 firms at 3 % a year: mean 6 (s.e. 0.13 %), and the share of paths with at most 8 (s.e. 0.13 %)
    BookMaker maker(366);
    for (int i = 0; i < 200; ++i) maker.exporter("F" + std::to_string(i), 0.03);
    const auto& book = maker.ready();
    PathWalker walker(book);
    Moments count, few;
    for (std::int64_t path = 0; path < cut(100'000); ++path) {
        const int insolvent = walker.walk(path).insolvent;
        count.add(insolvent);
        few.add(insolvent <= 8);
    }
    check_answer(count.mean, count.standard_error(), 6, 0.0014);
    const boost::math::binomial_distribution<double> binomial(200, 0.03);
    check_answer(few.mean, few.standard_error(), boost::math::cdf(binomial, 8), 0.0014);
}

TEST_CASE("P(default by t) is 1 - (1 - PD)^t on every day", "[statistical][known]") {
    // 5,000 firms at 20 %, looked at after 100 of 365 days: s.e. 0.13 %
    BookMaker maker(101);
    for (int i = 0; i < 5000; ++i) maker.exporter("F" + std::to_string(i), 0.2);
    const auto& book = maker.ready();
    PathWalker walker(book);
    Moments share;
    for (std::int64_t path = 0; path < cut(2'000); ++path) share.add(walker.walk(path).insolvent / 5000.0);
    check_answer(share.mean, share.standard_error(), 1 - std::pow(0.8, 100 / 365.0), 0.0014);
}

TEST_CASE("with correlation the large pool's default rate has Vasicek's quantiles", "[statistical][known]") {
    // P(rate <= Vasicek's 80 % quantile) = 80 %: s.e. 0.16 %; the finite pool of 4,000 firms moves it by less than that
    BookMaker maker(366);
    for (int i = 0; i < 4000; ++i) maker.exporter("F" + std::to_string(i), 0.03, 0.12);
    const auto& book = maker.ready();
    PathWalker walker(book);
    const double z = normal_quantile(0.8);
    const double quantile = normal_cdf((normal_quantile(0.03) + std::sqrt(0.12) * z) / std::sqrt(0.88));
    Moments below, mean;
    for (std::int64_t path = 0; path < cut(16'000); ++path) {
        const double rate = walker.walk(path).insolvent / 4000.0;
        below.add(rate <= quantile);
        mean.add(rate);
    }
    check_answer(below.mean, below.standard_error(), 0.8, 0.0045, 0.10);
    check_answer(mean.mean, mean.standard_error(), 0.03, 0.014, 0.10);
}

TEST_CASE("sector loading splits the factor without changing the default rate", "[statistical][known]") {
    // two sectors, c = 0.5: the covariance of the sectors' counts is that of a factor with half the correlation; mean s.e. 0.6 %
    BookMaker maker(366);
    for (int s = 0; s < 2; ++s) maker.book.sectors.push_back({"S" + std::to_string(s), hash_of("S" + std::to_string(s))});
    for (int i = 0; i < 1000; ++i) {
        const auto firm = maker.exporter("F" + std::to_string(i), 0.05, 0.2);
        maker.book.exporters[firm].sector = SectorId{i % 2};
    }
    maker.book.failure.sector_loading = 0.5;
    const auto& book = maker.ready();
    PathWalker walker(book);
    Moments mean, joint;
    for (std::int64_t path = 0; path < cut(40'000); ++path) {
        double by_sector[2] = {0, 0};
        const auto& outcome = walker.walk(path);
        for (const auto& exporter : outcome.exporters) by_sector[exporter.exporter.index() % 2] += 1 / 500.0;
        mean.add(outcome.insolvent / 1000.0);
        joint.add(by_sector[0] * by_sector[1]);
    }
    check_answer(mean.mean, mean.standard_error(), 0.05, 0.014, 0.10);
    // P(a firm of each sector defaults): bivariate normal with correlation 0.2 * 0.5, by integration over the common factor
    double both = 0;
    constexpr int steps = 200'000;
    for (int i = 0; i < steps; ++i) {
        const double z = normal_quantile((i + 0.5) / steps);
        const double p = normal_cdf((normal_quantile(0.05) - std::sqrt(0.1) * z) / std::sqrt(0.9));
        both += p * p / steps;
    }
    check_answer(joint.mean, joint.standard_error(), both, 0.014, 0.10);
}

TEST_CASE("wrong-way hazard: a sure path gives a Cox process's exact probability", "[statistical][known]") {
    // The rate rises 10 % in 126 days: m(t) is known, so is the clock. s.e. 0.13 %
    BookMaker maker(127);
    maker.ramp(7.7, 126);
    for (int i = 0; i < 5000; ++i) maker.exporter("F" + std::to_string(i), 0.2);
    maker.book.failure.insolvency_beta = 0.5;
    const auto& book = maker.ready();
    double clock = 0;
    for (int day = 1; day <= 126; ++day) clock += std::exp(0.5 * std::log(1.1) * day / 126 / 0.05) / 365;
    PathWalker walker(book);
    Moments share;
    for (std::int64_t path = 0; path < cut(1'000); ++path) share.add(walker.walk(path).insolvent / 5000.0);
    check_answer(share.mean, share.standard_error(), 1 - std::pow(0.8, clock), 0.0014);
}

TEST_CASE("keep_mean holds the default rate at PD while the rate moves", "[statistical][known]") {
    // s.e. 0.3 % (the clock's own spread comes on top of the firms'): 10 % planted
    BookMaker maker(366);
    maker.gbm(0.06);
    for (int i = 0; i < 2000; ++i) maker.exporter("F" + std::to_string(i), 0.03);
    maker.book.failure.insolvency_beta = 1;
    maker.book.failure.keep_mean = true;
    maker.ready();
    maker.book.failure.clock_scale = pilot_clock_scale(maker.book);
    PathWalker walker(maker.book);
    Moments share;
    for (std::int64_t path = 0; path < cut(10'000); ++path) share.add(walker.walk(path).insolvent / 2000.0);
    // the pilot's own error: 4,096 paths of a clock whose relative deviation is some 60 %
    const double error = std::hypot(share.standard_error(), 0.03 * 0.6 / std::sqrt(4096.0));
    check_answer(share.mean, error, 0.03, 0.014, 0.10);
}

TEST_CASE("order losses and strategic defaults come at their rates", "[statistical][known]") {
    // 4,000 contracts, 20 % lost; of the rest the strategic fifth walks from a loss of 4 %. s.e. 0.1 %
    BookMaker maker(31);
    maker.ramp(7.28, 20);
    for (int i = 0; i < 4000; ++i) maker.contract(maker.exporter("F" + std::to_string(i), 0, 0, 0.2), 1e4, 7.0, 30);
    maker.book.failure.strategic_share = 0.2;
    maker.book.failure.strategic_threshold = 0.025;
    const auto& book = maker.ready();
    PathWalker walker(book);
    Moments lost, walked;
    for (std::int64_t path = 0; path < cut(2'000); ++path) {
        const auto& outcome = walker.walk(path);
        lost.add(outcome.lost_orders);
        walked.add(outcome.walked_away);
    }
    check_answer(lost.mean, lost.standard_error(), 800, 0.0014);
    check_answer(walked.mean, walked.standard_error(), 640, 0.0014);
}

TEST_CASE("a margin call comes with the barrier's probability on the true day grid", "[statistical][known]") {
    // Called when S passes K (1 + 0.8 * 5 %) at a day's end. The answer: the density carried from day to day on a fine grid.
    // s.e. 0.28 %, so 10 % are planted
    constexpr int days = 60;
    BookMaker maker(days + 1);
    maker.gbm(0.12);
    maker.contract(maker.exporter("firm"), 1e6, 7.0, days + 30);
    maker.book.terms.calls = {.on = true, .call_at = 0.8, .cure_days = 3, .meet = 0};
    const auto& book = maker.ready();
    PathWalker walker(book);
    Moments called;
    for (std::int64_t path = 0; path < cut(700'000); ++path) {
        const auto& outcome = walker.walk(path);
        called.add(outcome.called_out + (outcome.pending > 0 ? 1 : 0));  // a call of the last days is still to close
    }

    const double step_deviation = 0.12 / std::sqrt(365.0), step_mean = -step_deviation * step_deviation / 2;
    const double barrier = std::log(1.04), low = -0.30, h = step_deviation / 12;
    const auto n = static_cast<int>((barrier - low) / h);
    const auto reach = static_cast<int>(8 * step_deviation / h);
    std::vector<double> kernel(static_cast<std::size_t>(2 * reach + 1));
    for (int k = -reach; k <= reach; ++k) {
        const double x = (k * h - step_mean) / step_deviation;
        kernel[static_cast<std::size_t>(k + reach)] = std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi) / step_deviation * h;
    }
    // cells centred at barrier - (i + 1/2) h
    std::vector<double> mass(static_cast<std::size_t>(n), 0.0);
    for (int i = 0; i < n; ++i) {
        const double x = (barrier - (i + 0.5) * h - step_mean) / step_deviation;
        mass[static_cast<std::size_t>(i)] = std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi) / step_deviation * h;
    }
    for (int day = 2; day <= days; ++day) {
        std::vector<double> next(static_cast<std::size_t>(n), 0.0);
        for (int i = 0; i < n; ++i) {
            for (int j = std::max(0, i - reach); j <= std::min(n - 1, i + reach); ++j) {
                next[static_cast<std::size_t>(i)] += mass[static_cast<std::size_t>(j)] * kernel[static_cast<std::size_t>(j - i + reach)];
            }
        }
        mass = std::move(next);
    }
    double uncalled = 0;
    for (const double m : mass) uncalled += m;
    check_answer(called.mean, called.standard_error(), 1 - uncalled, 0.0028, 0.10);
}

TEST_CASE("a lognormal lag brings the recovery in time with the normal's probability", "[statistical][known]") {
    // Close-out on day 10, horizon day 500: the recovery is in time when 365 exp(0.5 z) <= 490. s.e. 0.13 %
    BookMaker maker(501);
    maker.ramp(7.5, 5);
    for (int i = 0; i < 400; ++i) maker.contract(maker.exporter("F" + std::to_string(i), 0, 0, 1), 1e4, 7.0, 10);
    maker.book.terms.recovery = {.rate = 0.3, .cost = 0, .lognormal = true, .lag_sigma = 0.5};
    const auto& book = maker.ready();
    PathWalker walker(book);
    Moments share;
    for (std::int64_t path = 0; path < cut(2'000); ++path) {
        const auto& outcome = walker.walk(path);
        share.add(outcome.recovered / (0.3 * outcome.gross));
    }
    // the lag is rounded to whole days, so up to 490.5
    check_answer(share.mean, share.standard_error(), normal_cdf(std::log(490.5 / 365) / 0.5), 0.0014);
}

TEST_CASE("the expected loss is linear in the pool's share while no cap binds", "[known]") {
    BookMaker maker(61);
    maker.gbm(0.10);
    for (int i = 0; i < 20; ++i) maker.contract(maker.exporter("F" + std::to_string(i), 0.3, 0.2, 0.3), 1e6, 7.0, 20 + i);
    auto book = maker.ready();
    std::vector<double> gross;
    for (const double share : {0.2, 0.4, 0.8}) {
        book.terms.claims.pool_share = share;
        PathWalker walker(book);
        double sum = 0;
        for (std::int64_t path = 0; path < 200; ++path) sum += walker.walk(path).gross;
        gross.push_back(sum);
    }
    CHECK(gross[0] > 0);
    CHECK(gross[1] == Approx(2 * gross[0]).epsilon(1e-12));
    CHECK(gross[2] == Approx(4 * gross[0]).epsilon(1e-12));
}

TEST_CASE("path by path: more PD, more insolvencies; a larger share, a larger demand", "[known]") {
    BookMaker maker(201);
    maker.gbm(0.10);
    for (int i = 0; i < 30; ++i) maker.contract(maker.exporter("F" + std::to_string(i), 0.1, 0.2, 0.1), 1e6, 7.0, 60 + 5 * i);
    auto book = maker.ready();
    auto riskier = book, larger = book;
    for (auto& firm : riskier.exporters) firm.hazard *= 1.5;
    larger.terms.claims.pool_share = 0.95;
    PathWalker base(book), with_risk(riskier), with_share(larger);
    int strictly = 0;
    for (std::int64_t path = 0; path < 500; ++path) {
        const auto& o = base.walk(path);
        CHECK(with_risk.walk(path).insolvent >= o.insolvent);
        CHECK(with_share.walk(path).demand >= o.demand);
        strictly += with_risk.walk(path).insolvent > o.insolvent;
    }
    CHECK(strictly > 50);
}
