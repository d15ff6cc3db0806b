#include "fxpool/base/suggestion.hpp"

#include <catch2/catch.hpp>

using fxpool::edit_distance;
using fxpool::nearest_word;

TEST_CASE("a change, a missing, an extra letter and two swapped ones count one each", "[suggestion]") {
    CHECK(edit_distance("volatility", "volatility") == 0);
    CHECK(edit_distance("volatilty", "volatility") == 1);
    CHECK(edit_distance("vollatility", "volatility") == 1);
    CHECK(edit_distance("volatikity", "volatility") == 1);
    CHECK(edit_distance("fnud", "fund") == 1);
    CHECK(edit_distance("", "fund") == 4);
    CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest word is meant, where one is near", "[suggestion]") {
    CHECK(nearest_word("mutiple", {"fund", "multiple", "fee"}) == "multiple");
    CHECK(nearest_word("Fund", {"fund", "multiple"}) == "fund");
    CHECK(nearest_word("fe", {"fund", "fee"}) == "fee");
    CHECK_FALSE(nearest_word("interest", {"fund", "fee"}).has_value());
    CHECK_FALSE(nearest_word("x", {"to", "at"}).has_value());
    CHECK_FALSE(nearest_word("anything", {}).has_value());
}
