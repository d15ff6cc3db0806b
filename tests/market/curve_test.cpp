#include "fxpool/market/curve.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace fxpool;

TEST_CASE("a curve is linear in tenor between its pillars and flat outside", "[curve]") {
    const ByTenor curve = {{1, 0.0150}, {12, 0.0155}};
    CHECK(zero_rate(curve, 0) == 0.0150);
    CHECK(zero_rate(curve, 1.0 / 12) == 0.0150);
    CHECK(zero_rate(curve, 6.5 / 12) == Approx(0.01525).epsilon(1e-14));  // half way from 1 to 12 months
    CHECK(zero_rate(curve, 1) == 0.0155);
    CHECK(zero_rate(curve, 5) == 0.0155);

    const ByTenor three = {{3, 0.02}, {6, 0.03}, {12, 0.01}};
    CHECK(zero_rate(three, 4.0 / 12) == Approx(0.02 + 0.01 / 3).epsilon(1e-14));
    CHECK(zero_rate(three, 9.0 / 12) == Approx(0.02).epsilon(1e-14));
    CHECK(zero_rate(three, 6.0 / 12) == Approx(0.03).epsilon(1e-14));
}

TEST_CASE("one number is a flat curve", "[curve]") {
    const ByTenor flat = {{0, 0.034}};
    for (const double years : {0.0, 0.1, 1.0, 30.0}) CHECK(zero_rate(flat, years) == 0.034);
}

TEST_CASE("discount factors are continuously compounded by calendar days over 365", "[curve]") {
    const auto flat = discount_factors({{0, 0.0155}}, 365);
    REQUIRE(flat.size() == 366);
    CHECK(flat[0] == 1);
    CHECK(flat[365] == Approx(std::exp(-0.0155)).epsilon(1e-15));
    CHECK(flat[182] == Approx(std::exp(-0.0155 * 182 / 365)).epsilon(1e-15));
    // 30 days are 0.0821917... years, before the first pillar at 1/12: flat
    CHECK(discount_factors({{1, 0.0150}, {12, 0.0155}}, 30)[30] == Approx(std::exp(-0.0150 * 30 / 365)).epsilon(1e-15));
}

TEST_CASE("the covered-parity forward, by hand", "[curve]") {
    // 6.78 exp((1.55 % - 3.4 %) * 181/365) for 181 days
    const auto factors = forward_factors({{0, 0.0155}}, {{0, 0.034}}, 365);
    CHECK(factors[0] == 1);
    CHECK(6.78 * factors[181] == Approx(6.718084903691787).epsilon(1e-12));
    CHECK(6.78 * factors[365] == Approx(6.6557231057323465).epsilon(1e-12));
}

TEST_CASE("swap points come back as the quoted forward at each pillar", "[curve]") {
    const ByTenor domestic = {{1, 0.0150}, {12, 0.0155}};
    const ByTenor points = {{1, -110}, {6, -640}, {12, -1250}};
    const double spot = 6.78;
    const auto foreign = implied_foreign_curve(spot, points, domestic);
    REQUIRE(foreign.size() == 3);
    for (const auto& [months, pips] : points) {
        const double tau = months / 12.0;
        const double forward = spot * std::exp((zero_rate(domestic, tau) - zero_rate(foreign, tau)) * tau);
        CHECK(forward == Approx(spot + pips / 10'000).epsilon(1e-14));
    }
    // by hand at 12 months: 1.55 % - ln(6.655/6.78) = 1.55 % + 1.86087 %
    CHECK(foreign.at(12) == Approx(0.034108650).margin(1e-8));
    CHECK(6.78 * forward_factors(domestic, foreign, 365)[365] == Approx(6.6550).epsilon(1e-12));
}
