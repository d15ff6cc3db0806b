#include "fxpool/files/text_file.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::Scratch;
using namespace std::string_literals;

namespace {

/// 银行,福州 and a line end, in each of the ways that a file may be saved.
const auto utf8 = "银行,福州\n"s;
const auto gb18030 = "\xD2\xF8\xD0\xD0,\xB8\xA3\xD6\xDD\n"s;

std::string utf16(bool little) {
    std::string bytes;
    for (const unsigned unit : {0xFEFFU, 0x94F6U, 0x884CU, 0x002CU, 0x798FU, 0x5DDEU, 0x000AU}) {
        const char high = static_cast<char>(unit >> 8U), low = static_cast<char>(unit & 0xFFU);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

std::string read(std::string_view bytes) {
    const Scratch scratch;
    Problems problems;
    const auto text = read_text_file(scratch.file("book.csv", bytes), problems);
    return text ? *text : "problem: " + line_of(problems);
}

}  // namespace

TEST_CASE("a data file's text is the same whatever it was saved in", "[text_file]") {
    CHECK(read(utf8) == utf8);
    CHECK(read("\xEF\xBB\xBF" + utf8) == utf8);
    CHECK(read(gb18030) == utf8);
    CHECK(read(utf16(true)) == utf8);
    CHECK(read(utf16(false)) == utf8);
}

TEST_CASE("line ends of Windows and of old Macintoshes become plain ones", "[text_file]") {
    CHECK(read("a,b\r\n1,2\r\n") == "a,b\n1,2\n");
    CHECK(read("a,b\r1,2\r") == "a,b\n1,2\n");
    CHECK(read("a\r\n\r\nb") == "a\n\nb");
}

TEST_CASE("rare characters of GB18030 have four bytes", "[text_file]") {
    // 㐀 (U+3400) is 81 39 EE 39; the euro sign A2 E3
    CHECK(read("\x81\x39\xEE\x39,\xA2\xE3\n") == "㐀,€\n");
}

TEST_CASE("half a character is an error with its place", "[text_file]") {
    // GB18030, second line: 福 is cut to its first byte before the comma
    CHECK(read("\xD2\xF8\xD0\xD0,x\n\xB8\xA3\xD6,y\n") ==
          "problem: book.csv:2:2: half a character: the text is GB18030 up to here; save the file again as CSV UTF-8");
    // the file ends in the middle of a character
    CHECK(read("\xD2\xF8\xD0\xD0,\xB8") == "problem: book.csv:1:4: half a character: the text is GB18030 up to here; save the file again as CSV UTF-8");
    // UTF-8 whose last character lost a byte
    CHECK(read("合约编号,银行\nC1,福州分行\nC2,福\xE5\xB7") ==
          "problem: book.csv:3:5: half a character: the text is UTF-8 up to here; save the file again as CSV UTF-8");
    CHECK(read("\xEF\xBB\xBFname\n\xE5\xB7,x\n") == "problem: book.csv:2:1: half a character: the file says that it is UTF-8, but this is not");
    // UTF-16 with an odd number of bytes
    CHECK(read(utf16(true) + "x") == "problem: book.csv:2:1: half a character: the text is UTF-16 up to here; save the file again as CSV UTF-8");
}

TEST_CASE("a UTF-8 file cut short is told, even where its bytes would make other words in GB18030", "[text_file]") {
    // every character has three bytes: an even number of them is a row of two-byte GB18030 characters as well, the last one is cut
    CHECK(read("福州公共保证金池\xE5\xB7") == "problem: book.csv:1:9: half a character: the text is UTF-8 up to here; save the file again as CSV UTF-8");
    CHECK(read("合约编号合约编号\xE5\xB7\n") == "problem: book.csv:1:9: half a character: the text is UTF-8 up to here; save the file again as CSV UTF-8");
}

TEST_CASE("what is no text is refused with what to do", "[text_file]") {
    CHECK(read("PK\x03\x04\x14\x00\x06\x00"s) ==
          "problem: book.csv: this is a workbook, not a CSV file: in Excel or WPS choose File, Save As, file type \"CSV UTF-8\", and name the .csv file here");
    CHECK(read("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s) ==
          "problem: book.csv: this is a workbook, not a CSV file: in Excel or WPS choose File, Save As, file type \"CSV UTF-8\", and name the .csv file here");
    CHECK(read("a,b\n1,\0\n"s) == "problem: book.csv:2:3: this is no text: it has a zero byte; save the file as CSV UTF-8");
    for (const auto* empty : {"", "\n", " \r\n\t\n", "\xEF\xBB\xBF"}) CHECK(read(empty) == "problem: book.csv: the file is empty");
}

TEST_CASE("a control character is refused with its place", "[text_file]") {
    CHECK(read("a,b\n福州\a,2\n") == "problem: book.csv:2:3: there is a control character here (U+0007), which no text has; delete it");
    CHECK(read("a,b\n1,\x1B[31m\n") == "problem: book.csv:2:3: there is a control character here (U+001B), which no text has; delete it");
}

TEST_CASE("surrogates written as UTF-8 are none", "[text_file]") {
    CHECK(read("福州福州福州福州福州福州\xED\xA0\x80\n").find("problem: book.csv:1:13: half a character: the text is UTF-8 up to here") == 0);
}

TEST_CASE("a file that can't be read is a problem of the place that names it", "[text_file]") {
    const Scratch scratch;
    Problems problems;
    const auto gone = scratch.path("none.csv");
    CHECK_FALSE(read_text_file(gone, problems, {{"case.yaml", 12, 12}, "contracts"}));
    CHECK(line_of(problems) == "case.yaml:12:12: contracts: " + gone.string() + ": there is no such file");
    Problems by_option;
    CHECK_FALSE(read_text_file(gone, by_option, {{"--set contracts"}, "contracts"}));
    CHECK(line_of(by_option) == "--set contracts: " + gone.string() + ": there is no such file");
    Problems folder;
    CHECK_FALSE(read_text_file(scratch.path(""), folder, {{"case.yaml", 12, 12}, "contracts"}));
    CHECK(line_of(folder).find("case.yaml:12:12: contracts: ") == 0);
    CHECK(line_of(folder).find("this is a folder, not a file") != std::string::npos);
}

TEST_CASE("a file that is not there, and a folder, are told", "[text_file]") {
    const Scratch scratch;
    Problems none, folder;
    CHECK_FALSE(read_text_file(scratch.path("none.csv"), none));
    CHECK(line_of(none) == "none.csv: there is no such file");
    CHECK_FALSE(read_text_file(scratch.path(""), folder));
    CHECK(folder.errors() == 1);
}

TEST_CASE("columns count characters, not bytes", "[text_file]") {
    const std::string text = "a\n福州,x\n";
    CHECK(place_in_text("f.csv", text, text.find('x')) == Place{"f.csv", 2, 4});
    CHECK(place_in_text("f.csv", text, 0) == Place{"f.csv", 1, 1});
}
