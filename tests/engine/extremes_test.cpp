#include "fxpool/engine/path_walker.hpp"
#include "fxpool/engine/rates.hpp"
#include "fxpool/measure/block.hpp"
#include "fxpool/model/model.hpp"
#include "fxpool/pool/brakes.hpp"
#include "fxpool/pool/failure.hpp"
#include "tests/support/books.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fxpool;
using fxpool::testing::BookMaker;

namespace {

/// A book on which one firm's order is lost after the rate has gone from 7 to `to` in ten days.
Prepared book_at(double to) {
    BookMaker maker(40);
    maker.ramp(to, 10);
    maker.contract(maker.exporter("F", 0, 0, 1), 1e6, 7.0, 20);
    maker.contract(maker.exporter("G", 0, 0, 1), 3e5, 6.9, 25);
    return maker.ready();
}

}  // namespace

TEST_CASE("a rate a hundred thousand times the spot is reckoned with: the identities hold against what flows on its path", "[extremes][rates]") {
    const auto book = book_at(7e5);
    PathWalker walker(book);
    const auto& outcome = walker.walk(0);
    CHECK_FALSE(outcome.runaway_pair.valid());
    // 1e6 * (700,000 - 7) + 3e5 * (700,000 - 6.9): a rounding of it is more than 1e-9 of the fund's 1e9
    CHECK(outcome.loss == Approx(1e6 * (7e5 - 7) + 3e5 * (7e5 - 6.9)));
    CHECK(outcome.largest_sum >= outcome.loss);
    CHECK(outcome.identity_error() < 1e-12);
    CHECK(std::isfinite(walk_block(book, 0, 4).results(book, {0.0348, 0.013}).find("pool_loss.demand.stdev")->value));
}

TEST_CASE("a broken identity shows however small the path's flows are", "[extremes]") {
    PathOutcome outcome;
    outcome.bearer_error = 2;
    outcome.largest_sum = 100;
    CHECK(outcome.identity_error() == 0.02);
}

TEST_CASE("a rate beyond a million times the spot is a model that runs away, named by its first path, pair and day", "[extremes][rates]") {
    auto book = book_at(7e7);  // ten days of ln(1e7)/10: past a million times on the ninth
    PathWalker walker(book);
    const auto& outcome = walker.walk(0);
    CHECK(outcome.runaway_pair == PairId{0});
    CHECK(outcome.runaway_day == DayIndex{9});
    CHECK(std::isfinite(outcome.loss));
    auto block = walk_block(book, 3, 4);
    CHECK(block.runaway().path == 3);
    CHECK(block.runaway().day == DayIndex{9});

    SECTION("the earlier block's path is the one that is named") {
        block.merge(walk_block(book, 7, 4));
        CHECK(block.runaway().path == 3);
    }
    SECTION("and a move that is no number runs away, too") {
        book.pairs[PairId{0}].moves.drift[5] = std::nan("");
        Rates rates;
        rates.draw(book, Draws(book.seed, 0));
        CHECK(rates.runaway_day() == DayIndex{5});
        for (const double level : rates[PairId{0}]) CHECK(std::isfinite(level));
    }
}

TEST_CASE("a garch whose variance explodes runs away and leaves no figure that is none", "[extremes][rates]") {
    GarchModel garch;
    garch.omega = 0.001;
    garch.alpha = 0.4;
    garch.beta = 0.59999;
    BookMaker maker(200);
    maker.model(garch);
    maker.contract(maker.exporter("F", 0, 0, 1), 1e6, 7.0, 150);
    const auto book = maker.ready();
    const auto block = walk_block(book, 0, 64);
    CHECK(block.runaway().pair == PairId{0});
    for (const auto& metric : block.results(book, {0.0348, 0.013}).metrics) CHECK_FALSE(std::isinf(metric.estimate.value));
}

TEST_CASE("the hazard clock takes a step that is a number for any move", "[extremes][failure]") {
    CHECK(std::isfinite(pool::clock_step(100, 13.8, 0.003) * 4096));
    CHECK(pool::clock_step(1, 0.05, 0.01) == Approx(std::exp(1) * 0.01));
}

TEST_CASE("a brake without a line stays off when claims fall on a fund of 0", "[extremes][brakes]") {
    pool::BrakeTerms terms;
    terms.fx_move = 0.04;  // the only line that is drawn
    pool::BrakeReadings readings;
    readings.net_claims = pool::ratio(1000, 0);
    pool::Brakes brakes;
    pool::look_at_brakes(brakes, readings, terms);
    CHECK_FALSE(brakes.amber.on);
    CHECK_FALSE(brakes.red.on);
}

TEST_CASE("quotes whose total variance stands still leave days without a move, not days without a number", "[extremes][gbm]") {
    GbmModel model;
    model.volatility.quotes = {{1, 0.06}, {4, 0.03}};  // 0.06^2 * 1/12 = 0.03^2 * 4/12
    BookMaker maker(100);
    maker.model(model);
    for (const double volatility : maker.book.pairs[PairId{0}].moves.volatility) CHECK(std::isfinite(volatility));
}
