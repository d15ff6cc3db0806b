#include "fxpool/settings/plausible.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace fxpool {
namespace {

constexpr double without_low_end = -std::numeric_limits<double>::infinity();

Message of_brakes() { return say("a line far above all claims never acts, one near 0 always"); }
Message of_volatility() { return say("since 2005 USDCNY had 1 % to 6 % in a year, EURCNY, GBPCNY and JPYCNY 5 % to 16 %"); }
Message of_variance() { return say("it is a variance, the square of a volatility: 4 % a year is 0.0016"); }
Message of_beta() { return say("a beta of 1 makes failures 2.7 times as frequent after a 5 % move"); }
Message of_interest() { return say("CNY rates have been 0.05 % (demand deposits) to 7 % (loans) since 2005"); }
Message of_concentration() { return say("it is a share of the quota: above 100 % it never binds"); }
Message of_hedging() { return say("a share of receipts"); }
Message of_margin() { return say("the default is 5 %"); }

std::vector<PlausibleRange> make_ranges() {
    using enum Shown;
    return {
        {"horizon.months", months, 1, 120, 12, 0, say("a horizon"), say("a pool is planned for a year or a few")},

        // the market
        {"market.curves.CNY.**", percent, 0.003, 0.15, 0.02, 0, say("a CNY rate a year"), say("interbank rates have been some 1 % to 10 % since 2005")},
        {"market.curves.USD.**", percent, 0.0004, 0.15, 0.03, 0, say("a USD rate a year"), say("interbank rates have been 0.05 % to 6 % since 2005")},
        {"market.curves.HKD.**", percent, 0.0004, 0.15, 0.03, 0, say("an HKD rate a year"), say("interbank rates have been 0.05 % to 6 % since 2005")},
        {"market.curves.*.**", percent, -0.02, 0.15, 0.03, 0, say("a rate a year"), say("EUR, CHF and JPY have been as low as -1 %")},
        {"market.pairs.*.band", percent, 0.001, 0.2, 0.02, 0, say("a day's band"), say("the daily band of USDCNY is 2 %")},
        {"market.correlation.*", factor, -1, 1, 0.5, 0.01, say("a correlation of two rates"), say("a per cent sign too many?")},
        {"market.pairs.*.swap_points.*", pips, 1, 30000, 1000, 0, say("a swap point"), say("in pips: 1/10,000 of the rate")},
        {"market.pairs.*.model.moves.[]", percent, -0.12, 0.12, 0.01, 0, say("a move in one day"),
         say("since 2005 USDCNY moved by at most 2.1 % in a day, GBPCNY by at most 7.5 %")},
        {"market.pairs.*.model.**.states.[].volatility", percent, 0.001, 0.3, 0.04, 0, say("a volatility a year"), of_volatility()},
        {"market.pairs.*.model.**.jump_volatility", percent, 0.0002, 0.15, 0.006, 0, say("the size of a jump"),
         say("since 2005 USDCNY moved by at most 2.1 % in a day, GBPCNY by at most 7.5 %")},
        {"market.pairs.*.model.**.volatility.**", percent, 0.003, 0.3, 0.04, 0, say("a volatility a year"), of_volatility()},
        {"market.pairs.*.model.**.scale_volatility_to", percent, 0.003, 0.3, 0.04, 0, say("a volatility a year"), of_volatility()},
        {"market.pairs.*.model.**.start_volatility", percent, 0.003, 0.3, 0.04, 0, say("a volatility a year"), of_volatility()},
        {"market.pairs.*.model.**.drift.**", percent, -0.3, 0.3, 0.02, 0, say("a drift a year"), say("since 2005 USDCNY moved by at most 14 % in a year")},
        {"market.pairs.*.model.**.jump_intensity", number, 0.05, 250, 4, 0, say("a number of jumps a year"), say("a year has some 244 business days")},
        {"market.pairs.*.model.**.jump_mean", percent, -0.15, 0.15, 0.002, 0, say("a mean jump"),
         say("since 2005 USDCNY moved by at most 2.1 % in a day, GBPCNY by at most 7.5 %")},
        {"market.pairs.*.model.**.v0", factor, 0.000025, 0.0225, 0.0016, 0, say("a heston v0"), of_variance()},
        {"market.pairs.*.model.**.theta", factor, 0.000025, 0.0225, 0.0016, 0, say("a heston theta"), of_variance()},
        {"market.pairs.*.model.**.kappa", number, 0.1, 250, 3, 0, say("a heston kappa"), say("shocks of the variance fade within days to years")},
        {"market.pairs.*.model.**.xi", number, 0.01, 5, 0.2, 0, say("a heston xi"), say("the fit to USDCNY has 0.33")},
        {"market.pairs.*.model.**.generator.[].[]", number, -60, 60, 1, 0.01, say("an intensity a year"),
         say("a state that lasts less than 4 days is noise, one that lasts a century is never left")},
        {"market.pairs.*.model.**.alpha", factor, 0.005, 0.6, 0.08, 0, say("a garch alpha"), say("the fit to USDCNY has 0.09")},
        {"market.pairs.*.model.**.beta", factor, 0.3, 1, 0.9, 0, say("a garch beta"), say("the fit to USDCNY has 0.89")},
        {"market.pairs.*.model.**.mean", percent, -0.002, 0.002, 0.0001, 0, say("a mean move a day"), say("0.1 % a day would be 28 % a year")},
        {"market.pairs.*.model.**.mean_block", days, 1, 260, 19, 0, say("a mean block"), say("longer than a year it is one piece of the history")},
        {"yearly volatility / model", percent, 0.005, 0.3, 0.04, 0, say("the long-run volatility a year"), of_volatility()},
        {"spot / last known rate", factor, 0.8, 1.25, 1, 0, say("a spot rate over the last known one"), say("no rate moves by 20 % within days")},
        {"spot / rate of the start", factor, 0.94, 1.064, 1, 0, say("a spot rate over the known one of these days"),
         say("rates of ten days' age differ by less")},
        {"spot / nearest known rate", factor, 0.7, 1.43, 1, 0, say("a spot rate over the nearest known one, more than 60 days away"),
         say("since 2005 USDCNY moved by at most 14 % in a year")},
        {"spot / usual level", factor, 0.4, 2.5, 1, 0, say("a spot rate over what the currency usually costs"), say("levels of 2015 to 2026")},

        // the pool
        {"pool.fund", cny, 1e5, 1e11, 2e7, 0, say("a fund"), say("Fuzhou's pool holds 20 m CNY")},
        {"pool.multiple", factor, 0.1, 50, 2, 0, say("a multiple"), say("quota over cash; the default is 1")},
        {"pool.floor", percent, 0.02, 1, 0.5, 0, say("a floor"), say("a share of the fund")},
        {"pool.split.pool", percent, 0.05, 1, 0.8, 0, say("the pool's share of a claim"), say("the default is 80 %")},
        {"pool.split.guarantor", percent, 0.01, 1, 0.2, 0, say("the guarantor's share of a claim"), say("below 1 % it changes nothing")},
        {"pool.deductible", percent, 0.0002, 0.05, 0.005, 0, say("a deductible"), say("a share of the notional: a whole year's move is 4 %")},
        {"pool.cap_multiple", factor, 0.1, 50, 1, 0, say("a cap over the frozen quota"), say("frozen quota is 5 % of the notional: 20 times it is all of it")},
        {"pool.deal_cap.usd", usd, 1e4, 1e9, 2e6, 0, say("the largest deal"), say("Fuzhou's first deal was 500,000 USD")},
        {"pool.deal_cap.months", months, 1, 60, 12, 0, say("the longest deal"), say("the default is 12 months")},
        {"pool.concentration.exporter", percent, 0.005, 1, 0.1, 0, say("a limit for one exporter"), of_concentration()},
        {"pool.concentration.group", percent, 0.005, 1, 0.15, 0, say("a limit for one group"), of_concentration()},
        {"pool.concentration.sector", percent, 0.02, 1, 0.5, 0, say("a limit for one sector"), of_concentration()},
        {"pool.concentration.bank", percent, 0.02, 1, 0.35, 0, say("a limit for one bank"), of_concentration()},
        {"pool.hedge_ratio_cap", percent, 0.05, 3, 0.8, 0, say("a cap of the hedge ratio"), of_hedging()},
        {"pool.margin.rate.**", percent, 0.002, 0.5, 0.05, 0, say("a margin rate"), of_margin()},
        {"pool.margin.client_share", percent, 0.005, 1, 0.2, 0, say("the client's share of the margin"), say("below 0.5 % it changes nothing")},
        {"pool.margin.calls.call_at", percent, 0.1, 10, 0.8, 0, say("the line of a margin call"), say("a share of the frozen quota")},
        {"pool.margin.calls.cure_days", days, 1, 60, 3, 0, say("a time to meet a call"), say("in business days; the default is 3")},
        {"pool.margin.calls.slippage", pips, 0.5, 1000, 20, 0, say("the slippage of a close-out"), say("in pips: 1/10,000 of the rate")},
        {"pool.margin.calls.meet", percent, 0.02, 1, 0.7, 0, say("the share of calls that are met"), say("the default is 70 %")},
        {"pool.claims.delay_days", days, 1, 500, 30, 0, say("a delay of payment"), say("in business days; 244 are a year")},
        {"pool.claims.rejection", percent, 0.001, 0.6, 0.05, 0, say("a share of claims rejected"), say("a share of all claims")},
        {"pool.close_out_days", days, 1, 250, 5, 0, say("a time to a close-out"), say("in business days; 244 are a year")},
        {"pool.recovery.rate", percent, 0.01, 1, 0.3, 0, say("a recovery"), say("the default is 30 %")},
        {"pool.recovery.lag_months", months, 1, 60, 12, 0, say("a lag of recoveries"), say("in months; the default is 12")},
        {"pool.recovery.lag_sigma", factor, 0.05, 3, 0.5, 0, say("a spread of the lag"), say("of its logarithm: 50 % makes it 0.4 to 2.7 times the median")},
        {"pool.recovery.cost", percent, 0.005, 0.6, 0.1, 0, say("a cost of recovery"), say("a share of what is recovered")},
        {"pool.interest", percent, -0.01, 0.15, 0.013, 0.0004, say("an interest rate a year"), of_interest()},
        {"pool.fee", percent, 0.0002, 0.15, 0.01, 0, say("a fee a year"), say("on the frozen quota")},
        {"pool.refill.below", percent, 0.05, 2, 0.6, 0, say("a line of refilling"), say("a share of the fund")},
        {"pool.refill.to", percent, 0.05, 3, 1, 0, say("an aim of refilling"), say("a share of the fund")},
        {"pool.refill.delay_days", days, 1, 500, 60, 0, say("a delay of refilling"), say("in business days; 244 are a year")},
        {"pool.brakes.amber.at", percent, 0.01, 3, 0.2, 0, say("the line of the amber brake"), of_brakes()},
        {"pool.brakes.amber.multiple_factor", factor, 0.05, 1, 0.5, 0, say("the amber brake's factor"), say("what the multiple is multiplied by")},
        {"pool.brakes.red.at", percent, 0.01, 3, 0.4, 0, say("the line of the red brake"), of_brakes()},
        {"pool.brakes.bank.at", percent, 0.001, 1, 0.05, 0, say("the line of a bank's brake"), of_brakes()},
        {"pool.brakes.fx.volatility", percent, 0.005, 0.5, 0.08, 0, say("the volatility of the fx brake"), of_volatility()},
        {"pool.brakes.fx.move", percent, 0.002, 0.3, 0.04, 0, say("the move of the fx brake"), say("over 20 days; 4 % is rare for USDCNY")},
        {"pool.brakes.fx.margin_factor", factor, 1, 10, 1.5, 0, say("the fx brake's margin factor"), say("below 1 the brake would lower the margin")},
        {"pool.brakes.lift_days", days, 1, 500, 60, 0, say("a time to the lifting of a brake"), say("in business days; 244 are a year")},
        {"exporter_cap / fund", factor, 0, 1, 0.05, 0, say("the cap for one exporter over the fund and over the quota"), say("above it the cap never binds")},
        {"claims cap / frozen cap", factor, 0.05, 50, 1, 0, say("the cap of claims over the cap of frozen quota, for one exporter"),
         say("a claim is capped at the frozen quota")},
        {"deal's margin / exporter_cap", factor, 0, 1, 0.1, 0, say("the margin of a mean deal over the cap for one exporter"),
         say("above it hardly a deal fits")},
        {"deal_cap's margin / exporter_cap", factor, 0, 20, 0.7, 0, say("the margin of a deal at the cap over the cap for one exporter"),
         say("far above it the deal cap never binds")},
        {"yearly_claims_cap / fund", factor, 0.02, 20, 0.5, 0, say("the claims of a year over the fund"),
         say("below it nothing is paid, above it it never binds")},
        {"yearly_limit / fund", factor, 0.02, 20, 0.5, 0, say("the refill of a year over the fund"), say("below it nothing comes, above it it never binds")},
        {"recovery lag / horizon", factor, 0, 2, 0.5, 0, say("a lag of recoveries over the horizon"), say("no recovery arrives within the horizon")},

        // firms and business
        {"exporters.synthetic.count", number, 3, 1e5, 200, 0, say("a number of firms"), say("a pool serves tens to thousands of firms")},
        {"exporters.synthetic.size.pareto", factor, 0.5, 5, 1.3, 0, say("an exponent of sizes"), say("sizes of firms follow exponents of 1 to 2")},
        {"exporters.synthetic.size.minimum", usd, 2e4, 5e7, 1e6, 0, say("the receipts of the smallest firm"), say("USD a year")},
        {"exporters.synthetic.us_share.*", percent, 0.01, 1, 0.3, 0, say("a share of sales to the United States"), say("a share of a firm's sales")},
        {"new_business.monthly_usd", usd, 1e3, 1e10, 1e7, 0, say("the business of a month"), say("of all firms together")},
        {"new_business.deal_usd.mean", usd, 5e3, 1e8, 3e5, 0, say("a mean deal"), say("Fuzhou's first deal was 500,000 USD")},
        {"new_business.deal_usd.cv", factor, 0.05, 10, 1, 0, say("a standard deviation over the mean"), say("the default is 1")},
        {"new_business.client_spread", pips, 0.5, 1000, 50, 0, say("a spread"), say("in pips: 1/10,000 of the rate")},
        {"new_business.growth", percent, -0.9, 3, 0.1, 0, say("a growth a year"), say("three times as much again in a year is a lot")},
        {"business / quota", factor, 0.02, 40, 1, 0, say("the quota that a full ladder of business would freeze, over the quota"),
         say("either nearly all of it would be refused, or the quota is hardly used")},
        {"deals a firm / year", factor, 0, 100, 4, 0, say("the number of deals of a firm a year"), say("that is one every second or third business day")},
        {"business / receipts", factor, 0, 2, 0.1, 0, say("the business of a year over the receipts of all firms"), say("firms hedge what they receive")},

        // how deals fail
        {"failure.insolvency.pd.**", percent, 0.001, 0.3, 0.03, 0, say("a default probability a year"),
         say("Basel III reckons with 0.05 % for the best of firms; small exporters have 1 % to 10 %")},
        {"failure.insolvency.correlation.**", percent, 0.005, 0.6, 0.12, 0, say("a correlation of defaults"), say("Basel III has 3 % to 24 %")},
        {"failure.insolvency.sector_loading", percent, 0.02, 1, 0.5, 0, say("a sector loading"), say("a share of the common factor")},
        {"failure.insolvency.fx_beta", factor, -10, 10, 1, 0.02, say("an fx beta"), of_beta()},
        {"failure.order_loss.probability.**", percent, 0.0005, 0.5, 0.02, 0, say("a probability that a receipt never comes"),
         say("the default is 1 %, the shipped tariff shock has 20 %")},
        {"failure.order_loss.correlation", percent, 0.005, 0.6, 0.1, 0, say("a correlation of lost orders"), say("Basel III has 3 % to 24 %")},
        {"failure.order_loss.fx_beta", factor, -10, 10, 1, 0.02, say("an fx beta"), of_beta()},
        {"failure.order_loss.absorb", percent, 0.01, 1, 0.5, 0, say("a share absorbed by the firm"), say("below 1 % it changes nothing")},
        {"failure.order_loss.shocks.[].probability", percent, 0.01, 1, 0.2, 0, say("a probability in a shock"), say("without a shock it is 1 %")},
        {"failure.order_loss.shocks.[].us_share_above", percent, 0.02, 1, 0.5, 0, say("a line of sales to the United States"),
         say("a share of a firm's sales")},
        {"shock's days / 1", days, 0, 1100, 120, 0, say("the length of a shock"), say("a shock of more than three years is the rule")},
        {"failure.strategic.share", percent, 0.005, 0.6, 0.1, 0, say("a share of firms that walk away"), say("most honour their deals")},
        {"failure.strategic.threshold", percent, 0.002, 0.3, 0.025, 0, say("a loss from which firms walk away"),
         say("a share of the rate: a whole year's move is 4 %")},
        {"failure.late.probability", percent, 0.005, 0.9, 0.1, 0, say("a share of late receipts"), say("a share of all receipts")},
        {"failure.late.roll_months", months, 1, 24, 3, 0, say("a roll"), say("late receipts come within months")},

        // what it is worth, and limits
        {"benefit.loan_rate", percent, 0.005, 0.15, 0.035, 0, say("a loan rate a year"), of_interest()},
        {"benefit.deposit_rate", percent, -0.01, 0.15, 0.013, 0.0004, say("a deposit rate a year"), of_interest()},
        {"benefit.fund_cost", percent, -0.01, 0.15, 0.02, 0.0004, say("a cost of the fund's money a year"), of_interest()},
        {"limit of a probability / 1", percent, 0, 0.99, 0.01, 0, say("the limit of a probability"), say("at 100 % it is always met")},
        {"limit of an amount / fund", factor, 0.0001, 50, 0.5, 0, say("the limit of an amount over the fund"), say("the pool can't lose many times its fund")},

        // the book
        {"contract_rate / forward", factor, 0.8, 1.25, 1, 0, say("a contract rate over the forward of its dates"), say("banks deal at the forward")},
        {"notional / receipts", factor, 0, 1, 0.1, 0, say("a notional over the firm's receipts of a year"), say("firms hedge what they receive")},
        {"notional / median of the file", factor, 0, 50, 1, 0, say("a notional over the median of the file"), say("and above the cap per deal")},
        {"notional / 1", usd, 500, 1e10, 3e5, 0, say("a notional"), say("Fuzhou's first deal was 500,000 USD")},
        {"receipts / 1", usd, 2e3, 1e11, 3e6, 0, say("the receipts of a firm"), say("firms that export for less don't hedge")},
        {"receipts / median of the file", factor, 0, 500, 1, 0, say("the receipts of a firm over the median of the file"), say("and above 5 bn USD a year")},
        {"liquidity / 1", cny, 1e3, 1e13, 1e6, 0, say("the liquidity of a firm"), say("CNY at hand or as a credit line")},
        {"liquidity / receipts", factor, 0, 20, 0.1, 0, say("the liquidity of a firm over its receipts"), say("both of a year and in CNY")},
        {"us_share / 1", percent, 0.01, 1, 0.3, 0, say("a share of sales to the United States"),
         say("where half of the firms that sell there have 10 % or more")},
        {"median notional / 1", usd, 2e3, 1e9, 3e5, 0, say("the median notional"), say("Fuzhou's first deal was 500,000 USD")},
        {"median receipts / 1", usd, 2e4, 2e8, 3e6, 0, say("the median of annual receipts"), say("firms that export for less don't hedge")},
        {"contracts above the hedge ratio / contracts", percent, 0, 0.8, 0.1, 0, say("the share of contracts above the cap of the hedge ratio"),
         say("firms hedge what they receive")},
        {"settle_date / start", days, without_low_end, 1830, 180, 0, say("the days from the start to a settlement"),
         say("the longest deal is 12 months by default")},
        {"start / trade_date", days, without_low_end, 1830, 180, 0, say("the days from a trade to the start"), say("the longest deal is 12 months by default")},
        {"margin_rate / 1", percent, 0.002, 0.5, 0.05, 0, say("a margin rate"), of_margin()},
        {"pd / 1", percent, 0.0005, 0.3, 0.03, 0, say("a default probability a year"),
         say("Basel III reckons with 0.05 % for the best of firms; small exporters have 1 % to 10 %")},
        {"largest us_share / 1", percent, 0.02, 1, 0.3, 0, say("the largest share of sales to the United States"), say("a share of a firm's sales")},
        {"median liquidity / 1", cny, 1e4, 1e11, 1e6, 0, say("the median of liquidity"), say("CNY at hand or as a credit line")},

        // files of rates
        {"rate / its neighbours", percent, without_low_end, 0.05, 0.002, 0, say("a rate off both its neighbours"),
         say("no major rate went off by 5 % and came back the next day")},
        {"days / without a rate", days, without_low_end, 60, 1, 0, say("a gap"), say("the longest holiday is 11 days")},
        {"moves / days", factor, 0.25, 100, 1, 0, say("the moves of a replayed file over the days of the horizon"), say("after them the rate stands still")},
        {"days / between rows", days, without_low_end, 4, 1, 0, say("the median step of daily rates"), say("weekends make 3")},
        {"equal rates / in a row", number, without_low_end, 9, 1, 0, say("a run of equal rates"), say("no rate stood still for 10 days since 2005")},
        {"rates / shipped rates", percent, without_low_end, 0.04, 0.002, 0, say("the median distance from the shipped rates of the same days"),
         say("sources differ by 0.5 %")},
        {"start / last row", days, without_low_end, 364, 30, 0, say("the days from the last rate to the start"), say("what happened since is not in it")},
    };
}

/// The parts of "market.pairs.*.spot".
std::vector<std::string_view> parts_of(std::string_view key) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= key.size();) {
        const auto end = std::min(key.find('.', at), key.size());
        parts.push_back(key.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

bool fits(std::span<const std::string_view> pattern, std::span<const std::string> parts) {
    if (pattern.empty()) return parts.empty();
    if (pattern.front() == "**") {
        for (std::size_t taken = 0; taken <= parts.size(); ++taken) {
            if (fits(pattern.subspan(1), parts.subspan(taken))) return true;
        }
        return false;
    }
    if (parts.empty()) return false;
    const bool item = pattern.front() == "[]" && parts.front().starts_with('[');
    if (!item && pattern.front() != "*" && pattern.front() != parts.front()) return false;
    return fits(pattern.subspan(1), parts.subspan(1));
}

bool is_comparison(const PlausibleRange& range) { return std::string_view(range.key).find(" / ") != std::string_view::npos; }

/// Slips by the likelihood of their cause: a per cent sign, 万, thousands, millions, 亿.
std::vector<double> slips_of(Shown how) {
    switch (how) {
        case Shown::percent:
        case Shown::factor:
        case Shown::number: return {100, 1e4};
        case Shown::cny:
        case Shown::usd: return {1e4, 1e3, 100, 1e6, 1e8};
        case Shown::pips: return {1e4, 100};
        case Shown::days:
        case Shown::months: return {10, 100};
    }
    return {};
}

std::string grouped(double value) {
    auto digits = fmt::format("{:.0f}", std::abs(value));
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return (value < 0 ? "-" : "") + digits;
}

std::string amount(double value) { return std::abs(value) < 1e15 && value == std::floor(value) ? grouped(value) : fmt::format("{:.6g}", value); }

}  // namespace

const std::vector<PlausibleRange>& plausible_ranges() {
    static const std::vector<PlausibleRange> ranges = make_ranges();
    return ranges;
}

const PlausibleRange& plausible(std::string_view key) {
    const auto& ranges = plausible_ranges();
    return *std::find_if(ranges.begin(), ranges.end(), [&](const PlausibleRange& range) { return range.key == key; });
}

const PlausibleRange* plausible_for(const std::vector<std::string>& parts) {
    for (const auto& range : plausible_ranges()) {
        if (!is_comparison(range) && fits(parts_of(range.key), parts)) return &range;
    }
    return nullptr;
}

bool is_plausible(const PlausibleRange& range, double value) {
    constexpr double rounding = 1e-12;
    if (value == 0) return true;
    if (range.shown == Shown::pips) value = std::abs(value);  // against either side
    if (value < range.low - rounding * std::abs(range.low) || value > range.high + rounding * std::abs(range.high)) return false;
    return std::abs(value) >= range.least;
}

std::optional<double> probably_meant(const PlausibleRange& range, double value) {
    std::optional<double> meant;
    const auto distance = [&](double candidate) { return std::abs(std::log(std::abs(candidate) / range.usual)); };
    for (const double slip : slips_of(range.shown)) {
        for (const double candidate : {value / slip, value * slip}) {
            if (is_plausible(range, candidate) && (!meant || distance(candidate) < distance(*meant))) meant = candidate;
        }
    }
    return meant;
}

std::string shown(Shown how, double value) {
    switch (how) {
        case Shown::percent: return fmt::format("{:.6g} %", value * 100);
        case Shown::factor:
        case Shown::number:
        case Shown::days:
        case Shown::months:
        case Shown::pips: return std::abs(value) >= 1e5 ? amount(value) : fmt::format("{:.6g}", value);
        case Shown::cny: return amount(value) + " CNY";
        case Shown::usd: return amount(value) + " USD";
    }
    return {};
}

bool has_low_end(const PlausibleRange& range) { return range.low != 0 && range.low > without_low_end; }

Message ask(const PlausibleRange& range, double value) {
    const auto written = [&](double number) { return verbatim(shown(range.shown, number)); };
    const auto meant = probably_meant(range, value);
    const bool near_zero = range.low < 0 && std::abs(value) < range.least;
    if (near_zero && meant) return say("{0}: {1} is seldom so near to 0 ({2}); did you mean {3}?", written(value), range.what, range.why, written(*meant));
    if (near_zero) return say("{0}: {1} is seldom so near to 0 ({2}); is that meant?", written(value), range.what, range.why);
    if (!has_low_end(range)) {
        if (meant)
            return say("{0}: {1} is usually at most {2} ({3}); did you mean {4}?", written(value), range.what, written(range.high), range.why, written(*meant));
        return say("{0}: {1} is usually at most {2} ({3}); is that meant?", written(value), range.what, written(range.high), range.why);
    }
    if (meant) {
        return say("{0}: {1} is usually {2} to {3} ({4}); did you mean {5}?", written(value), range.what, written(range.low), written(range.high), range.why,
                   written(*meant));
    }
    return say("{0}: {1} is usually {2} to {3} ({4}); is that meant?", written(value), range.what, written(range.low), written(range.high), range.why);
}

}  // namespace fxpool
