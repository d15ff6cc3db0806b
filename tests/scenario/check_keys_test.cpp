// Unknown keys, missing ones, wrong types, units and ranges.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>

using namespace fxpool;
using namespace fxpool::testing;

TEST_CASE("an unknown key is named, with what was likely meant", "[keys]") {
    CHECK(load_with_pool("{multipel: 2}").lines() == "a.yaml:8:8: pool: unknown key 'multipel'; did you mean 'multiple'?");
    CHECK(load_with_pool("{multipel: 2}").lines(Language::zh) == "a.yaml:8:8: pool: 未知的键“multipel”，是否应为“multiple”？");
    CHECK(load_instead("{spot: 6.78}", "{spot: 6.78, model: {type: gbm, volatilty: 4%}}").lines() ==
          "a.yaml:7:45: market.pairs.USDCNY.model: unknown key 'volatilty'; did you mean 'volatility'?");
    CHECK(load_with("deductible: 1%\n").lines() == "a.yaml:11:1: unknown key 'deductible'; it belongs under 'pool'");
    CHECK(load_with("deductible: 1%\n").lines(Language::zh) == "a.yaml:11:1: 未知的键“deductible”，它应放在“pool”之下");
    CHECK(load_with_pool("{margin: {zzz: 1}}").lines() == "a.yaml:8:17: pool.margin: unknown key 'zzz'; the keys here: rate, client_share, calls");
    CHECK(load_with("failure: {order_loss: {shocks: [{from: 2026-04-01, to: 2026-06-30, probability: 2%, sectr: x}]}}\n").lines() ==
          "a.yaml:11:85: failure.order_loss.shocks[0]: unknown key 'sectr'; did you mean 'sector'?");
    CHECK(load_with_pool("{fee：: 1}").lines() == "a.yaml:8:11: pool: '：' is a full-width character; write ':'");
}

TEST_CASE("a key that goes with another model is told from an unknown one", "[keys]") {
    CHECK(load_instead("{spot: 6.78}", "{spot: 6.78, model: {type: gbm, moves: [1%]}}").lines() ==
          "a.yaml:7:45: market.pairs.USDCNY.model: the key 'moves' does not go with type: gbm");
    CHECK(load_instead("{spot: 6.78}", "{spot: 6.78, model: {type: path, moves: [1%], drift: 1%}}").lines(Language::zh) ==
          "a.yaml:7:59: market.pairs.USDCNY.model: 键“drift”不能用于 type: path");
}

TEST_CASE("missing keys are named where they are missing", "[keys]") {
    CHECK(load_instead("banks: [{id: ICBC, weight: 100%}]", "banks: [{id: ICBC}]").lines() ==
          "a.yaml:9:9: banks[0]: the key 'weight' is missing; a number is wanted");
    CHECK(load_instead("{spot: 6.78}", "{}").lines(Language::zh) == "a.yaml:7:5: market.pairs.USDCNY: 缺少键“spot”，应为数字");
    const auto loaded = load_text("fxpool: 1\n");
    CHECK(loaded.problems.errors() == 6);
    CHECK(loaded.lines().find("a.yaml:1:1: the key 'market' is missing; a map is wanted") != std::string::npos);
}

TEST_CASE("every problem at once, in order of place", "[keys]") {
    const auto loaded = load_text(
        "fxpool: 1\nname: bad one\nhorizon: {start: 2026-02-30}\nmarket: {curves: {CNY: 1%, USD: 1%}, pairs: {USDCNY: {spot: 7}}}\n"
        "pool: {fund: 20x, mutiple: 1}\nbanks: [{id: A, weight: 99%}]\ncontracts: b.csv\n");
    CHECK(loaded.lines() ==
          "a.yaml:2:7: name: the name 'bad one' must be letters a to z, digits, - and _: it names the result folder\n"
          "a.yaml:3:18: horizon.start: 2026-02-30 is no date; dates are written like 2026-01-05\n"
          "a.yaml:5:14: pool.fund: '20x' has the unit 'x'; the units are %, k, m, bn, 万, 亿\n"
          "a.yaml:5:19: pool: unknown key 'mutiple'; did you mean 'multiple'?\n"
          "a.yaml:6:1: banks: the weights sum to 99 %, not to 100 %");
}

TEST_CASE("numbers that are none", "[keys]") {
    CHECK(load_with_pool("{fund: 20x}").lines(Language::zh) == "a.yaml:8:14: pool.fund: “20x”的单位“x”无效，可用的单位：%, k, m, bn, 万, 亿");
    CHECK(load_with_pool("{fund: lots}").lines() == "a.yaml:8:14: pool.fund: 'lots' is no number; a number is wanted, e.g. 20m or 2000万");
    CHECK(load_with_pool("{fund: .nan}").lines() == "a.yaml:8:14: pool.fund: '.nan' is not a finite number");
    CHECK(load_with_pool("{fund: NaN}").lines(Language::zh) == "a.yaml:8:14: pool.fund: “NaN”不是有限的数");
    CHECK(load_with_pool("{fund: -.inf}").lines() == "a.yaml:8:14: pool.fund: '-.inf' is not a finite number");
    CHECK(load_with_pool("{exporter_cap: .inf}").lines() ==
          "a.yaml:8:22: pool.exporter_cap: '.inf' is not a finite number; write none where there is no limit");
    CHECK(load_with_pool("{fund: 20%}").lines() == "a.yaml:8:14: pool.fund: '20%' is a percentage; a plain number is wanted");
    CHECK(load_with_pool("{close_out_days: 1.5}").lines() == "a.yaml:8:24: pool.close_out_days: '1.5' is no whole number; one is wanted, e.g. 60");
    CHECK(load_with_pool("{interest: 1.3％}").lines() == "a.yaml:8:21: pool.interest: '％' is a full-width character; write '%'");
    CHECK(load_with_pool("{interest: \"1.3％\"}").lines() == "a.yaml:8:22: pool.interest: '％' is a full-width character; write '%'");
    CHECK(load_instead("2026-01-05", "2026－01－05").lines() == "a.yaml:3:22: horizon.start: '－' is a full-width character; write '-'");
    CHECK(load_with_pool("{interest: １.3%}").lines(Language::zh) == "a.yaml:8:18: pool.interest: “１”是全角字符，请改为“1”");
    CHECK(load_with_pool("{fee: }").lines() == "a.yaml:8:8: pool.fee: there is no value; a number or 'none' is wanted");
}

TEST_CASE("numbers out of range are told the limit", "[keys]") {
    CHECK(load_with_pool("{split: {pool: 120%}}").lines() == "a.yaml:8:22: pool.split.pool: 120% is out of range: 0 % to 100 %");
    CHECK(load_with_pool("{deductible: 120%}").lines() == "a.yaml:8:20: pool.deductible: 120% is out of range: 0 % to 100 %");
    CHECK(load_with_pool("{deductible: 120%}").lines(Language::zh) == "a.yaml:8:20: pool.deductible: 120% 超出范围（0 % 至 100 %）");
    CHECK(load_with_pool("{deductible: 5}").lines() == "a.yaml:8:20: pool.deductible: 5 is out of range: 0 % to 100 %; is a % missing?");
    CHECK(load_with_pool("{fund: -1}").lines() == "a.yaml:8:14: pool.fund: -1 is out of range: 0 to 10000bn");
    CHECK(load_instead("spot: 6.78", "spot: 0").lines() == "a.yaml:7:20: market.pairs.USDCNY.spot: 0 is out of range: 0.0001 to 100000");
    CHECK(load_with("failure: {insolvency: {pd: 100%}}\n").lines() == "a.yaml:11:28: failure.insolvency.pd: 100% is out of range: 0 % or more, below 100 %");
    CHECK(load_with("simulation: {paths: 0}\n").lines() == "a.yaml:11:21: simulation.paths: 0 is out of range: 1 to 1000000000000");
    CHECK(load_instead("{spot: 6.78}", "{spot: 6.78, model: {type: path, moves: [-100%]}}").lines() ==
          "a.yaml:7:54: market.pairs.USDCNY.model.moves[0]: -100% is out of range: above -100 %, up to 1000 %");
}

TEST_CASE("numbers whose sums would be infinite are out of range, and told without a cast", "[keys]") {
    CHECK(load_with_pool("{fund: 1e308}").lines() == "a.yaml:8:14: pool.fund: 1e308 is out of range: 0 to 10000bn");
    CHECK(load_with_pool("{fund: 100bn}").lines() == "");
    CHECK(load_with_pool("{multiple: 1e19}").lines() == "a.yaml:8:18: pool.multiple: 1e19 is out of range: 0 to 1000000");
    CHECK(load_instead("spot: 6.78", "spot: 1e308").lines() == "a.yaml:7:20: market.pairs.USDCNY.spot: 1e308 is out of range: 0.0001 to 100000");
    CHECK(load_with("limits: {balance.end.mean: \">= 1e300\"}\n").lines() ==
          "a.yaml:11:28: limits.balance.end.mean: >= 1e300 is out of range: -1000000000000000 to 1000000000000000");
}

TEST_CASE("every number of a scenario file has two ends", "[keys]") {
    int numbers = 0;
    const std::function<void(const nlohmann::json&)> look = [&](const nlohmann::json& schema) {
        const auto type = schema.is_object() && schema.contains("type") ? schema["type"] : nlohmann::json();
        if (type == "number" || type == "integer") {
            const bool name_or_text = schema.size() == 1;
            const bool low = schema.contains("minimum") || schema.contains("exclusiveMinimum");
            const bool high = schema.contains("maximum") || schema.contains("exclusiveMaximum");
            if (name_or_text) return;
            CHECK((low && high));
            ++numbers;
        }
        if (schema.is_structured()) {
            for (const auto& inner : schema) look(inner);
        }
    };
    look(nlohmann::json::parse(scenario_schema()));
    CHECK(numbers > 100);
}

TEST_CASE("words that are not allowed", "[keys]") {
    CHECK(load_with_pool("{cap: frozn}").lines() == "a.yaml:8:13: pool.cap: 'frozn' is not allowed here; did you mean 'frozen'?");
    CHECK(load_with_pool("{excess: nobody}").lines() == "a.yaml:8:16: pool.excess: 'nobody' is not allowed here; allowed: bank, guarantor, government");
    CHECK(load_with_pool("{excess: nobody}").lines(Language::zh) == "a.yaml:8:16: pool.excess: 此处不能用“nobody”，可用的取值：bank, guarantor, government");
    CHECK(load_with_pool("{netting: yes}").lines() == "a.yaml:8:17: pool.netting: 'yes' is not allowed here; allowed: true, false");
    CHECK(load_with_pool("{no_room: queue(x)}").lines() == "a.yaml:8:17: pool.no_room: 'queue(x)' is not allowed here; allowed: reject, queue(5), own-margin");
    CHECK(load_with_pool("{products: [forward_sale, option]}").lines() ==
          "a.yaml:8:33: pool.products[1]: 'option' is not allowed here; allowed: forward_sale, forward_purchase, swap");
    CHECK(load_with_pool("{refill: {when: monthly}}").lines() == "a.yaml:8:23: pool.refill.when: 'monthly' is not allowed here; allowed: yearly, trigger");
}

TEST_CASE("false is off, as some writers of YAML have it", "[keys]") {
    const auto loaded = load_with_pool("{refill: false, margin: {calls: false}}");
    CHECK(loaded.lines() == "");
    CHECK_FALSE(loaded.settings().pool.calls.has_value());
}

TEST_CASE("none where it is no value: the default holds, and a note says so", "[keys]") {
    const auto fund = load_with_pool("{fund: none}");
    CHECK(fund.settings().pool.fund == 20e6);
    CHECK(fund.lines() == "a.yaml:8:14: note: pool.fund: none removes this key: the default 20m applies");
    CHECK(fund.lines(Language::zh) == "a.yaml:8:14: 提示: pool.fund: 写 none 等于去掉此键，采用默认值 20m");
    CHECK(load_with_pool("{split: none}").lines() == "a.yaml:8:15: note: pool.split: none removes this key: the defaults apply");
    CHECK(load_with_pool("{interest: none, recovery: none}").lines() == "");
}

TEST_CASE("maps, lists and plain values in the wrong place", "[keys]") {
    CHECK(load_with_pool("{brakes: [1]}").lines() == "a.yaml:8:16: pool.brakes: a list can't stand here; 'none', 'off' or a map is wanted");
    CHECK(load_with_pool("{fund: {a: 1}}").lines(Language::zh) == "a.yaml:8:14: pool.fund: 此处不能是映射，应为数字");
    CHECK(load_with("failure: {late: maybe}\n").lines() == "a.yaml:11:17: failure.late: 'maybe' can't stand here; 'none', 'off' or a map is wanted");
    CHECK(load_instead("banks: [{id: ICBC, weight: 100%}]", "banks: []").lines() == "a.yaml:9:8: banks: the list is empty");
    CHECK(load_with_pool("{margin: {rate: {}}}").lines() == "a.yaml:8:17: pool.margin.rate: the map is empty");
}

TEST_CASE("dates, tenors, names, pairs and bounds", "[keys]") {
    CHECK(load_instead("2026-01-05", "2026/1/5").lines() == "a.yaml:3:18: horizon.start: 2026/1/5 is no date here; write 2026-01-05");
    CHECK(load_instead("2026-01-05", "2026-02-30").lines() == "a.yaml:3:18: horizon.start: 2026-02-30 is no date; dates are written like 2026-01-05");
    CHECK(load_instead("2026-01-05", "2026-02-30").lines(Language::zh) == "a.yaml:3:18: horizon.start: 2026-02-30 不是有效日期，日期写法如 2026-01-05");
    CHECK(load_with_pool("{margin: {rate: {3m: 2%}}}").lines() == "a.yaml:8:24: pool.margin.rate: '3m' is no tenor; write whole months, e.g. 3M");
    CHECK(load_with_pool("{margin: {rate: {72M: 2%}}}").lines() == "a.yaml:8:24: pool.margin.rate: the tenor 72M is out of range: 1M to 60M");
    CHECK(load_instead("    USDCNY:", "    CNYUSD:").lines().starts_with("a.yaml:7:5: market.pairs: 'CNYUSD' is no currency pair against CNY"));
    CHECK(load_with("limits: {exhuastion.probability: \"<= 1%\"}\n").lines() ==
          "a.yaml:11:10: limits: the results have no 'exhuastion'; did you mean 'exhaustion'?");
    CHECK(load_with("limits: {exhaustion.probability: 1%}\n").lines() == "a.yaml:11:34: limits.exhaustion.probability: '1%' is no bound; write e.g. \"<= 1%\"");
    CHECK(load_instead("name: least", "name: 福州").lines(Language::zh) == "a.yaml:2:7: name: 名称“福州”只能由英文字母、数字、- 和 _ 组成：它用作结果文件夹名");
    CHECK(load_instead("fxpool: 1", "fxpool: 2").lines() == "a.yaml:1:9: fxpool: this is format version 2; this program reads version 1");
}

TEST_CASE("what a later version will do is refused by name", "[keys]") {
    CHECK(load_with("simulation: {antithetic: true}\n").lines() == "a.yaml:11:26: simulation.antithetic: 'true' is not in this version yet; allowed: false");
    CHECK(load_with("simulation: {engine: fast}\n").lines() == "a.yaml:11:22: simulation.engine: 'fast' is not in this version yet; allowed: reference");
    CHECK(load_with("simulation: {tail: auto}\n").lines() == "a.yaml:11:20: simulation.tail: 'auto' is not in this version yet; allowed: off");
    CHECK(load_with("simulation: {precision: {metric: exhaustion.probability}}\n").lines(Language::zh) ==
          "a.yaml:11:25: simulation.precision: 当前版本尚不支持，可用的取值：none");
    CHECK(load_with("simulation: {antithetic: false, precision: none, engine: reference, tail: off}\n").lines() == "");
}

TEST_CASE("a hundred of a kind are kept, the rest is counted", "[keys]") {
    std::string shocks;
    for (int i = 0; i < 130; ++i) shocks += "      - {from: 2026-04-01, to: 2026-06-30, probability: 200%}\n";
    const auto loaded = load_with("failure:\n  order_loss:\n    shocks:\n" + shocks);
    CHECK(loaded.problems.errors() == 130);
    CHECK(loaded.problems.list().size() == 100);
    REQUIRE(loaded.problems.left_out().size() == 1);
    CHECK(format(loaded.problems.left_out()[0], Language::en).find(": 30 more like this one: 200% is out of range") != std::string::npos);
}
