#include "fxpool/files/table_date.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;

namespace {

std::string read(std::string_view text) {
    const auto found = read_table_date(text);
    return found.date ? found.date->iso() : render(found.why, Language::en);
}

}  // namespace

TEST_CASE("dates as Excel leaves them", "[table_date]") {
    for (const auto* text :
         {"2025-09-29", "2025/9/29", "20250929", "2025年9月29日", "45929", "45929.0", "45929.604", "2025/9/29 0:00", "2025/9/29 14:30", "2025-09-29 00:00:00",
          "2025-09-29T00:00:00", "2025-09-29T00:00:00.000Z", "9/29/2025", "29/9/2025", "29-9-2025", "29.09.2025", "9/29/2025 12:00:00 AM"}) {
        INFO(text);
        CHECK(read(text) == "2025-09-29");
    }
    CHECK(read("3/3/2025") == "2025-03-03");  // both readings are the same day
    CHECK(read("32874") == "1990-01-01");
    CHECK(read("73415") == "2100-12-31");
}

TEST_CASE("what may be two days, or a day of any century, is asked about", "[table_date]") {
    CHECK(read("3/4/2025") == "'3/4/2025' may be 2025-03-04 or 2025-04-03; write the one that is meant");
    CHECK(read("25/9/29") == "'25/9/29' has no year of four digits; write a date like 2025-09-29");
    CHECK(read("9/29/25 0:00") == "'9/29/25 0:00' has no year of four digits; write a date like 2025-09-29");
}

TEST_CASE("what is no date says how one is written; a day that there is none of does not", "[table_date]") {
    for (const auto* text : {"32873", "73416", "4592", "soon", "2025-09", "2025-09-29 x:y", "13/13/2025x"}) {
        INFO(text);
        CHECK(read(text) == "'" + std::string(text) + "' is no date; write it like 2025-09-29");
    }
    for (const auto* text : {"2026-02-30", "2026年2月30日", "20260230", "31/31/2025"}) {
        INFO(text);
        CHECK(read(text) == "'" + std::string(text) + "' is no date");
    }
}
