// Rows of totals at the end of (or within) a table, seen through the loaders.
#include "fxpool/book/book.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::Scratch;

namespace {

struct Read {
    std::size_t rows = 0;
    std::string problems;
};

Read exporters(const std::string& rows) {
    const Scratch scratch;
    Problems problems;
    const auto read = load_exporters(scratch.file("exporters.csv", "exporter_id,name,annual_receipts_usd,liquidity_cny\n" + rows), problems);
    return {read.size(), line_of(problems)};
}

Read contracts(const std::string& rows) {
    const Scratch scratch;
    Problems problems;
    const std::string header = "contract_id,exporter_id,bank_id,direction,notional,contract_rate,trade_date,settle_date\n";
    const auto read = load_contracts(scratch.file("contracts.csv", header + rows), problems);
    return {read.size(), line_of(problems)};
}

const std::string three = "E1,a,100,10\nE2,b,200,20\nE3,c,300,30\n";
const std::string deals =
    "C1,F1,B,sell,100,6.8,2026-01-05,2026-02-05\nC2,F1,B,sell,200,6.8,2026-01-05,2026-02-05\nC3,F1,B,sell,300.5,6.8,2026-01-05,2026-02-05\n";

}  // namespace

TEST_CASE("a row that calls itself a total is an error that names it", "[totals]") {
    for (const std::string word : {"合计", "合 计", "总计：", "【小计】", "共计", "汇总", "合　计", "Total", "TOTAL:", "Sub-total", "Grand Total", "sum",
                                   "平均", "均 值", "Average", "Ｔｏｔａｌ"}) {
        INFO(word);
        CHECK(exporters("E1,a,100,10\n" + word + ",,7,\n").problems == "exporters.csv:3:1: the row '" + word + "' is a row of totals; delete it");
        CHECK(exporters("E1,a,100,10\nX9," + word + ",7,\n").problems == "exporters.csv:3:4: the row '" + word + "' is a row of totals; delete it");
        CHECK(contracts(word + ",,,,600,,,\n").problems == "contracts.csv:2:1: the row '" + word + "' is a row of totals; delete it");
    }
    CHECK(exporters(three + "合计,,600,60\n").rows == 3);
}

TEST_CASE("the word may stand in a column that is not read", "[totals]") {
    const Scratch scratch;
    Problems problems;
    load_exporters(scratch.file("exporters.csv", "序号,企业编号,年收汇\n1,E1,100\n合计,,100\n"), problems);
    CHECK(line_of(problems) ==
          "exporters.csv:1:1: note: unknown column '序号'; it is not read\nexporters.csv:3:1: the row '合计' is a row of totals; delete it");
}

TEST_CASE("a firm whose name has such a word in it is a firm", "[totals]") {
    const auto read = exporters("E1,Total Textiles Ltd,100,\nE2,Sum Kee Trading,200,\nE3,福州总计电子有限公司,5,\nTotal1,x,7,\n");
    CHECK(read.problems == "");
    CHECK(read.rows == 4);
}

TEST_CASE("a last row that is the sum of the rows above it is one, too, where its id is blank or unlike theirs", "[totals]") {
    const std::string told = "the last row is the sum of the rows above it, a row of totals; delete it";
    CHECK(exporters(three + ",,600,60\n").problems == "exporters.csv:5:1: " + told);
    CHECK(exporters(three + "全部企业,,600,60\n").problems == "exporters.csv:5:1: " + told);
    CHECK(exporters(three + "all,,600,\n,,,\n\n").problems == "exporters.csv:5:1: " + told);
    CHECK(exporters(three + ",,600,60\n").rows == 3);
    CHECK(contracts(deals + ",,,,600.50,,,\n").problems == "contracts.csv:5:1: " + told);
    CHECK(contracts(deals + "all,,,,600.5,,,\n").rows == 3);
}

TEST_CASE("a sum by chance is none: an id like the others, other amounts, or fewer than three rows above", "[totals]") {
    CHECK(exporters(three + "E4,d,600,60\n").problems == "");
    CHECK(exporters(three + "all,d,600,61\n").problems == "");
    CHECK(exporters(three + "all,d,,\n").problems == "");
    CHECK(exporters("E1,a,100,10\nE2,b,200,20\nall,d,300,30\n").problems == "");
    CHECK(exporters("E1,a,,\nE2,b,,\nE3,c,,\nall,d,0,0\n").problems == "");
    CHECK(exporters(three + ",d,601,\n").problems == "exporters.csv:5:1: exporter_id: the field is empty");
}
