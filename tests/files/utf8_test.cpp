#include "fxpool/files/utf8.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace std::string_literals;

TEST_CASE("a character is its bytes and its number; a byte that starts none stands alone", "[utf8]") {
    CHECK(first_character("福州").bytes == "福");
    CHECK(first_character("福州").code == U'福');
    CHECK(first_character("a").code == U'a');
    for (const auto* bad : {"\xED\xA0\x80", "\xC0\x80", "\xE5\xB7", "\xF4\x90\x80\x80", "\x80", "\xFF"}) {  // a surrogate, overlong, cut, too high
        CHECK_FALSE(first_character(bad).code);
        CHECK(first_character(bad).bytes.size() == 1);
    }
}

TEST_CASE("the first byte that is not UTF-8 is found", "[utf8]") {
    CHECK(first_not_utf8("abcdefghijk 福州 𠮷") == std::string::npos);
    CHECK(first_not_utf8("0123456789\xED\xA0\x80") == 10);
    CHECK(first_not_utf8("福\xE5\xB7") == 3);
}

TEST_CASE("control characters are found, tabs and line ends passed over", "[utf8]") {
    CHECK(first_control("a\tb\r\nc 福州") == std::string::npos);
    CHECK(first_control("ab\a") == 2);
    CHECK(first_control("a\x7F") == 1);
    CHECK(first_control("a\xC2\x85") == 1);
    CHECK(first_control("a\xC2\xA0") == std::string::npos);  // a no-break blank
    CHECK(first_control("a\0b"s) == 1);
    CHECK(code_point_name(7) == "U+0007");
}

TEST_CASE("texts are compared without width, case and blanks", "[utf8]") {
    CHECK(folded("Ａｎｎｕａｌ Receipts（％）") == "annualreceipts(%)");
    CHECK(folded("合　计 \n") == "合计");
}

TEST_CASE("characters are counted, and a long text is shortened between two of them", "[utf8]") {
    CHECK(count_characters("福州 Fuzhou") == 9);
    CHECK(count_characters("") == 0);
    std::string sixty, sixty_one;
    for (int i = 0; i < 60; ++i) sixty += "福";
    CHECK(shortened(sixty) == sixty);
    CHECK(shortened(sixty + "州") == sixty + "...");
}
