#include "fxpool/base/problem.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;

TEST_CASE("a problem is written as file:line:column: subject: message", "[problem]") {
    const Problem problem{Severity::error, {"fuzhou.yaml", 14, 13}, "pool.split", verbatim("120 %")};
    CHECK(format(problem, Language::en) == "fuzhou.yaml:14:13: pool.split: 120 %");
    CHECK(format({Severity::error, {"fuzhou.yaml", 0, 0}, "", verbatim("gone")}, Language::en) == "fuzhou.yaml: gone");
    CHECK(format({Severity::error, {"book.csv", 3, 0}, "", verbatim("short row")}, Language::en) == "book.csv:3: short row");
    CHECK(format({Severity::error, {}, "", verbatim("nothing given")}, Language::en) == "nothing given");
}

TEST_CASE("warnings and notes say so, in the user's language", "[problem]") {
    const Problem warning{Severity::warning, {"a.yaml", 1, 2}, "pool.fund", verbatim("0")};
    CHECK(format(warning, Language::en) == "a.yaml:1:2: warning: pool.fund: 0");
    CHECK(format(warning, Language::zh) == "a.yaml:1:2: 警告: pool.fund: 0");
    const Problem note{Severity::note, {"a.yaml", 1, 2}, "", verbatim("0")};
    CHECK(format(note, Language::zh) == "a.yaml:1:2: 提示: 0");
}

TEST_CASE("only errors count as errors", "[problem]") {
    Problems problems;
    problems.warning({}, "", verbatim("w"));
    problems.note({}, "", verbatim("n"));
    CHECK_FALSE(problems.has_errors());
    problems.error({}, "", verbatim("e"));
    CHECK(problems.errors() == 1);
    CHECK(problems.list().size() == 3);
}

TEST_CASE("a list keeps a hundred of a kind and counts the rest", "[problem]") {
    Problems problems;
    for (int line = 1; line <= 130; ++line) problems.error({"book.csv", line, 1}, "", say("{0} is no date", line));
    problems.error({"other.csv", 1, 1}, "", say("{0} is no date", 1));
    CHECK(problems.list().size() == 101);
    CHECK(problems.errors() == 131);
    REQUIRE(problems.left_out().size() == 1);
    CHECK(format(problems.left_out()[0], Language::en).starts_with("book.csv: 30 more like this one: "));
}

TEST_CASE("two lists put together keep and count like one", "[problem]") {
    Problems all, some;
    for (int line = 1; line <= 60; ++line) all.error({"book.csv", line, 1}, "", say("{0} is no date", line));
    for (int line = 61; line <= 190; ++line) some.error({"book.csv", line, 1}, "", say("{0} is no date", line));
    all.append(some);
    CHECK(all.errors() == 190);
    CHECK(all.list().size() == 100);
    REQUIRE(all.left_out().size() == 1);
    CHECK(format(all.left_out()[0], Language::en).starts_with("book.csv: 90 more like this one: "));
}

TEST_CASE("one problem in many rows is one line with their number and the first three places", "[problem]") {
    Problems problems;
    for (int line = 2; line <= 112; ++line) problems.error({"book.csv", line, 9}, "bank_id", say("'{0}' is no number", "ICBCX"));
    problems.error({"book.csv", 7, 9}, "bank_id", say("'{0}' is no number", "BOCX"));       // other words
    problems.error({"book.csv", 8, 3}, "exporter_id", say("'{0}' is no number", "ICBCX"));  // another column
    problems.error({"other.csv", 2, 9}, "bank_id", say("'{0}' is no number", "ICBCX"));     // another file
    REQUIRE(problems.list().size() == 4);
    CHECK(problems.errors() == 114);
    CHECK(format(problems.list()[0], Language::en) == "book.csv:2:9: bank_id: 'ICBCX' is no number (111 times; also lines 3, 4)");
    CHECK(format(problems.list()[0], Language::zh) == "book.csv:2:9: bank_id: “ICBCX”不是有效数字（共 111 处，另见第 3、4 行）");
    CHECK(format(problems.list()[1], Language::en) == "book.csv:7:9: bank_id: 'BOCX' is no number");
    CHECK(problems.left_out().empty());
}

TEST_CASE("two places are named as one more line; one line twice as a number alone", "[problem]") {
    Problems problems;
    problems.error({"book.csv", 2, 9}, "", say("the field is empty"));
    problems.error({"book.csv", 5, 9}, "", say("the field is empty"));
    CHECK(format(problems.list()[0], Language::en) == "book.csv:2:9: the field is empty (2 times; also line 5)");
    Problems one_line;
    one_line.warning({"book.csv", 2, 9}, "", say("the field is empty"));
    one_line.warning({"book.csv", 2, 12}, "", say("the field is empty"));
    CHECK(format(one_line.list()[0], Language::en) == "book.csv:2:9: warning: the field is empty (2 times)");
    CHECK(one_line.errors() == 0);
}

TEST_CASE("the same words at the very same place are the same problem", "[problem]") {
    Problems problems, again;
    problems.error({"book.csv", 2, 9}, "pd", say("the field is empty"));
    again.error({"book.csv", 2, 9}, "pd", say("the field is empty"));
    again.error({"book.csv", 3, 9}, "pd", say("the field is empty"));
    problems.append(again);
    REQUIRE(problems.list().size() == 1);
    CHECK(problems.errors() == 2);
    CHECK(format(problems.list()[0], Language::en) == "book.csv:2:9: pd: the field is empty (2 times; also line 3)");
}

TEST_CASE("what is met again is known after the list was rearranged, and when lists are put together", "[problem]") {
    Problems all, some;
    all.error({"b.csv", 2, 1}, "", say("{0} is no date", 1));
    all.error({"a.csv", 2, 1}, "", say("{0} is no date", 1));
    all.rearrange([](auto& list) { std::swap(list[0], list[1]); });
    for (int line = 3; line <= 6; ++line) some.error({"b.csv", line, 1}, "", say("{0} is no date", 1));
    all.append(some);
    REQUIRE(all.list().size() == 2);
    CHECK(all.errors() == 6);
    CHECK(format(all.list()[1], Language::en) == "b.csv:2:1: 1 is no date (5 times; also lines 3, 4)");
}
