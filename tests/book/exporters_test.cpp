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
