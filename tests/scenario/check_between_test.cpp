// What shows only between keys.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::testing;

TEST_CASE("shares above or below 100 %", "[between]") {
    CHECK(load_with_pool("{split: {pool: 80%, guarantor: 40%}}").lines() ==
          "a.yaml:8:15: pool.split: pool 80 % and guarantor 40 % make 120 % (the bank bears what is left of 100 %)");
    CHECK(load_with_pool("{split: {pool: 80%, guarantor: 40%}}").lines(Language::zh) ==
          "a.yaml:8:15: pool.split: 资金池 80 % 与担保机构 40 % 合计 120 %（银行承担 100 % 中的剩余部分）");
    CHECK(load_with_pool("{split: {pool: 80%, guarantor: 20%}}").lines() == "");
    CHECK(load_instead("weight: 100%", "weight: 99%").lines() == "a.yaml:9:1: banks: the weights sum to 99 %, not to 100 %");
    CHECK(load_instead("weight: 100%", "weight: 99%").lines(Language::zh) == "a.yaml:9:1: banks: 各银行权重合计 99 %，应为 100 %");
    CHECK(load_with("new_business: {tenors: {3M: 40%, 6M: 40%}}\n").lines() == "a.yaml:11:24: new_business.tenors: the shares sum to 80 %, not to 100 %");
    CHECK(load_with("new_business: {direction: {sell: 90%}}\n").lines() == "a.yaml:11:27: new_business.direction: the shares sum to 90 %, not to 100 %");
    CHECK(load_with("new_business: {direction: {sell: 100%}}\n").lines() == "");
    CHECK(load_with("exporters: {synthetic: {sectors: {food: 60%, tea: 50%}}}\n").lines() ==
          "a.yaml:11:34: exporters.synthetic.sectors: the shares sum to 110 %, not to 100 %");
}

TEST_CASE("weights of thirds are 100 %", "[between]") {
    const std::string thirds = "banks: [{id: A, weight: 33.3333333333%}, {id: B, weight: 33.3333333333%}, {id: C, weight: 33.3333333334%}]";
    CHECK(load_instead("banks: [{id: ICBC, weight: 100%}]", thirds).lines() == "");
}

TEST_CASE("names given twice, and names that nothing has", "[between]") {
    CHECK(load_instead("banks: [{id: ICBC, weight: 100%}]", "banks: [{id: ICBC, weight: 50%}, {id: ICBC, weight: 50%}]").lines() ==
          "a.yaml:9:39: banks[1].id: the bank 'ICBC' is given twice");
    CHECK(load_instead("market:", "market:\n  reference: USDCNH").lines() ==
          "a.yaml:5:14: market.reference: 'USDCNH' is no currency pair against CNY; write e.g. USDCNY");
    CHECK(load_instead("market:", "market:\n  reference: EURCNY").lines() == "a.yaml:5:14: market.reference: market.pairs has no 'EURCNY'; it has USDCNY");
    CHECK(load_with("new_business: {pairs: {UDSCNY: 100%}}\n").lines() ==
          "a.yaml:11:24: new_business.pairs: market.pairs has no 'UDSCNY'; did you mean 'USDCNY'?");
    CHECK(load_with("new_business: {pairs: {EURCNY: 100%}}\n").lines(Language::zh) ==
          "a.yaml:11:24: new_business.pairs: market.pairs 中没有“EURCNY”，只有 USDCNY");
    CHECK(load_with("exporters: {synthetic: {sectors: {food: 100%}, us_share: {foot: 40%}}}\n").lines() ==
          "a.yaml:11:59: warning: exporters.synthetic.us_share: no firm has the sector 'foot'; did you mean 'food'?");
}

TEST_CASE("correlations", "[between]") {
    const auto with = [](const std::string& correlation) {
        return load_instead("    USDCNY: {spot: 6.78}",
                            "    USDCNY: {spot: 6.78}\n    EURCNY: {spot: 7.9, swap_points: {1M: 3}}\n  correlation: " + correlation)
            .lines();
    };
    CHECK(with("{USDCNY~EURCNY: 0.55}") == "");
    CHECK(with("{USDCNY~EURCNY: 55%}") == "");
    CHECK(with("{USDCNY~EURCNY: 1.5}") == "a.yaml:9:32: market.correlation.USDCNY~EURCNY: 1.5 is out of range: -1 to 1");
    CHECK(with("{USDCNY~EURCNY: 0.5, EURCNY~USDCNY: 0.5}") == "a.yaml:9:37: market.correlation: the correlation of EURCNY and USDCNY is given twice");
    CHECK(with("{USDCNY~JPYCNY: 0.5}") == "a.yaml:9:17: market.correlation: market.pairs has no 'JPYCNY'; it has USDCNY, EURCNY");
    CHECK(with("{USDCNY~USDCNY: 0.5}") == "a.yaml:9:17: market.correlation: 'USDCNY~USDCNY' names one pair twice");
    CHECK(with("{USDCNY-EURCNY: 0.5}") == "a.yaml:9:17: market.correlation: 'USDCNY-EURCNY' names no two pairs; write e.g. USDCNY~EURCNY");
}

TEST_CASE("shares of hedging that no figure uses yet are refused", "[between]") {
    CHECK(load_with("benefit: {hedge_without: 6%, hedge_with: 30%, fund_cost: 3%}\n").lines() == "");
    const auto lines = load_with("benefit: {hedge_with: 50%}\n").lines();
    CHECK(lines.find("benefit.hedge_with: no figure uses this in this version; leave it at 30 %") != std::string::npos);
}

TEST_CASE("curves that are needed", "[between]") {
    CHECK(load_instead("{CNY: 1.5%, USD: 3.4%}", "{USD: 3.4%}").lines() ==
          "a.yaml:5:3: market.curves: there is no curve of CNY: contracts are discounted with it");
    CHECK(load_instead("{CNY: 1.5%, USD: 3.4%}", "{CNY: 1.5%}").lines() ==
          "a.yaml:7:5: market.pairs.USDCNY: there are neither swap_points nor a curve of USD (market.curves)");
    CHECK(load_text("fxpool: 1\nname: x\nhorizon: {start: 2026-01-05}\nmarket: {curves: {CNY: 1.5%}, pairs: {USDCNY: {spot: 7, swap_points: {12M: -1250}}}}\n"
                    "pool: {}\nbanks: [{id: A, weight: 1}]\ncontracts: b.csv\n")
              .lines() == "");
}

TEST_CASE("swap points that are none leave the curve to be given", "[between]") {
    const auto with = [](const std::string& points, const Overrides& overrides = {}) {
        return load_text("fxpool: 1\nname: x\nhorizon: {start: 2026-01-05}\nmarket:\n  curves: {CNY: 1.5%}\n  pairs:\n    USDCNY: {spot: 7, swap_points: " +
                             points + "}\npool: {}\nbanks: [{id: A, weight: 1}]\ncontracts: b.csv\n",
                         overrides)
            .lines();
    };
    const std::string neither = "a.yaml:7:5: market.pairs.USDCNY: there are neither swap_points nor a curve of USD (market.curves)";
    CHECK(with("{12M: -1250}") == "");
    CHECK(with("none") == neither);
    CHECK(with("{12M: -1250}", {{"market.pairs.USDCNY.swap_points", "none"}}) == neither);
    CHECK(with("{}") == "a.yaml:7:23: market.pairs.USDCNY.swap_points: the map is empty");
    CHECK(with("{12M: none}") == "a.yaml:7:23: market.pairs.USDCNY.swap_points: the map is empty");
    CHECK(with("") == "a.yaml:7:23: market.pairs.USDCNY.swap_points: there is no value; a map is wanted");
    CHECK(load_with("", {{"market.curves.USD", "none"}}).lines() == neither);
}

TEST_CASE("the horizon's dates, and those of shocks", "[between]") {
    CHECK(load_instead("{start: 2026-01-05}", "{start: 2026-01-05, end: 2025-12-31}").lines() ==
          "a.yaml:3:35: horizon.end: the end 2025-12-31 is before the start 2026-01-05");
    CHECK(load_instead("{start: 2026-01-05}", "{start: 2026-01-05, months: 12, end: 2026-12-31}").lines() ==
          "a.yaml:3:47: horizon: both months and end are given; leave one out (none removes it)");
    CHECK(load_instead("{start: 2026-01-05}", "{start: 2026-01-05, months: 0}").lines() == "a.yaml:3:38: horizon.months: 0 is out of range: 1 to 600");
    CHECK(load_with("failure: {order_loss: {shocks: [{from: 2026-06-30, to: 2026-04-01, probability: 2%}]}}\n").lines() ==
          "a.yaml:11:56: failure.order_loss.shocks[0].to: the end 2026-04-01 is before the start 2026-06-30");
    // a wrong pair is the one problem: what hangs on it by default is not held against the file
    CHECK(load_instead("USDCNY: {spot: 6.78}", "USDEUR: {spot: 6.78}").lines() ==
          "a.yaml:7:5: market.pairs: 'USDEUR' is no currency pair against CNY; write e.g. USDCNY");
}

TEST_CASE("nothing to simulate", "[between]") {
    CHECK(load_instead("contracts: book.csv\n", "").lines() == "a.yaml:1:1: there are neither contracts nor new_business: nothing would happen");
    CHECK(load_instead("contracts: book.csv\n", "").lines(Language::zh) == "a.yaml:1:1: 既没有存量合约 contracts，也没有新业务 new_business：无业务可模拟");
    CHECK(load_instead("contracts: book.csv", "new_business: {}").lines() == "");
    CHECK(load_text("fxpool: 1\nname: x\nhorizon: {start: 2026-01-05}\nmarket: {curves: {CNY: 1%, EUR: 2%}, pairs: {EURCNY: {spot: 7.9}}}\npool: {}\n"
                    "banks: [{id: A, weight: 1}]\nnew_business: {pairs: {EURCNY: 100%}}\n")
              .lines() == "a.yaml:7:1: new_business: market.pairs has no USDCNY: the business is given in USD and needs its rate");
}

TEST_CASE("what has no effect is a warning", "[between]") {
    const auto floor = load_with_pool("{floor: 30%}");
    CHECK(floor.scenario.has_value());
    CHECK(floor.lines() == "a.yaml:8:15: warning: pool.floor: this is not used: the layout is shared, not hybrid");
    CHECK(load_with_pool("{floor: 30%, layout: hybrid}").lines() == "");
    CHECK(load_with_pool("{refill: {when: yearly, delay_days: 30}}").lines(Language::zh) ==
          "a.yaml:8:43: 警告: pool.refill.delay_days: 此项不起作用：when 为 yearly，不是 trigger");
    CHECK(load_with_pool("{refill: {below: 80%, to: 50%}}").lines() ==
          "a.yaml:8:16: pool.refill: a refill to 50 % would stay under the line of 80 % that triggers it");
    CHECK(load_with_pool("{fund: 0}").lines() == "");
}
