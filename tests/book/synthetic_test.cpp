#include "fxpool/book/book.hpp"

#include "tests/support/planted.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#ifndef FXPOOL_REPETITIONS_DIVISOR
#define FXPOOL_REPETITIONS_DIVISOR 1
#endif

using namespace fxpool;
using fxpool::testing::planted;

namespace {

/// The mix of the Fuzhou case: 40 % electronics with 45 % of its sales to the US on average, 35 % textile, 25 % food.
SyntheticSettings fuzhou_firms(int count) {
    SyntheticSettings settings;
    settings.count = count;
    settings.sectors = {{"electronics", 0.40}, {"textile", 0.35}, {"food", 0.25}};
    settings.us_share = {{"electronics", 0.45}};
    return settings;
}

}  // namespace

TEST_CASE("synthetic firms are numbered, and have a sector and receipts of a million dollars or more", "[synthetic]") {
    const auto firms = synthetic_exporters(fuzhou_firms(200));
    REQUIRE(firms.size() == 200);
    CHECK(firms.front().id == "F0001");
    CHECK(firms.back().id == "F0200");
    for (const auto& firm : firms) {
        CHECK(firm.annual_receipts_usd.value() >= 1e6);
        CHECK(firm.us_share >= 0);
        CHECK(firm.us_share <= 1);
        if (firm.sector != "electronics") CHECK(firm.us_share == 0);  // no mean given
        CHECK_FALSE(firm.pd.has_value());
        CHECK_FALSE(firm.liquidity_cny.has_value());
    }
}

TEST_CASE("firm k of seed 1, from Philox by hand", "[synthetic]") {
    const auto firms = synthetic_exporters(fuzhou_firms(200));
    // Sectors in order of name: electronics to 0.40, food to 0.65, textile.
    // Firm 1 draws 0.634642... and 0.503131...: food, 1 m * 0.503131...^(-1/1.3)
    CHECK(firms[0].sector == "food");
    CHECK(firms[0].annual_receipts_usd.value() == Approx(1'696'195.079418864).epsilon(1e-12));
    // Firm 2 draws 0.042314..., 0.179553... and 0.565997...
    CHECK(firms[1].sector == "electronics");
    CHECK(firms[1].annual_receipts_usd.value() == Approx(3'747'110.5648975773).epsilon(1e-12));
    // Firm 200 draws 0.866204... and 0.213128...
    CHECK(firms[199].sector == "textile");
    CHECK(firms[199].annual_receipts_usd.value() == Approx(3'284'196.3516315836).epsilon(1e-12));
}

TEST_CASE("a firm does not depend on how many there are", "[synthetic]") {
    const auto few = synthetic_exporters(fuzhou_firms(10)), many = synthetic_exporters(fuzhou_firms(12'000));
    for (std::size_t i = 0; i < few.size(); ++i) {
        CHECK(few[i].id == many[i].id);
        CHECK(few[i].sector == many[i].sector);
        CHECK(few[i].annual_receipts_usd == many[i].annual_receipts_usd);
        CHECK(few[i].us_share == many[i].us_share);
    }
    CHECK(many.back().id == "F12000");
    auto other = fuzhou_firms(10);
    other.seed = 2;
    CHECK(synthetic_exporters(other)[0].annual_receipts_usd != few[0].annual_receipts_usd);
    other.seed = 1 + (1ULL << 32U);  // the high half of a seed counts, too
    CHECK(synthetic_exporters(other)[0].annual_receipts_usd != few[0].annual_receipts_usd);
}

TEST_CASE("a mean US share of 0 or 1 leaves nothing to draw; no sectors leave none", "[synthetic]") {
    SyntheticSettings settings;
    settings.count = 50;
    settings.sectors = {{"a", 0.5}, {"b", 0.5}};
    settings.us_share = {{"a", 0.0}, {"b", 1.0}};
    for (const auto& firm : synthetic_exporters(settings)) CHECK(firm.us_share == (firm.sector == "a" ? 0 : 1));
    settings.sectors.clear();
    for (const auto& firm : synthetic_exporters(settings)) CHECK(firm.sector.empty());
}

TEST_CASE("receipts follow a Pareto law", "[synthetic][statistical]") {
    // ln(receipts / 1 m) is exponential with mean 1/1.3 and as large a standard deviation: of 10^6 firms the s.e. is 0.1 %
    const int count = 1'000'000 / FXPOOL_REPETITIONS_DIVISOR;
    SyntheticSettings settings;
    settings.count = count;
    double sum = 0, above = 0;
    for (const auto& firm : synthetic_exporters(settings)) {
        sum += std::log(*firm.annual_receipts_usd / 1e6);
        above += *firm.annual_receipts_usd > 1.5e6;
    }
    const double se = 1 / std::sqrt(count);
    CHECK(planted(sum / count) == Approx(1 / 1.3).epsilon(5 * se));
    // P(receipts > 1.5 m) = 1.5^-1.3 = 0.590
    const double p = std::pow(1.5, -1.3);
    CHECK(planted(above / count) == Approx(p).epsilon(5 * se * std::sqrt((1 - p) / p)));
}

TEST_CASE("sectors come in their shares", "[synthetic][statistical]") {
    // a share p of 10^6 firms has a relative s.e. of sqrt((1 - p)/p) / 1000: 0.12 % for electronics, 0.14 % for textile
    const int count = 1'000'000 / FXPOOL_REPETITIONS_DIVISOR;
    auto settings = fuzhou_firms(count);
    settings.us_share.clear();
    std::map<std::string, double> firms;
    for (const auto& firm : synthetic_exporters(settings)) ++firms[firm.sector];
    for (const auto* sector : {"electronics", "textile"}) {
        const double p = settings.sectors.at(sector);
        CHECK(planted(firms[sector] / count) == Approx(p).epsilon(5 * std::sqrt((1 - p) / p / count)));
    }
    CHECK(firms["electronics"] + firms["textile"] + firms["food"] == count);
}

TEST_CASE("US shares have their sector's mean, and Beta's spread", "[synthetic][statistical]") {
    // Beta(2m, 2 - 2m) has mean m and variance m (1 - m)/3; m = 0.45: s.e. of the mean 0.287/sqrt(n), 0.12 % for n = 300,000
    const int count = 300'000 / FXPOOL_REPETITIONS_DIVISOR;
    const double m = 0.45, variance = m * (1 - m) / 3;
    SyntheticSettings settings;
    settings.count = count;
    settings.sectors = {{"electronics", 1.0}};
    settings.us_share = {{"electronics", m}};
    double sum = 0, squares = 0, fourth = 0;
    for (const auto& firm : synthetic_exporters(settings)) {
        const double from_mean = firm.us_share - m;
        sum += firm.us_share;
        squares += from_mean * from_mean;
        fourth += std::pow(from_mean, 4);
    }
    CHECK(planted(sum / count) == Approx(m).margin(5 * std::sqrt(variance / count)));
    const double se_of_variance = std::sqrt((fourth / count - variance * variance) / count);  // 0.14 %
    CHECK(planted(squares / count) == Approx(variance).margin(5 * se_of_variance));
}
