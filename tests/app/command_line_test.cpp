#include "fxpool/app/command_line.hpp"

#include "fxpool/calibrate/fit.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace fxpool;
using namespace fxpool::app;

namespace {

CommandLine read(const std::vector<std::string>& words) {
    const auto line = read_command_line(words);
    if (const auto* wrong = std::get_if<Message>(&line)) FAIL(render(*wrong, Language::en));
    return std::get<CommandLine>(line);
}

std::string wrong(const std::vector<std::string>& words, Language language = Language::en) {
    const auto line = read_command_line(words);
    const auto* message = std::get_if<Message>(&line);
    return message != nullptr ? render(*message, language) : "nothing is wrong";
}

}  // namespace

TEST_CASE("a command, its files and its options", "[command_line]") {
    const auto line = read({"run", "a.yaml", "b.yaml", "--paths", "20k", "--seed", "7", "--threads", "2", "--out", "elsewhere", "--quiet", "--json"});
    CHECK(line.command == "run");
    CHECK(line.arguments == std::vector<std::string>{"a.yaml", "b.yaml"});
    CHECK(line.overrides == Overrides{{"simulation.paths", "20000"}, {"simulation.seed", "7"}});
    CHECK(line.threads == 2);
    CHECK(line.out == "elsewhere");
    CHECK(line.quiet);
    CHECK(line.json);
    CHECK_FALSE(line.path);
}

TEST_CASE("what is not said has its default", "[command_line]") {
    const auto line = read({"run", "a.yaml"});
    CHECK(line.overrides.empty());
    CHECK(line.threads == 0);
    CHECK(line.out == "results");
    CHECK_FALSE(line.quiet);
    CHECK_FALSE(line.json);
}

TEST_CASE("--set may come again and again, the value may hold anything", "[command_line]") {
    const auto line = read({"run", "--set", "pool.multiple=5", "a.yaml", "--set=pool.split={pool: 70%, guarantor: 10%}", "--set", "a=b=c"});
    CHECK(line.overrides == Overrides{{"pool.multiple", "5"}, {"pool.split", "{pool: 70%, guarantor: 10%}"}, {"a", "b=c"}});
    CHECK(line.arguments == std::vector<std::string>{"a.yaml"});
    CHECK(wrong({"run", "a.yaml", "--set", "pool.multiple"}) == "--set pool.multiple: write it as key=value, like --set pool.multiple=5");
}

TEST_CASE("options stand before or after the command", "[command_line]") {
    CHECK(read({"--lang", "zh", "run", "a.yaml"}).command == "run");
    CHECK(read({"--paths", "10", "run", "a.yaml"}).overrides == Overrides{{"simulation.paths", "10"}});
    CHECK(read({"trace", "a.yaml", "--path", "0"}).path == 0);
}

TEST_CASE("a mistyped word is answered with the likeliest one", "[command_line]") {
    CHECK(wrong({"rum", "a.yaml"}) == "unknown command 'rum'; did you mean 'run'?");
    CHECK(wrong({"run", "a.yaml", "--pahts", "10"}) == "unknown option '--pahts'; did you mean '--paths'?");
    CHECK(wrong({"rum", "a.yaml"}, Language::zh) == "未知命令“rum”；是否应为“run”？");
    CHECK(wrong({"sweep", "a.yaml"}).find("is not in this version") != std::string::npos);
}

TEST_CASE("values are checked before anything is read", "[command_line]") {
    CHECK(wrong({"run", "a.yaml", "--paths", "0"}) == "--paths 0: must be a whole number from 1 on, like 20000 or 20k");
    CHECK(wrong({"run", "a.yaml", "--paths", "1.5"}) == "--paths 1.5: must be a whole number from 1 on, like 20000 or 20k");
    CHECK(wrong({"run", "a.yaml", "--seed", "x"}) == "--seed x: must be a whole number from 0 on");
    CHECK(wrong({"run", "a.yaml", "--threads", "0"}) == "--threads 0: must be a whole number from 1 to 1024");
    CHECK(wrong({"run", "a.yaml", "--lang", "fr"}) == "--lang fr: must be en or zh");
    CHECK(read({"run", "a.yaml", "--seed", "9007199254740991"}).overrides == Overrides{{"simulation.seed", "9007199254740991"}});
}

TEST_CASE("each command gets what it needs and no more", "[command_line]") {
    CHECK(wrong({"run"}) == "run needs a scenario file");
    CHECK(wrong({"trace", "a.yaml"}) == "trace needs --path N: the number of the path to walk");
    CHECK(wrong({"trace", "a.yaml", "b.yaml", "--path", "1"}) == "trace takes one scenario file, not 2");
    CHECK(wrong({"init", "a", "b"}) == "init takes one name, not 2");
    CHECK(wrong({"run", "a.yaml", "--path", "1"}) == "--path is an option of 'trace' only");
    CHECK(read({}).command.empty());
    CHECK(read({"run", "--help"}).help);
}

TEST_CASE("what calibrate asks", "[command_line]") {
    const auto line =
        read({"calibrate", "r.csv",       "--pair",  "usdcny",     "--model", "regime", "--from",    "2015-08-11", "--to",   "2025/12/31", "--states",
              "3",         "--residuals", "student", "--backtest", "--seed",  "9",      "--threads", "2",          "--json", "--quiet"});
    const auto& choice = line.calibrate;
    CHECK(line.arguments == std::vector<std::string>{"r.csv"});
    CHECK(choice.pair == "USDCNY");
    CHECK(choice.model == "regime");
    CHECK(choice.from == Date::of(2015, 8, 11));
    CHECK(choice.to == Date::of(2025, 12, 31));
    CHECK(choice.states == 3);
    CHECK(choice.residuals == Residuals::Kind::student);
    CHECK(choice.backtest);
    CHECK(line.seed == 9);
    const auto plain = read({"calibrate", "r.csv", "--model=all"});
    CHECK(plain.calibrate.pair.empty());
    CHECK(plain.calibrate.states == 2);
    CHECK(plain.calibrate.residuals == Residuals::Kind::history);
    CHECK_FALSE(plain.calibrate.backtest);
    CHECK_FALSE(plain.seed);
}

TEST_CASE("what calibrate asks is checked", "[command_line]") {
    const auto asked = [](std::vector<std::string> more) {
        more.insert(more.begin(), {"calibrate", "r.csv", "--model", "gbm"});
        return wrong(more);
    };
    std::string names;
    for (const auto& family : calibrate::families()) names += (names.empty() ? "" : ", ") + std::string(family.name);
    CHECK(wrong({"calibrate", "--model", "gbm"}) == "calibrate needs a file of rates");
    CHECK(wrong({"calibrate", "a.csv", "b.csv", "--model", "gbm"}) == "calibrate takes one file of rates, not 2");
    CHECK(wrong({"calibrate", "r.csv"}) == "calibrate needs --model M: all, or one of " + names);
    CHECK(wrong({"calibrate", "r.csv", "--model", "regim"}) == "--model regim: unknown model; did you mean 'regime'?");
    CHECK(wrong({"calibrate", "r.csv", "--model", "xyzzyx"}) == "--model xyzzyx: unknown model; there are: " + names);
    CHECK(asked({"--pair", "EURUSD"}) == "--pair EURUSD: must be a currency against CNY, like USDCNY");
    CHECK(asked({"--from", "2015-02-30"}) == "--from 2015-02-30: must be a date, like 2015-08-11");
    CHECK(asked({"--from", "2016-01-01", "--to", "2015-01-01"}) == "--from 2016-01-01 is after --to 2015-01-01");
    CHECK(asked({"--states", "4"}) == "--states 4: must be 2 or 3");
    CHECK(asked({"--residuals", "cauchy"}) == "--residuals cauchy: must be normal, student or history");
    CHECK(asked({"--set", "pool.multiple=3"}) == "--set is no option of 'calibrate'");
    CHECK(asked({"--paths", "10"}) == "--paths is no option of 'calibrate'");
    CHECK(wrong({"run", "a.yaml", "--backtest"}) == "--backtest is an option of 'calibrate' only");
    CHECK(wrong({"run", "a.yaml", "--model", "gbm"}) == "--model is an option of 'calibrate' only");
}

TEST_CASE("the language is asked of --lang, then of the locale", "[command_line]") {
    const std::string before = std::getenv("LC_ALL") != nullptr ? std::getenv("LC_ALL") : "";
    ::setenv("LC_ALL", "zh_CN.UTF-8", 1);
    CHECK(language_of({"run"}) == Language::zh);
    CHECK(language_of({"run", "--lang", "en"}) == Language::en);
    ::setenv("LC_ALL", "en_US.UTF-8", 1);
    CHECK(language_of({"run"}) == Language::en);
    CHECK(language_of({"--lang=zh", "run"}) == Language::zh);
    if (before.empty()) {
        ::unsetenv("LC_ALL");
    } else {
        ::setenv("LC_ALL", before.c_str(), 1);
    }
}
