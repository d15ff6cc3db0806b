// The smaller rules: valuation, margin, recovery, brakes, failure laws, admission.
#include "fxpool/base/random.hpp"
#include "fxpool/pool/admission.hpp"
#include "fxpool/pool/brakes.hpp"
#include "fxpool/pool/failure.hpp"
#include "fxpool/pool/margin.hpp"
#include "fxpool/pool/recovery.hpp"
#include "fxpool/pool/valuation.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fxpool;
using namespace fxpool::pool;

TEST_CASE("a forward sale gains for the bank when the yuan weakens", "[valuation]") {
    // USD 1,000,000 sold at 6.70, the forward now 6.90, discount 0.99: 1,000,000 * 0.20 * 0.99
    CHECK(value_to_bank(+1, 1e6, 6.90, 6.70, 0.99) == Approx(198'000));
    CHECK(value_to_bank(-1, 1e6, 6.90, 6.70, 0.99) == Approx(-198'000));
}

TEST_CASE("the client's spread is against the client on both sides", "[valuation]") {
    CHECK(new_contract_rate(+1, 6.70, 0.0030) == Approx(6.6970));
    CHECK(new_contract_rate(-1, 6.70, 0.0030) == Approx(6.7030));
}

TEST_CASE("a carried loss comes back in the new rate", "[valuation]") {
    // Sold at 6.70, spot 6.90: 0.20 lost. New deal to T' with P = 0.99, F = 6.88: K' = 6.88 - 0.20/0.99; its value now is the loss
    const double rate = carried_rate(6.88, 6.70, 6.90, 0.99);
    CHECK(value_to_bank(+1, 1, 6.88, rate, 0.99) == Approx(0.20));
}

TEST_CASE("margin: what the pool freezes and what the exporter posts", "[margin]") {
    CHECK(frozen_quota(0, 0.05, 6'700'000) == Approx(335'000));
    CHECK(frozen_quota(0.4, 0.05, 6'700'000) == Approx(201'000));
    CHECK(own_margin(0.4, 0.05, 6'700'000) == Approx(134'000));
}

TEST_CASE("a margin call asks for what is missing, once the loss passes the line", "[margin]") {
    // frozen 100,000, call at 80 %, posted 10,000
    CHECK(call_amount(90'000, 10'000, 0.8, 100'000) == 0);
    CHECK(call_amount(90'001, 10'000, 0.8, 100'000) == Approx(80'001));
    CHECK(call_amount(-50'000, 0, 0.8, 100'000) == 0);
}

TEST_CASE("recovery: proportional, or the pool first", "[recovery]") {
    // 30 % of a net loss of 100,000 less a tenth: 27,000; the pool's limb is 40,000
    CHECK(pool_recovery(40'000, 100'000, {.rate = 0.3, .cost = 0.1}) == Approx(10'800));
    CHECK(pool_recovery(40'000, 100'000, {.rate = 0.3, .cost = 0.1, .pool_first = true}) == Approx(27'000));
    CHECK(pool_recovery(20'000, 100'000, {.rate = 0.3, .cost = 0.1, .pool_first = true}) == Approx(20'000));
}

TEST_CASE("a lognormal lag has the fixed lag as its median", "[recovery]") {
    CHECK(lognormal_lag(365, 0, {.lag_sigma = 0.5}) == 365);
    CHECK(lognormal_lag(365, 1, {.lag_sigma = 0.5}) == 602);  // 365 * e^0.5 = 601.8
    CHECK(lognormal_lag(365, -1, {.lag_sigma = 0.5}) == 221);
}

TEST_CASE("a brake lifts after so many days in a row below its line", "[brakes]") {
    Brake brake = look({}, true, 3);
    CHECK(brake.on);
    brake = look(brake, false, 3);
    brake = look(brake, false, 3);
    CHECK(brake.on);
    brake = look(brake, true, 3);  // the count begins anew
    brake = look(brake, false, 3);
    brake = look(brake, false, 3);
    CHECK(brake.on);
    CHECK_FALSE(look(brake, false, 3).on);
}

TEST_CASE("each brake looks at its own line", "[brakes]") {
    const BrakeTerms terms{
        .amber_at = 0.2, .multiple_factor = 0.5, .red_at = 0.4, .bank_at = 0.05, .fx_volatility = 0.08, .fx_move = 0.04, .margin_factor = 1.5, .lift_days = 60};
    Brakes brakes;
    brakes.bank.assign(2, {});
    const Table<BankId, double> rates(std::vector<double>{0.04, 0.06});
    look_at_brakes(brakes, {.net_claims = 0.25, .fx_volatility = 0.05, .fx_move = 0.05, .claim_rate = rates}, terms);
    CHECK(brakes.amber.on);
    CHECK_FALSE(brakes.red.on);
    CHECK(brakes.fx.on);
    CHECK_FALSE(brakes.bank[BankId{0}].on);
    CHECK(brakes.bank[BankId{1}].on);
    CHECK(multiple_in_force(4, brakes, terms) == Approx(2));
    CHECK(margin_factor_in_force(brakes, terms) == Approx(1.5));
}

TEST_CASE("ratios to nothing, volatility and move of 20 days", "[brakes]") {
    CHECK(ratio(0, 0) == 0);
    CHECK(ratio(1, 0) == none);
    std::vector<double> logs;
    for (int day = 0; day <= 20; ++day) logs.push_back(0.01 * (day % 2));  // up and down 1 % a day
    CHECK(realised_volatility(logs) == Approx(0.01 * std::sqrt(250.0)));
    CHECK(absolute_move(logs) == 0);
    for (int day = 0; day <= 20; ++day) logs[static_cast<std::size_t>(day)] = -0.002 * day;
    CHECK(absolute_move(logs) == Approx(0.04));
}

TEST_CASE("insolvency: P(default by t) is 1 - (1 - PD)^t", "[failure]") {
    // A firm with luck x defaults within a year when its hazard reaches -ln(1 - Phi(x)): that is when Phi(x) < PD
    CHECK(hazard(0.03) == Approx(-std::log(0.97)));
    CHECK(insolvency_threshold(normal_quantile(0.03)) == Approx(hazard(0.03)));
    CHECK(clock_step(0, 0.1, 0.004) == 0.004);
    CHECK(clock_step(1, 0.05, 0.004) == Approx(0.004 * std::exp(1.0)));
}

TEST_CASE("a firm's luck mixes the common factor, its sector's and its own", "[failure]") {
    CHECK(firm_factor(0, 1, 5, 5, 0.7) == Approx(0.7));
    CHECK(firm_factor(0.25, 1, 2, 9, 0) == Approx(1.0));  // sqrt(0.25) * Z
    CHECK(firm_factor(0.25, 0.36, 1, 1, 0) == Approx(0.5 * (0.6 + 0.8)));
}

TEST_CASE("order loss: the move, the common factor, the sure cases", "[failure]") {
    CHECK(order_loss_probability(0.02, 0, 1, 0.1, 0, -2) == Approx(0.02));
    // logit(0.2) = -1.386; beta 1 and a move of 5 % add 1
    CHECK(order_loss_probability(0.2, 1, 1, 0.05, 0, 0) == Approx(1 / (1 + std::exp(1.3862943611 - 1))));
    CHECK(order_loss_probability(0.2, 1, -1, 0.05, 0, 0) == Approx(1 / (1 + std::exp(1.3862943611 + 1))));
    // Vasicek: averaged over Z the probability is the base
    double mean = 0;
    constexpr int n = 20'000;
    for (int i = 0; i < n; ++i) mean += order_loss_probability(0.05, 0, 1, 0, 0.3, normal_quantile((i + 0.5) / n)) / n;
    CHECK(mean == Approx(0.05).epsilon(1e-4));
    CHECK(order_loss_probability(0.05, 0, 1, 0, 0.3, -2) > 0.15);  // a bad year
    CHECK(order_loss_probability(0, 1, 1, 0.5, 0.3, -5) == 0);
    CHECK(order_loss_probability(1, 1, 1, -0.5, 0.3, 5) == 1);
}

TEST_CASE("a strategic exporter walks away when its loss passes the threshold", "[failure]") {
    CHECK(walks_away(+1, 6.90, 6.70, 0.025));        // 2.99 %
    CHECK_FALSE(walks_away(+1, 6.86, 6.70, 0.025));  // 2.39 %
    CHECK_FALSE(walks_away(-1, 6.90, 6.70, 0.025));
    CHECK(walks_away(-1, 6.50, 6.70, 0.025));
}

TEST_CASE("admission: the first test that fails is the reason", "[admission]") {
    AdmissionTerms terms;
    terms.products = {true, false, true};
    terms.deal_cap_usd = 2e6;
    terms.deal_cap_months = 12;
    terms.exporter_frozen_cap = 1e6;
    terms.hedge_ratio_cap = 0.8;
    terms.exporter_share = 0.10;
    terms.group_share = 0.15;
    terms.sector_share = 0.5;
    terms.bank_share = 0.35;
    const Request request{.product = 0, .usd = 1e6, .tenor_months = 6, .usd_today = 1e6, .frozen = 335'000};
    const Standing standing{.grouped = true,
                            .in_sector = true,
                            .exporter_frozen = 500'000,
                            .group_frozen = 500'000,
                            .sector_frozen = 5e6,
                            .bank_frozen = 3e6,
                            .open_usd = 1e6,
                            .annual_receipts_usd = 10e6,
                            .quota = 20e6,
                            .room = 335'000};
    CHECK_FALSE(refusal(request, standing, terms).has_value());

    const auto why = [&](auto change) {
        auto r = request;
        auto s = standing;
        change(r, s);
        return refusal(r, s, terms);
    };
    CHECK(why([](auto& r, auto&) { r.product = 1; }) == Refusal::product);
    CHECK(why([](auto& r, auto&) { r.usd = 2.1e6; }) == Refusal::notional_cap);
    CHECK(why([](auto& r, auto&) { r.tenor_months = 13; }) == Refusal::tenor_cap);
    CHECK(why([](auto&, auto& s) { s.barred = true; }) == Refusal::barred);
    CHECK(why([](auto&, auto& s) { s.exporter_frozen = 700'000; }) == Refusal::exporter_cap);
    CHECK(why([](auto&, auto& s) { s.open_usd = 7.1e6; }) == Refusal::hedge_ratio);
    CHECK_FALSE(why([](auto&, auto& s) { s.open_usd = 7.1e6, s.annual_receipts_usd = 0; }).has_value());
    CHECK(why([](auto&, auto& s) { s.quota = 8e6; }) == Refusal::exporter_concentration);
    CHECK(why([](auto&, auto& s) { s.group_frozen = 2.7e6; }) == Refusal::group_concentration);
    CHECK_FALSE(why([](auto&, auto& s) { s.group_frozen = 2.7e6, s.grouped = false; }).has_value());
    CHECK(why([](auto&, auto& s) { s.sector_frozen = 9.7e6; }) == Refusal::sector_concentration);
    CHECK(why([](auto&, auto& s) { s.bank_frozen = 6.7e6; }) == Refusal::bank_concentration);
    CHECK(why([](auto&, auto& s) { s.brake_red = true; }) == Refusal::brake);
    CHECK(why([](auto&, auto& s) { s.bank_suspended = true; }) == Refusal::brake);
    CHECK(why([](auto&, auto& s) { s.room = 334'999; }) == Refusal::no_room);
}
