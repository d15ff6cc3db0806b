#include "fxpool/book/book.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::Scratch;

namespace {

std::vector<Exporter> read(std::string_view bytes, Problems& problems) {
    const Scratch scratch;
    return load_exporters(scratch.file("exporters.csv", bytes), problems);
}

std::string problem(std::string_view bytes) {
    Problems problems;
    read(bytes, problems);
    return line_of(problems);
}

}  // namespace

TEST_CASE("an exporter is read field by field, under Chinese names too", "[exporters]") {
    for (const auto* header : {"exporter_id,name,sector,annual_receipts_usd,pd,us_share,liquidity_cny,group_id\n", "企业编号,企业名称,行业,年收汇,违约概率,对美占比,流动性,集团\n"}) {
        Problems problems;
        const auto exporters = read(std::string(header) + "F1,福州电子,electronics,3.5m,2.5%,45%,500万,G1\nF2,,,,,,,\n", problems);
        REQUIRE(line_of(problems).empty());
        REQUIRE(exporters.size() == 2);
        CHECK(exporters[0].id == "F1");
        CHECK(exporters[0].name == "福州电子");
        CHECK(exporters[0].sector == "electronics");
        CHECK(exporters[0].annual_receipts_usd == 3'500'000);
        CHECK(exporters[0].pd == 0.025);
        CHECK(exporters[0].us_share == 0.45);
        CHECK(exporters[0].liquidity_cny == 5'000'000);
        CHECK(exporters[0].group == "G1");
        CHECK(exporters[1].id == "F2");
        CHECK(exporters[1].sector.empty());
        CHECK(exporters[1].group.empty());
        CHECK_FALSE(exporters[1].annual_receipts_usd.has_value());
        CHECK_FALSE(exporters[1].pd.has_value());
        CHECK(exporters[1].us_share == 0);
        CHECK_FALSE(exporters[1].liquidity_cny.has_value());
    }
}

TEST_CASE("each wrong field of an exporter is told with its place", "[exporters]") {
    CHECK(problem("exporter_id,pd\nF1,100%\n") == "exporters.csv:2:4: pd: 100% is not from 0 % to below 100 %");
    CHECK(problem("exporter_id,pd\nF1,-1%\n") == "exporters.csv:2:4: pd: -1% is not from 0 % to below 100 %");
    CHECK(problem("exporter_id,pd\nF1,3 percent\n") == "exporters.csv:2:4: pd: '3 percent' is no number");
    CHECK(problem("exporter_id,us_share\nF1,101%\n") == "exporters.csv:2:4: us_share: 101% is not from 0 % to 100 %");
    CHECK(problem("exporter_id,annual_receipts_usd\nF1,-1\n") == "exporters.csv:2:4: annual_receipts_usd: -1 is below 0");
    CHECK(problem("exporter_id,liquidity_cny\nF1,-2万\n") == "exporters.csv:2:4: liquidity_cny: -2万 is below 0");
    CHECK(problem("name,exporter_id\nx,\n") == "exporters.csv:2:3: exporter_id: the field is empty");
    CHECK(problem("exporter_id\nF1\nF2\nF1\n") == "exporters.csv:4:1: exporter_id: F1 comes twice; first in line 2");
    CHECK(problem("exporter_id,pd\n") == "exporters.csv:1:1: there is a header but no exporter below it");
    CHECK(problem("name,pd\nx,1%\n") == "exporters.csv:1:1: column exporter_id (企业编号) is missing; the file has: name, pd");
}

TEST_CASE("shares and probabilities may stand at the ends that are allowed", "[exporters]") {
    CHECK(problem("exporter_id,pd,us_share,annual_receipts_usd\nF1,0,0%,0\nF2,99.9%,100%,1亿\n").empty());
}
