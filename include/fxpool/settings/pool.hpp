#pragma once

#include "fxpool/settings/forms.hpp"
#include "fxpool/settings/words.hpp"

#include <map>
#include <optional>
#include <set>

/// The pool and its rules.
namespace fxpool {

enum class QuotaBase { available, fixed };
constexpr Words<QuotaBase, 2> words_of(QuotaBase) { return {{{"available", QuotaBase::available}, {"fixed", QuotaBase::fixed}}}; }

enum class Layout { shared, segregated, hybrid };
constexpr Words<Layout, 3> words_of(Layout) { return {{{"shared", Layout::shared}, {"segregated", Layout::segregated}, {"hybrid", Layout::hybrid}}}; }

enum class Cap { frozen, none };
constexpr Words<Cap, 2> words_of(Cap) { return {{{"frozen", Cap::frozen}, {"none", Cap::none}}}; }

enum class ExcessBearer { bank, guarantor, government };
constexpr Words<ExcessBearer, 3> words_of(ExcessBearer) {
    return {{{"bank", ExcessBearer::bank}, {"guarantor", ExcessBearer::guarantor}, {"government", ExcessBearer::government}}};
}

enum class Product { forward_sale, forward_purchase, swap };
constexpr Words<Product, 3> words_of(Product) {
    return {{{"forward_sale", Product::forward_sale}, {"forward_purchase", Product::forward_purchase}, {"swap", Product::swap}}};
}

enum class Direction { sell, buy };  ///< the exporter sells foreign currency (结汇) or buys it (购汇)

enum class Shortfall { prorata, queue };
constexpr Words<Shortfall, 2> words_of(Shortfall) { return {{{"prorata", Shortfall::prorata}, {"queue", Shortfall::queue}}}; }

struct NoRoom {
    enum class Kind { reject, queue, own_margin } kind = Kind::reject;
    int days = 0;  ///< queue(days)

    bool operator==(const NoRoom&) const = default;
};

struct CallsSettings {
    double call_at = 0.8;
    int cure_days = 3;
    double slippage = 20;  ///< pips
    double meet = 0.7;

    void keys(auto&& key) {
        key("call_at", call_at, ratio_form(100), say("a call is made when the loss not covered exceeds this share of the frozen quota"));
        key("cure_days", cure_days, days_form(), say("business days until an unmet call closes the deals"));
        key("slippage", slippage, pips_form(), say("pips lost in a forced close-out"));
        key("meet", meet, share_form(), say("probability that a call is met, where the exporter file gives no liquidity"));
    }
    bool operator==(const CallsSettings&) const = default;
};

struct RecoverySettings {
    double rate = 0.3;
    int lag_months = 12;
    bool lognormal = false;
    double lag_sigma = 0.5;
    double cost = 0.1;
    bool pool_first = false;
    bool to_treasury = false;

    void keys(auto&& key) {
        key("rate", rate, share_form(), say("of the loss after own margin"));
        key("lag_months", lag_months, whole_form(0, 600), say("months until it arrives; with lag: lognormal the median"));
        key("lag", lognormal, TwoWords{"fixed", "lognormal"}, say("fixed | lognormal"));
        key("lag_sigma", lag_sigma, ratio_form(10), say("spread of a lognormal lag (of its logarithm)"));
        key("cost", cost, share_form(), say("share of a recovery that collecting it costs"));
        key("split", pool_first, TwoWords{"proportional", "pool-first"}, say("proportional | pool-first"));
        key("to", to_treasury, TwoWords{"pool", "treasury"}, say("pool | treasury: where the pool's part goes"));
    }
    void when_none() { rate = 0; }
    bool operator==(const RecoverySettings&) const = default;
};

struct RefillSettings {
    enum class When { yearly, trigger } when = When::yearly;
    double below = 0.8, to = 1;
    int delay_days = 60;
    double yearly_limit = no_limit;

    friend constexpr Words<When, 2> words_of(When) { return {{{"yearly", When::yearly}, {"trigger", When::trigger}}}; }

    static constexpr const char* tag = "when";
    void keys(auto&& key) {
        key("when", when, say("yearly (first business day of a year) | trigger (whenever the balance falls below)"));
        key("below", below, ratio_form(10), Only{"yearly"}, say("refilled when available cash is below this share of the fund"));
        key("below", below, ratio_form(10), Only{"trigger"}, by_default("50%"), say("refilled when available cash is below this share of the fund"));
        key("to", to, ratio_form(10), say("up to this share of the fund"));
        key("delay_days", delay_days, days_form(), say("business days until it arrives (when: trigger)"));
        key("yearly_limit", yearly_limit, or_none(money_form()), say("CNY a calendar year (when: trigger); none = no limit"));
    }
    bool operator==(const RefillSettings&) const = default;
};

struct AmberSettings {
    double at = 0.2;
    double multiple_factor = 0.5;

    void keys(auto&& key) {
        key("at", at, or_none(ratio_form()), say("net claims over the fund above which the multiple is cut"));
        key("multiple_factor", multiple_factor, times_form(1), say("what the multiple is multiplied by"));
    }
    bool operator==(const AmberSettings&) const = default;
};

struct RedSettings {
    double at = 0.4;

    void keys(auto&& key) { key("at", at, or_none(ratio_form()), say("net claims over the fund above which no new deal is made")); }
    bool operator==(const RedSettings&) const = default;
};

struct BankBrakeSettings {
    double at = 0.05;

    void keys(auto&& key) { key("at", at, or_none(ratio_form()), say("claims over the CNY notional of a bank's ended deals above which it is suspended")); }
    bool operator==(const BankBrakeSettings&) const = default;
};

struct FxBrakeSettings {
    double volatility = no_limit, move = no_limit;
    double margin_factor = 1.5;

    void keys(auto&& key) {
        key("volatility", volatility, or_none(ratio_form()), say("volatility of the reference pair over 20 days, a year, e.g. 8%"));
        key("move", move, or_none(ratio_form()), say("its absolute move over 20 days, e.g. 4%"));
        key("margin_factor", margin_factor, times_form(), say("what the margin rate of new deals is multiplied by"));
    }
    bool operator==(const FxBrakeSettings&) const = default;
};

struct BrakesSettings {
    std::optional<AmberSettings> amber;
    std::optional<RedSettings> red;
    std::optional<BankBrakeSettings> bank;
    std::optional<FxBrakeSettings> fx;
    int lift_days = 60;

    void keys(auto&& key) {
        key("amber", amber, OffByDefault{}, say("a lower multiple after claims, e.g. {at: 20%, multiple_factor: 0.5}"));
        key("red", red, OffByDefault{}, say("no new deals after claims, e.g. {at: 40%}"));
        key("bank", bank, OffByDefault{}, say("a bank is suspended after its claims, e.g. {at: 5%}"));
        key("fx", fx, OffByDefault{}, say("higher margin in a volatile market, e.g. {volatility: 8%, move: 4%, margin_factor: 1.5}"));
        key("lift_days", lift_days, days_form(), say("business days in a row below its line after which a brake is lifted"));
    }
    bool operator==(const BrakesSettings&) const = default;
};

/// One number for both caps, or {frozen: 1m, claims: 1m}: the members are the pool's.
struct ExporterCap {
    double& frozen;
    double& claims;

    void keys(auto&& key) const {
        key("frozen", frozen, or_none(money_form()), say("frozen quota of one exporter, CNY"));
        key("claims", claims, or_none(money_form()), say("claims on one exporter, CNY"));
    }
};

struct PoolSettings {
    double fund = 20e6;
    double multiple = 1;
    QuotaBase quota_base = QuotaBase::available;
    Layout layout = Layout::shared;
    double floor = 0.5;
    double pool_share = 0.8, guarantor_share = 0;
    double deductible = 0;
    Cap cap = Cap::frozen;
    double cap_multiple = 1;
    ExcessBearer excess = ExcessBearer::bank;
    double exporter_frozen_cap = 1e6, exporter_claims_cap = 1e6;
    double deal_cap_usd = 2e6;
    double deal_cap_months = 12;
    double yearly_claims_cap = no_limit;
    double concentration_exporter = 0.10, concentration_group = 0.15, concentration_sector = 0.50, concentration_bank = 0.35;
    double hedge_ratio_cap = 0.8;
    NoRoom no_room;
    std::set<Product> products = {Product::forward_sale, Product::forward_purchase, Product::swap};
    ByTenor margin_rate = {{0, 0.05}};
    double client_share = 0;
    std::optional<CallsSettings> calls;
    int claims_delay_days = 0;
    double rejection = 0;
    Shortfall shortfall = Shortfall::prorata;
    int close_out_days = 0;
    bool netting = true;
    RecoverySettings recovery;
    double interest = 0.013;
    double fee = 0;
    std::optional<RefillSettings> refill;
    std::optional<BrakesSettings> brakes;

    void keys(auto&& key) {
        key("fund", fund, money_form(), say("cash of the pool at the start, CNY"));
        key("multiple", multiple, times_form(), say("quota over available cash"));
        key("quota_base", quota_base, say("available (cash less claims accepted) | fixed (the fund at the start)"));
        key("layout", layout, say("shared | segregated (a part for each bank) | hybrid (a floor for each, the rest common)"));
        key("floor", floor, share_form(), say("the banks' own parts together, of the fund; layout: hybrid only"));
        key("split", part([&](auto& inner) {
                inner("pool", pool_share, share_form(), say("the pool's share of a claim"));
                inner("guarantor", guarantor_share, share_form(), say("the guarantor's"));
            }),
            say("who bears a claim; the bank bears the rest"));
        key("deductible", deductible, or_none(share_form(), 0), say("of CNY notional, borne by the bank first"));
        key("cap", cap, say("frozen (a claim is capped at cap_multiple times the frozen quota) | none"));
        key("cap_multiple", cap_multiple, or_none(times_form()), say("see cap"));
        key("excess", excess, say("bank | guarantor | government: who bears what a cap cuts off"));
        key("exporter_cap", ExporterCap{exporter_frozen_cap, exporter_claims_cap}, or_none(money_form()),
            say("CNY for one exporter: of frozen quota and of claims; or {frozen: 1m, claims: 1m}; none = no cap"));
        key("deal_cap",
            part_or_none(
                [&](auto& inner) {
                    inner("usd", deal_cap_usd, or_none(money_form()), say("USD notional; none = no cap"));
                    inner("months", deal_cap_months, or_none(times_form()), say("tenor in months; none = no cap"));
                },
                [&] { deal_cap_usd = deal_cap_months = no_limit; }),
            say("the largest deal"));
        key("yearly_claims_cap", yearly_claims_cap, or_none(money_form()), say("claims that the pool pays a calendar year, CNY; none = no cap"));
        key("concentration",
            part_or_none(
                [&](auto& inner) {
                    inner("exporter", concentration_exporter, or_none(ratio_form()), say("one exporter"));
                    inner("group", concentration_group, or_none(ratio_form()), say("one group of exporters"));
                    inner("sector", concentration_sector, or_none(ratio_form()), say("one sector"));
                    inner("bank", concentration_bank, or_none(ratio_form()), say("one bank"));
                },
                [&] { concentration_exporter = concentration_group = concentration_sector = concentration_bank = no_limit; }),
            say("frozen quota over the whole quota that a new deal may lead to; each may be none"));
        key("hedge_ratio_cap", hedge_ratio_cap, or_none(ratio_form()), say("open hedges over twelve months' receipts; none = no cap"));
        key("no_room", no_room, say("reject | queue(5) (waits up to 5 days) | own-margin (goes ahead outside the pool)"));
        key("products", products, say("admitted products"));
        key("margin", part([&](auto& inner) {
                inner("rate", margin_rate, ByTenorForm{.form = share_form(), .or_number = true},
                      say("of the CNY notional; or {3M: 2%, 6M: 3%, 12M: 5%}: the first tenor not shorter than the deal's"));
                inner("client_share", client_share, share_form(), say("the part that the exporter posts himself"));
                inner("calls", calls, OffByDefault{"off"}, say("margin calls and forced close-out"));
            }),
            say("margin of a deal"));
        key("claims", part([&](auto& inner) {
                inner("delay_days", claims_delay_days, days_form(), say("business days from decision to payment"));
                inner("rejection", rejection, or_none(share_form(), 0), say("probability that a claim is rejected"));
                inner("shortfall", shortfall, say("prorata (what finds no cash goes to the excess bearer) | queue (it waits)"));
            }),
            say("how claims are paid"));
        key("close_out_days", close_out_days, days_form(), say("business days from an insolvency to the close-out"));
        key("netting", netting, say("deals of one exporter at one bank are netted in a close-out"));
        key("recovery", recovery, say("what comes back from firms that failed"));
        key("interest", interest, or_none(share_form(-1), 0), say("earned on the pool's cash, a year"));
        key("fee", fee, or_none(share_form(), 0), say("a year on frozen quota, from exporter to pool"));
        key("refill", refill, OffByDefault{}, say("new money for the pool"));
        key("brakes", brakes, OffByDefault{}, say("brakes on new business"));
    }
    bool operator==(const PoolSettings&) const = default;
};

}  // namespace fxpool
