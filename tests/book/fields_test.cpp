// What people write into the fields of a data file, seen through the contracts loader.
#include "fxpool/book/book.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::lines_of;
using fxpool::testing::Scratch;

namespace {

const std::string header = "contract_id,exporter_id,bank_id,direction,notional,contract_rate,trade_date,settle_date\n";

std::vector<Contract> read(std::string_view bytes, Problems& problems) {
    const Scratch scratch;
    return load_contracts(scratch.file("contracts.csv", bytes), problems);
}

std::string problem(const std::string& rows, Language language = Language::en) {
    Problems problems;
    read(header + rows, problems);
    return line_of(problems, language);
}

}  // namespace

TEST_CASE("what a Chinese Excel saves: GB18030, semicolons, columns in its own order, Chinese words", "[fields]") {
    Problems problems;
    // 合约编号;企业编号;银行;方向;货币对;外币金额;合约汇率;交易日;交割日 / C1;F1;ICBC;购汇;USD/CNY;100万;6.78;2025年12月25日;2026/3/25
    const auto contracts = read(
        "\xBA\xCF\xD4\xBC\xB1\xE0\xBA\xC5;\xC6\xF3\xD2\xB5\xB1\xE0\xBA\xC5;\xD2\xF8\xD0\xD0;\xB7\xBD\xCF\xF2;\xBB\xF5\xB1\xD2\xB6\xD4;"
        "\xCD\xE2\xB1\xD2\xBD\xF0\xB6\xEE;\xBA\xCF\xD4\xBC\xBB\xE3\xC2\xCA;\xBD\xBB\xD2\xD7\xC8\xD5;\xBD\xBB\xB8\xEE\xC8\xD5\r\n"
        "C1;F1;ICBC;\xB9\xBA\xBB\xE3;USD/CNY;100\xCD\xF2;6.78;2025\xC4\xEA"
        "12\xD4\xC2"
        "25\xC8\xD5;2026/3/25\r\n",
        problems);
    REQUIRE(line_of(problems).empty());
    REQUIRE(contracts.size() == 1);
    CHECK(contracts[0].direction == Direction::buy);
    CHECK(contracts[0].product == Product::forward_purchase);
    CHECK(contracts[0].pair == "USDCNY");
    CHECK(contracts[0].notional == 1'000'000);
    CHECK(contracts[0].contract_rate == 6.78);
    CHECK(contracts[0].trade_date == Date::of(2025, 12, 25));
    CHECK(contracts[0].settle_date == Date::of(2026, 3, 25));
    CHECK_FALSE(contracts[0].margin_rate.has_value());
}

TEST_CASE("what looks like a number and is none", "[fields]") {
    const auto rate = [](const std::string& text) { return problem("C1,F1,ICBC,sell,1000," + text + ",2026-01-05,2026-04-07\n"); };
    const std::string start = "contracts.csv:2:22: contract_rate: ";
    CHECK(rate("nan") == start + "'nan' is no number");
    CHECK(rate("-inf") == start + "'-inf' is no number");
    CHECK(rate("6.7.8") == start + "'6.7.8' is no number");
    CHECK(rate("0x6") == start + "'0x6' is no number");
    CHECK(rate("6.8元") == start + "'6.8元' is no number");
    CHECK(rate("６.8") == start + "'６.8' is no number: it has full-width characters");
    CHECK(rate("\"6,8\"") == start + "'6,8' is no number");  // a comma is no decimal point
    CHECK(rate("1e400") == start + "'1e400' is no number");
}

TEST_CASE("a long field is quoted by its beginning", "[fields]") {
    const std::string row(900'000, 'x');
    CHECK(problem("C1,F1,ICBC,sell,1000," + row + ",2026-01-05,2026-04-07\n") ==
          "contracts.csv:2:22: contract_rate: '" + std::string(60, 'x') + "...' is no number");
}

TEST_CASE("every problem of a contracts file is told at once", "[fields]") {
    Problems problems;
    read(header + "C1,F1,B,sell,0,x,2026-01-05,2026-02-05\nC1,F1,B,sell,1,6.8,2026-01-05,2026-02-05\nC2,F1\n", problems);
    CHECK(lines_of(problems) ==
          std::vector<std::string>{"contracts.csv:2:14: notional: 0 is not above 0", "contracts.csv:2:16: contract_rate: 'x' is no number",
                                   "contracts.csv:3:1: contract_id: C1 comes twice; first in line 2", "contracts.csv:4:1: the row has 2 fields, the header 8"});
}

TEST_CASE("the problems are told in Chinese as well", "[fields]") {
    CHECK(problem("C1,F1,B,sell,0,6.8,2026-02-05,2026-03-05\n", Language::zh) == "contracts.csv:2:14: notional: 0 不大于 0");
    CHECK(problem("C1,F1,B,sell,1,6.8,2026-02-05,2026-01-05\n", Language::zh) == "contracts.csv:2:31: settle_date: 交割日 2026-01-05 早于交易日 2026-02-05");
    CHECK(problem("C1,F1,B,sell,1,6.8,2026年2月30日,2026-01-05\n", Language::zh) == "contracts.csv:2:20: trade_date: “2026年2月30日”不是有效日期");
}

TEST_CASE("a contracts file of nothing but a header is a warning", "[fields]") {
    CHECK(problem("") == "contracts.csv:1:1: warning: there is a header but no contract below it");
}
