#include "fxpool/report/figures.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace fxpool;
using namespace fxpool::report;

namespace {

Estimate with_error(double value, double standard_error) { return {.value = value, .standard_error = standard_error}; }
Estimate between(double value, double low, double high) { return {.value = value, .low = low, .high = high}; }

}  // namespace

TEST_CASE("money is rounded to what its interval supports", "[figures]") {
    const auto loss = money(between(412'345, 402'000, 423'000), Language::en);
    CHECK(loss.value == "0.41 m");
    CHECK(loss.interval == "(0.40 to 0.42)");
    const auto tail = money(between(2'912'345, 2'812'345, 3'022'345), Language::en);
    CHECK(tail.value == "2.9 m");
    CHECK(tail.interval == "(2.8 to 3.0)");
    CHECK(money(with_error(412'345, 5'300), Language::en).interval == "(0.40 to 0.42)");
}

TEST_CASE("an interval open upwards is said as at least", "[figures]") {
    const auto tail = money(between(5'234'000, 4'900'000, std::numeric_limits<double>::infinity()), Language::en);
    CHECK(tail.value == "≥ 5.2 m");
    CHECK(tail.interval.empty());
}

TEST_CASE("what is not known says so, what is exact keeps three digits", "[figures]") {
    CHECK(money(Estimate{}, Language::en).value == "too few");
    CHECK(money(Estimate{.value = 23'456'789}, Language::en).value == "23.5 m");
    CHECK(money(Estimate{.value = 45'678}, Language::en).value == "45,678");
    CHECK(money(0, Language::en) == "0");
    CHECK(money(-250'000, Language::en) == "-0.25 m");
}

TEST_CASE("Chinese money is in yuan, ten thousands and hundred millions", "[figures]") {
    CHECK(money(between(412'345, 402'000, 423'000), Language::zh).value == "41万元");
    CHECK(money(20e6, Language::zh) == "2,000万元");
    CHECK(money(1.5e8, Language::zh) == "1.5亿元");
    CHECK(money(9'876, Language::zh) == "9,876元");
    CHECK(usd(900'000, Language::zh) == "90万美元");
    CHECK(usd(900'000, Language::en) == "USD 0.9 m");
}

TEST_CASE("probabilities are said in per cent", "[figures]") {
    const auto probability = share(between(0.0003, 0.0002, 0.0004), Language::en);
    CHECK(probability.value == "0.03 %");
    CHECK(probability.interval == "(0.02 to 0.04)");
    const auto never = share(between(0, 0, 0.0000384), Language::en);
    CHECK(never.value == "0.000 %");
    CHECK(never.interval == "(0.000 to 0.004)");
    CHECK(share(0.8, Language::en) == "80 %");
    CHECK(share(0.0348, Language::zh) == "3.48%");
}

TEST_CASE("amounts to the fen are grouped by thousands", "[figures]") {
    CHECK(to_the_fen(1'234'567.891) == "1,234,567.89");
    CHECK(to_the_fen(-0.001) == "0.00");
    CHECK(to_the_fen(-1'234.5) == "-1,234.50");
    CHECK(grouped(100'000) == "100,000");
    CHECK(grouped(999) == "999");
    CHECK(grouped(-1'000) == "-1,000");
}

TEST_CASE("dates and durations are written as each language does", "[figures]") {
    CHECK(day(Date::of(2026, 1, 5), Language::en) == "2026-01-05");
    CHECK(day(Date::of(2026, 1, 5), Language::zh) == "2026年1月5日");
    CHECK(duration(9.84, Language::en) == "9.8 s");
    CHECK(duration(65, Language::en) == "65 s");
    CHECK(duration(125, Language::en) == "2 min 5 s");
    CHECK(duration(7260, Language::en) == "2 h 1 min");
    CHECK(duration(125, Language::zh) == "2 分 5 秒");
}

TEST_CASE("no amount is finer than a fen, nothing is 0", "[figures]") {
    CHECK(money(with_error(1e-9, 1e-10), Language::en).value == "0.00");
    CHECK(money(between(29'329, 28'081, 30'578), Language::en).value == "29,000");
    CHECK(money(between(29'329, 28'081, 30'578), Language::en).interval == "(28,000 to 31,000)");
    CHECK(share(with_error(0.7008, 0.00001), Language::en, 3).value == "70.1 %");
    CHECK(money(Estimate{.value = 0.12345}, Language::en).value == "0.12");
    CHECK(money(with_error(0, 0), Language::en).value == "0");
}
