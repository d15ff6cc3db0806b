#include "fxpool/report/layout.hpp"

#include <catch2/catch.hpp>

using namespace fxpool::report;
using Lines = std::vector<std::string>;

TEST_CASE("a Chinese character takes two places, its bytes do not count", "[layout]") {
    CHECK(display_width("fund") == 4);
    CHECK(display_width("资金池") == 6);
    CHECK(display_width("0.41 万元（估计）") == 17);
    CHECK(display_width("≥ 5") == 3);
    CHECK(display_width("") == 0);
    CHECK(pad_right("额度", 6) == "额度  ");
    CHECK(pad_left("额度", 6) == "  额度");
    CHECK(pad_left("too wide", 3) == "too wide");
}

TEST_CASE("lines break between words, and units stay with their numbers", "[layout]") {
    CHECK(wrap("the pool bears 80 % of it", 17) == Lines{"the pool bears", "80 % of it"});
    CHECK(wrap("pool 80 %  banks 20 %", 40) == Lines{"pool 80 %  banks 20 %"});
    CHECK(wrap("pool 80 %  banks 20 %  none 0 %", 24) == Lines{"pool 80 %  banks 20 %", "none 0 %"});
    CHECK(wrap("工行 310万元  中行 150万元", 17) == Lines{"工行 310万元", "中行 150万元"});
    CHECK(wrap("averyveryverylongword and", 8) == Lines{"averyveryverylongword", "and"});
    CHECK(wrap("2.9 m in 1 year", 4) == Lines{"2.9 m", "in 1", "year"});
    CHECK(wrap("", 8).empty());
}

TEST_CASE("Chinese lines break between characters, never before a closing mark", "[layout]") {
    CHECK(wrap("额度用足了吗？", 8) == Lines{"额度用足", "了吗？"});
    CHECK(wrap("额度用足，不足", 8) == Lines{"额度用", "足，不足"});
    CHECK(wrap("（甲乙）", 4) == Lines{"（甲", "乙）"});
}

TEST_CASE("columns are as wide as their widest cell on the terminal", "[layout]") {
    CHECK(columns({{"银行", "1.5", "a"}, {"BOC", "22.5", "b"}}, "lrl") == "银行   1.5  a\nBOC   22.5  b\n");
    CHECK(columns({{"a", "b"}, {"a long text that runs on"}}, "ll") == "a  b\na long text that runs on\n");
    CHECK(columns({{"a", ""}}, "ll") == "a\n");
}
