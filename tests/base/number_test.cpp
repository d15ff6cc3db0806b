#include "fxpool/base/number.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using fxpool::exact_number;
using fxpool::parse_number;

TEST_CASE("numbers are read as people write them", "[number]") {
    CHECK(parse_number("5%") == 0.05);
    CHECK(parse_number("20m") == 20'000'000);
    CHECK(parse_number("300k") == 300'000);
    CHECK(parse_number("1.2bn") == 1'200'000'000);
    CHECK(parse_number("2000万") == 20'000'000);
    CHECK(parse_number("1.5亿") == 150'000'000);
    CHECK(parse_number("1,000,000.00") == 1'000'000);
    CHECK(parse_number("20_000_000") == 20'000'000);
    CHECK(parse_number("0.042") == 0.042);
    CHECK(parse_number("-110") == -110);
    CHECK(parse_number("+3") == 3);
    CHECK(parse_number("1e6") == 1'000'000);
    CHECK(parse_number(" 6.78 ") == 6.78);
    CHECK(parse_number("5 %") == 0.05);
}

TEST_CASE("a number with a unit is the double nearest to what it means", "[number]") {
    CHECK(parse_number("7%") == 0.07);
    CHECK(parse_number("4.2%") == 0.042);
    CHECK(parse_number("99.9%") == 0.999);
    CHECK(parse_number("1.1m") == 1'100'000);
    CHECK(parse_number("2.3万") == 23'000);
}

TEST_CASE("what is no number is none", "[number]") {
    for (const auto* text : {"",         " ",    "%",   "m",    "abc",  "NaN",   "nan",   ".nan", "inf",   "-inf", ".inf",       "Infinity", "1e999",
                             "0x10",     "５%",  "5％", "5 %%", "20x",  "20 mm", "5 USD", "1e3m", "5e%",   "e5",   ".",          "1,00",     "1,0000",
                             "1,000,00", ",100", "1_",  "_1",   "1__0", "1.2.3", "--1",   "+-1",  "1 000", "5%5",  "1,000.000,0"}) {
        INFO(text);
        CHECK_FALSE(parse_number(text).has_value());
    }
}

TEST_CASE("a number is written so that it reads back the same", "[number]") {
    for (const double value : {0.1, 1.0 / 3, 20e6, 6.78, -110.0, 5e-324, 1.7976931348623157e308}) CHECK(parse_number(exact_number(value)) == value);
    CHECK(exact_number(0.05) == "0.05");
    CHECK(exact_number(20) == "20");
}
