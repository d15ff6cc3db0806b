#include "fxpool/report/csv.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace fxpool;
using namespace fxpool::report;

TEST_CASE("cells are written so that they read back the same", "[csv]") {
    std::string text = csv_header({"daily", {"date", "cash_mean"}, {}});
    append_csv_row(text, {std::string("2026-01-05"), 20e6});
    append_csv_row(text, {std::int64_t{7}, 1.0 / 3});
    append_csv_row(text, {std::string(), std::numeric_limits<double>::quiet_NaN()});
    CHECK(text == "date,cash_mean\n2026-01-05,2e+07\n7,0.3333333333333333\n,\n");
}

TEST_CASE("a text with a comma, a quote or a line's end is quoted", "[csv]") {
    std::string text;
    append_csv_row(text, {std::string("海山, 兄弟"), std::string("the \"first\""), std::string("a\nb")});
    CHECK(text == "\"海山, 兄弟\",\"the \"\"first\"\"\",\"a\nb\"\n");
}
