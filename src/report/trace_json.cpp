#include "fxpool/report/trace_json.hpp"

#include "fxpool/report/trace_text.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace fxpool::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array event_keys = {"opened",   "not_opened", "refused",      "waits",         "insolvent",   "close_out",  "close_out_waits",
                                   "gain",     "delivered",  "absorbed",     "order_lost",    "walked_away", "rolled",     "call",
                                   "call_met", "call_unmet", "forced_close", "cash_returned", "recovery",    "claim_paid", "refill_ordered",
                                   "refill",   "brake_on",   "brake_off",    "exhausted",     "pending"};
static_assert(event_keys.size() == static_cast<std::size_t>(EventKind::pending) + 1);

constexpr std::array bearer_keys = {"bank", "guarantor", "government"};
constexpr std::array brake_keys = {"amber", "red", "fx", "bank"};
constexpr std::array product_keys = {"forward_sale", "forward_purchase", "swap"};

template <class Keys, class Kind>
const char* key_of(const Keys& keys, Kind kind) {
    return keys[static_cast<std::size_t>(kind)];
}

Json event_json(const Prepared& prepared, const TraceEvent& event) {
    Json json = {{"date", Date{prepared.serial[event.day]}.iso()}, {"event", key_of(event_keys, event.kind)}};
    if (event.exporter.valid()) json["exporter"] = prepared.exporters[event.exporter].id;
    if (event.bank.valid()) json["bank"] = prepared.banks[event.bank];
    if (event.contract.valid()) {
        const auto& deal = prepared.deals[event.contract];
        json["contract"] = deal.id;
        if (event.kind == EventKind::opened) {
            json["product"] = key_of(product_keys, deal.product);
            json["pair"] = prepared.pairs[deal.pair].name;
            json["notional"] = deal.notional;
            json["settle_date"] = Date{deal.settle_serial}.iso();
        }
    }
    json["amount"] = event.amount;
    if (event.rate != 0) json["rate"] = event.rate;
    if (event.draw) json["draw"] = *event.draw;
    if (event.probability) json["probability"] = *event.probability;
    if (event.cause) json["cause"] = key_of(pool::cause_names, *event.cause);
    if (event.refusal) json["refusal"] = key_of(pool::refusal_names, *event.refusal);
    if (event.kind == EventKind::brake_on || event.kind == EventKind::brake_off) json["brake"] = key_of(brake_keys, event.which);
    return json;
}

Json claim_json(const Prepared& prepared, const TraceClaim& claim, const CapCuts& cuts) {
    Json contracts = Json::array();
    for (const auto contract : claim.contracts) contracts.push_back(prepared.deals[contract].id);
    Json json = {{"date", Date{prepared.serial[claim.day]}.iso()},
                 {"cause", key_of(pool::cause_names, claim.cause)},
                 {"exporter", prepared.exporters[claim.exporter].id},
                 {"bank", prepared.banks[claim.bank]},
                 {"contracts", std::move(contracts)},
                 {"loss", claim.loss.amount},
                 {"frozen", claim.loss.frozen},
                 {"notional", claim.loss.notional},
                 {"posted", claim.loss.posted},
                 {"rejected", claim.rejected},
                 {"own_margin", claim.split.own_margin},
                 {"net", claim.split.net},
                 {"deductible", claim.split.deductible},
                 {"pool_share", claim.split.share},
                 {"cut_by_deal_cap", claim.split.excess},
                 {"cut_by_exporter_cap", cuts.exporter_cap},
                 {"cut_by_yearly_cap", cuts.yearly_cap},
                 {"demand", claim.after_claims_caps},
                 {"from_own_part", claim.funding.own},
                 {"from_common_part", claim.funding.common},
                 {"short_of_cash", claim.funding.waiting},
                 {"excess", claim.excess},
                 {"excess_bearer", key_of(bearer_keys, claim.excess_bearer)}};
    json["pays"] = {{"pool", claim.limb},
                    {"bank", claim.bank_pays},
                    {"guarantor", claim.guarantor_pays},
                    {"government", claim.government_pays},
                    {"client_margin", claim.split.own_margin}};
    json["recovery"] = claim.recovery;
    json["recovery_date"] = claim.recovery_serial != 0 ? Json(Date{claim.recovery_serial}.iso()) : Json(nullptr);
    return json;
}

Json day_json(const Prepared& prepared, const TraceDay& traced) {
    Json rates = Json::object();
    for (PairId pair{0}; pair.index() < traced.rates.size(); ++pair) rates[prepared.pairs[pair].name] = traced.rates[pair];
    Json cut = Json::object();
    for (const auto& [pair, model_rate] : traced.cut) cut[prepared.pairs[pair].name] = model_rate;
    return {{"date", Date{prepared.serial[traced.day]}.iso()},
            {"rates", std::move(rates)},
            {"cut", std::move(cut)},
            {"move", traced.move},
            {"interest", traced.interest},
            {"fees", traced.fees},
            {"recoveries", traced.recoveries},
            {"refills", traced.refills},
            {"claims_paid", traced.claims_paid},
            {"limbs", traced.end.limbs},
            {"cash", traced.end.cash},
            {"available", traced.end.available},
            {"unpaid", traced.end.unpaid},
            {"multiple", traced.multiple},
            {"quota", traced.end.quota},
            {"frozen", traced.end.frozen},
            {"utilisation", traced.end.utilisation}};
}

Json sums_json(const Prepared& prepared, const PathTrace& trace, const PathOutcome& outcome) {
    Json banks = Json::object();
    for (BankId bank{0}; bank.index() < outcome.born.bank.size(); ++bank) banks[prepared.banks[bank]] = outcome.born.bank[bank];
    YearFlows flows;
    double to_the_pool = 0;
    for (const auto& year : outcome.years) {
        flows.interest += year.interest;
        flows.fees += year.fees;
        flows.refills += year.refills;
        flows.claims_paid += year.claims_paid;
    }
    for (const auto& traced : trace.days) to_the_pool += traced.recoveries;
    Json json = {{"gross", outcome.gross},
                 {"demand", outcome.demand},
                 {"recovered", outcome.recovered},
                 {"net", outcome.net()},
                 {"exhaustion_day", outcome.exhausted_on.valid() ? Json(Date{prepared.serial[outcome.exhausted_on]}.iso()) : Json(nullptr)}};
    json["loss"] = outcome.loss;
    json["bearers"] = {{"pool", outcome.born.pool},
                       {"bank", std::move(banks)},
                       {"guarantor", outcome.born.guarantor},
                       {"government", outcome.born.government},
                       {"client_margin", outcome.born.own_margin}};
    json["cash"] = {{"start", prepared.terms.fund}, {"interest", flows.interest},       {"fees", flows.fees},
                    {"recoveries", to_the_pool},    {"refills", flows.refills},         {"claims_paid", flows.claims_paid},
                    {"end", outcome.end_cash},      {"unpaid_end", outcome.unpaid_end}, {"receivable", outcome.receivable}};
    json["contracts"] = {{"opened", outcome.opened - outcome.rolled}, {"rolled", outcome.rolled}, {"delivered", outcome.delivered}, {"failed", outcome.failed},
                         {"closed_out", outcome.closed_out},          {"alive", outcome.alive}};
    json["failures"] = {
        {"insolvency", outcome.insolvent}, {"order_loss", outcome.lost_orders}, {"strategic", outcome.walked_away}, {"margin_call", outcome.called_out}};
    return json;
}

}  // namespace

Json trace_json(const Scenario& scenario, const Prepared& prepared, const PathTrace& trace, const PathOutcome& outcome) {
    Json json = {{"schema", "fxpool-trace/1"}, {"scenario", scenario.settings.name}, {"path", outcome.path}, {"seed", prepared.seed}};
    json["common_factor"] = trace.common_factor;
    Json& factors = json["sector_factors"] = Json::object();
    for (SectorId sector{0}; sector.index() < trace.sector_factors.size(); ++sector) {
        factors[prepared.sectors[sector].name] = trace.sector_factors[sector];
    }
    Json& days = json["days"] = Json::array();
    for (const auto& traced : trace.days) days.push_back(day_json(prepared, traced));
    Json& events = json["events"] = Json::array();
    for (const auto& event : trace.events) events.push_back(event_json(prepared, event));
    Json& claims = json["claims"] = Json::array();
    const auto cuts = claims_cap_cuts(prepared, trace.claims);
    for (std::size_t i = 0; i < trace.claims.size(); ++i) claims.push_back(claim_json(prepared, trace.claims[i], cuts[i]));
    json["sums"] = sums_json(prepared, trace, outcome);
    return json;
}

}  // namespace fxpool::report
