#include "fxpool/book/book.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>
#include <iterator>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::lines_of;
using fxpool::testing::Scratch;

namespace {

std::vector<Contract> read(std::string_view bytes, Problems& problems) {
    const Scratch scratch;
    return load_contracts(scratch.file("contracts.csv", bytes), problems);
}

const std::string header = "contract_id,exporter_id,bank_id,product,pair,direction,notional,contract_rate,trade_date,settle_date,margin_rate\n";

/// What is wrong with a file of these rows, line after line.
std::string problem(const std::string& rows) {
    Problems problems;
    read(header + rows, problems);
    return line_of(problems);
}

}  // namespace

TEST_CASE("a contract is read field by field", "[contracts]") {
    Problems problems;
    const auto contracts = read(header + "C1,F1,ICBC,forward_sale,USDCNY,sell,\"1,000,000.00\",6.78,2025-12-25,2026-03-25,5%\n", problems);
    REQUIRE(line_of(problems).empty());
    REQUIRE(contracts.size() == 1);
    const auto& contract = contracts[0];
    CHECK(contract.id == "C1");
    CHECK(contract.exporter_id == "F1");
    CHECK(contract.bank_id == "ICBC");
    CHECK(contract.product == Product::forward_sale);
    CHECK(contract.pair == "USDCNY");
    CHECK(contract.direction == Direction::sell);
    CHECK(contract.notional == 1'000'000);
    CHECK(contract.contract_rate == 6.78);
    CHECK(contract.trade_date == Date::of(2025, 12, 25));
    CHECK(contract.settle_date == Date::of(2026, 3, 25));
    CHECK(contract.margin_rate == 0.05);
    CHECK(contract.place.line == 2);
}

TEST_CASE("a Chinese Excel's file says the same: GB18030, semicolons, other order, Chinese words", "[contracts]") {
    Problems problems;
    // 合约编号;企业编号;银行;方向;货币对;外币金额;合约汇率;交易日;交割日 / C1;F1;ICBC;购汇;USD/CNY;100万;6.78;2025年12月25日;2026/3/25
    const auto contracts = read("\xBA\xCF\xD4\xBC\xB1\xE0\xBA\xC5;\xC6\xF3\xD2\xB5\xB1\xE0\xBA\xC5;\xD2\xF8\xD0\xD0;\xB7\xBD\xCF\xF2;\xBB\xF5\xB1\xD2\xB6\xD4;"
                                "\xCD\xE2\xB1\xD2\xBD\xF0\xB6\xEE;\xBA\xCF\xD4\xBC\xBB\xE3\xC2\xCA;\xBD\xBB\xD2\xD7\xC8\xD5;\xBD\xBB\xB8\xEE\xC8\xD5\r\n"
                                "C1;F1;ICBC;\xB9\xBA\xBB\xE3;USD/CNY;100\xCD\xF2;6.78;2025\xC4\xEA" "12\xD4\xC2" "25\xC8\xD5;2026/3/25\r\n",
                                problems);
    REQUIRE(line_of(problems).empty());
    REQUIRE(contracts.size() == 1);
    CHECK(contracts[0].direction == Direction::buy);
    CHECK(contracts[0].product == Product::forward_purchase);
    CHECK(contracts[0].pair == "USDCNY");
    CHECK(contracts[0].notional == 1'000'000);
    CHECK(contracts[0].trade_date == Date::of(2025, 12, 25));
    CHECK(contracts[0].settle_date == Date::of(2026, 3, 25));
    CHECK_FALSE(contracts[0].margin_rate.has_value());
}

TEST_CASE("product and direction follow from each other, but not for a swap", "[contracts]") {
    Problems problems;
    const auto contracts = read(header +
                                    "C1,F1,B,,USDCNY,SELL,1,6.8,2026-01-05,2026-02-05,\nC2,F1,B,,USDCNY,购汇,1,6.8,2026-01-05,2026-02-05,\n"
                                    "C3,F1,B,远期结汇,USDCNY,,1,6.8,2026-01-05,2026-02-05,\nC4,F1,B,forward_purchase,USDCNY,,1,6.8,2026-01-05,2026-02-05,\n"
                                    "C5,F1,B,掉期,USDCNY,buy,1,6.8,2026-01-05,2026-02-05,\n",
                                problems);
    REQUIRE(line_of(problems).empty());
    REQUIRE(contracts.size() == 5);
    CHECK(contracts[0].product == Product::forward_sale);
    CHECK(contracts[1].product == Product::forward_purchase);
    CHECK(contracts[2].direction == Direction::sell);
    CHECK(contracts[3].direction == Direction::buy);
    CHECK(contracts[4].product == Product::swap);
    CHECK(contracts[4].direction == Direction::buy);

    CHECK(problem("C1,F1,B,swap,USDCNY,,1,6.8,2026-01-05,2026-02-05,\n") == "contracts.csv:2:21: direction: the field is empty");
    CHECK(problem("C1,F1,B,,USDCNY,,1,6.8,2026-01-05,2026-02-05,\n") == "contracts.csv:2:17: direction: the field is empty");
    CHECK(problem("C1,F1,B,forward_sale,USDCNY,buy,1,6.8,2026-01-05,2026-02-05,\n") ==
          "contracts.csv:2:9: product: product forward_sale contradicts direction buy");
    CHECK(problem("C1,F1,B,远期购汇,USDCNY,结汇,1,6.8,2026-01-05,2026-02-05,\n") ==
          "contracts.csv:2:9: product: product 远期购汇 contradicts direction 结汇");
}

TEST_CASE("each wrong field of a contract is told with its place", "[contracts]") {
    CHECK(problem(",F1,B,,USDCNY,sell,1,6.8,2026-01-05,2026-02-05,\n") == "contracts.csv:2:1: contract_id: the field is empty");
    CHECK(problem("C1,,B,,USDCNY,sell,1,6.8,2026-01-05,2026-02-05,\n") == "contracts.csv:2:4: exporter_id: the field is empty");
    CHECK(problem("C1,F1,,,USDCNY,sell,1,6.8,2026-01-05,2026-02-05,\n") == "contracts.csv:2:7: bank_id: the field is empty");
    CHECK(problem("C1,F1,B,option,USDCNY,sell,1,6.8,2026-01-05,2026-02-05,\n") ==
          "contracts.csv:2:9: product: 'option' is no product: forward_sale (远期结汇), forward_purchase (远期购汇) or swap (掉期)");
    CHECK(problem("C1,F1,B,,USDCNY,short,1,6.8,2026-01-05,2026-02-05,\n") ==
          "contracts.csv:2:17: direction: 'short' is no direction: sell (结汇) or buy (购汇)");
    CHECK(problem("C1,F1,B,,USDCNY,sell,0,6.8,2026-01-05,2026-02-05,\n") == "contracts.csv:2:22: notional: 0 is not above 0");
    CHECK(problem("C1,F1,B,,USDCNY,sell,-5,6.8,2026-01-05,2026-02-05,\n") == "contracts.csv:2:22: notional: -5 is not above 0");
    CHECK(problem("C1,F1,B,,USDCNY,sell,,6.8,2026-01-05,2026-02-05,\n") == "contracts.csv:2:22: notional: the field is empty");
    CHECK(problem("C1,F1,B,,USDCNY,sell,1,nan,2026-01-05,2026-02-05,\n") == "contracts.csv:2:24: contract_rate: 'nan' is no number");
    CHECK(problem("C1,F1,B,,USDCNY,sell,1,inf,2026-01-05,2026-02-05,\n") == "contracts.csv:2:24: contract_rate: 'inf' is no number");
    CHECK(problem("C1,F1,B,,USDCNY,sell,1,６.8,2026-01-05,2026-02-05,\n") ==
          "contracts.csv:2:24: contract_rate: '６.8' is no number: it has full-width characters");
    CHECK(problem("C1,F1,B,,USDCNY,sell,1,6.8,2026-02-30,2026-03-05,\n") == "contracts.csv:2:28: trade_date: '2026-02-30' is no date");
    CHECK(problem("C1,F1,B,,USDCNY,sell,1,6.8,2026-01-05,,\n") == "contracts.csv:2:39: settle_date: the field is empty");
    CHECK(problem("C1,F1,B,,USDCNY,sell,1,6.8,2026-02-05,2026-01-05,\n") ==
          "contracts.csv:2:39: settle_date: settlement 2026-01-05 is before the trade date 2026-02-05");
    CHECK(problem("C1,F1,B,,USDCNY,sell,1,6.8,2026-01-05,2026-02-05,120%\n") == "contracts.csv:2:50: margin_rate: 120% is not from 0 % to 100 %");
    CHECK(problem("C1,F1,B,,USDCNY,sell,1,6.8,2026-01-05,2026-02-05,5％\n") ==
          "contracts.csv:2:50: margin_rate: '5％' is no number: it has full-width characters");
}

TEST_CASE("every problem of a file is told at once", "[contracts]") {
    Problems problems;
    read(header + "C1,F1,B,,USDCNY,sell,0,x,2026-01-05,2026-02-05,\nC1,F1,B,,USDCNY,sell,1,6.8,2026-01-05,2026-02-05,\nC2,F1\n", problems);
    CHECK(lines_of(problems) == std::vector<std::string>{"contracts.csv:2:22: notional: 0 is not above 0", "contracts.csv:2:24: contract_rate: 'x' is no number",
                                                         "contracts.csv:3:1: contract_id: C1 comes twice; first in line 2",
                                                         "contracts.csv:4:1: the row has 2 fields, the header 11"});
}

TEST_CASE("of a thousand problems of a kind a hundred are kept and the rest counted", "[contracts]") {
    std::string rows;
    for (int i = 0; i < 1'000; ++i) rows += "C" + std::to_string(i) + ",F1,B,,USDCNY,sell,0,6.8,2026-01-05,2026-02-05,\n";
    Problems problems;
    read(header + rows, problems);
    CHECK(problems.errors() == 1'000);
    CHECK(problems.list().size() == 100);
    REQUIRE(problems.left_out().size() == 1);
    CHECK(render(problems.left_out()[0].message, Language::en) == "900 more like this one: 0 is not above 0");
}

TEST_CASE("the problems are told in Chinese as well", "[contracts]") {
    Problems problems;
    read(header + "C1,F1,B,,USDCNY,sell,0,6.8,2026-02-05,2026-01-05,\nC2,F1,B,,USDCNY,sell,1,6.8,2026-02-05,2026-01-05,\n", problems);
    CHECK(lines_of(problems, Language::zh) == std::vector<std::string>{"contracts.csv:2:22: notional: 0 不大于 0",
                                                                       "contracts.csv:3:39: settle_date: 交割日 2026-01-05 早于交易日 2026-02-05"});
}

TEST_CASE("a missing column is named in both languages", "[contracts]") {
    Problems problems;
    read("contract_id,exporter_id,bank_id,direction,notional,contract_rate,trade_date\nC1,F1,B,sell,1,6.8,2026-01-05\n", problems);
    CHECK(line_of(problems) ==
          "contracts.csv:1:1: column settle_date (交割日) is missing; the file has: contract_id, exporter_id, bank_id, direction, notional, contract_rate, trade_date");
    Problems neither;
    read("contract_id,exporter_id,bank_id,notional,contract_rate,trade_date,settle_date\nC1,F1,B,1,6.8,2026-01-05,2026-02-05\n", neither);
    CHECK(line_of(neither) ==
          "contracts.csv:1:1: column direction (方向) is missing; the file has: contract_id, exporter_id, bank_id, notional, contract_rate, trade_date, settle_date");
}

TEST_CASE("a header with nothing below it is a warning", "[contracts]") {
    CHECK(problem("") == "contracts.csv:1:1: warning: there is a header but no contract below it");
}
