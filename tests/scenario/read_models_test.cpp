// The rate models of a scenario: every key, its default, and every form that it may take.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace fxpool;
using namespace fxpool::testing;

namespace {

Date on(int year, int month, int day) { return Date::of(year, month, day); }

/// Loaded without a word.
Loaded good(Loaded loaded) {
    INFO(loaded.lines());
    REQUIRE(loaded.lines() == "");
    return loaded;
}

Loaded model(std::string_view words) { return good(load_with_model(words)); }

}  // namespace

TEST_CASE("gbm: a number, steps by date, or quotes", "[models]") {
    CHECK(model_of<GbmModel>(model("{}")).volatility.steps == DatedValues{{Date{}, 0.042}});
    CHECK(model_of<GbmModel>(model("{}")).drift.steps == DatedValues{{Date{}, 0.0}});
    const auto steps = model_of<GbmModel>(model("{volatility: {2026-01-05: 3%, 2026-07-01: 6%}, drift: {2026-01-05: -2%, 2026-03-02: 1%}}"));
    CHECK(steps.volatility.steps == DatedValues{{on(2026, 1, 5), 0.03}, {on(2026, 7, 1), 0.06}});
    CHECK(steps.volatility.quotes.empty());
    CHECK(steps.drift.steps == DatedValues{{on(2026, 1, 5), -0.02}, {on(2026, 3, 2), 0.01}});
    CHECK_FALSE(steps.drift.carry);
    const auto quotes = model_of<GbmModel>(model("{type: gbm, volatility: {quotes: {1M: 2.5%, 6M: 3.6%, 12M: 4.2%}}, drift: carry}"));
    CHECK(quotes.volatility.quotes == std::map<int, double>{{1, 0.025}, {6, 0.036}, {12, 0.042}});
    CHECK(quotes.volatility.steps.empty());
    CHECK(quotes.drift.carry);
    CHECK(quotes.drift.steps.empty());
}

TEST_CASE("merton", "[models]") {
    const auto merton = model_of<MertonModel>(model("{type: merton, volatility: 3.5%, jump_intensity: 4, jump_mean: -0.2%, jump_volatility: 0.6%, drift: 1%}"));
    CHECK(merton.volatility == 0.035);
    CHECK(merton.jump_intensity == 4);
    CHECK(merton.jump_mean == -0.002);
    CHECK(merton.jump_volatility == 0.006);
    CHECK(merton.drift.rate == 0.01);
    CHECK_FALSE(merton.drift.carry);
    const auto carried = model_of<MertonModel>(model("{type: merton, volatility: 0%, jump_intensity: 0, jump_mean: 0, jump_volatility: 0, drift: carry}"));
    CHECK(carried.drift.carry);
    CHECK(carried.drift.rate == 0);
}

TEST_CASE("heston", "[models]") {
    const auto heston = model_of<HestonModel>(model("{type: heston, v0: 0.0018, kappa: 2.8, theta: 0.0016, xi: 0.08, rho: -0.3}"));
    CHECK(heston.v0 == 0.0018);
    CHECK(heston.kappa == 2.8);
    CHECK(heston.theta == 0.0016);
    CHECK(heston.xi == 0.08);
    CHECK(heston.rho == -0.3);
    CHECK(heston.drift.rate == 0);
    CHECK_FALSE(heston.drift.carry);
}

TEST_CASE("regime: states, generator and start", "[models]") {
    const std::string two =
        "{type: regime, states: [{name: calm, volatility: 2.8%, drift: -2%}, {name: stress, volatility: 6%}], generator: [[-1, 1], [2, -2]]";
    const auto regime = model_of<RegimeModel>(model(two + "}"));
    REQUIRE(regime.states.size() == 2);
    CHECK(regime.states[0].name == "calm");
    CHECK(regime.states[0].volatility == 0.028);
    CHECK(regime.states[0].drift.rate == -0.02);
    CHECK(regime.states[1].name == "stress");
    CHECK(regime.states[1].drift.rate == 0);
    CHECK(regime.generator == Generator{{-1, 1}, {2, -2}});
    CHECK(regime.start.state.empty());
    CHECK(regime.start.probabilities.empty());
    CHECK_FALSE(regime.drift.carry);
    CHECK(model_of<RegimeModel>(model(two + ", start: stress}")).start.state == "stress");
    CHECK(model_of<RegimeModel>(model(two + ", start: [90%, 0.1]}")).start.probabilities == std::vector{0.9, 0.1});
    CHECK(model_of<RegimeModel>(model(two + ", start: none, drift: carry}")).drift.carry);
    const auto carried = model_of<RegimeModel>(model("{type: regime, states: [{name: '1', volatility: 3%, drift: carry}], generator: [[0]], start: '1'}"));
    CHECK(carried.states[0].drift.carry);
    CHECK(carried.start.state == "1");
}

TEST_CASE("bootstrap: its own history, or the pair's", "[models]") {
    const Scratch folder;
    const auto load = [&](const std::string& keys) {
        std::string text = least;
        text.replace(text.find("{spot: 6.78}"), 12, "{spot: 6.78, " + keys + "}");
        return good(load_file(folder.file("a.yaml", text)));
    };
    const auto plain = model_of<BootstrapModel>(load("model: {type: bootstrap, history: rates/usdcny.csv}"));
    CHECK(plain.window.file.path == folder.path("rates/usdcny.csv").string());
    CHECK_FALSE(plain.window.from.has_value());
    CHECK_FALSE(plain.window.to.has_value());
    CHECK(plain.mean_block == 20);
    CHECK(plain.demean);
    CHECK_FALSE(plain.scale_volatility_to.has_value());
    CHECK_FALSE(plain.drift.carry);
    const auto all =
        model_of<BootstrapModel>(load("history: usdcny.csv, model: {type: bootstrap, from: 2015-08-11, to: 2025-12-31, mean_block: 60, demean: false, "
                                      "scale_volatility_to: 5%, drift: carry}"));
    CHECK(all.window.file.path == folder.path("usdcny.csv").string());
    CHECK(all.window.from == on(2015, 8, 11));
    CHECK(all.window.to == on(2025, 12, 31));
    CHECK(all.mean_block == 60);
    CHECK_FALSE(all.demean);
    CHECK(all.scale_volatility_to == 0.05);
    CHECK(all.drift.carry);
    CHECK(model_of<BootstrapModel>(load("history: usdcny.csv, model: {type: bootstrap, history: other.csv}")).window.file.path ==
          folder.path("other.csv").string());
}

TEST_CASE("garch: residuals of three kinds", "[models]") {
    const std::string garch = "{type: garch, omega: 1e-7, alpha: 0.08, beta: 0.9";
    const auto plain = model_of<GarchModel>(model(garch + "}"));
    CHECK(plain.omega == 1e-7);
    CHECK(plain.alpha == 0.08);
    CHECK(plain.beta == 0.9);
    CHECK(plain.gamma == 0);
    CHECK(plain.mean == 0);
    CHECK_FALSE(plain.start_volatility.has_value());
    CHECK(plain.residuals.kind == Residuals::Kind::normal);
    CHECK(plain.mean_block == 1);
    CHECK(plain.window.file.path.empty());
    CHECK_FALSE(plain.drift.carry);
    const auto student = model_of<GarchModel>(model(garch + ", gamma: -0.05, mean: 0.01%, start_volatility: 3%, residuals: student(4.5), drift: carry}"));
    CHECK(student.gamma == -0.05);
    CHECK(student.mean == 0.0001);
    CHECK(student.start_volatility == 0.03);
    CHECK(student.residuals.kind == Residuals::Kind::student);
    CHECK(student.residuals.df == 4.5);
    CHECK(student.drift.carry);
    const auto history =
        model_of<GarchModel>(model(garch + ", residuals: history, history: /data/usdcny.csv, from: 2015-08-11, to: 2025-12-31, mean_block: 5}"));
    CHECK(history.residuals.kind == Residuals::Kind::history);
    CHECK(history.window.file.path == "/data/usdcny.csv");
    CHECK(history.window.from == on(2015, 8, 11));
    CHECK(history.mean_block == 5);
    CHECK(model_of<GarchModel>(good(load_with_pair("history: /p.csv, model: " + garch + ", residuals: history}"))).window.file.path == "/p.csv");
    CHECK(model_of<GarchModel>(good(load_with_pair("history: /p.csv, model: " + garch + "}"))).window.file.path.empty());
}

TEST_CASE("any model may come after the moves of a path", "[models]") {
    const auto loaded = model("{type: path, moves: [1%], then: {type: regime, states: [{name: a, volatility: 3%}], generator: [[0]]}}");
    CHECK(loaded.settings().market.pairs[0].given.value().moves == std::vector{0.01});
    CHECK(model_of<RegimeModel>(loaded).states[0].volatility == 0.03);
    CHECK(model_of<GbmModel>(model("{type: path, moves: [1%], then: {}}")).volatility.steps.front().second == 0.042);
    CHECK(model_of<BootstrapModel>(good(load_with_pair("history: /p.csv, model: {type: path, file: x.csv, then: {type: bootstrap}}"))).window.file.path ==
          "/p.csv");
    const auto flat = model("{type: path, moves: [1%], then: none}");
    CHECK(flat.settings().market.pairs[0].given.has_value());
    CHECK_FALSE(flat.settings().market.pairs[0].model.has_value());
    CHECK_FALSE(model("{type: gbm}").settings().market.pairs[0].given.has_value());
}

TEST_CASE("a band is a share of the rate, or none", "[models]") {
    CHECK(good(load_with_pair("band: 2%")).settings().market.pairs[0].band == 0.02);
    CHECK(load_with_pair("band: 100%").settings().market.pairs[0].band == 1);  // asked about, but allowed
    CHECK(good(load_with_pair("band: none")).settings().market.pairs[0].band == no_limit);
    CHECK(good(load_text(least)).settings().market.pairs[0].band == no_limit);
    CHECK(load_with_pair("band: 0%").lines() == "a.yaml:7:32: market.pairs.USDCNY.band: 0% is out of range: above 0 %, up to 100 %");
    CHECK(load_with_pair("band: 2").lines() == "a.yaml:7:32: market.pairs.USDCNY.band: 2 is out of range: above 0 %, up to 100 %; is a % missing?");
}

TEST_CASE("models in the parameters of a result, after defaults", "[models]") {
    const auto parameters = [](const Loaded& loaded) {
        return nlohmann::json::parse(loaded.scenario.value().parameters_json)["market"]["pairs"]["USDCNY"]["model"];
    };
    const auto expect = [&](std::string_view words, std::string_view json) { CHECK(parameters(model(words)) == nlohmann::json::parse(json)); };
    expect("{type: regime, states: [{name: a, volatility: 3%}, {name: b, volatility: 6%, drift: carry}], generator: [[-1, 1], [2, -2]], start: [50%, 50%]}",
           "{\"type\": \"regime\", \"states\": [{\"name\": \"a\", \"volatility\": 0.03, \"drift\": 0}, {\"name\": \"b\", \"volatility\": 0.06, \"drift\": "
           "\"carry\"}], \"generator\": [[-1, 1], [2, -2]], \"start\": [0.5, 0.5]}");
    expect("{type: garch, omega: 0, alpha: 0.1, beta: 0.8, start_volatility: 3%, residuals: student(5)}",
           "{\"type\": \"garch\", \"omega\": 0, \"alpha\": 0.1, \"beta\": 0.8, \"gamma\": 0, \"mean\": 0, \"start_volatility\": 0.03, \"residuals\": "
           "\"student(5)\", \"mean_block\": 1}");
    expect("{volatility: {quotes: {1M: 2.5%, 12M: 4%}}}", "{\"type\": \"gbm\", \"volatility\": {\"quotes\": {\"1M\": 0.025, \"12M\": 0.04}}, \"drift\": 0}");
}
