// extends: files on files.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace fxpool;
using namespace fxpool::testing;

namespace fs = std::filesystem;

TEST_CASE("a file that extends another changes the keys it gives", "[extends]") {
    const Scratch folder;
    folder.file("base.yaml", least);
    const auto loaded = load_file(folder.file("child.yaml", "extends: base.yaml\nname: child\npool: {multiple: 5}\n"));
    REQUIRE(loaded.lines() == "");
    CHECK(loaded.settings().name == "child");
    CHECK(loaded.settings().pool.multiple == 5);
    CHECK(loaded.settings().banks.size() == 1);
    CHECK(loaded.scenario->files_read == std::vector<fs::path>{folder.path("child.yaml"), folder.path("base.yaml")});
}

TEST_CASE("maps merge, lists replace, none takes an optional key away", "[extends]") {
    const Scratch folder;
    folder.file("base.yaml",
                least + "benefit: {loan_rate: 4%, deposit_rate: 1%}\nfailure: {order_loss: {shocks: [{from: 2026-04-01, to: 2026-06-30, probability: 5%}]}}\n");
    const auto loaded = load_file(folder.file("child.yaml",
                                              "extends: base.yaml\nbenefit: {loan_rate: 5%}\nbanks: [{id: BOC, weight: 1}]\ncontracts: none\n"
                                              "new_business: {}\nfailure: {order_loss: {shocks: none}}\n"));
    REQUIRE(loaded.lines() == "");
    CHECK(loaded.settings().benefit.loan_rate == 0.05);
    CHECK(loaded.settings().benefit.deposit_rate == 0.01);
    REQUIRE(loaded.settings().banks.size() == 1);
    CHECK(loaded.settings().banks[0].id == "BOC");
    CHECK_FALSE(loaded.settings().contracts.has_value());
    CHECK(loaded.settings().failure.shocks.empty());
}

TEST_CASE("a map whose type or when changes is replaced whole", "[extends]") {
    const Scratch folder;
    folder.file("base.yaml", R"(fxpool: 1
name: base
horizon: {start: 2026-01-05}
market: {curves: {CNY: 1%, USD: 3%}, pairs: {USDCNY: {spot: 7, model: {type: gbm, volatility: 9%, drift: 1%}}}}
pool: {refill: {when: trigger, below: 40%, to: 90%, delay_days: 10}}
banks: [{id: A, weight: 1}]
contracts: b.csv
)");
    const auto path = load_file(folder.file("path.yaml", "extends: base.yaml\nmarket: {pairs: {USDCNY: {model: {type: path, moves: [1%]}}}}\n"));
    REQUIRE(path.lines() == "");
    CHECK(path.settings().market.pairs[0].given.value().moves == std::vector<double>{0.01});
    const auto same =
        load_file(folder.file("same.yaml", "extends: base.yaml\nmarket: {pairs: {USDCNY: {model: {drift: carry}}}}\npool: {refill: {below: 30%}}\n"));
    REQUIRE(same.lines() == "");
    const auto& gbm = std::get<GbmModel>(same.settings().market.pairs[0].model.value());
    CHECK(gbm.volatility.steps.front().second == 0.09);
    CHECK(gbm.drift.carry);
    CHECK(same.settings().pool.refill->delay_days == 10);
    const auto merton = load_file(folder.file(
        "merton.yaml",
        "extends: base.yaml\nmarket: {pairs: {USDCNY: {model: {type: merton, volatility: 3%, jump_intensity: 2, jump_mean: 1%, jump_volatility: 1%}}}}\n"));
    REQUIRE(merton.lines() == "");
    CHECK(model_of<MertonModel>(merton).drift.rate == 0);  // not the 1 % of the gbm model
    CHECK(load_file(folder.file("heston.yaml", "extends: merton.yaml\nmarket: {pairs: {USDCNY: {model: {type: heston, v0: 0.002}}}}\n")).lines() ==
          "heston.yaml:2:27: market.pairs.USDCNY.model: the key 'kappa' is missing; a number is wanted\n"
          "heston.yaml:2:27: market.pairs.USDCNY.model: the key 'theta' is missing; a number is wanted\n"
          "heston.yaml:2:27: market.pairs.USDCNY.model: the key 'xi' is missing; a number is wanted\n"
          "heston.yaml:2:27: market.pairs.USDCNY.model: the key 'rho' is missing; a number is wanted");
    const auto fewer = load_file(folder.file("fewer.yaml", "extends: merton.yaml\nmarket: {pairs: {USDCNY: {model: {jump_intensity: 1}}}}\n"));
    REQUIRE(fewer.lines() == "");
    CHECK(model_of<MertonModel>(fewer).jump_intensity == 1);
    CHECK(model_of<MertonModel>(fewer).jump_mean == 0.01);
    const auto yearly = load_file(folder.file("yearly.yaml", "extends: base.yaml\npool: {refill: {when: yearly}}\n"));
    CHECK(yearly.settings().pool.refill->below == 0.8);
    CHECK(yearly.settings().pool.refill->to == 1);
}

TEST_CASE("months and end, moves and file take each other's place", "[extends]") {
    const Scratch folder;
    folder.file("base.yaml", least + "new_business: none\n");
    const auto shorter = load_file(folder.file("end.yaml", "extends: base.yaml\nhorizon: {months: 6}\n"));
    CHECK(shorter.settings().end == Date::of(2026, 7, 5));
    folder.file("end.yaml", "extends: base.yaml\nhorizon: {end: 2026-03-31}\n");
    CHECK(load_file(folder.path("end.yaml")).settings().end == Date::of(2026, 3, 31));
    CHECK(load_file(folder.path("end.yaml"), {{"horizon.months", "2"}}).settings().end == Date::of(2026, 3, 5));
    CHECK(load_file(folder.path("end.yaml"), {{"horizon.months", "none"}}).settings().end == Date::of(2026, 3, 31));
    folder.file("path.yaml", "extends: base.yaml\nmarket: {pairs: {USDCNY: {model: {type: path, file: rates.csv}}}}\n");
    const auto moved = load_file(folder.file("moves.yaml", "extends: path.yaml\nmarket: {pairs: {USDCNY: {model: {moves: [1%]}}}}\n"));
    REQUIRE(moved.lines() == "");
    const auto& path = moved.settings().market.pairs[0].given.value();
    CHECK(path.moves == std::vector{0.01});
    CHECK_FALSE(path.file.has_value());
    const auto both = load_file(folder.file("both.yaml", "extends: base.yaml\nhorizon: {end: 2026-03-31, months: 3}\n"));
    CHECK(both.problems.errors() == 1);
}

TEST_CASE("quotes and dates of a volatility take each other's place, and dates come in their order", "[extends]") {
    const Scratch folder;
    folder.file("dates.yaml", least + "new_business: none\n");
    const auto with = [&](const std::string& base, const std::string& child) {
        folder.file("base.yaml", "extends: dates.yaml\nmarket: {pairs: {USDCNY: {model: {volatility: " + base + "}}}}\n");
        return load_file(folder.file("child.yaml", "extends: base.yaml\nmarket: {pairs: {USDCNY: {model: {volatility: " + child + "}}}}\n"));
    };
    const std::string dates = "{2026-01-05: 3%, 2026-07-01: 6%}";
    const auto quoted = with(dates, "{quotes: {1M: 2.5%, 6M: 3%}}");
    REQUIRE(quoted.lines() == "");
    CHECK(model_of<GbmModel>(quoted).volatility.quotes.size() == 2);
    CHECK(model_of<GbmModel>(quoted).volatility.steps.empty());
    CHECK(load_file(folder.path("child.yaml"), {{"market.pairs.USDCNY.model.volatility.quotes.12M", "4%"}}).settings().market.pairs.size() == 1);
    const auto stepped = with("{quotes: {1M: 2.5%, 6M: 3%}}", dates);
    REQUIRE(stepped.lines() == "");
    CHECK(model_of<GbmModel>(stepped).volatility.quotes.empty());
    CHECK(model_of<GbmModel>(stepped).volatility.steps.size() == 2);
    const auto between = with(dates, "{2026-04-01: 9%}");
    REQUIRE(between.lines() == "");
    CHECK(model_of<GbmModel>(between).volatility.steps ==
          DatedValues{{Date::of(2026, 1, 5), 0.03}, {Date::of(2026, 4, 1), 0.09}, {Date::of(2026, 7, 1), 0.06}});
    const auto shorter = with("{quotes: {6M: 3%, 12M: 4%}}", "{quotes: {1M: 2%}}");
    REQUIRE(shorter.lines() == "");
    CHECK(model_of<GbmModel>(shorter).volatility.quotes == std::map<int, double>{{1, 0.02}, {6, 0.03}, {12, 0.04}});
}

TEST_CASE("the history of a model starts at the file it is written in", "[extends]") {
    const Scratch folder;
    fs::create_directories(folder.path("shared"));
    folder.file("shared/base.yaml",
                "fxpool: 1\nname: x\nhorizon: {start: 2026-01-05}\nmarket:\n  curves: {CNY: 1%, USD: 3%}\n  pairs:\n    USDCNY:\n"
                "      spot: 7\n      model: {type: bootstrap, history: data/rates.csv}\npool: {}\nbanks: [{id: A, weight: 1}]\ncontracts: b.csv\n");
    const auto loaded = load_file(folder.file("child.yaml", "extends: shared/base.yaml\nmarket: {pairs: {USDCNY: {model: {mean_block: 40}}}}\n"));
    REQUIRE(loaded.lines() == "");
    CHECK(model_of<BootstrapModel>(loaded).window.file.path == folder.path("shared/data/rates.csv").string());
    CHECK(model_of<BootstrapModel>(loaded).mean_block == 40);
    CHECK(loaded.scenario->parameters_json.find("\"history\":\"data/rates.csv\"") != std::string::npos);
}

TEST_CASE("of several files the later wins, and the file itself over all", "[extends]") {
    const Scratch folder;
    folder.file("base.yaml", least);
    folder.file("small.yaml", "pool: {fund: 1m, multiple: 2, fee: 1%}\n");
    folder.file("large.yaml", "pool: {fund: 9m, multiple: 3}\n");
    const auto loaded = load_file(folder.file("child.yaml", "extends: [base.yaml, small.yaml, large.yaml]\npool: {multiple: 4}\n"));
    REQUIRE(loaded.lines() == "");
    CHECK(loaded.settings().pool.fund == 9e6);
    CHECK(loaded.settings().pool.multiple == 4);
    CHECK(loaded.settings().pool.fee == 0.01);
}

TEST_CASE("a relative path starts at the file it is written in", "[extends]") {
    const Scratch folder;
    fs::create_directories(folder.path("shared"));
    folder.file("shared/base.yaml", least);
    const auto loaded = load_file(folder.file("child.yaml", "extends: shared/base.yaml\nexporters: firms.csv\n"));
    REQUIRE(loaded.lines() == "");
    CHECK(loaded.settings().contracts == folder.path("shared/book.csv"));
    CHECK(std::get<fs::path>(loaded.settings().exporters) == folder.path("firms.csv"));
    CHECK(loaded.scenario->parameters_json.find("\"contracts\":\"book.csv\"") != std::string::npos);
}

TEST_CASE("a problem is shown in the file where it was written", "[extends]") {
    const Scratch folder;
    folder.file("base.yaml", least + "fund: 3\n");
    CHECK(load_file(folder.file("child.yaml", "extends: base.yaml\npool: {multipel: 2}\n")).lines() ==
          "child.yaml:2:8: pool: unknown key 'multipel'; did you mean 'multiple'?\nbase.yaml:11:1: unknown key 'fund'; it belongs under 'pool'");
    folder.file("base.yaml", least + "pool: {\n");
    CHECK(load_file(folder.path("child.yaml")).lines() == "base.yaml:11:7: a map that begins with '{' is not closed by '}', or a comma is missing");
}

TEST_CASE("circles and files that are not there", "[extends]") {
    const Scratch folder;
    folder.file("a.yaml", "extends: b.yaml\n");
    folder.file("b.yaml", "name: b\nextends: [a.yaml]\n");
    const auto circle = load_file(folder.path("a.yaml"));
    CHECK_FALSE(circle.scenario.has_value());
    CHECK(circle.lines() == "b.yaml:2:11: extends: '" + folder.path("a.yaml").string() + "' extends itself in a circle: a.yaml -> b.yaml -> a.yaml");
    CHECK(circle.lines(Language::zh) == "b.yaml:2:11: extends: “" + folder.path("a.yaml").string() + "”循环引用了自身：a.yaml -> b.yaml -> a.yaml");
    CHECK(load_file(folder.file("self.yaml", "extends: self.yaml\n")).lines().find("self.yaml -> self.yaml") != std::string::npos);
    CHECK(load_file(folder.file("c.yaml", "extends: gone.yaml\n")).lines() ==
          "c.yaml:1:10: extends: " + folder.path("gone.yaml").string() + ": there is no such file");
    CHECK(load_file(folder.file("d.yaml", "extends: {a: b}\n")).lines() == "d.yaml:1:10: extends: the name of a scenario file is wanted, or a list of them");
}

TEST_CASE("a diamond of files is no circle", "[extends]") {
    const Scratch folder;
    folder.file("base.yaml", least);
    folder.file("left.yaml", "extends: base.yaml\npool: {fund: 1m}\n");
    folder.file("right.yaml", "extends: base.yaml\npool: {multiple: 3}\n");
    const auto loaded = load_file(folder.file("top.yaml", "extends: [left.yaml, right.yaml]\n"));
    REQUIRE(loaded.lines() == "");
    CHECK(loaded.settings().pool.fund == 1e6);
    CHECK(loaded.settings().pool.multiple == 3);
}

TEST_CASE("a fragment need not be complete", "[extends]") {
    const Scratch folder;
    fs::create_directories(folder.path("episodes"));
    const auto loaded = load_file(
        folder.file("episodes/calm.yaml", "fragment: true\nmarket: {pairs: {USDCNY: {model: {volatility: 2%}}}}\nfailure: {insolvency: {pd: {food: 3%}}}\n"));
    REQUIRE(loaded.lines() == "");
    CHECK(loaded.scenario->fragment);
    CHECK(loaded.scenario->parameters_json ==
          R"({"fragment":true,"market":{"pairs":{"USDCNY":{"model":{"volatility":0.02}}}},"failure":{"insolvency":{"pd":{"food":0.03}}}})");
    // a model of a fragment is looked into where it is whole
    const auto model_in = [&](const std::string& model) {
        return load_file(folder.file("episodes/model.yaml", "fragment: true\nmarket: {pairs: {USDCNY: {model: " + model + "}}}\n")).lines();
    };
    CHECK(model_in("{type: path, then: {type: heston, kappa: 2}}") == "");
    CHECK(model_in("{type: bootstrap}") == "");  // the file that it is laid over may have the pair's history
    CHECK(model_in("{jump_intensity: 3}") == "");
    CHECK(model_in("{type: garch, omega: 1e-7, alpha: 0.1, beta: 0.95}") ==
          "model.yaml:2:79: market.pairs.USDCNY.model.beta: alpha + beta + gamma/2 is 1 or above: the variance has no long-run mean");
    CHECK(load_file(folder.file("episodes/bad.yaml", "fragment: true\npool: {fund: 3x}\nfnud: 3\n")).problems.errors() == 2);
}

TEST_CASE("the key says what is a fragment, not the folder", "[extends]") {
    const Scratch folder;
    fs::create_directories(folder.path("episodes"));
    const std::string part = "pool: {fund: 3m}\n";
    SECTION("anywhere") { CHECK(load_file(folder.file("part.yaml", "fragment: true\n" + part)).scenario->fragment); }
    SECTION("a whole scenario in a folder of episodes is a scenario") {
        const auto whole = load_file(folder.file("episodes/whole.yaml", least));
        CHECK(whole.lines() == "");
        CHECK_FALSE(whole.scenario->fragment);
    }
    SECTION("a part there without the key is one, and is asked for the key") {
        const auto old = load_file(folder.file("episodes/old.yaml", part));
        CHECK(old.scenario->fragment);
        CHECK(old.lines() == "old.yaml: note: fragment: taken as a fragment: it is not complete, and stands in a folder of episodes; write fragment: true");
    }
    SECTION("elsewhere it is a scenario that lacks keys") { CHECK_FALSE(load_file(folder.file("part.yaml", part)).scenario.has_value()); }
    SECTION("false is taken at its word") { CHECK_FALSE(load_file(folder.file("episodes/part.yaml", "fragment: false\n" + part)).scenario.has_value()); }
    SECTION("what extends a fragment is none") {
        folder.file("part.yaml", "fragment: true\n" + part);
        folder.file("base.yaml", least);
        const auto whole = load_file(folder.file("top.yaml", "extends: [base.yaml, part.yaml]\n"));
        CHECK(whole.lines() == "");
        CHECK_FALSE(whole.scenario->fragment);
        CHECK(whole.settings().pool.fund == 3e6);
    }
}

namespace {

/// A crisis: the two keys that make it one.
const std::string crisis = "title: Crisis\npool: {recovery: {rate: 15%}, multiple: 5}\n";

std::vector<std::string> changes_of(const Loaded& loaded, const std::string& file) {
    for (const auto& one : loaded.scenario->chain) {
        if (one.file.filename() == file) return one.changes;
    }
    return {"no such file"};
}

}  // namespace

TEST_CASE("each file of a chain is named with the keys that hold because of it", "[extends]") {
    const Scratch folder;
    folder.file("base.yaml", least);
    folder.file("crisis.yaml", crisis);
    const auto loaded = load_file(folder.file("child.yaml",
                                              "extends: [base.yaml, crisis.yaml]\nname: child\nbenefit: {loan_rate: 3.48%, fund_cost: 3%}\n"
                                              "market: {pairs: {USDCNY: {model: {type: merton, volatility: 3%, jump_intensity: 1, jump_mean: 0, "
                                              "jump_volatility: 1%}}}}\npool: {multiple: 5.0, brakes: {red: {}}}\n"));
    REQUIRE(loaded.lines() == "");
    REQUIRE(loaded.scenario->chain.size() == 3);
    CHECK(loaded.scenario->chain[0].file.filename() == "base.yaml");
    CHECK(changes_of(loaded, "crisis.yaml") == std::vector<std::string>{"pool.recovery.rate", "pool.multiple"});
    // not the loan rate, which is the default, nor the multiple, which is what it was; a model of another kind is one change
    CHECK(changes_of(loaded, "child.yaml") == std::vector<std::string>{"benefit.fund_cost", "market.pairs.USDCNY.model", "pool.brakes"});
    CHECK(load_file(folder.path("base.yaml")).scenario->chain.empty());
    const auto overridden = load_file(folder.path("child.yaml"), {{"pool.recovery.rate", "20%"}});
    CHECK(changes_of(overridden, "crisis.yaml") == std::vector<std::string>{"pool.multiple"});
}

TEST_CASE("a key set back to its default by a later file is told of", "[extends]") {
    const Scratch folder;
    folder.file("least.yaml", least);
    folder.file("base.yaml", "extends: least.yaml\nbenefit: {fund_cost: 3%}\n" + crisis);
    const auto loaded = load_file(folder.file("child.yaml", "extends: base.yaml\nname: child\npool:\n  recovery: {rate: 0.3}\n  fee: 0%\n  multiple: 6\n"));
    CHECK(loaded.lines() == "child.yaml:4:14: warning: pool.recovery.rate: this sets it back to its default 0.3; base.yaml had 15%");
    const auto none = load_file(folder.file("none.yaml", "extends: base.yaml\npool: {recovery: {rate: 15%}, refill: none}\nsimulation: {paths: 100000}\n"));
    CHECK(none.lines() == "");
    // another model is a choice, even the default one
    folder.file("crisis.yaml",
                "market: {pairs: {USDCNY: {model: {type: merton, volatility: 3%, jump_intensity: 1, jump_mean: 0, "
                "jump_volatility: 1%}}}}\n");
    folder.file("calm.yaml", "extends: [least.yaml, crisis.yaml]\nfailure: {insolvency: {fx_beta: 1}, late: {probability: 10%}}\n");
    CHECK(load_file(folder.file("gbm.yaml", "extends: calm.yaml\nmarket: {pairs: {USDCNY: {model: {type: gbm, volatility: 4.2%}}}}\n")).lines() == "");
    const auto off = load_file(folder.file("off.yaml", "extends: calm.yaml\nfailure:\n  late: none\n"));
    CHECK(off.lines() == "off.yaml:3:3: warning: failure.late: this sets it back to its default none; calm.yaml had {probability: ...}");
}

TEST_CASE("a base of which nothing holds is told of", "[extends]") {
    const Scratch folder;
    folder.file("city.yaml", least + "failure: {insolvency: {fx_beta: 0.5}}\n");
    folder.file("crisis.yaml", "title: Crisis\nfailure: {insolvency: {fx_beta: 1}}\n");
    const auto wrong = load_file(folder.file("wrong.yaml", "extends: [crisis.yaml, city.yaml]\nname: wrong\n"));
    CHECK(wrong.lines() ==
          "wrong.yaml:1:11: warning: extends: nothing that crisis.yaml ('Crisis') says holds: every key of it is overridden by city.yaml; of several files the "
          "later wins, so the base comes first");
    CHECK(load_file(folder.file("right.yaml", "extends: [city.yaml, crisis.yaml]\nname: right\n")).lines() == "");
    folder.file("episode.yaml", "failure: {insolvency: {fx_beta: 1}}\n");  // no title: only the order of a list is asked about
    CHECK(load_file(folder.file("wrong.yaml", "extends: [episode.yaml, city.yaml]\n")).lines().find("warning: extends: nothing that episode.yaml says") !=
          std::string::npos);
    CHECK(load_file(folder.file("own.yaml", "extends: [city.yaml, episode.yaml]\nfailure: {insolvency: {fx_beta: 2}}\n")).lines() == "");
    // a base of a base may be overridden whole: that is what the file between is for
    folder.file("between.yaml", "extends: crisis.yaml\nfailure: {insolvency: {fx_beta: 2}, order_loss: {fx_beta: 1}}\n");
    const auto deep = load_file(folder.file("deep.yaml", "extends: [city.yaml, between.yaml]\n"));
    CHECK(deep.lines().find("between.yaml:1:10: warning: extends: nothing that crisis.yaml") == 0);
    CHECK(deep.lines().find("deep.yaml") == std::string::npos);
}

TEST_CASE("no shipped scenario undoes what it extends", "[extends]") {
    const char* root = std::getenv("FXPOOL_SOURCE_DIR");
    for (const auto* folder : {"scenarios", "scenarios/models", "scenarios/episodes"}) {
        for (const auto& entry : fs::directory_iterator(fs::path(root ? root : ".") / folder)) {
            if (entry.path().extension() != ".yaml") continue;
            INFO(entry.path().string());
            CHECK(load_file(entry.path()).lines().find("warning") == std::string::npos);
        }
    }
}
