// What is wrong with a model's keys, between them, and between models.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace fxpool;
using namespace fxpool::testing;

namespace {

/// The problems of a model, without the place of its first brace: "46: volatility: ..." where one stands at column 46 of line 7.
std::string said(std::string_view model, Language language = Language::en) {
    std::string lines;
    const std::string place = "a.yaml:7:", key = "market.pairs.USDCNY.model";
    std::istringstream all(load_with_model(model).lines(language));
    for (std::string line; std::getline(all, line);) {
        if (line.starts_with(place)) line.erase(0, place.size());
        if (const auto at = line.find(key); at != std::string::npos) line.erase(at, key.size() + (line[at + key.size()] == '.' ? 1 : 2));
        lines += (lines.empty() ? "" : "\n") + line;
    }
    return lines;
}

const std::string regime = "{type: regime, states: [{name: a, volatility: 3%}, {name: b, volatility: 6%}], ";
const std::string garch = "{type: garch, omega: 1e-7, alpha: 0.08, beta: 0.9";

}  // namespace

TEST_CASE("models that there are none of, and what a model lacks", "[models]") {
    CHECK(said("{type: bootstap}") == "40: type: 'bootstap' is not allowed here; did you mean 'bootstrap'?");
    CHECK_THAT(said("{type: sabr}"), Catch::StartsWith("40: type: 'sabr' is not allowed here; allowed: gbm, merton, heston,"));
    CHECK(said("{type: heston, v0: 0.0018, kappa: 2, theta: 0.0018, rho: 0}") == "26: the key 'xi' is missing; a number is wanted");
    CHECK(said("{type: merton, volatility: 4%, jump_intensity: 4, jump_mean: 0, jump_volatility: 1%, v0: 1}") ==
          "118: the key 'v0' does not go with type: merton");
    CHECK(said("{type: merton, volatility: {2026-01-05: 3%}, jump_intensity: 4, jump_mean: 0, jump_volatility: 1%}") ==
          "60: volatility: a map can't stand here; a number is wanted");
}

TEST_CASE("parameters out of their range", "[models]") {
    CHECK(said("{type: merton, volatility: 4%, jump_intensity: -4, jump_mean: 0, jump_volatility: 1%}") == "80: jump_intensity: -4 is out of range: 0 to 1000");
    CHECK(said("{type: heston, v0: 0.0018, kappa: 0, theta: 0.0018, xi: 0.1, rho: 1.5}") ==
          "67: kappa: 0 is out of range: above 0, up to 1000\n99: rho: 1.5 is out of range: above -1, below 1");
    CHECK(said(garch + ", residuals: student(2)}") ==
          "95: residuals: 2 degrees of freedom are out of range: above 2, up to 1000000; at 2 or below the residuals have no variance");
    CHECK(said(garch + ", residuals: student(2)}", Language::zh) == "95: residuals: 自由度 2 超出范围（大于 2 且不超过 1000000）：不大于 2 时残差没有方差");
    CHECK(said(garch + ", residuals: student}") == "95: residuals: 'student' is not allowed here; allowed: normal, student(5), history");
    CHECK(said(garch + ", residuals: nomral}") == "95: residuals: 'nomral' is not allowed here; did you mean 'normal'?");
    CHECK(said(garch + ", residuals: student(5%)}") == "95: residuals: 'student(5%)' is not allowed here; allowed: normal, student(5), history");
    CHECK(said("{type: bootstrap, history: /x.csv, mean_block: 0.5}") == "80: mean_block: 0.5 is out of range: 1 to 1000000");
    CHECK(said("{type: bootstrap, history: /x.csv, mean_block: 0}", Language::zh) == "80: mean_block: 0 超出范围（1 至 1000000）");
}

TEST_CASE("a drift where the model has its own", "[models]") {
    const std::string advice =
        "this model's own parameters or its history give its growth; write carry to make the expected rate the forward, or leave the key out";
    CHECK(said("{type: bootstrap, history: /x.csv, drift: 2%}") == "75: drift: '2%' is not allowed here: " + advice);
    CHECK(said(garch + ", drift: {2026-01-05: 1%}}") == "91: drift: " + advice);
    CHECK(said(regime + "generator: [[-1, 1], [2, -2]], drift: 0%}", Language::zh) ==
          "150: drift: 此处不能用“0%”：此模型的增长由自身参数或历史决定；写 carry 可使汇率期望等于远期汇率，否则请去掉此键");
}

TEST_CASE("regimes that don't fit together", "[models]") {
    CHECK(said(regime + "generator: [[-1, 1], [2, -1]]}") == "133: generator[1]: the row sums to 1, not to 0: the diagonal is minus the sum of the others");
    CHECK(said(regime + "generator: [[-1, 1], [2, -1]]}", Language::zh) == "133: generator[1]: 此行之和为 1，应为 0：对角元等于其余各项之和的负数");
    CHECK(said(regime + "generator: [[-1, 1]]}") == "123: generator: 2 states need 2 rows of 2 intensities; here are 1 rows");
    CHECK(said(regime + "generator: [[1, -1], [2, -2]]}").starts_with("124: generator[0]: an intensity is negative"));
    CHECK(said(regime + "generator: [[-1, 1], [2, -2]], start: [50%, 40%]}") == "150: start: the probabilities sum to 0.9, not to 1");
    CHECK(said(regime + "generator: [[-1, 1], [2, -2]], start: [100%]}") == "150: start: 1 probabilities for 2 states");
    CHECK(said(regime + "generator: [[-1, 1], [2, -2]], start: calm}") == "150: start: no state is named 'calm'");
    CHECK(said(regime + "generator: []}") == "123: generator: the list is empty");
    CHECK(said(regime + "generator: [[-1, x], [2, -2]]}") == "129: generator[0][1]: 'x' is no number; a number is wanted, e.g. 1.5");
    CHECK(said("{type: regime, states: [{name: a, volatility: 3%}, {name: a}], generator: [[-1, 1], [2, -2]]}") ==
          "84: states[1]: the key 'volatility' is missing; a number is wanted");
}

TEST_CASE("variances that have no mean, and one that touches 0", "[models]") {
    CHECK(said("{type: garch, omega: 1e-7, alpha: 0.1, beta: 0.9}") == "78: beta: alpha + beta + gamma/2 is 1 or above: the variance has no long-run mean");
    CHECK(said("{type: garch, omega: 1e-7, alpha: 0.1, beta: 0.85, gamma: 0.1}") ==
          "78: beta: alpha + beta + gamma/2 is 1 or above: the variance has no long-run mean");
    CHECK(said("{type: garch, omega: 0.0001, alpha: 0.05, beta: 0.949999}") ==
          "54: omega: the long-run volatility of a day, the root of omega / (1 - alpha - beta - gamma/2), is 1000 %: too large for a rate");
    CHECK(said("{type: garch, omega: 0.0001, alpha: 0.05, beta: 0.949999, residuals: student(5)}").starts_with("54: omega: the long-run volatility"));
    CHECK(said("{type: merton, volatility: 4%, jump_intensity: 1000, jump_mean: 20%, jump_volatility: 0%}")
              .starts_with("80: jump_intensity: so many jumps of this size make a volatility of 632 % a year, above 500 %"));
    const auto feller = load_with_model("{type: heston, v0: 0.0018, kappa: 1, theta: 0.0018, xi: 0.2, rho: 0}");
    CHECK(feller.scenario.has_value());
    CHECK(feller.lines() ==
          "a.yaml:7:89: note: market.pairs.USDCNY.model.xi: 2 kappa theta is below xi squared (Feller): the variance touches 0 now and then; "
          "that is allowed");
}

TEST_CASE("quotes of volatility", "[models]") {
    CHECK(said("{volatility: {quotes: {1M: 9%, 12M: 2%}}}").starts_with("46: volatility: calendar arbitrage"));
    CHECK(said("{volatility: {quotes: {12M: 4.2%, 1M: 2.5%}}}") == "67: volatility.quotes: the tenors must ascend: 1M comes after 12M");
    CHECK(said("{volatility: {quotes: {12M: 4.2%, 1M: 2.5%}}}", Language::zh) == "67: volatility.quotes: 期限须递增：1M 排在 12M 之后");
    CHECK(said("{volatility: {quotes: {1M: 2.5%}, 2026-07-01: 6%}}") ==
          "47: volatility: 'quotes' must be the only one here: it takes the place of all the others");
    CHECK(said("{volatility: {quotes: {}}}") == "47: volatility.quotes: the map is empty");
    CHECK(said("{volatility: {quotes: 3%}}") == "55: volatility.quotes: '3%' can't stand here; a map is wanted");
    CHECK(said("{volatility: {quotes: {1W: 3%}}}") == "56: volatility.quotes: '1W' is no tenor; write whole months, e.g. 3M");
    CHECK(said("{drift: {quotes: {1M: 3%}}}") == "42: drift: quotes is no date; dates are written like 2026-01-05");
}

TEST_CASE("dates out of order, and both of two", "[models]") {
    CHECK(said("{volatility: {2026-07-01: 6%, 2026-01-05: 3%}}") == "63: volatility: the dates must ascend: 2026-01-05 comes after 2026-07-01");
    CHECK(said("{type: path, moves: [1%], file: x.csv}") == "65: both moves and file are given; leave one out (none removes it)");
    CHECK(said("{type: path}") == "26: a path needs its moves: moves, or file");
    CHECK(said("{type: path, file: x.csv, from: 2022-03-01, to: 2022-02-28}") == "81: to: 2022-02-28 is not after 2022-03-01");
    CHECK(said("{type: bootstrap, history: /x.csv, from: 2022-03-01, to: 2022-03-01}") == "90: to: 2022-03-01 is not after 2022-03-01");
    CHECK(said("{type: path, moves: [1%], then: {type: bootstrap, history: /x.csv, from: 2022-03-01, to: 2022-02-28}}") ==
          "122: then.to: 2022-02-28 is not after 2022-03-01");
}

TEST_CASE("what can't come after the moves of a path", "[models]") {
    CHECK(said("{type: path, moves: [1%], then: {type: path, moves: [2%]}}") ==
          "72: then.type: a path can't follow a path in 'then': list all moves in one, and give a model for the days after");
    CHECK(said("{type: path, moves: [1%], then: {volatility: 4%, then: none}}") ==
          "82: then: a 'then' can't have a 'then' of its own: its model goes on to the end");
    CHECK(said("{type: path, moves: [1%], then: {volatility: 4%, then: none}}", Language::zh) == "82: then: then 中不能再有 then：其模型一直用到期末");
    CHECK(said("{type: path, moves: [1%], then: {type: garch, omega: 1e-7, alpha: 0.3, beta: 0.9}}") ==
          "110: then.beta: alpha + beta + gamma/2 is 1 or above: the variance has no long-run mean");
    CHECK(said("{type: gbm, then: {volatility: 4%}}") == "45: the key 'then' does not go with type: gbm");
}

TEST_CASE("a history that is nowhere, or that nothing draws from", "[models]") {
    const std::string nowhere = "there is no history to draw from: name a file of rates here, or as the history of the pair";
    CHECK(said("{type: bootstrap}") == "26: history: " + nowhere);
    CHECK(said("{type: bootstrap}", Language::zh) == "26: history: 没有可供抽取的历史：请在此处或在该货币对的 history 中给出汇率文件");
    CHECK(said(garch + ", residuals: history}") == "26: history: " + nowhere);
    CHECK(said("{type: path, moves: [1%], then: {type: bootstrap}}") == "59: then.history: " + nowhere);
    CHECK(load_with_pair("history: /x.csv, model: {type: bootstrap}").lines() == "");
    const auto unused = load_with_model(garch + ", history: /x.csv, mean_block: 3}");
    CHECK(unused.scenario.has_value());
    CHECK(unused.lines() ==
          "a.yaml:7:93: warning: market.pairs.USDCNY.model.history: this is not used: residuals is normal, not history\n"
          "a.yaml:7:113: warning: market.pairs.USDCNY.model.mean_block: this is not used: residuals is normal, not history");
    CHECK(load_with_model(garch + ", residuals: student(5), from: 2020-01-02}").lines(Language::zh) ==
          "a.yaml:7:113: 警告: market.pairs.USDCNY.model.from: 此项不起作用：residuals 为 student(5)，不是 history");
}

TEST_CASE("a correlation can't name a pair that draws from history", "[models]") {
    const auto with = [](const std::string& model) {
        return load_instead("    USDCNY: {spot: 6.78}", "    USDCNY: {spot: 6.78, history: /x.csv, model: " + model +
                                                            "}\n    EURCNY: {spot: 7.9, swap_points: {1M: 3}}\n  correlation: {EURCNY~USDCNY: 0.55}")
            .lines();
    };
    const std::string refused =
        "a.yaml:9:17: market.correlation: USDCNY draws its moves from the rows of a history, not from a Gaussian shock: leave "
        "'EURCNY~USDCNY' out (pairs that draw from histories share the row of the day, and with it their history's dependence)";
    CHECK(with("{type: bootstrap}") == refused);
    CHECK(with(garch + ", residuals: history}") == refused);
    CHECK(with("{type: path, moves: [1%], then: {type: bootstrap}}") == refused);
    CHECK(with(garch + ", residuals: student(5)}") == "");
    CHECK(with(garch + "}") == "");
}

TEST_CASE("a model that is wrong at one key is not held against the others", "[models]") {
    CHECK(said("{type: garch, omega: 1e-7, alpha: 0.3, beta: x}") == "78: beta: 'x' is no number; a number is wanted, e.g. 1.5");
    CHECK(said(regime + "generator: [[-1, 1]], start: 3, drift: 1%}").find("2 states need 2 rows") == std::string::npos);
}
