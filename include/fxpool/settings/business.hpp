#pragma once

#include "fxpool/settings/forms.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <variant>

/// Exporters made at random, and new business.
namespace fxpool {

struct SyntheticSettings {
    int count = 200;
    std::uint64_t seed = 1;
    double pareto = 1.3;                                                                                 ///< exponent of the size law
    double minimum_usd = 1e6;                                                                            ///< its smallest firm
    std::map<std::string, double> sectors = {{"electronics", 0.40}, {"textile", 0.35}, {"food", 0.25}};  ///< shares, sum 1
    std::map<std::string, double> us_share = {{"electronics", 0.45}};                                    ///< mean by sector

    void keys(auto&& key) {
        key("count", count, whole_form(1, 1e7), say("number of firms"));
        key("seed", seed, seed_form(), say("of their making"));
        key("size", part([&](auto& inner) {
                inner("pareto", pareto, NumberForm{NumberForm::Unit::amount, most_unequal_pareto, most_equal_pareto},
                      say("exponent of the law of sizes; smaller is more unequal"));
                inner("minimum", minimum_usd, money_form(least_money), say("annual receipts of the smallest firm, USD"));
            }),
            say("annual receipts"));
        key("sectors", sectors, Entries{EntryKey::sector, share_form(), false}, say("shares of the firms; they sum to 100 %"));
        key("us_share", us_share, Entries{EntryKey::sector, share_above(0, 1)}, say("mean share of sales to the United States, by sector"));
    }
    bool operator==(const SyntheticSettings&) const = default;
};

/// The key `exporters` as a map.
struct MadeAtRandom {
    SyntheticSettings synthetic;

    void keys(auto&& key) { key("synthetic", synthetic, needed(), say("firms made at random")); }
};

/// No firms but those of the contracts, a CSV file of firms, or firms made at random.
using ExporterSettings = std::variant<std::monostate, std::filesystem::path, SyntheticSettings>;

/// Shares of those who sell foreign currency forward and of those who buy it. A map that names one leaves 0 to the other.
struct Sides {
    double& sell;
    double& buy;

    void keys(auto&& key) const {
        key("sell", sell, share_form(), absent("90%"), say("exporters who sell foreign currency forward"));
        key("buy", buy, share_form(), absent("10%"), say("who buy it forward"));
    }
};

struct NewBusinessSettings {
    double monthly_usd = 8.3e6;
    double deal_mean_usd = 300e3, deal_cv = 1;
    double client_spread = 0;                                 ///< pips, against the client
    ByTenor tenors = {{3, 0.4}, {6, 0.4}, {12, 0.2}};         ///< months -> share
    double sell = 0.9, buy = 0.1;                             ///< shares
    std::map<std::string, double> pairs = {{"USDCNY", 1.0}};  ///< shares
    double growth = 0;
    bool steady_state = true;
    std::uint64_t seed = 2;

    void keys(auto&& key) {
        key("monthly_usd", monthly_usd, money_form(), say("expected notional of applications a month, all pairs, USD"));
        key("deal_usd", part([&](auto& inner) {
                inner("mean", deal_mean_usd, money_form(least_money), say("mean notional, USD"));
                inner("cv", deal_cv, times_form(100), say("standard deviation over mean"));
            }),
            say("size of a deal; lognormal"));
        key("client_spread", client_spread, pips_form(), say("pips on the forward, against the client"));
        key("tenors", tenors, ByTenorForm{share_form()}, say("shares; they sum to 100 %"));
        key("direction", Sides{sell, buy}, say("shares; they sum to 100 %"));
        key("pairs", pairs, Entries{EntryKey::pair, share_form(), false}, say("shares; they sum to 100 %"));
        key("growth", growth, share_form(-1, 10), say("of the monthly notional, a year"));
        key("steady_state", steady_state, say("start with the ladder of deals that past business at this rate would have left"));
        key("seed", seed, seed_form(), say("of the applications, which are the same on every path"));
    }
    bool operator==(const NewBusinessSettings&) const = default;
};

}  // namespace fxpool
