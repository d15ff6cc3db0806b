#include "fxpool/book/book.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::Scratch;

namespace {

std::vector<Exporter> read(std::string_view text, Problems& problems) {
    const Scratch scratch;
    return load_exporters(scratch.file("exporters.csv", text), problems);
}

std::string problem(std::string_view text, Language language = Language::en) {
    Problems problems;
    read(text, problems);
    return line_of(problems, language);
}

}  // namespace

TEST_CASE("an exporter file as Chinese Excel saves it", "[exporters]") {
    // GB18030: 企业编号,企业名称,行业,年收汇,违约概率,对美占比,流动性,集团 / E1,海山兄弟,食品,"3,200,000.00",2.5%,40%,500万,海山
    const auto* text =
        "\xC6\xF3\xD2\xB5\xB1\xE0\xBA\xC5,\xC6\xF3\xD2\xB5\xC3\xFB\xB3\xC6,\xD0\xD0\xD2\xB5,\xC4\xEA\xCA\xD5\xBB\xE3,\xCE\xA5\xD4\xBC\xB8\xC5\xC2\xCA,"
        "\xB6\xD4\xC3\xC0\xD5\xBC\xB1\xC8,\xC1\xF7\xB6\xAF\xD0\xD4,\xBC\xAF\xCD\xC5\r\n"
        "E1,\xBA\xA3\xC9\xBD\xD0\xD6\xB5\xDC,\xCA\xB3\xC6\xB7,\"3,200,000.00\",2.5%,40%,500\xCD\xF2,\xBA\xA3\xC9\xBD\r\n";
    Problems problems;
    const auto exporters = read(text, problems);
    INFO(line_of(problems));
    CHECK(problems.list().empty());
    REQUIRE(exporters.size() == 1);
    CHECK(exporters[0].id == "E1");
    CHECK(exporters[0].name == "海山兄弟");
    CHECK(exporters[0].sector == "食品");
    CHECK(exporters[0].annual_receipts_usd == 3'200'000.0);
    CHECK(exporters[0].pd == 0.025);
    CHECK(exporters[0].us_share == 0.4);
    CHECK(exporters[0].liquidity_cny == 5'000'000.0);
    CHECK(exporters[0].group == "海山");
}

TEST_CASE("only the id is required; what is blank is not known", "[exporters]") {
    Problems problems;
    const auto exporters = read("exporter_id,pd,annual_receipts_usd\nE1,,\nE2,0,0\n", problems);
    CHECK(problems.list().empty());
    REQUIRE(exporters.size() == 2);
    CHECK_FALSE(exporters[0].pd.has_value());
    CHECK_FALSE(exporters[0].annual_receipts_usd.has_value());
    CHECK_FALSE(exporters[0].liquidity_cny.has_value());
    CHECK(exporters[0].us_share == 0);
    CHECK(exporters[1].pd == 0.0);
    CHECK(exporters[1].annual_receipts_usd == 0.0);
}

TEST_CASE("what is wrong with an exporter is told with its place", "[exporters]") {
    CHECK(problem("exporter_id,pd\nE1,100%\n") == "exporters.csv:2:4: pd: 100% is not from 0 % to below 100 %");
    CHECK(problem("exporter_id,pd\nE1,-1%\n") == "exporters.csv:2:4: pd: -1% is not from 0 % to below 100 %");
    CHECK(problem("exporter_id,us_share\nE1,45\n") == "exporters.csv:2:4: us_share: 45 is not from 0 % to 100 %");
    CHECK(problem("exporter_id,liquidity_cny\nE1,-5\n") == "exporters.csv:2:4: liquidity_cny: -5 is below 0");
    CHECK(problem("exporter_id,pd\nE1,abc\n") == "exporters.csv:2:4: pd: 'abc' is no number");
    CHECK(problem("exporter_id,pd\nE1,NaN\n") == "exporters.csv:2:4: pd: 'NaN' is no number");
    CHECK(problem("exporter_id,pd\nE1,３％\n") == "exporters.csv:2:4: pd: '３％' is no number: it has full-width characters");
    CHECK(problem("exporter_id,pd\n,3%\n") == "exporters.csv:2:1: exporter_id: the field is empty");
    CHECK(problem("exporter_id,pd\nE1,3%\nE2,3%\nE1,3%\n") == "exporters.csv:4:1: exporter_id: E1 comes twice; first in line 2");
    CHECK(problem("exporter_id,pd\n") == "exporters.csv:1:1: there is a header but no exporter below it");
    CHECK(problem("name,pd\nE1,3%\n") == "exporters.csv:1:1: column exporter_id (企业编号) is missing; the file has: name, pd");
}

TEST_CASE("the same in Chinese", "[exporters]") {
    CHECK(problem("exporter_id,pd\nE1,100%\n", Language::zh) == "exporters.csv:2:4: pd: 100% 不在 0%（含）至 100%（不含）之间");
    CHECK(problem("name,pd\nE1,3%\n", Language::zh) == "exporters.csv:1:1: 缺少列“企业编号”（exporter_id）；文件现有的列：name, pd");
}

TEST_CASE("every problem of a file is told at once", "[exporters]") {
    CHECK(problem("exporter_id,pd,us_share\nE1,x,2\n,1,0\nE3\n") ==
          "exporters.csv:2:4: pd: 'x' is no number\n"
          "exporters.csv:2:6: us_share: 2 is not from 0 % to 100 %\n"
          "exporters.csv:3:1: exporter_id: the field is empty\n"
          "exporters.csv:3:2: pd: 1 is not from 0 % to below 100 %\n"
          "exporters.csv:4:1: the row has 1 fields, the header 3");
}

TEST_CASE("a header's unit scales the column's numbers, and is said once", "[exporters]") {
    Problems problems;
    const auto exporters = read("企业编号,年收汇（万美元）,流动性(万元),违约概率（%）,对美占比(%)\nE1,\"1,200\",35,3,45%\nE2,80,,7,50\n", problems);
    CHECK(line_of(problems) ==
          "exporters.csv:1:6: note: 年收汇（万美元）: read as 万美元: 1,200 is 12,000,000 USD\n"
          "exporters.csv:1:23: note: 违约概率（%）: read as %: 3 is 0.03\n"
          "exporters.csv:1:15: note: 流动性(万元): read as 万元: 35 is 350,000 CNY\n"
          "exporters.csv:1:31: note: 对美占比(%): read as %: 50 is 0.5");
    REQUIRE(exporters.size() == 2);
    CHECK(exporters[0].annual_receipts_usd == 12'000'000.0);
    CHECK(exporters[0].liquidity_cny == 350'000.0);
    CHECK(exporters[0].pd == 0.03);
    CHECK(exporters[0].us_share == 0.45);
    CHECK(exporters[1].annual_receipts_usd == 800'000.0);
    CHECK(exporters[1].pd == 0.07);
    CHECK(exporters[1].us_share == 0.5);
}

TEST_CASE("English units, and units that change nothing", "[exporters]") {
    Problems problems;
    const auto exporters = read("exporter_id,annual_receipts_usd (m),liquidity_cny (CNY),pd (%)\nE1,1.2,5000,0.5\n", problems);
    CHECK(exporters.at(0).annual_receipts_usd == 1'200'000.0);
    CHECK(exporters.at(0).liquidity_cny == 5000.0);
    CHECK(exporters.at(0).pd == 0.005);
    CHECK(problems.list().size() == 2);  // CNY is what it is anyway
}

TEST_CASE("a unit that does not fit the column is an error, and so are two units at once", "[exporters]") {
    CHECK(problem("企业编号,年收汇（万元）\nE1,5\n").find("exporters.csv:1:6: '万元' is no unit of the column annual_receipts_usd; it may have: USD") == 0);
    CHECK(problem("企业编号,流动性（万美元）\nE1,5\n").find("exporters.csv:1:6: '万美元' is no unit of the column liquidity_cny") == 0);
    CHECK(problem("企业编号,年收汇（万美元）\nE1,2亿\n") ==
          "exporters.csv:2:4: 年收汇（万美元）: '2亿' has another unit than the column's header, which says 万美元");
    CHECK(problem("企业编号,年收汇（万美元）\nE1,200万\n") == "");  // it says the same
}

TEST_CASE("problems are told in the words of the file's header; synonyms that leave no doubt are understood", "[exporters]") {
    CHECK(problem("企业编号,违约概率\nE1,300%\n") == "exporters.csv:2:4: 违约概率: 300% is not from 0 % to below 100 %");
    CHECK(problem("客户编号,公司名称,所属行业,违约率,对美比例\nE1,x,y,3%,5%\n") == "");
    CHECK(problem("企业编号*,pd\nE1,3%\n") == "exporters.csv:1:1: unknown column '企业编号*'; did you mean '企业编号'?");
    CHECK(problem("exporter_id,anual_receipts_usd\nE1,3\n") == "exporters.csv:1:13: unknown column 'anual_receipts_usd'; did you mean 'annual_receipts_usd'?");
}

TEST_CASE("amounts have a range that keeps sums finite", "[exporters]") {
    CHECK(problem("exporter_id,annual_receipts_usd\nE1,1e308\n") ==
          "exporters.csv:2:4: annual_receipts_usd: 1e308 is out of range: 0.01 to 10,000,000,000,000");
    CHECK(problem("exporter_id,liquidity_cny\nE1,1e-300\n") == "exporters.csv:2:4: liquidity_cny: 1e-300 is out of range: 0.01 to 10,000,000,000,000");
    CHECK(problem("exporter_id,annual_receipts_usd,liquidity_cny\nE1,1e13,0\n") == "");
}
