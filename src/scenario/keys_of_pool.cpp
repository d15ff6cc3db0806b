#include "keys.hpp"

// The rule book of the pool (docs/scenario.md, `pool`).
namespace fxpool::scenario {
namespace {

constexpr int longest_tenor = 60;      // months
constexpr double most_days = 100'000;  // business days: longer than any horizon

Key margin_key() {
    Type calls = or_off(section({
        key("call_at", factor(0, 100), "80%", say("a call is made when the loss not covered exceeds this share of the frozen quota")),
        key("cure_days", whole(0, most_days), "3", say("business days until an unmet call closes the deals")),
        key("slippage", amount(0, most_pips), "20", say("pips lost in a forced close-out")),
        key("meet", share(), "70%", say("probability that a call is met, where the exporter file gives no liquidity")),
    }));
    return key("margin",
               section({
                   key("rate", either(share(), by_tenor(share(), longest_tenor)), "5%",
                       say("of the CNY notional; or {3M: 2%, 6M: 3%, 12M: 5%}: the first tenor not shorter than the deal's")),
                   key("client_share", share(), "0%", say("the part that the exporter posts himself")),
                   key("calls", calls, "off", say("margin calls and forced close-out")),
               }),
               "{}", say("margin of a deal"));
}

Key recovery_key() {
    return key("recovery",
               or_none(section({
                   key("rate", share(), "30%", say("of the loss after own margin")),
                   key("lag_months", whole(0, 600), "12", say("months until it arrives; with lag: lognormal the median")),
                   key("lag", choice({"fixed", "lognormal"}), "fixed", say("fixed | lognormal")),
                   key("lag_sigma", factor(0, 10), "50%", say("spread of a lognormal lag (of its logarithm)")),
                   key("cost", share(), "10%", say("share of a recovery that collecting it costs")),
                   key("split", choice({"proportional", "pool-first"}), "proportional", say("proportional | pool-first")),
                   key("to", choice({"pool", "treasury"}), "pool", say("pool | treasury: where the pool's part goes")),
               })),
               "{}", say("what comes back from firms that failed"));
}

Key refill_key() {
    std::vector<Key> keys = {
        key("when", choice({"yearly", "trigger"}), "yearly", say("yearly (first business day of a year) | trigger (whenever the balance falls below)")),
        key("below", factor(0, 10), "80%", say("refilled when available cash is below this share of the fund")),
        key("below", factor(0, 10), "50%", say("refilled when available cash is below this share of the fund")),
        key("to", factor(0, 10), "100%", say("up to this share of the fund")),
        key("delay_days", whole(0, most_days), "60", say("business days until it arrives (when: trigger)")),
        key("yearly_limit", or_none(amount()), "none", say("CNY a calendar year (when: trigger); none = no limit")),
    };
    keys[1].only = {"yearly"};
    keys[2].only = {"trigger"};
    return key("refill", or_off(section(std::move(keys), "when")), "none", say("new money for the pool"));
}

Key brakes_key() {
    const auto line = [](std::string at, Message comment) { return or_off(section({key("at", or_none(factor()), std::move(at), std::move(comment))})); };
    Type amber = or_off(section({
        key("at", or_none(factor()), "20%", say("net claims over the fund above which the multiple is cut")),
        key("multiple_factor", factor(0, 1), "0.5", say("what the multiple is multiplied by")),
    }));
    Type fx = or_off(section({
        key("volatility", or_none(factor()), "none", say("volatility of the reference pair over 20 days, a year, e.g. 8%")),
        key("move", or_none(factor()), "none", say("its absolute move over 20 days, e.g. 4%")),
        key("margin_factor", factor(), "1.5", say("what the margin rate of new deals is multiplied by")),
    }));
    return key(
        "brakes",
        or_off(section({
            key("amber", amber, "none", say("a lower multiple after claims, e.g. {at: 20%, multiple_factor: 0.5}")),
            key("red", line("40%", say("net claims over the fund above which no new deal is made")), "none", say("no new deals after claims, e.g. {at: 40%}")),
            key("bank", line("5%", say("claims over the CNY notional of a bank's ended deals above which it is suspended")), "none",
                say("a bank is suspended after its claims, e.g. {at: 5%}")),
            key("fx", fx, "none", say("higher margin in a volatile market, e.g. {volatility: 8%, move: 4%, margin_factor: 1.5}")),
            key("lift_days", whole(0, most_days), "60", say("business days in a row below its line after which a brake is lifted")),
        })),
        "none", say("brakes on new business"));
}

}  // namespace

Key pool_key() {
    Type exporter_cap = either(or_none(amount()), section({
                                                      key("frozen", or_none(amount()), "1m", say("frozen quota of one exporter, CNY")),
                                                      key("claims", or_none(amount()), "1m", say("claims on one exporter, CNY")),
                                                  }));
    return required_key(
        "pool",
        section({
            key("fund", amount(), "20m", say("cash of the pool at the start, CNY")),
            key("multiple", factor(), "1", say("quota over available cash")),
            key("quota_base", choice({"available", "fixed"}), "available", say("available (cash less claims accepted) | fixed (the fund at the start)")),
            key("layout", choice({"shared", "segregated", "hybrid"}), "shared",
                say("shared | segregated (a part for each bank) | hybrid (a floor for each, the rest common)")),
            key("floor", share(), "50%", say("the banks' own parts together, of the fund; layout: hybrid only")),
            key("split",
                section({
                    key("pool", share(), "80%", say("the pool's share of a claim")),
                    key("guarantor", share(), "0%", say("the guarantor's")),
                }),
                "{}", say("who bears a claim; the bank bears the rest")),
            key("deductible", or_none(share(), 0), "0%", say("of CNY notional, borne by the bank first")),
            key("cap", choice({"frozen", "none"}), "frozen", say("frozen (a claim is capped at cap_multiple times the frozen quota) | none")),
            key("cap_multiple", or_none(factor()), "1", say("see cap")),
            key("excess", choice({"bank", "guarantor", "government"}), "bank", say("bank | guarantor | government: who bears what a cap cuts off")),
            key("exporter_cap", exporter_cap, "1m", say("CNY for one exporter: of frozen quota and of claims; or {frozen: 1m, claims: 1m}; none = no cap")),
            key("deal_cap",
                or_none(section({
                    key("usd", or_none(amount()), "2m", say("USD notional; none = no cap")),
                    key("months", or_none(factor()), "12", say("tenor in months; none = no cap")),
                })),
                "{}", say("the largest deal")),
            key("yearly_claims_cap", or_none(amount()), "none", say("claims that the pool pays a calendar year, CNY; none = no cap")),
            key("concentration",
                or_none(section({
                    key("exporter", or_none(factor()), "10%", say("one exporter")),
                    key("group", or_none(factor()), "15%", say("one group of exporters")),
                    key("sector", or_none(factor()), "50%", say("one sector")),
                    key("bank", or_none(factor()), "35%", say("one bank")),
                })),
                "{}", say("frozen quota over the whole quota that a new deal may lead to; each may be none")),
            key("hedge_ratio_cap", or_none(factor()), "80%", say("open hedges over twelve months' receipts; none = no cap")),
            key("no_room", either(choice({"reject", "own-margin"}), text(TextForm::queue)), "reject",
                say("reject | queue(5) (waits up to 5 days) | own-margin (goes ahead outside the pool)")),
            key("products", list_of(choice({"forward_sale", "forward_purchase", "swap"}), false), "[forward_sale, forward_purchase, swap]",
                say("admitted products")),
            margin_key(),
            key("claims",
                section({
                    key("delay_days", whole(0, most_days), "0", say("business days from decision to payment")),
                    key("rejection", or_none(share(), 0), "0%", say("probability that a claim is rejected")),
                    key("shortfall", choice({"prorata", "queue"}), "prorata", say("prorata (what finds no cash goes to the excess bearer) | queue (it waits)")),
                }),
                "{}", say("how claims are paid")),
            key("close_out_days", whole(0, most_days), "0", say("business days from an insolvency to the close-out")),
            key("netting", flag(), "true", say("deals of one exporter at one bank are netted in a close-out")),
            recovery_key(),
            key("interest", or_none(share(-1), 0), "1.3%", say("earned on the pool's cash, a year")),
            key("fee", or_none(share(), 0), "0%", say("a year on frozen quota, from exporter to pool")),
            refill_key(),
            brakes_key(),
        }),
        "", say("the pool and its rules"));
}

}  // namespace fxpool::scenario
