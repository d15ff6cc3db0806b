// What the pool costs the public, against arithmetic.
#include "fxpool/measure/block.hpp"
#include "tests/support/books.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace fxpool;
using fxpool::testing::BookMaker;

namespace {

constexpr BenefitTerms benefit{.loan_rate = 0.0348, .deposit_rate = 0.013, .fund_cost = 0.02};

/// One contract of 100,000 at 7.00, due on day 100 at a rate of 7.70: a loss of 70,000 where its order is lost, of which the pool bears 56,000.
BookMaker one_contract(int days, double order_loss) {
    BookMaker maker(days);
    maker.ramp(7.7, 50);
    maker.book.terms.fund = 1e6;
    maker.contract(maker.exporter("F1", 0, 0, order_loss), 100'000, 7.0, 100);
    return maker;
}

Results results_of(BookMaker& maker, std::int64_t paths) { return walk_block(maker.ready(), 0, paths).results(maker.book, benefit); }

}  // namespace

TEST_CASE("the net public cost is claims less recoveries and fees, the cost of the fund, less interest", "[public_cost]") {
    auto maker = one_contract(366, 1);  // 2026-01-01 to 2027-01-01: a year of 365 days
    maker.book.terms.fee = 0.01;
    const auto results = results_of(maker, 3);
    const double fees = 0.05 * 700'000 * 0.01 * 100 / 365;  // on what was frozen as days 1 to 100 began
    CHECK(results.find("benefit.cost_of_fund")->value == Approx(20'000));
    CHECK_FALSE(results.find("benefit.cost_of_fund")->interval());
    CHECK(results.find("benefit.fees.mean")->value == Approx(fees));
    const auto& net = *results.find("benefit.net_public_cost");
    CHECK(net.value == Approx(56'000 - fees + 20'000));
    CHECK(*net.standard_error == Approx(0).margin(1e-6));  // the same on every path

    auto earning = one_contract(366, 1);
    earning.book.terms.interest = 0.013;
    const double before = std::pow(1 + 0.013 / 365, 100), after = std::pow(1 + 0.013 / 365, 265);
    const double interest = (1e6 * before - 56'000) * after - 1e6 + 56'000;
    CHECK(results_of(earning, 3).find("benefit.net_public_cost")->value == Approx(56'000 + 20'000 - interest));
}

TEST_CASE("the net public cost is of a year, its error that of the paths' own values", "[public_cost]") {
    auto maker = one_contract(201, 0.5);  // 200 days
    constexpr double n = 400;
    const auto results = results_of(maker, static_cast<std::int64_t>(n));
    const double failed = results.find("failures.order_loss.mean")->value;  // share of the paths: 56,000 on each of them
    REQUIRE(failed > 0.4);
    REQUIRE(failed < 0.6);
    const double years = 200 / 365.0;
    const auto& net = *results.find("benefit.net_public_cost");
    CHECK(net.value == Approx(56'000 * failed / years + 20'000));
    CHECK(*net.standard_error == Approx(56'000 / years * std::sqrt(failed * (1 - failed) / (n - 1))));
}
