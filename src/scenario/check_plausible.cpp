#include "check_plausible.hpp"

#include "fxpool/settings/plausible.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace fxpool::scenario {
namespace {

/// What a file or --set gives; not a default.
bool is_written(const Node& node) { return node.source && !node.source->name.empty(); }

bool is_told(const Place& place, const Problems& problems) {
    const auto& list = problems.list();
    return std::any_of(list.begin(), list.end(), [&](const Problem& problem) { return problem.severity != Severity::note && problem.place == place; });
}

/// Looks up every number that is written.
class NumberWalk {
  public:
    explicit NumberWalk(Problems& problems) : problems_(problems) {}

    void walk(const Node& node, const std::string& path) {
        if (node.number && is_written(node)) ask_about(node, path);
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const auto& item = node.items[i];
            const bool in_list = node.kind == Node::Kind::list;
            parts_.push_back(in_list ? "[" + std::to_string(i) + "]" : item.key);
            walk(item, in_list ? path + parts_.back() : join(path, item.key));
            parts_.pop_back();
        }
    }

  private:
    void ask_about(const Node& node, const std::string& path) {
        const auto* range = plausible_for(parts_);
        if (range == nullptr || is_plausible(*range, *node.number) || is_told(node.place(), problems_)) return;
        problems_.warning(node.place(), path, ask(*range, *node.number));
    }

    Problems& problems_;
    std::vector<std::string> parts_;
};

std::string times(double value) { return fmt::format("{:.3g}", value); }
std::string cny(double value) { return shown(Shown::cny, std::round(value)); }
std::string usd(double value) { return shown(Shown::usd, std::round(value)); }
std::string percent(double value) { return shown(Shown::percent, value); }

/// The model's long-run volatility a year; nothing where it is a history's, or changes by date (each value is asked about by itself).
std::optional<double> yearly_volatility(const MertonModel& model) {
    return std::sqrt(model.volatility * model.volatility +
                     model.jump_intensity * (model.jump_mean * model.jump_mean + model.jump_volatility * model.jump_volatility));
}
std::optional<double> yearly_volatility(const GarchModel& model) {
    constexpr double days_a_year = 244;
    const double persistence = model.alpha + model.beta + model.gamma / 2;
    if (persistence >= 1 || model.omega <= 0) return std::nullopt;
    return std::sqrt(model.omega / (1 - persistence) * days_a_year);
}
template <class T>
std::optional<double> yearly_volatility(const T&) {
    return std::nullopt;
}

class Together {
  public:
    Together(const Scenario& scenario, Problems& problems) : scenario_(scenario), settings_(scenario.settings), pool_(settings_.pool), problems_(problems) {}

    void check() {
        models();
        points_and_curves();
        exporter_cap();
        deal_cap();
        yearly_amounts();
        concentration();
        products();
        margin_ladder();
        business();
        recovery();
        brakes();
        benefit();
        shocks();
        limits();
    }

  private:
    bool is_given(const std::string& key) const {
        const auto first = scenario_.given.lower_bound(key);
        return first != scenario_.given.end() && (*first == key || first->starts_with(key + ".") || first->starts_with(key + "["));
    }
    void warn(const std::string& key, const Message& message) {
        const auto place = scenario_.place_of(key);
        if (!is_told(place, problems_)) problems_.warning(place, key, message);
    }

    double quota() const { return pool_.fund * pool_.multiple; }
    double usd_rate() const {
        for (const auto& pair : settings_.market.pairs) {
            if (pair.name == "USDCNY" && pair.spot > 4 && pair.spot < 12) return pair.spot;
        }
        return 7;  // a spot far from it is asked about by itself (market/check_rates.cpp)
    }
    /// CNY that a deal of `usd` freezes, at the margin rate of `months`.
    double frozen(double usd, int months) const {
        auto rate = pool_.margin_rate.lower_bound(months);
        if (rate == pool_.margin_rate.end()) rate = std::prev(rate);
        return usd * usd_rate() * rate->second * (1 - pool_.client_share);
    }
    double frozen_by_mean_deal() const {
        double sum = 0;
        for (const auto& [months, share] : settings_.new_business->tenors) sum += share * frozen(settings_.new_business->deal_mean_usd, months);
        return sum;
    }

    void models() {
        const auto& range = plausible("yearly volatility / model");
        for (const auto& pair : settings_.market.pairs) {
            if (!pair.model) continue;
            const auto volatility = std::visit([](const auto& model) { return yearly_volatility(model); }, *pair.model);
            if (!volatility || is_plausible(range, *volatility)) continue;
            const auto key = "market.pairs." + pair.name + (pair.given ? ".model.then" : ".model");
            const bool part_told = std::any_of(problems_.list().begin(), problems_.list().end(), [&](const Problem& problem) {
                return problem.severity == Severity::warning && problem.subject.starts_with(key + ".");
            });
            if (part_told) continue;
            warn(key, say("the parameters make a volatility of {0} a year; usual is {1} to {2} ({3}): is one of them in another unit, or a day's for a year's?",
                          percent(*volatility), percent(range.low), percent(range.high), range.why));
        }
    }

    /// The foreign rates that the swap points imply, as if they were written.
    void points_and_curves() {
        const auto domestic = settings_.market.curves.find("CNY");
        if (domestic == settings_.market.curves.end() || domestic->second.empty()) return;
        swapped_points(domestic->second);
        for (const auto& pair : settings_.market.pairs) {
            const auto currency = pair.name.substr(0, 3);
            const auto* range = plausible_for({"market", "curves", currency, "12M"});
            for (const auto& [months, pips] : pair.swap_points) {
                const double years = months / 12.0, forward = pair.spot + pips * 1e-4;
                if (years <= 0 || forward <= 0 || pips == 0) continue;
                const double implied = rate_at(domestic->second, months) - std::log(forward / pair.spot) / years;
                const auto foreign = settings_.market.curves.find(currency);
                constexpr int long_enough = 6;  // months
                if (foreign != settings_.market.curves.end() && !foreign->second.empty() && months >= long_enough) {
                    const double here = rate_at(domestic->second, months), by_curves = here - rate_at(foreign->second, months);
                    constexpr double clear = 0.005, tenth = 0.1;
                    if (std::abs(by_curves) > clear && std::abs(here - implied) < tenth * std::abs(by_curves)) {
                        warn("market.pairs." + pair.name + ".swap_points." + std::to_string(months) + "M",
                             say("{0} pips make a {1} rate of {2} a year, its curve has {3}: is the point in 1/10,000 of the rate?", shown(Shown::pips, pips),
                                 currency, percent(implied), percent(rate_at(foreign->second, months))));
                        break;
                    }
                }
                if (is_plausible(*range, implied)) continue;
                warn("market.pairs." + pair.name + ".swap_points." + std::to_string(months) + "M",
                     say("{0} pips make a {1} rate of {2} a year; usual is {3} to {4}: a wrong sign, or another unit than 1/10,000 of the rate?",
                         shown(Shown::pips, pips), currency, percent(implied), percent(range->low), percent(range->high)));
                break;
            }
        }
    }

    /// Points of two pairs that fit each other's curves, not their own.
    void swapped_points(const ByTenor& domestic) {
        struct Quoted {
            std::string pair;
            int months;
            double implied, curve;
        };
        std::vector<Quoted> quoted;
        for (const auto& pair : settings_.market.pairs) {
            const auto curve = settings_.market.curves.find(pair.name.substr(0, 3));
            if (pair.swap_points.empty() || curve == settings_.market.curves.end() || curve->second.empty()) continue;
            const auto& [months, pips] = *pair.swap_points.rbegin();
            const double forward = pair.spot + pips * 1e-4;
            if (months <= 0 || forward <= 0) continue;
            quoted.push_back({pair.name, months, rate_at(domestic, months) - std::log(forward / pair.spot) * 12 / months, rate_at(curve->second, months)});
        }
        for (std::size_t i = 0; i < quoted.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                constexpr double clearly = 3;
                const auto fits_other = [&](const Quoted& own, const Quoted& other) {
                    return std::abs(own.implied - own.curve) > clearly * std::abs(own.implied - other.curve);
                };
                if (!fits_other(quoted[i], quoted[j]) || !fits_other(quoted[j], quoted[i])) continue;
                warn("market.pairs." + quoted[i].pair + ".swap_points." + std::to_string(quoted[i].months) + "M",
                     say("the swap points of {0} fit the curve of {1} and the other way round: are they swapped?", quoted[i].pair, quoted[j].pair));
            }
        }
    }

    /// Linear between the tenors of the curve, flat outside: near enough to ask.
    static double rate_at(const ByTenor& curve, int months) {
        const auto after = curve.lower_bound(months);
        if (after == curve.begin()) return after->second;
        if (after == curve.end()) return std::prev(after)->second;
        const auto before = std::prev(after);
        return before->second + (after->second - before->second) * (months - before->first) / (after->first - before->first);
    }

    void exporter_cap() {
        if (!settings_.new_business || pool_.fund <= 0) return;
        const bool cap_given = is_given("pool.exporter_cap");
        const double whole = std::max(pool_.fund, quota());
        const auto& of_fund = plausible("exporter_cap / fund");
        for (const auto& [part, cap] : {std::pair("frozen", pool_.exporter_frozen_cap), std::pair("claims", pool_.exporter_claims_cap)}) {
            if (!std::isfinite(cap) || is_plausible(of_fund, cap / whole)) continue;
            const auto key = std::string("pool.exporter_cap.") + part;
            if (cap_given)
                warn(key,
                     say("the cap for one exporter, {0}, is above the fund and the quota ({1}): it never binds; write none for no cap", cny(cap), cny(whole)));
            else
                warn("pool.fund",
                     say("the fund and the quota ({0}) are below the cap for one exporter, {1} where none is given: is a unit missing?", cny(whole), cny(cap)));
            return;
        }
        const double frozen_cap = pool_.exporter_frozen_cap, claims_cap = pool_.exporter_claims_cap;
        if (std::isfinite(frozen_cap) && frozen_cap > 0 && !is_plausible(plausible("claims cap / frozen cap"), claims_cap / frozen_cap) &&
            std::isfinite(claims_cap)) {
            warn("pool.exporter_cap.claims", say("one exporter may freeze {0} and claim {1}: is a unit wrong?", cny(frozen_cap), cny(claims_cap)));
            return;
        }
        if (settings_.new_business->deal_mean_usd > pool_.deal_cap_usd) return;  // told by deal_cap()
        const double deal = frozen_by_mean_deal();
        if (std::isfinite(pool_.exporter_frozen_cap) && pool_.exporter_frozen_cap > 0 &&
            !is_plausible(plausible("deal's margin / exporter_cap"), deal / pool_.exporter_frozen_cap)) {
            warn(cap_given ? "pool.exporter_cap" : "new_business.deal_usd",
                 say("a mean deal of {0} would freeze {1}, more than one exporter may freeze ({2}): most of the business is refused",
                     usd(settings_.new_business->deal_mean_usd), cny(deal), cny(pool_.exporter_frozen_cap)));
        }
    }

    void deal_cap() {
        if (!settings_.new_business) return;
        const auto& business = *settings_.new_business;
        if (business.deal_mean_usd > pool_.deal_cap_usd) {
            const bool mean_given = is_given("new_business.deal_usd.mean");
            warn(mean_given ? "new_business.deal_usd.mean" : "pool.deal_cap",
                 say("a mean deal of {0} is above the cap for a deal, {1}: most of the business is refused", usd(business.deal_mean_usd),
                     usd(pool_.deal_cap_usd)));
        }
        double beyond = 0;  // share of the business that is longer than the cap
        for (const auto& [months, share] : business.tenors) beyond += months > pool_.deal_cap_months ? share : 0;
        constexpr double half = 0.5;
        if (beyond > half)
            warn(is_given("pool.deal_cap.months") ? "pool.deal_cap.months" : "new_business.tenors",
                 say("{0} of the business is longer than the {1} months that a deal may last: it is refused", percent(beyond), times(pool_.deal_cap_months)));
        const double most = std::min(pool_.exporter_frozen_cap, quota());
        if (!is_given("pool.deal_cap") || !std::isfinite(pool_.deal_cap_usd) || most <= 0) return;
        const double deal = frozen(pool_.deal_cap_usd, 12);
        if (!is_plausible(plausible("deal_cap's margin / exporter_cap"), deal / most)) {
            warn("pool.deal_cap.usd", say("a deal of {0} would freeze {1}, {2} times what one exporter may: the cap never binds; is it in USD?",
                                          usd(pool_.deal_cap_usd), cny(deal), times(deal / most)));
        }
    }

    void yearly_amounts() {
        if (pool_.fund <= 0) return;
        amount_beside_fund("pool.yearly_claims_cap", pool_.yearly_claims_cap, plausible("yearly_claims_cap / fund"));
        if (pool_.refill) amount_beside_fund("pool.refill.yearly_limit", pool_.refill->yearly_limit, plausible("yearly_limit / fund"));
    }

    void amount_beside_fund(const std::string& key, double amount, const PlausibleRange& range) {
        if (!std::isfinite(amount) || is_plausible(range, amount / pool_.fund)) return;
        warn(key, say("{0} is {1} times the fund of {2}; usual is {3} to {4} times: is it in CNY?", cny(amount), times(amount / pool_.fund), cny(pool_.fund),
                      times(range.low), times(range.high)));
    }

    /// A firm is part of its group and of its sector.
    void concentration() {
        const auto swapped = [&](const char* part, double limit, const char* whole, double of_whole) {
            if (!std::isfinite(limit) || !std::isfinite(of_whole) || limit <= of_whole) return false;
            const auto key = std::string("pool.concentration.");
            if (!is_given(key + part) || !is_given(key + whole)) return false;
            warn(key + part, say("the limit of {0}, {1}, is above that of {2}, {3}, which it is part of: are they swapped?", part, percent(limit), whole,
                                 percent(of_whole)));
            return true;
        };
        const auto& pool = pool_;
        swapped("exporter", pool.concentration_exporter, "sector", pool.concentration_sector) ||
            swapped("exporter", pool.concentration_exporter, "group", pool.concentration_group) ||
            swapped("group", pool.concentration_group, "sector", pool.concentration_sector);
    }

    /// Applications are forwards: sales by those who sell, purchases by those who buy.
    void products() {
        if (!settings_.new_business) return;
        const auto refused = [&](Product product, const char* name, double share) {
            constexpr double much = 0.2;
            if (share < much || pool_.products.count(product) > 0) return;
            warn("pool.products", say("{0} is not among the products, but {1} of the business asks for it: all of that is refused", name, percent(share)));
        };
        refused(Product::forward_sale, "forward_sale", settings_.new_business->sell);
        refused(Product::forward_purchase, "forward_purchase", settings_.new_business->buy);
    }

    void margin_ladder() {
        const auto& ladder = pool_.margin_rate;
        for (auto rate = ladder.begin(); rate != ladder.end() && std::next(rate) != ladder.end(); ++rate) {
            if (std::next(rate)->second >= rate->second) continue;
            warn("pool.margin.rate." + std::to_string(rate->first) + "M",
                 say("{0}M has a margin of {1}, the longer {2}M only {3}: are they swapped?", rate->first, percent(rate->second), std::next(rate)->first,
                     percent(std::next(rate)->second)));
            return;
        }
    }

    /// Business once its ladder is full, beside the quota: a unit that is wrong in the fund, the multiple, the margin rate or the business.
    void business() {
        if (!settings_.new_business || quota() <= 0) return;
        const auto& business = *settings_.new_business;
        double full = 0;
        for (const auto& [months, share] : business.tenors) full += frozen(business.monthly_usd * share * months, months);
        const auto& range = plausible("business / quota");
        if (is_plausible(range, full / quota())) return;
        const bool part_told = std::any_of(problems_.list().begin(), problems_.list().end(), [](const Problem& problem) {
            return problem.severity == Severity::warning &&
                   (problem.subject.starts_with("pool.fund") || problem.subject.starts_with("pool.multiple") || problem.subject.starts_with("pool.margin") ||
                    problem.subject.starts_with("new_business") || problem.subject.starts_with("market.pairs.USDCNY.spot"));
        });
        if (part_told) return;
        warn(
            "new_business.monthly_usd",
            say("{0} a month would in the end freeze {1}, {2} times the quota of {3}; usual is {4} to {5} times: is a unit wrong in monthly_usd, the fund, the "
                "multiple or the margin rate?",
                usd(business.monthly_usd), cny(full), times(full / quota()), cny(quota()), times(range.low), times(range.high)));
    }

    void recovery() {
        const int lag = pool_.recovery.lag_months;
        const double horizon = (settings_.end - settings_.start) / 365.0 * 12;
        constexpr int usual_lag = 12;  // the default: written out, as init does, it asks for nothing
        if (pool_.recovery.rate <= 0 || lag <= usual_lag || !is_given("pool.recovery.lag_months") || horizon <= 0) return;
        if (!is_plausible(plausible("recovery lag / horizon"), (lag + 0.5) / horizon)) {
            warn("pool.recovery.lag_months",
                 say("recoveries come after {0} months, the horizon has {1}: none is ever cash of the pool here; is the lag in months?", lag,
                     fmt::format("{:.0f}", horizon)));
        }
    }

    void brakes() {
        if (!pool_.brakes || !pool_.brakes->amber || !pool_.brakes->red || pool_.brakes->red->at >= pool_.brakes->amber->at) return;
        if (!std::isfinite(pool_.brakes->amber->at)) return;
        warn("pool.brakes.amber.at",
             say("the amber brake acts at {0}, after the red one at {1}: are they swapped?", percent(pool_.brakes->amber->at), percent(pool_.brakes->red->at)));
    }

    void benefit() {
        const auto& benefit = settings_.benefit;
        if (benefit.deposit_rate > benefit.loan_rate) {
            warn(is_given("benefit.deposit_rate") ? "benefit.deposit_rate" : "benefit.loan_rate",
                 say("deposits earn {0}, loans cost {1}: are they swapped?", percent(benefit.deposit_rate), percent(benefit.loan_rate)));
        }
    }

    void shocks() {
        const auto& range = plausible("shock's days / 1");
        for (std::size_t i = 0; i < settings_.failure.shocks.size(); ++i) {
            const auto& shock = settings_.failure.shocks[i];
            if (is_plausible(range, shock.to - shock.from)) continue;
            warn("failure.order_loss.shocks[" + std::to_string(i) + "]", say("the shock lasts from {0} to {1}, {2} years: a wrong year?", shock.from, shock.to,
                                                                             fmt::format("{:.1f}", (shock.to - shock.from) / 365.25)));
        }
    }

    void limits() {
        for (const auto& limit : settings_.limits) {
            const auto key = "limits." + limit.metric;
            const bool at_least = limit.bound == Limit::Bound::at_least || limit.bound == Limit::Bound::more;
            if (at_least && (limit.metric.starts_with("exhaustion.") || limit.metric.starts_with("pool_loss."))) {
                warn(key, say("{0} is met by a bad result, not by a good one; did you mean <= ?", limit.text));
                continue;
            }
            const bool of_share = limit.metric.ends_with(".probability") || limit.metric.starts_with("quota.utilisation");
            if (of_share && !is_plausible(plausible("limit of a probability / 1"), limit.value)) {
                warn(key, limit.value / 100 <= 1
                              ? say("a probability is at most 100 %: {0} is always so; did you mean {1}?", limit.text, percent(limit.value / 100))
                              : say("a probability is at most 100 %: {0} is always so", limit.text));
                continue;
            }
            const bool of_amount = limit.metric.starts_with("pool_loss.") || limit.metric.starts_with("balance.");
            if (!of_amount || pool_.fund <= 0) continue;
            const auto& range = plausible("limit of an amount / fund");
            if (is_plausible(range, std::abs(limit.value) / pool_.fund)) continue;
            warn(key, say("{0} is {1} times the fund of {2}: is it in CNY?", cny(limit.value), times(limit.value / pool_.fund), cny(pool_.fund)));
        }
    }

    const Scenario& scenario_;
    const Settings& settings_;
    const PoolSettings& pool_;
    Problems& problems_;
};

}  // namespace

void check_plausible_numbers(const Node& tree, Problems& problems) { NumberWalk(problems).walk(tree, ""); }

void check_plausible_together(const Scenario& scenario, Problems& problems) { Together(scenario, problems).check(); }

}  // namespace fxpool::scenario
