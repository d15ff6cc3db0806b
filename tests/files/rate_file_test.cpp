#include "fxpool/files/rate_file.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::Scratch;

namespace {

RateSeries read(std::string_view text, const std::string& pair, Problems& problems) {
    const Scratch scratch;
    return load_rates(scratch.file("rates.csv", text), pair, problems);
}

std::string problem(std::string_view text) {
    Problems problems;
    read(text, "USDCNY", problems);
    return line_of(problems);
}

}  // namespace

TEST_CASE("the pair's column is read, else the column rate", "[rate_file]") {
    Problems problems;
    const auto own = read("date,EURCNY,USDCNY\n2015-08-10,6.8,6.2097\n2015-08-11,7.0,6.3231\n", "USDCNY", problems);
    CHECK(own.dates == std::vector<Date>{Date::of(2015, 8, 10), Date::of(2015, 8, 11)});
    CHECK(own.rates == std::vector<double>{6.2097, 6.3231});
    CHECK(own.lines == std::vector<int>{2, 3});
    CHECK(read("date,rate\n2015/8/10,6.2097\n", "USDCNY", problems).rates == std::vector<double>{6.2097});
    CHECK(read("日期;汇率\n2015年8月10日;6.2097\n", "USDCNY", problems).rates == std::vector<double>{6.2097});
    CHECK(problems.list().empty());
}

TEST_CASE("rows come in any order and may leave a rate blank", "[rate_file]") {
    Problems problems;
    const auto rates = read("date,USDCNY,EURCNY\n2015-08-12,6.3870,7.1\n2015-08-11,,7.0\n2015-08-10,6.2097,6.8\n", "USDCNY", problems);
    CHECK(rates.dates == std::vector<Date>{Date::of(2015, 8, 10), Date::of(2015, 8, 12)});
    CHECK(rates.rates == std::vector<double>{6.2097, 6.3870});
    CHECK(rates.lines == std::vector<int>{4, 2});
    CHECK(problems.list().empty());
}

TEST_CASE("what is wrong with a rate file is told with its place", "[rate_file]") {
    CHECK(problem("date,EURCNY\n2015-08-10,6.8\n") == "rates.csv:1:1: there is neither a column USDCNY nor a column rate (汇率); the file has: date, EURCNY");
    CHECK(problem("day,USDCNY\n2015-08-10,6.8\n") == "rates.csv:1:1: column date (日期) is missing; the file has: day, USDCNY");
    CHECK(problem("date,USDCNY\n2015-02-30,6.8\n") == "rates.csv:2:1: date: '2015-02-30' is no date");
    CHECK(problem("date,USDCNY\n2015-08-10,6.8\n2015-08-10,6.9\n") == "rates.csv:3:1: date: 2015-08-10 comes twice; first in line 2");
    CHECK(problem("date,USDCNY\n2015-08-10,0\n") == "rates.csv:2:12: USDCNY: '0' is no rate: it must be a number above 0");
    CHECK(problem("date,USDCNY\n2015-08-10,nan\n") == "rates.csv:2:12: USDCNY: 'nan' is no rate: it must be a number above 0");
    CHECK(problem("date,USDCNY\n") == "rates.csv:1:1: there is no rate of USDCNY in the file");
}

TEST_CASE("dates of rates as Excel leaves them; rates in a range", "[rate_file]") {
    Problems problems;
    const auto rates = read("交易日期,USD/CNY\n45929,7.1\n2025/9/30 0:00,7.2\n", "USDCNY", problems);
    CHECK(line_of(problems) == "");
    CHECK(rates.dates == std::vector<Date>{Date::of(2025, 9, 29), Date::of(2025, 9, 30)});
    CHECK(problem("日期,USDCNY\n3/4/2025,7.1\n") == "rates.csv:2:1: 日期: '3/4/2025' may be 2025-03-04 or 2025-04-03; write the one that is meant");
    CHECK(problem("date,汇率\n2025-09-29,1e308\n") == "rates.csv:2:12: 汇率: 1e308 is out of range: 0.0001 to 100,000");
    CHECK(problem("date,USDCNY\n2025-09-29,1e-9\n") == "rates.csv:2:12: USDCNY: 1e-9 is out of range: 0.0001 to 100,000");
}

TEST_CASE("the pairs of a file are its columns that end on CNY", "[rate_file]") {
    const Scratch scratch;
    Problems problems;
    CHECK(pairs_in(scratch.file("a.csv", "date,usdcny,remark,JPYCNY,CNYCNY\n2015-08-10,6.2,,5,1\n"), problems) == std::vector<std::string>{"USDCNY", "JPYCNY"});
    CHECK(pairs_in(scratch.file("b.csv", "日期;汇率\n2015-08-10;6.2\n"), problems).empty());
    CHECK(problems.list().empty());
    CHECK(is_pair("USDCNY"));
    CHECK_FALSE(is_pair("usdcny"));
    CHECK_FALSE(is_pair("USDEUR"));
    CHECK_FALSE(is_pair("CNYCNY"));
}

TEST_CASE("the shipped rates are read whole", "[rate_file]") {
    Problems problems;
    const char* root = std::getenv("FXPOOL_SOURCE_DIR");
    const auto file = std::filesystem::path(root == nullptr ? "." : root) / "scenarios/data/cny-fx-daily-2005-2026.csv";
    const auto rates = load_rates(file, "USDCNY", problems);
    CHECK(problems.list().empty());
    REQUIRE(rates.dates.size() == 5384);
    CHECK(rates.dates.front() == Date::of(2005, 4, 1));
    CHECK(rates.rates.front() == 8.276487);
}
