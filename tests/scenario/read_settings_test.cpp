// From the file's words to typed settings: defaults, and every form that a key may take.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace fxpool;
using namespace fxpool::testing;

namespace fs = std::filesystem;

TEST_CASE("only the required keys: everything else has its default", "[settings]") {
    const auto loaded = load_text(least);
    REQUIRE(loaded.lines() == "");
    const auto& s = loaded.settings();
    CHECK(s.title.en == "least");
    CHECK(s.start == Date::of(2026, 1, 5));
    CHECK(s.end == Date::of(2027, 1, 5));
    CHECK(s.market.reference == "USDCNY");
    const auto& gbm = std::get<GbmModel>(s.market.pairs.at(0).model.value());
    CHECK(gbm.volatility.steps.at(0).second == 0.042);
    CHECK(gbm.drift.steps.at(0).second == 0);
    CHECK(s.pool.fund == 20e6);
    CHECK(s.pool.multiple == 1);
    CHECK(s.pool.quota_base == QuotaBase::available);
    CHECK(s.pool.layout == Layout::shared);
    CHECK(s.pool.floor == 0.5);
    CHECK(s.pool.pool_share == 0.8);
    CHECK(s.pool.guarantor_share == 0);
    CHECK(s.pool.deductible == 0);
    CHECK(s.pool.cap == Cap::frozen);
    CHECK(s.pool.cap_multiple == 1);
    CHECK(s.pool.excess == ExcessBearer::bank);
    CHECK(s.pool.exporter_frozen_cap == 1e6);
    CHECK(s.pool.exporter_claims_cap == 1e6);
    CHECK(s.pool.deal_cap_usd == 2e6);
    CHECK(s.pool.deal_cap_months == 12);
    CHECK(s.pool.yearly_claims_cap == no_limit);
    CHECK(s.pool.concentration_exporter == 0.10);
    CHECK(s.pool.concentration_group == 0.15);
    CHECK(s.pool.concentration_sector == 0.50);
    CHECK(s.pool.concentration_bank == 0.35);
    CHECK(s.pool.hedge_ratio_cap == 0.8);
    CHECK(s.pool.no_room.kind == NoRoom::Kind::reject);
    CHECK(s.pool.products.size() == 3);
    CHECK(s.pool.margin_rate == ByTenor{{0, 0.05}});
    CHECK(s.pool.client_share == 0);
    CHECK_FALSE(s.pool.calls.has_value());
    CHECK(s.pool.claims_delay_days == 0);
    CHECK(s.pool.rejection == 0);
    CHECK(s.pool.shortfall == Shortfall::prorata);
    CHECK(s.pool.close_out_days == 0);
    CHECK(s.pool.netting);
    CHECK(s.pool.recovery.rate == 0.3);
    CHECK(s.pool.recovery.lag_months == 12);
    CHECK_FALSE(s.pool.recovery.lognormal);
    CHECK(s.pool.recovery.lag_sigma == 0.5);
    CHECK(s.pool.recovery.cost == 0.1);
    CHECK_FALSE(s.pool.recovery.pool_first);
    CHECK_FALSE(s.pool.recovery.to_treasury);
    CHECK(s.pool.interest == 0.013);
    CHECK(s.pool.fee == 0);
    CHECK_FALSE(s.pool.refill.has_value());
    CHECK_FALSE(s.pool.brakes.has_value());
    CHECK(s.banks.at(0).name.zh == "ICBC");
    CHECK(std::holds_alternative<std::monostate>(s.exporters));
    CHECK_FALSE(s.new_business.has_value());
    CHECK(s.failure.pd.at("any") == 0.03);
    CHECK(s.failure.correlation.at("any") == 0.12);
    CHECK(s.failure.sector_loading == 1);
    CHECK(s.failure.insolvency_fx_beta == 0);
    CHECK_FALSE(s.failure.keep_mean);
    CHECK(s.failure.order_loss_probability.at("any") == 0.01);
    CHECK(s.failure.order_loss_correlation == 0);
    CHECK(s.failure.absorb == 0);
    CHECK(s.failure.shocks.empty());
    CHECK(s.failure.strategic_share == 0);
    CHECK(s.failure.strategic_threshold == 0.025);
    CHECK(s.failure.late_probability == 0);
    CHECK(s.benefit.loan_rate == 0.0348);
    CHECK(s.benefit.deposit_rate == 0.013);
    CHECK(s.benefit.fund_cost == 0.02);
    CHECK(s.benefit.hedge_without == 0.06);
    CHECK(s.benefit.hedge_with == 0.3);
    CHECK(s.simulation.paths == 100'000);
    CHECK(s.simulation.seed == 20250325);
    CHECK(s.limits.empty());
}

TEST_CASE("a default stands once: what a file leaves out is what new settings hold, and what the schema says", "[settings]") {
    const auto loaded = load_instead("contracts: book.csv", "new_business: {}");
    const auto& s = loaded.settings();
    CHECK(s.pool == PoolSettings{});
    CHECK(s.failure == FailureSettings{});
    CHECK(s.benefit == BenefitSettings{});
    CHECK(s.simulation == SimulationSettings{});
    CHECK(s.new_business.value() == NewBusinessSettings{});
    CHECK(std::get<SyntheticSettings>(s.exporters) == SyntheticSettings{});

    const auto made = load_with_pool("{margin: {calls: {}}, refill: {}, brakes: {amber: {}, red: {}, bank: {}, fx: {}}}").settings().pool;
    CHECK(made.calls.value() == CallsSettings{});
    CHECK(made.refill.value() == RefillSettings{});
    CHECK(made.brakes.value().amber.value() == AmberSettings{});
    CHECK(made.brakes.value().red.value() == RedSettings{});
    CHECK(made.brakes.value().bank.value() == BankBrakeSettings{});
    CHECK(made.brakes.value().fx.value() == FxBrakeSettings{});
    CHECK(made.brakes.value().lift_days == BrakesSettings{}.lift_days);

    const auto schema = nlohmann::json::parse(scenario_schema());
    const auto& pool = schema["properties"]["pool"]["properties"];
    CHECK(pool["fund"]["default"] == PoolSettings{}.fund);
    CHECK(pool["hedge_ratio_cap"]["default"] == PoolSettings{}.hedge_ratio_cap);
    CHECK(pool["layout"]["default"] == std::string(word_of(PoolSettings{}.layout)));
}

TEST_CASE("a number of the settings is written as a person would", "[settings]") {
    const auto text = scenario_template("x", Language::en);
    for (const auto* words : {"\n  fund: 20m ", "\n    mean: 300k ", "\n  client_spread: 0 ", "\n  loan_rate: 3.48% ", "\n  hedge_ratio_cap: 80% ",
                              "\n  yearly_claims_cap: none ", "\n    lag_months: 12 ", "\n  tenors: {3M: 40%, 6M: 40%, 12M: 20%} ", "\n    calls: off "}) {
        INFO(words);
        CHECK(text.find(words) != std::string::npos);
    }
}

TEST_CASE("new business alone: its defaults, and firms made at random", "[settings]") {
    const auto loaded = load_instead("contracts: book.csv", "new_business: {}");
    REQUIRE(loaded.lines() == "");
    const auto& business = *loaded.settings().new_business;
    CHECK(business.monthly_usd == 8.3e6);
    CHECK(business.deal_mean_usd == 300e3);
    CHECK(business.deal_cv == 1);
    CHECK(business.client_spread == 0);
    CHECK(business.tenors == ByTenor{{3, 0.4}, {6, 0.4}, {12, 0.2}});
    CHECK(business.sell == 0.9);
    CHECK(business.buy == 0.1);
    CHECK(business.pairs == std::map<std::string, double>{{"USDCNY", 1}});
    CHECK(business.growth == 0);
    CHECK(business.steady_state);
    CHECK(business.seed == 2);
    const auto& firms = std::get<SyntheticSettings>(loaded.settings().exporters);
    CHECK(firms.count == 200);
    CHECK(firms.seed == 1);
    CHECK(firms.pareto == 1.3);
    CHECK(firms.minimum_usd == 1e6);
    CHECK(firms.sectors == std::map<std::string, double>{{"electronics", 0.4}, {"textile", 0.35}, {"food", 0.25}});
    CHECK(firms.us_share == std::map<std::string, double>{{"electronics", 0.45}});
}

TEST_CASE("every switch of the pool", "[settings]") {
    const auto loaded =
        load_with_pool(R"({fund: 1.5亿, multiple: 5, quota_base: fixed, layout: hybrid, floor: 40%, split: {pool: 60%, guarantor: 25%}, deductible: 1%,
  cap: none, cap_multiple: 2, excess: government, exporter_cap: {frozen: 500k, claims: none}, deal_cap: {usd: 1m, months: 6}, yearly_claims_cap: 5m,
  concentration: {exporter: 5%, group: none, sector: 40%, bank: 30%}, hedge_ratio_cap: none, no_room: queue(5), products: [swap],
  margin: {rate: {3M: 2%, 12M: 5%}, client_share: 10%, calls: {call_at: 90%, cure_days: 5, slippage: 30, meet: 60%}},
  claims: {delay_days: 10, rejection: 2%, shortfall: queue}, close_out_days: 2, netting: false,
  recovery: {rate: 40%, lag_months: 6, lag: lognormal, lag_sigma: 30%, cost: 5%, split: pool-first, to: treasury}, interest: none, fee: 0.5%,
  refill: {when: trigger, below: 50%, to: 90%, delay_days: 30, yearly_limit: 10m},
  brakes: {amber: {at: 20%, multiple_factor: 0.5}, red: {at: 40%}, bank: {at: 5%}, fx: {volatility: 8%, margin_factor: 1.5}, lift_days: 20}})");
    REQUIRE(loaded.lines() == "");
    const auto& pool = loaded.settings().pool;
    CHECK(pool.fund == 150e6);
    CHECK(pool.quota_base == QuotaBase::fixed);
    CHECK(pool.layout == Layout::hybrid);
    CHECK(pool.floor == 0.4);
    CHECK(pool.pool_share == 0.6);
    CHECK(pool.guarantor_share == 0.25);
    CHECK(pool.deductible == 0.01);
    CHECK(pool.cap == Cap::none);
    CHECK(pool.cap_multiple == 2);
    CHECK(pool.excess == ExcessBearer::government);
    CHECK(pool.exporter_frozen_cap == 500e3);
    CHECK(pool.exporter_claims_cap == no_limit);
    CHECK(pool.deal_cap_usd == 1e6);
    CHECK(pool.deal_cap_months == 6);
    CHECK(pool.yearly_claims_cap == 5e6);
    CHECK(pool.concentration_group == no_limit);
    CHECK(pool.concentration_bank == 0.3);
    CHECK(pool.hedge_ratio_cap == no_limit);
    CHECK(pool.no_room.kind == NoRoom::Kind::queue);
    CHECK(pool.no_room.days == 5);
    CHECK(pool.products == std::set{Product::swap});
    CHECK(pool.margin_rate == ByTenor{{3, 0.02}, {12, 0.05}});
    CHECK(pool.client_share == 0.1);
    CHECK(pool.calls.value().call_at == 0.9);
    CHECK(pool.calls.value().cure_days == 5);
    CHECK(pool.calls.value().slippage == 30);
    CHECK(pool.calls.value().meet == 0.6);
    CHECK(pool.claims_delay_days == 10);
    CHECK(pool.rejection == 0.02);
    CHECK(pool.shortfall == Shortfall::queue);
    CHECK(pool.close_out_days == 2);
    CHECK_FALSE(pool.netting);
    CHECK(pool.recovery.rate == 0.4);
    CHECK(pool.recovery.lag_months == 6);
    CHECK(pool.recovery.lognormal);
    CHECK(pool.recovery.lag_sigma == 0.3);
    CHECK(pool.recovery.cost == 0.05);
    CHECK(pool.recovery.pool_first);
    CHECK(pool.recovery.to_treasury);
    CHECK(pool.interest == 0);
    CHECK(pool.fee == 0.005);
    CHECK(pool.refill.value().when == RefillSettings::When::trigger);
    CHECK(pool.refill.value().below == 0.5);
    CHECK(pool.refill.value().to == 0.9);
    CHECK(pool.refill.value().delay_days == 30);
    CHECK(pool.refill.value().yearly_limit == 10e6);
    const auto& brakes = pool.brakes.value();
    CHECK(brakes.amber.value().at == 0.2);
    CHECK(brakes.amber.value().multiple_factor == 0.5);
    CHECK(brakes.red.value().at == 0.4);
    CHECK(brakes.bank.value().at == 0.05);
    CHECK(brakes.fx.value().volatility == 0.08);
    CHECK(brakes.fx.value().move == no_limit);
    CHECK(brakes.lift_days == 20);
}

TEST_CASE("caps and rules that are none", "[settings]") {
    const auto loaded = load_with_pool(
        "{exporter_cap: none, deal_cap: none, concentration: none, cap_multiple: none, deductible: none, refill: off, brakes: none, recovery: none, fee: "
        "none}");
    REQUIRE(loaded.lines() == "");
    const auto& pool = loaded.settings().pool;
    CHECK(pool.exporter_frozen_cap == no_limit);
    CHECK(pool.exporter_claims_cap == no_limit);
    CHECK(pool.deal_cap_usd == no_limit);
    CHECK(pool.deal_cap_months == no_limit);
    CHECK(pool.concentration_sector == no_limit);
    CHECK(pool.cap_multiple == no_limit);
    CHECK(pool.deductible == 0);
    CHECK(pool.recovery.rate == 0);
    CHECK_FALSE(pool.refill.has_value());
    const auto failure = load_with("failure: {insolvency: none, order_loss: none, strategic: none, late: none}\n");
    REQUIRE(failure.lines() == "");
    CHECK(failure.settings().failure.pd.at("any") == 0);
    CHECK(failure.settings().failure.order_loss_probability.at("any") == 0);
    CHECK(load_with_pool("{exporter_cap: 2m}").settings().pool.exporter_claims_cap == 2e6);
    CHECK(load_with_pool("{brakes: {red: {at: 30%}}}").settings().pool.brakes.value().red.value().at == 0.3);
    CHECK_FALSE(load_with_pool("{brakes: {red: {at: 30%}}}").settings().pool.brakes.value().amber.has_value());
    CHECK(load_with_pool("{no_room: own-margin}").settings().pool.no_room.kind == NoRoom::Kind::own_margin);
}

TEST_CASE("how deals fail", "[settings]") {
    const auto loaded = load_with(R"(failure:
  insolvency: {pd: {electronics: 5%, default: 2%}, correlation: {default: 10%, food: 20%}, sector_loading: 60%, fx_beta: 0.5, keep_mean: true}
  order_loss:
    probability: {default: 1%, textile: 3%}
    correlation: 5%
    fx_beta: -0.2
    absorb: liquidity
    shocks: [{from: 2026-04-01, to: 2026-06-30, sector: electronics, us_share_above: 50%, probability: 20%}]
  strategic: {share: 10%, threshold: 3%}
  late: {probability: 15%, roll_months: 2, settle: carried}
)");
    REQUIRE(loaded.lines() == "");
    const auto& failure = loaded.settings().failure;
    CHECK(failure.pd.at("electronics") == 0.05);
    CHECK(failure.pd.at("food") == 0.02);
    CHECK(failure.correlation.at("food") == 0.2);
    CHECK(failure.sector_loading == 0.6);
    CHECK(failure.insolvency_fx_beta == 0.5);
    CHECK(failure.keep_mean);
    CHECK(failure.order_loss_probability.at("textile") == 0.03);
    CHECK(failure.order_loss_correlation == 0.05);
    CHECK(failure.order_loss_fx_beta == -0.2);
    CHECK(failure.absorb_from_liquidity);
    CHECK(failure.absorb == 0);
    REQUIRE(failure.shocks.size() == 1);
    CHECK(failure.shocks[0].from == Date::of(2026, 4, 1));
    CHECK(failure.shocks[0].to == Date::of(2026, 6, 30));
    CHECK(failure.shocks[0].sector == "electronics");
    CHECK(failure.shocks[0].us_share_above == 0.5);
    CHECK(failure.shocks[0].probability == 0.2);
    CHECK(failure.shocks[0].place.line == 18);
    CHECK(failure.strategic_share == 0.1);
    CHECK(failure.strategic_threshold == 0.03);
    CHECK(failure.late_probability == 0.15);
    CHECK(failure.late_roll_months == 2);
    CHECK(failure.late_carried);
    CHECK(load_with("failure: {late: {}}\n").settings().failure.late_probability == 0.1);
    CHECK(load_with("failure: {order_loss: {absorb: 40%}}\n").settings().failure.absorb == 0.4);
}

TEST_CASE("markets: curves by tenor, swap points, steps, paths", "[settings]") {
    const Scratch folder;
    const auto loaded = load_file(folder.file("a.yaml", R"(fxpool: 1
name: markets
title: {zh: 市场}
horizon: {start: 2026-01-05, end: 2026-12-31}
market:
  reference: EURCNY
  curves: {CNY: {1M: 1.5%, 12M: 1.55%}, USD: 3.4%}
  pairs:
    USDCNY: {spot: 6.78, history: usdcny.csv, model: {volatility: {2026-01-05: 3%, 2026-07-01: 6%}, drift: carry}}
    EURCNY: {spot: 7.9, swap_points: {1M: -110, 12M: -1250}, model: {type: path, moves: [1.83%, -0.5%], then: {volatility: 5%, drift: 1%}}}
    JPYCNY: {spot: 4.5, swap_points: {12M: 30}, model: {type: path, file: /data/rates.csv, from: 2022-02-28, to: 2023-03-31}}
  correlation: {EURCNY~USDCNY: -0.55}
pool: {}
banks: [{id: A, name: 甲行, weight: 100%}]
contracts: book.csv
limits: {exhaustion.probability: "<= 1%", quota.utilisation.mean: ">0.5", pool_loss.net.mean: "< 1m", balance.end.mean: ">= 1000万"}
)"));
    REQUIRE(loaded.lines() == "");
    const auto& s = loaded.settings();
    CHECK(s.title.en == "市场");
    CHECK(s.end == Date::of(2026, 12, 31));
    CHECK(s.market.reference == "EURCNY");
    CHECK(s.market.curves.at("CNY") == ByTenor{{1, 0.015}, {12, 0.0155}});
    CHECK(s.market.curves.at("USD") == ByTenor{{0, 0.034}});
    REQUIRE(s.market.pairs.size() == 3);
    CHECK(s.market.pairs[0].history == folder.path("usdcny.csv"));
    const auto& gbm = std::get<GbmModel>(s.market.pairs[0].model.value());
    CHECK(gbm.drift.carry);
    CHECK(gbm.drift.steps.empty());
    CHECK(gbm.volatility.steps == DatedValues{{Date::of(2026, 1, 5), 0.03}, {Date::of(2026, 7, 1), 0.06}});
    CHECK(s.market.pairs[1].swap_points == ByTenor{{1, -110}, {12, -1250}});
    CHECK(s.market.pairs[1].given.value().moves == std::vector<double>{0.0183, -0.005});
    const auto& then = std::get<GbmModel>(s.market.pairs[1].model.value());
    CHECK(then.volatility.steps.at(0).second == 0.05);
    CHECK(then.drift.steps.at(0).second == 0.01);
    const auto& file = s.market.pairs[2].given.value();
    CHECK(file.file == fs::path("/data/rates.csv"));
    CHECK(file.from == Date::of(2022, 2, 28));
    CHECK(file.to == Date::of(2023, 3, 31));
    CHECK_FALSE(s.market.pairs[2].model.has_value());
    CHECK(s.market.correlation.at({"EURCNY", "USDCNY"}) == -0.55);
    CHECK(s.banks[0].name.en == "甲行");
    REQUIRE(s.limits.size() == 4);
    CHECK(s.limits[0].metric == "exhaustion.probability");
    CHECK(s.limits[0].bound == Limit::Bound::at_most);
    CHECK(s.limits[0].value == 0.01);
    CHECK(s.limits[0].text == "<= 1%");
    CHECK(s.limits[1].bound == Limit::Bound::more);
    CHECK(s.limits[2].bound == Limit::Bound::less);
    CHECK(s.limits[3].bound == Limit::Bound::at_least);
    CHECK(s.limits[3].value == 1e7);
}

TEST_CASE("whole numbers as people write them", "[settings]") {
    for (const auto& [text, paths] : std::vector<std::pair<std::string, std::int64_t>>{
             {"1e9", 1'000'000'000}, {"1000m", 1'000'000'000}, {"1_000_000", 1'000'000}, {"1e12", 1'000'000'000'000}, {"10万", 100'000}}) {
        CHECK(load_with("simulation: {paths: " + text + "}\n").settings().simulation.paths == paths);
    }
}
