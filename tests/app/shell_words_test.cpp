#include "fxpool/app/shell_words.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace fxpool::app;

TEST_CASE("words that the shell would take apart are quoted", "[shell_words]") {
    CHECK(shell_line({"fxpool", "run", "a b.yaml"}) == "fxpool run 'a b.yaml'");
    CHECK(shell_line({"--set", "pool.split={pool: 70%}"}) == "--set 'pool.split={pool: 70%}'");
    CHECK(shell_line({"it's", ""}) == "'it'\\''s' ''");
    CHECK(shell_line({"福州.yaml", "20%", "a=b"}) == "福州.yaml 20% a=b");
    CHECK(shell_line({"$(rm)", "a;b"}) == "'$(rm)' 'a;b'");
}

TEST_CASE("a run is repeated with its overrides, paths and seed", "[shell_words]") {
    ::unsetenv("FXPOOL_COMMAND");
    CommandLine line;
    line.overrides = {{"pool.multiple", "5"}, {"simulation.paths", "300"}};
    CHECK(repeat_run(line, "fuzhou.yaml", 300, 7) == "fxpool run fuzhou.yaml --set pool.multiple=5 --paths 300 --seed 7");
    CHECK(repeat_trace(line, "fuzhou.yaml", 7) == "fxpool trace fuzhou.yaml --set pool.multiple=5 --path");
    line.overrides.emplace_back("simulation.seed", "7");
    line.out = "elsewhere";
    line.out_given = true;
    CHECK(repeat_run(line, "fuzhou.yaml", 300, 7) == "fxpool run fuzhou.yaml --set pool.multiple=5 --paths 300 --seed 7 --out elsewhere");
    CHECK(repeat_trace(line, "fuzhou.yaml", 7) == "fxpool trace fuzhou.yaml --set pool.multiple=5 --seed 7 --path");
}
