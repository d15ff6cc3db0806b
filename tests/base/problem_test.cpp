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
