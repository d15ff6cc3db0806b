#include "fxpool/book/book.hpp"

#include "tests/support/scenarios.hpp"
#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::add_pair;
using fxpool::testing::fuzhou;
using fxpool::testing::line_of;
using fxpool::testing::Scratch;

namespace {

const std::string header = "contract_id,exporter_id,bank_id,pair,direction,notional,contract_rate,trade_date,settle_date\n";

/// The book of the Fuzhou scenario with this contracts file.
Book load(const std::string& text, Problems& problems, Scenario scenario = fuzhou()) {
    const Scratch scratch;
    scenario.settings.contracts = scratch.file("contracts.csv", text);
    return load_book(scenario, problems);
}

/// What is told of a file whose rows stand below the usual header (the note on firms made from ids left out).
std::string problem(const std::string& rows, const std::string& head = header) {
    Problems problems;
    load(head + rows, problems);
    Problems errors;
    for (const auto& one : problems.list()) {
        if (one.severity != Severity::note) errors.add(one);
    }
    return line_of(errors);
}

}  // namespace

TEST_CASE("a contract of each kind, in English and in Chinese", "[contracts]") {
    Problems problems;
    const auto book = load(
        "合约编号,企业编号,银行,产品,货币对,方向,外币金额,合约汇率,交易日,交割日,保证金率\n"
        "C1,E1,ICBC,远期结汇,USDCNY,结汇,\"1,000,000.00\",6.7560,2025-12-01,2026/6/1,5%\n"
        "C2,E1,BOC,远期购汇,USDCNY,购汇,20万,6.80,2025年12月1日,2026年3月2日,\n"
        "C3,E2,BOC,掉期,USDCNY,BUY,300000,6.80,20251201,2026-03-02,0.03\n"
        "C4,E2,BOC,,usd/cny,Sell,300k,6.80,2025-12-01,2026-03-02,0\n",
        problems);
    CHECK_FALSE(problems.has_errors());
    REQUIRE(book.contracts.size() == 4);
    const auto& sale = book.contracts[0];
    CHECK(sale.id == "C1");
    CHECK(sale.exporter_id == "E1");
    CHECK(sale.bank_id == "ICBC");
    CHECK(sale.product == Product::forward_sale);
    CHECK(sale.direction == Direction::sell);
    CHECK(sale.notional == 1'000'000);
    CHECK(sale.contract_rate == 6.7560);
    CHECK(sale.trade_date == Date::of(2025, 12, 1));
    CHECK(sale.settle_date == Date::of(2026, 6, 1));
    CHECK(sale.margin_rate == 0.05);
    CHECK(sale.place.line == 2);
    CHECK(book.contracts[1].product == Product::forward_purchase);
    CHECK(book.contracts[1].notional == 200'000);
    CHECK_FALSE(book.contracts[1].margin_rate.has_value());
    CHECK(book.contracts[1].trade_date == Date::of(2025, 12, 1));
    CHECK(book.contracts[2].product == Product::swap);
    CHECK(book.contracts[2].direction == Direction::buy);
    CHECK(book.contracts[3].product == Product::forward_sale);  // follows from the direction
    CHECK(book.contracts[3].pair == "USDCNY");
    CHECK(book.contracts[3].margin_rate == 0.0);
}

TEST_CASE("the direction follows from a forward's product, the pair from the only one there is", "[contracts]") {
    Problems problems;
    const auto book = load(
        "contract_id,exporter_id,bank_id,product,notional,contract_rate,trade_date,settle_date\n"
        "C1,E1,ICBC,forward_purchase,1000,6.8,2026-01-05,2026-04-07\n",
        problems);
    CHECK_FALSE(problems.has_errors());
    REQUIRE(book.contracts.size() == 1);
    CHECK(book.contracts[0].direction == Direction::buy);
    CHECK(book.contracts[0].pair == "USDCNY");

    auto two_pairs = fuzhou();
    add_pair(two_pairs, "EURCNY", 7.9, 0.02);
    Problems more;
    load("contract_id,exporter_id,bank_id,direction,notional,contract_rate,trade_date,settle_date\nC1,E1,ICBC,sell,1000,6.8,2026-01-05,2026-04-07\n", more,
         two_pairs);
    CHECK(more.errors() == 1);
}

TEST_CASE("what is wrong with a contract is told with its place", "[contracts]") {
    const auto with = [](const std::string& bank, const std::string& pair, const std::string& direction, const std::string& notional, const std::string& rate,
                         const std::string& trade, const std::string& settle) {
        return problem("C1,E1," + bank + "," + pair + "," + direction + "," + notional + "," + rate + "," + trade + "," + settle + "\n");
    };
    CHECK(with("ICBC", "USDCNY", "sell", "1000", "6.8", "2026-01-05", "2026-04-07").empty());
    CHECK(with("ICBA", "USDCNY", "sell", "1000", "6.8", "2026-01-05", "2026-04-07") == "contracts.csv:2:7: bank_id: unknown bank 'ICBA'; did you mean 'ICBC'?");
    CHECK(with("Hengfeng", "USDCNY", "sell", "1000", "6.8", "2026-01-05", "2026-04-07") ==
          "contracts.csv:2:7: bank_id: unknown bank 'Hengfeng'; the scenario has: ICBC, BOC");
    CHECK(with("ICBC", "GBPCNY", "sell", "1000", "6.8", "2026-01-05", "2026-04-07") ==
          "contracts.csv:2:12: pair: the scenario has no pair 'GBPCNY'; it has: USDCNY");
    CHECK(with("ICBC", "USDCNY", "both", "1000", "6.8", "2026-01-05", "2026-04-07") ==
          "contracts.csv:2:19: direction: 'both' is no direction: sell (结汇) or buy (购汇)");
    CHECK(with("ICBC", "USDCNY", "", "1000", "6.8", "2026-01-05", "2026-04-07") == "contracts.csv:2:19: direction: the field is empty");
    CHECK(with("ICBC", "USDCNY", "sell", "0", "6.8", "2026-01-05", "2026-04-07") == "contracts.csv:2:24: notional: 0 is not above 0");
    CHECK(with("ICBC", "USDCNY", "sell", "-1000", "6.8", "2026-01-05", "2026-04-07") == "contracts.csv:2:24: notional: -1000 is not above 0");
    CHECK(with("ICBC", "USDCNY", "sell", "", "6.8", "2026-01-05", "2026-04-07") == "contracts.csv:2:24: notional: the field is empty");
    CHECK(with("ICBC", "USDCNY", "sell", "inf", "6.8", "2026-01-05", "2026-04-07") == "contracts.csv:2:24: notional: 'inf' is no number");
    CHECK(with("ICBC", "USDCNY", "sell", "1000", "0", "2026-01-05", "2026-04-07") == "contracts.csv:2:29: contract_rate: 0 is not above 0");
    CHECK(with("ICBC", "USDCNY", "sell", "1000", "6.8", "2026-02-30", "2026-04-07") == "contracts.csv:2:33: trade_date: '2026-02-30' is no date");
    CHECK(with("ICBC", "USDCNY", "sell", "1000", "6.8", "2026-01-05", "") == "contracts.csv:2:44: settle_date: the field is empty");
    CHECK(with("ICBC", "USDCNY", "sell", "1000", "6.8", "2026-01-05", "2026-01-04") ==
          "contracts.csv:2:44: settle_date: settlement 2026-01-04 is before the trade date 2026-01-05");
    CHECK(with("ICBC", "USDCNY", "sell", "1000", "6.8", "2026-01-05", "2026-01-05").empty());
}

TEST_CASE("products, margin rates and ids are looked at, too", "[contracts]") {
    const std::string with_product = "contract_id,exporter_id,bank_id,product,pair,direction,notional,contract_rate,trade_date,settle_date,margin_rate\n";
    const auto row = [&](const std::string& id, const std::string& product, const std::string& direction, const std::string& margin) {
        return id + ",E1,ICBC," + product + ",USDCNY," + direction + ",1000,6.8,2026-01-05,2026-04-07," + margin + "\n";
    };
    CHECK(problem(row("C1", "forward_sale", "buy", "5%"), with_product) == "contracts.csv:2:12: product: product forward_sale contradicts direction buy");
    CHECK(problem(row("C1", "远期购汇", "结汇", "5%"), with_product) == "contracts.csv:2:12: product: product 远期购汇 contradicts direction 结汇");
    CHECK(problem(row("C1", "swap", "buy", "5%") + row("C2", "swap", "sell", "5%"), with_product).empty());
    CHECK(problem(row("C1", "option", "buy", "5%"), with_product) ==
          "contracts.csv:2:12: product: 'option' is no product: forward_sale (远期结汇), forward_purchase (远期购汇) or swap (掉期)");
    CHECK(problem(row("C1", "swap", "buy", "105%"), with_product) == "contracts.csv:2:59: margin_rate: 105% is not from 0 % to 100 %");
    CHECK(problem(row("C1", "", "buy", "") + row("C2", "", "buy", "") + row("C1", "", "sell", ""), with_product) ==
          "contracts.csv:4:1: contract_id: C1 comes twice; first in line 2");
    CHECK(problem(row("", "", "buy", ""), with_product) == "contracts.csv:2:1: contract_id: the field is empty");
}

TEST_CASE("a file that is no contracts file is told as one", "[contracts]") {
    CHECK(problem("", "") == "contracts.csv: the file is empty");
    CHECK(problem("C1,E1,ICBC\n", "contract_id,exporter_id,bank_id,direction,notional,contract_rate,trade_date\n") ==
          "contracts.csv:1:1: column settle_date (交割日) is missing; the file has: contract_id, exporter_id, bank_id, direction, notional, contract_rate, "
          "trade_date");
    CHECK(problem("C1,E1\n") == "contracts.csv:2:1: the row has 2 fields, the header 9");
    CHECK(problem("PK", "PK\x03\x04") ==
          "contracts.csv: this is a workbook, not a CSV file: in Excel or WPS choose File, Save As, file type \"CSV UTF-8\", and name the .csv file here");
    CHECK(problem("C1," + std::string(10'000'000, 'x') + "\n") == "contracts.csv:2:1: a row of more than 1000000 bytes: this is not a table that fxpool reads");
}

TEST_CASE("of a thousand errors of a kind a hundred are told, then their number", "[contracts]") {
    std::string rows;
    for (int i = 0; i < 1000; ++i) rows += "C" + std::to_string(i) + ",E1,ICBC,USDCNY,sell,-" + std::to_string(i) + ",6.8,2026-01-05,2026-04-07\n";
    Problems problems;
    load(header + rows, problems);
    CHECK(problems.errors() == 1000);
    REQUIRE(problems.left_out().size() == 1);
    CHECK(format(problems.left_out()[0], Language::en).find("900 more like this one") != std::string::npos);
}

TEST_CASE("one wrong bank on many rows is one line", "[contracts]") {
    std::string rows;
    for (int i = 0; i < 250; ++i) rows += "C" + std::to_string(i) + ",E1,BOCX,USDCNY,sell,1000,6.8,2026-01-05,2026-04-07\n";
    Problems problems;
    load(header + rows, problems);
    CHECK(problems.errors() == 250);
    CHECK(problems.left_out().empty());
    CHECK(problem(rows) == "contracts.csv:2:7: bank_id: unknown bank 'BOCX'; did you mean 'BOC'? (250 times; also lines 3, 4)");
}

TEST_CASE("headers with a unit, dates as Excel leaves them, and the file's own words", "[contracts]") {
    const std::string head = "合约编号,企业编号,银行,货币对（如USDCNY）,方向,外币金额(万),合约汇率（人民币/外币）,交易日期,交割日（YYYY-MM-DD）,保证金率(%)\n";
    Problems problems;
    const auto book = load(head + "C1,E1,ICBC,USDCNY,结汇,50,6.8,45929,2026/3/30 0:00,5%\n", problems);
    CHECK_FALSE(problems.has_errors());
    REQUIRE(book.contracts.size() == 1);
    CHECK(book.contracts[0].notional == 500'000);
    CHECK(book.contracts[0].trade_date == Date::of(2025, 9, 29));
    CHECK(book.contracts[0].settle_date == Date::of(2026, 3, 30));
    CHECK(book.contracts[0].margin_rate == 0.05);
    CHECK(format(problems.list().front(), Language::en).find("note: 外币金额(万): read as 万: 50 is 500,000") != std::string::npos);
    CHECK(problem("C1,E1,ICBX,USDCNY,结汇,50,6.8,45929,46111,5\n", head).find("银行: unknown bank 'ICBX'") != std::string::npos);
    CHECK(problem("C1,E1,ICBC,USDCNY,结汇,50,6.8,3/4/2025,46111,5\n", head) ==
          "contracts.csv:2:29: 交易日期: '3/4/2025' may be 2025-03-04 or 2025-04-03; write the one that is meant");
}

TEST_CASE("a currency alone names its pair; amounts in another currency than the pair's are an error", "[contracts]") {
    const std::string head = "contract_id,exporter_id,bank_id,币种,direction,外币金额（万美元）,contract_rate,trade_date,settle_date\n";
    Problems problems;
    const auto book = load(head + "C1,E1,ICBC,USD,sell,5,6.8,2026-01-05,2026-04-07\n", problems);
    CHECK_FALSE(problems.has_errors());
    CHECK(book.contracts.at(0).pair == "USDCNY");
    CHECK(book.contracts.at(0).notional == 50'000);
    CHECK(problem("C1,E1,ICBC,EUR,sell,5,6.8,2026-01-05,2026-04-07\n", head) ==
          "contracts.csv:2:12: 币种: the pair is EURCNY, but the header says that the amounts are in USD");
}

TEST_CASE("amounts and rates have ranges that keep sums finite", "[contracts]") {
    const auto with = [](const std::string& notional, const std::string& rate) {
        return problem("C1,E1,ICBC,USDCNY,sell," + notional + "," + rate + ",2026-01-05,2026-04-07\n");
    };
    CHECK(with("1e308", "6.8") == "contracts.csv:2:24: notional: 1e308 is out of range: 0.01 to 10,000,000,000,000");
    CHECK(with("1e-300", "6.8") == "contracts.csv:2:24: notional: 1e-300 is out of range: 0.01 to 10,000,000,000,000");
    CHECK(with("1000", "1e6") == "contracts.csv:2:29: contract_rate: 1e6 is out of range: 0.0001 to 100,000");
    CHECK(with("1e13", "1e5") == "");
}
