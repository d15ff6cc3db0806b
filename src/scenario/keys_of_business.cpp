#include "keys.hpp"

// Exporters, new business and how deals fail (docs/scenario.md, `exporters`, `new_business`, `failure`).
namespace fxpool::scenario {
namespace {

constexpr double largest_exact = 9007199254740992;  // 2^53
constexpr int longest_tenor = 60;                   // months

Type shock() {
    return section({
        required_key("from", text(TextForm::date), "2026-04-01", say("first settlement date")),
        required_key("to", text(TextForm::date), "2026-06-30", say("last settlement date")),
        optional_key("sector", text(TextForm::any), "electronics", say("only this sector")),
        optional_key("us_share_above", share(), "50%", say("only firms that sell more than this share to the United States")),
        required_key("probability", share(), "20%", say("instead of the probability above")),
    });
}

}  // namespace

Key exporters_key() {
    Type size = section({
        key("pareto", amount(most_unequal_pareto, most_equal_pareto), "1.3", say("exponent of the law of sizes; smaller is more unequal")),
        key("minimum", amount(least_money), "1m", say("annual receipts of the smallest firm, USD")),
    });
    Type mean_share = share();
    mean_share.number->above_low = true;
    Type synthetic = section({
        key("count", whole(1, 1e7), "200", say("number of firms")),
        key("seed", whole(0, largest_exact), "1", say("of their making")),
        key("size", size, "{}", say("annual receipts")),
        key("sectors", map_of(EntryKey::sector, share(), false), "{electronics: 40%, textile: 35%, food: 25%}", say("shares of the firms; they sum to 100 %")),
        key("us_share", map_of(EntryKey::sector, mean_share), "{electronics: 45%}", say("mean share of sales to the United States, by sector")),
    });
    Key exporters = optional_key("exporters", either(text(TextForm::file), section({required_key("synthetic", synthetic, "", say("firms made at random"))})),
                                 "exporters.csv", say("a CSV file, or firms made at random"));
    exporters.in_template = true;
    return exporters;
}

Key new_business_key() {
    Type deal_usd = section({
        key("mean", amount(least_money), "300k", say("mean notional, USD")),
        key("cv", factor(0, 100), "1.0", say("standard deviation over mean")),
    });
    Type direction = section({
        optional_key("sell", share(), "90%", say("exporters who sell foreign currency forward")),
        optional_key("buy", share(), "10%", say("who buy it forward")),
    });
    Key business = optional_key("new_business",
                                section({
                                    key("monthly_usd", amount(), "8.3m", say("expected notional of applications a month, all pairs, USD")),
                                    key("deal_usd", deal_usd, "{}", say("size of a deal; lognormal")),
                                    key("client_spread", amount(0, most_pips), "0", say("pips on the forward, against the client")),
                                    key("tenors", by_tenor(share(), longest_tenor), "{3M: 40%, 6M: 40%, 12M: 20%}", say("shares; they sum to 100 %")),
                                    key("direction", direction, "{sell: 90%, buy: 10%}", say("shares; they sum to 100 %")),
                                    key("pairs", map_of(EntryKey::pair, share(), false), "{USDCNY: 100%}", say("shares; they sum to 100 %")),
                                    key("growth", share(-1, 10), "0%", say("of the monthly notional, a year")),
                                    key("steady_state", flag(), "true", say("start with the ladder of deals that past business at this rate would have left")),
                                    key("seed", whole(0, largest_exact), "2", say("of the applications, which are the same on every path")),
                                }),
                                "", say("deals applied for during the horizon"));
    business.in_template = true;
    return business;
}

Key failure_key() {
    Type insolvency = or_none(section({
        key("pd", by_sector(share_below(1)), "3%", say("annual default probability; or sector -> value with a default; the exporter file's wins")),
        key("correlation", by_sector(share()), "12%", say("with the common factor; or sector -> value with a default")),
        key("sector_loading", share(), "1", say("share of the common factor that all sectors have in common")),
        key("fx_beta", factor(-most_beta, most_beta), "0", say("growth of the hazard's logarithm with a 5 % move of the reference pair in six months")),
        key("keep_mean", flag(), "false", say("keep the mean default rate at pd whatever fx_beta")),
    }));
    Type order_loss = or_none(section({
        key("probability", by_sector(share()), "1%", say("that the receipt of a deal never comes; or sector -> value with a default")),
        key("correlation", share_below(1), "0%", say("with the common factor")),
        key("fx_beta", factor(-most_beta, most_beta), "0",
            say("growth of its logit with a 5 % move of the reference pair in six months, against the exporter")),
        key("absorb", either(choice({"liquidity"}), share()), "0%",
            say("probability that the firm bears the loss itself; or liquidity: as far as its liquidity goes")),
        key("shocks", or_none(list_of(shock())), "[]", say("periods with another probability")),
    }));
    Type strategic = or_none(section({
        key("share", share(), "0%", say("exporters who would walk away")),
        key("threshold", factor(0, 100), "2.5%", say("from a deal that loses more than this share of its rate")),
    }));
    Type late = or_off(section({
        key("probability", share(), "10%", say("that the receipt of a deal comes late")),
        key("roll_months", whole(1, longest_tenor), "3", say("months by which the deal is rolled")),
        key("settle", choice({"cash", "carried"}), "cash", say("cash (the difference is paid now) | carried (it goes into the new rate)")),
    }));
    return key("failure",
               section({
                   key("insolvency", insolvency, "{}", say("firms that fail")),
                   key("order_loss", order_loss, "{}", say("receipts that never come")),
                   key("strategic", strategic, "{}", say("firms that walk away from a loss")),
                   key("late", late, "none", say("receipts that come late")),
               }),
               "{}", say("how deals fail"));
}

}  // namespace fxpool::scenario
