#include "read_settings.hpp"

#include "bound.hpp"
#include "check_values.hpp"
#include "read_model.hpp"
#include "typed_values.hpp"

#include <initializer_list>

// Every default is in the tree already (keys.cpp): nothing here knows one.
namespace fxpool::scenario {
namespace {

/// The one of `words` that stands there, as the value at the same place.
template <class T>
T one_of(const Node& node, std::string_view key, std::initializer_list<std::pair<std::string_view, T>> words) {
    for (const auto& [word, value] : words) {
        if (at(node, key).is(word)) return value;
    }
    return words.begin()->second;
}

BySector by_sector(const Node& node) {
    if (node.number) return {*node.number, {}};
    BySector values;
    for (const auto& item : node.items) {
        if (item.key == "default") values.otherwise = number(item);
        else values.sectors[item.key] = number(item);
    }
    return values;
}

std::map<std::string, double> by_name(const Node& node) {
    std::map<std::string, double> values;
    for (const auto& item : node.items) values[item.key] = number(item);
    return values;
}

Localised localised(const Node& node, const std::string& otherwise) {
    if (node.kind == Node::Kind::text) return {node.text, node.text};
    Localised names{text(node, "en"), text(node, "zh")};
    if (names.en.empty()) names.en = names.zh.empty() ? otherwise : names.zh;
    if (names.zh.empty()) names.zh = names.en;
    return names;
}

GivenMoves given_moves(const Node& node) {
    GivenMoves given;
    for (const auto& move : at(node, "moves").items) given.moves.push_back(number(move));
    given.file = optional_file(node, "file");
    given.from = optional_date(node, "from");
    given.to = optional_date(node, "to");
    return given;
}

MarketSettings market(const Node& node) {
    MarketSettings settings;
    for (const auto& item : at(node, "curves").items) settings.curves[item.key] = by_tenor(item);
    for (const auto& item : at(node, "pairs").items) {
        PairSettings pair;
        pair.name = item.key;
        pair.spot = number(item, "spot");
        pair.swap_points = by_tenor(at(item, "swap_points"));
        pair.history = optional_file(item, "history");
        pair.band = number(item, "band");
        const Node& moves = at(item, "model");
        const bool is_path = at(moves, "type").is("path");
        if (is_path) pair.given = given_moves(moves);
        const Node& law = is_path ? at(moves, "then") : moves;
        if (!off(law)) pair.model = read_model(law, pair.history);
        settings.pairs.push_back(std::move(pair));
    }
    settings.reference = text(node, "reference");
    for (const auto& item : at(node, "correlation").items) {
        const auto tilde = item.key.find('~');
        settings.correlation[{item.key.substr(0, tilde), item.key.substr(tilde + 1)}] = number(item);
    }
    return settings;
}

NoRoom no_room(const Node& node) {
    if (node.is("own-margin")) return {NoRoom::Kind::own_margin, 0};
    if (const auto days = queue_days_of(node.text)) return {NoRoom::Kind::queue, *days};
    return {NoRoom::Kind::reject, 0};
}

std::optional<CallsSettings> calls(const Node& node) {
    if (off(node)) return std::nullopt;
    return CallsSettings{
        .call_at = number(node, "call_at"), .cure_days = whole(node, "cure_days"), .slippage = number(node, "slippage"), .meet = number(node, "meet")};
}

RecoverySettings recovery(const Node& node) {
    RecoverySettings settings;
    if (off(node)) {
        settings.rate = 0;
        return settings;
    }
    settings.rate = number(node, "rate");
    settings.lag_months = whole(node, "lag_months");
    settings.lognormal = at(node, "lag").is("lognormal");
    settings.lag_sigma = number(node, "lag_sigma");
    settings.cost = number(node, "cost");
    settings.pool_first = at(node, "split").is("pool-first");
    settings.to_treasury = at(node, "to").is("treasury");
    return settings;
}

std::optional<RefillSettings> refill(const Node& node) {
    if (off(node)) return std::nullopt;
    RefillSettings settings;
    settings.when = at(node, "when").is("yearly") ? RefillSettings::When::yearly : RefillSettings::When::trigger;
    settings.below = number(node, "below");
    settings.to = number(node, "to");
    settings.delay_days = whole(node, "delay_days");
    settings.yearly_limit = number(node, "yearly_limit");
    return settings;
}

std::optional<BrakesSettings> brakes(const Node& node) {
    if (off(node)) return std::nullopt;
    BrakesSettings settings;
    const Node& amber = at(node, "amber");
    const Node& fx = at(node, "fx");
    if (!off(amber)) settings.amber = AmberSettings{number(amber, "at"), number(amber, "multiple_factor")};
    if (!off(at(node, "red"))) settings.red = number(at(node, "red"), "at");
    if (!off(at(node, "bank"))) settings.bank = number(at(node, "bank"), "at");
    if (!off(fx)) settings.fx = FxBrakeSettings{number(fx, "volatility"), number(fx, "move"), number(fx, "margin_factor")};
    settings.lift_days = whole(node, "lift_days");
    return settings;
}

PoolSettings pool(const Node& node) {
    PoolSettings settings;
    settings.fund = number(node, "fund");
    settings.multiple = number(node, "multiple");
    settings.quota_base = one_of<QuotaBase>(node, "quota_base", {{"available", QuotaBase::available}, {"fixed", QuotaBase::fixed}});
    settings.layout = one_of<Layout>(node, "layout", {{"shared", Layout::shared}, {"segregated", Layout::segregated}, {"hybrid", Layout::hybrid}});
    settings.floor = number(node, "floor");
    settings.pool_share = number(at(node, "split"), "pool");
    settings.guarantor_share = number(at(node, "split"), "guarantor");
    settings.deductible = number(node, "deductible", 0);
    settings.cap = one_of<Cap>(node, "cap", {{"frozen", Cap::frozen}, {"none", Cap::none}});
    settings.cap_multiple = number(node, "cap_multiple");
    settings.excess =
        one_of<ExcessBearer>(node, "excess", {{"bank", ExcessBearer::bank}, {"guarantor", ExcessBearer::guarantor}, {"government", ExcessBearer::government}});

    const Node& cap = at(node, "exporter_cap");
    const bool two_caps = cap.kind == Node::Kind::map;
    settings.exporter_frozen_cap = two_caps ? number(cap, "frozen") : number(cap);
    settings.exporter_claims_cap = two_caps ? number(cap, "claims") : number(cap);
    settings.deal_cap_usd = number(at(node, "deal_cap"), "usd");
    settings.deal_cap_months = number(at(node, "deal_cap"), "months");
    settings.yearly_claims_cap = number(node, "yearly_claims_cap");
    const Node& concentration = at(node, "concentration");
    settings.concentration_exporter = number(concentration, "exporter");
    settings.concentration_group = number(concentration, "group");
    settings.concentration_sector = number(concentration, "sector");
    settings.concentration_bank = number(concentration, "bank");
    settings.hedge_ratio_cap = number(node, "hedge_ratio_cap");
    settings.no_room = no_room(at(node, "no_room"));
    settings.products.clear();
    for (const auto& item : at(node, "products").items) {
        settings.products.insert(item.is("swap") ? Product::swap : item.is("forward_purchase") ? Product::forward_purchase : Product::forward_sale);
    }

    const Node& margin = at(node, "margin");
    settings.margin_rate = by_tenor(at(margin, "rate"));
    settings.client_share = number(margin, "client_share");
    settings.calls = calls(at(margin, "calls"));
    const Node& claims = at(node, "claims");
    settings.claims_delay_days = whole(claims, "delay_days");
    settings.rejection = number(claims, "rejection", 0);
    settings.shortfall = one_of<Shortfall>(claims, "shortfall", {{"prorata", Shortfall::prorata}, {"queue", Shortfall::queue}});
    settings.close_out_days = whole(node, "close_out_days");
    settings.netting = is_true(node, "netting");
    settings.recovery = recovery(at(node, "recovery"));
    settings.interest = number(node, "interest", 0);
    settings.fee = number(node, "fee", 0);
    settings.refill = refill(at(node, "refill"));
    settings.brakes = brakes(at(node, "brakes"));
    return settings;
}

SyntheticSettings synthetic(const Node& node) {
    SyntheticSettings settings;
    settings.count = whole(node, "count");
    settings.seed = static_cast<std::uint64_t>(number(node, "seed"));
    settings.pareto = number(at(node, "size"), "pareto");
    settings.minimum_usd = number(at(node, "size"), "minimum");
    settings.sectors = by_name(at(node, "sectors"));
    settings.us_share = by_name(at(node, "us_share"));
    return settings;
}

NewBusinessSettings new_business(const Node& node) {
    NewBusinessSettings settings;
    settings.monthly_usd = number(node, "monthly_usd");
    settings.deal_mean_usd = number(at(node, "deal_usd"), "mean");
    settings.deal_cv = number(at(node, "deal_usd"), "cv");
    settings.client_spread = number(node, "client_spread");
    settings.tenors = by_tenor(at(node, "tenors"));
    settings.sell = number(at(node, "direction"), "sell", 0);
    settings.buy = number(at(node, "direction"), "buy", 0);
    settings.pairs = by_name(at(node, "pairs"));
    settings.growth = number(node, "growth");
    settings.steady_state = is_true(node, "steady_state");
    settings.seed = static_cast<std::uint64_t>(number(node, "seed"));
    return settings;
}

std::vector<Shock> shocks(const Node& node) {
    std::vector<Shock> list;
    for (const auto& item : node.items) {
        Shock shock;
        shock.from = date(item, "from");
        shock.to = date(item, "to");
        if (given(item, "sector")) shock.sector = text(item, "sector");
        if (given(item, "us_share_above")) shock.us_share_above = number(item, "us_share_above");
        shock.probability = number(item, "probability");
        shock.place = item.place();
        list.push_back(std::move(shock));
    }
    return list;
}

FailureSettings failure(const Node& node) {
    FailureSettings settings;
    const Node& insolvency = at(node, "insolvency");
    if (off(insolvency)) {
        settings.pd = {0, {}};
    } else {
        settings.pd = by_sector(at(insolvency, "pd"));
        settings.correlation = by_sector(at(insolvency, "correlation"));
        settings.sector_loading = number(insolvency, "sector_loading");
        settings.insolvency_fx_beta = number(insolvency, "fx_beta");
        settings.keep_mean = is_true(insolvency, "keep_mean");
    }
    const Node& order_loss = at(node, "order_loss");
    if (off(order_loss)) {
        settings.order_loss_probability = {0, {}};
    } else {
        settings.order_loss_probability = by_sector(at(order_loss, "probability"));
        settings.order_loss_correlation = number(order_loss, "correlation");
        settings.order_loss_fx_beta = number(order_loss, "fx_beta");
        settings.absorb_from_liquidity = at(order_loss, "absorb").is("liquidity");
        settings.absorb = number(order_loss, "absorb", 0);
        settings.shocks = shocks(at(order_loss, "shocks"));
    }
    const Node& strategic = at(node, "strategic");
    if (!off(strategic)) {
        settings.strategic_share = number(strategic, "share");
        settings.strategic_threshold = number(strategic, "threshold");
    }
    const Node& late = at(node, "late");
    if (!off(late)) {
        settings.late_probability = number(late, "probability");
        settings.late_roll_months = whole(late, "roll_months");
        settings.late_carried = at(late, "settle").is("carried");
    }
    return settings;
}

}  // namespace

Settings read_settings(const Node& tree) {
    Settings settings;
    settings.name = text(tree, "name");
    settings.title = localised(at(tree, "title"), settings.name);
    const Node& horizon = at(tree, "horizon");
    settings.start = date(horizon, "start");
    settings.end = given(horizon, "end") ? date(horizon, "end") : add_months(settings.start, whole(horizon, "months"));
    settings.market = market(at(tree, "market"));
    settings.pool = pool(at(tree, "pool"));
    for (const auto& item : at(tree, "banks").items) {
        const auto& id = text(item, "id");
        settings.banks.push_back({id, localised(at(item, "name"), id), number(item, "weight"), item.place()});
    }
    const Node& exporters = at(tree, "exporters");
    if (exporters.kind == Node::Kind::text) settings.exporters = file(exporters);
    if (exporters.kind == Node::Kind::map) settings.exporters = synthetic(at(exporters, "synthetic"));
    settings.contracts = optional_file(tree, "contracts");
    if (given(tree, "new_business")) settings.new_business = new_business(at(tree, "new_business"));
    settings.failure = failure(at(tree, "failure"));
    const Node& benefit = at(tree, "benefit");
    settings.benefit = {.loan_rate = number(benefit, "loan_rate"),
                        .deposit_rate = number(benefit, "deposit_rate"),
                        .fund_cost = number(benefit, "fund_cost"),
                        .hedge_without = number(benefit, "hedge_without"),
                        .hedge_with = number(benefit, "hedge_with")};
    const Node& simulation = at(tree, "simulation");
    settings.simulation.paths = static_cast<std::int64_t>(number(simulation, "paths"));
    settings.simulation.seed = static_cast<std::uint64_t>(number(simulation, "seed"));
    for (const auto& item : at(tree, "limits").items) {
        auto limit = parse_bound(item.text).value_or(Limit{});
        limit.metric = item.key;
        settings.limits.push_back(std::move(limit));
    }
    return settings;
}

std::optional<std::filesystem::path> named_file(const Node& tree, std::string_view key) {
    const Node* node = tree.find(key);
    const bool names_one = node && node->kind == Node::Kind::text && !node->text.empty() && !node->is("none");
    return names_one ? std::optional{file(*node)} : std::nullopt;
}

}  // namespace fxpool::scenario
