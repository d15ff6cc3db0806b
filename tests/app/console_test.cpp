#include "fxpool/app/console.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace fxpool;
using namespace fxpool::app;

TEST_CASE("of several statuses the first of 130, 1, 3, 4, 5 counts", "[console]") {
    CHECK(combined(done, done) == done);
    CHECK(combined(done, limit_not_met) == limit_not_met);
    CHECK(combined(limit_not_met, done) == limit_not_met);
    CHECK(combined(limit_not_met, wrong_input) == wrong_input);
    CHECK(combined(wrong_input, internal_failure) == internal_failure);
    CHECK(combined(interrupted, internal_failure) == interrupted);
    CHECK(combined(precision_not_reached, limit_not_met) == limit_not_met);
}

TEST_CASE("problems are told in the order of file, line and column", "[console]") {
    Problems problems;
    problems.error({"b.yaml", 2, 1}, "x", say("there is no such file"));
    problems.warning({"a.yaml", 10, 1}, "y", say("there is no such file"));
    problems.error({"a.yaml", 9, 4}, "z", say("there is no such file"));
    std::ostringstream out, err;
    print_problems(problems, {out, err}, false);
    CHECK(err.str() == "a.yaml:9:4: z: there is no such file\na.yaml:10:1: warning: y: there is no such file\nb.yaml:2:1: x: there is no such file\n");
    CHECK(out.str().empty());

    std::ostringstream quiet;
    print_problems(problems, {out, quiet, Language::zh}, true);
    CHECK(quiet.str() == "a.yaml:9:4: z: 文件不存在\nb.yaml:2:1: x: 文件不存在\n");
}
