#include "fxpool/files/header_unit.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;

namespace {

/// What 1 in this unit is, or 0 where the text is no unit.
double one(std::string_view text) {
    const auto unit = read_unit(text);
    return unit ? unit->times / unit->per : 0;
}

bool is_of(std::string_view text, Measure measure) {
    const auto unit = read_unit(text);
    return unit && fits(*unit, measure);
}

}  // namespace

TEST_CASE("units are read in Chinese and in English, in full width too", "[header_unit]") {
    CHECK(one("万") == 1e4);
    CHECK(one("万美元") == 1e4);
    CHECK(one("百万美元") == 1e6);
    CHECK(one("千万元") == 1e7);
    CHECK(one("亿元") == 1e8);
    CHECK(one("单位：万元") == 1e4);
    CHECK(one("万美元/年") == 1e4);
    CHECK(one("k") == 1e3);
    CHECK(one("USD m") == 1e6);
    CHECK(one("m USD") == 1e6);
    CHECK(one("in USD million") == 1e6);
    CHECK(one("US$ 000") == 1e3);
    CHECK(one("bn") == 1e9);
    CHECK(one("％") == 0.01);
    CHECK(one("bp") == 1e-4);
    CHECK(one("ＵＳＤ") == 1);
    for (const auto* none : {"", "2024", "YYYY-MM-DD", "万万", "万美元人民币", "吨", "如USDCNY", "USDCNY"}) {
        INFO(none);
        CHECK_FALSE(read_unit(none));
    }
}

TEST_CASE("a unit belongs to the columns whose numbers it can be of", "[header_unit]") {
    CHECK(is_of("万美元", Measure::usd));
    CHECK(is_of("万", Measure::usd));
    CHECK_FALSE(is_of("万元", Measure::usd));
    CHECK_FALSE(is_of("%", Measure::usd));
    CHECK(is_of("万元", Measure::cny));
    CHECK_FALSE(is_of("万美元", Measure::cny));
    CHECK(is_of("万欧元", Measure::foreign));
    CHECK(is_of("万原币", Measure::foreign));
    CHECK_FALSE(is_of("万元", Measure::foreign));
    CHECK(is_of("%", Measure::share));
    CHECK_FALSE(is_of("万", Measure::share));
    CHECK(is_of("元", Measure::rate));
    CHECK_FALSE(is_of("万", Measure::rate));
}

TEST_CASE("a rate may say in what it is quoted, but not per 100 of a currency other than the yen", "[header_unit]") {
    CHECK(is_remark("人民币/外币", Measure::rate));
    CHECK(is_remark("CNY per USD", Measure::rate));
    CHECK(is_remark("每100日元", Measure::rate));
    CHECK_FALSE(is_remark("人民币/100美元", Measure::rate));
    CHECK(is_remark("可选", Measure::usd));
    CHECK_FALSE(is_remark("2024", Measure::usd));
    CHECK(is_remark("如USDCNY", Measure::words));
}
