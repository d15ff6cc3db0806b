#include "check_between.hpp"

#include "check_values.hpp"

#include "fxpool/base/date.hpp"
#include "fxpool/base/suggestion.hpp"
#include "fxpool/settings/settings.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <set>

namespace fxpool::scenario {
namespace {

constexpr double sum_tolerance = 1e-9;

std::string percent(double share) { return fmt::format("{:.10g} %", share * 100); }

const Node* child(const Node* node, std::string_view key) { return node ? node->find(key) : nullptr; }

std::optional<double> number(const Node* node) { return node ? node->number : std::nullopt; }

std::optional<Date> date(const Node* node) { return node && node->kind == Node::Kind::text ? parse_iso_date(node->text) : std::nullopt; }

std::vector<std::string> keys_of(const Node* map) {
    std::vector<std::string> keys;
    if (map) {
        for (const auto& item : map->items) keys.push_back(item.key);
    }
    return keys;
}

bool has(const std::vector<std::string>& list, const std::string& word) { return std::find(list.begin(), list.end(), word) != list.end(); }

class BetweenKeys {
  public:
    BetweenKeys(const Node& tree, bool fragment, Problems& problems)
        : tree_(tree), fragment_(fragment), problems_(problems), market_(tree.find("market")), pairs_(keys_of(child(market_, "pairs"))) {}

    void check() {
        horizon();
        curves();
        reference();
        correlation();
        split();
        floor();
        refill();
        banks();
        exporters();
        business();
        new_business();
        shocks();
        hedge_shares();
    }

  private:
    void horizon() {
        const Node* horizon = tree_.find("horizon");
        const Node* end = child(horizon, "end");
        if (end && child(horizon, "months")) problems_.error(end->place(), "horizon", say("both months and end are given; leave one out (none removes it)"));
        const auto first = date(child(horizon, "start")), last = date(end);
        if (first && last && *last < *first) problems_.error(end->place(), "horizon.end", say("the end {0} is before the start {1}", *last, *first));
    }

    void curves() {
        const Node* curves = child(market_, "curves");
        if (!curves || fragment_) return;
        if (!curves->find("CNY"))
            problems_.error(curves->key_place(), "market.curves", say("there is no curve of {0}: contracts are discounted with it", "CNY"));
        const Node* pairs = child(market_, "pairs");
        if (!pairs) return;
        for (const auto& pair : pairs->items) {
            if (!is_pair(pair.key) || pair.find("swap_points")) continue;
            const auto currency = pair.key.substr(0, 3);
            if (curves->find(currency)) continue;
            problems_.error(pair.key_place(), join("market.pairs", pair.key),
                            say("there are neither swap_points nor a curve of {0} (market.curves)", currency));
        }
    }

    void unknown_pair(const Place& place, const std::string& path, const std::string& name) {
        const auto near = nearest_word(name, pairs_);
        const bool slip = near && edit_distance(name, *near) == 1;  // EURCNY and USDCNY are near, too
        if (slip) problems_.error(place, path, say("market.pairs has no '{0}'; did you mean '{1}'?", name, *near));
        else problems_.error(place, path, say("market.pairs has no '{0}'; it has {1}", name, listed(pairs_)));
    }

    bool pair_missing(const std::string& name) const { return is_pair(name) && !pairs_.empty() && !has(pairs_, name); }

    void reference() {
        const Node* reference = child(market_, "reference");
        if (reference && pair_missing(reference->text)) unknown_pair(reference->place(), "market.reference", reference->text);
    }

    void correlation() {
        const Node* correlation = child(market_, "correlation");
        if (!correlation) return;
        std::set<std::pair<std::string, std::string>> seen;
        for (const auto& item : correlation->items) {
            const auto tilde = item.key.find('~');
            if (tilde == std::string::npos) continue;
            auto one = item.key.substr(0, tilde), other = item.key.substr(tilde + 1);
            for (const auto& name : {one, other}) {
                if (pair_missing(name)) unknown_pair(item.key_place(), "market.correlation", name);
            }
            if (one == other) problems_.error(item.key_place(), "market.correlation", say("'{0}' names one pair twice", item.key));
            if (other < one) std::swap(one, other);
            if (!seen.emplace(one, other).second)
                problems_.error(item.key_place(), "market.correlation", say("the correlation of {0} and {1} is given twice", one, other));
        }
    }

    void split() {
        const Node* split = child(tree_.find("pool"), "split");
        const auto pool = number(child(split, "pool")), guarantor = number(child(split, "guarantor"));
        if (pool && guarantor && *pool + *guarantor > 1 + sum_tolerance) {
            problems_.error(split->place(), "pool.split",
                            say("pool {0} and guarantor {1} make {2} (the bank bears what is left of 100 %)", percent(*pool), percent(*guarantor),
                                percent(*pool + *guarantor)));
        }
    }

    void floor() {
        const Node* pool = tree_.find("pool");
        const Node* floor = child(pool, "floor");
        const Node* layout = child(pool, "layout");
        const double usual = PoolSettings{}.floor;  // written out, as init does, it asks for nothing
        if (floor && floor->number && *floor->number != usual && layout && !layout->is("hybrid")) {
            problems_.warning(floor->place(), "pool.floor", say("this is not used: the layout is {0}, not hybrid", layout->text));
        }
    }

    void refill() {
        const Node* refill = child(tree_.find("pool"), "refill");
        const Node* when = child(refill, "when");
        const auto below = number(child(refill, "below")), to = number(child(refill, "to"));
        if (below && to && *to < *below) {
            problems_.error(refill->place(), "pool.refill",
                            say("a refill to {0} would stay under the line of {1} that triggers it", percent(*to), percent(*below)));
        }
        for (const auto* key : {"delay_days", "yearly_limit"}) {
            const Node* value = child(refill, key);
            if (value && value->source && when && when->is("yearly")) {
                problems_.warning(value->place(), join("pool.refill", key), say("this is not used: when is yearly, not trigger"));
            }
        }
    }

    void sums_to_one(const Node* shares, const std::string& path) {
        if (!shares || shares->kind != Node::Kind::map || shares->items.empty()) return;
        double sum = 0;
        for (const auto& item : shares->items) {
            if (!item.number) return;
            sum += *item.number;
        }
        if (std::abs(sum - 1) > sum_tolerance) problems_.error(shares->place(), path, say("the shares sum to {0}, not to 100 %", percent(sum)));
    }

    void banks() {
        const Node* banks = tree_.find("banks");
        if (!banks || banks->kind != Node::Kind::list) return;
        std::set<std::string> ids;
        double sum = 0;
        bool all = !banks->items.empty();
        for (std::size_t i = 0; i < banks->items.size(); ++i) {
            const auto& bank = banks->items[i];
            const Node* id = bank.find("id");
            if (id && !ids.insert(id->text).second)
                problems_.error(id->place(), "banks[" + std::to_string(i) + "].id", say("the bank '{0}' is given twice", id->text));
            const auto weight = number(bank.find("weight"));
            all = all && weight.has_value();
            sum += weight.value_or(0);
        }
        if (all && std::abs(sum - 1) > sum_tolerance) problems_.error(banks->key_place(), "banks", say("the weights sum to {0}, not to 100 %", percent(sum)));
    }

    void exporters() {
        const Node* synthetic = child(tree_.find("exporters"), "synthetic");
        const Node* sectors = child(synthetic, "sectors");
        const Node* us_share = child(synthetic, "us_share");
        sums_to_one(sectors, "exporters.synthetic.sectors");
        if (!sectors || !us_share || !us_share->source || us_share->source->name.empty()) return;
        const auto known = keys_of(sectors);
        for (const auto& item : us_share->items) {
            if (has(known, item.key)) continue;
            const auto near = nearest_word(item.key, known);
            problems_.warning(item.key_place(), "exporters.synthetic.us_share",
                              near ? say("no firm has the sector '{0}'; did you mean '{1}'?", item.key, *near) : say("no firm has the sector '{0}'", item.key));
        }
    }

    void business() {
        if (fragment_ || tree_.find("contracts") || tree_.find("new_business")) return;
        problems_.error(tree_.key_place(), "", say("there are neither contracts nor new_business: nothing would happen"));
    }

    void new_business() {
        const Node* business = tree_.find("new_business");
        if (!business) return;
        sums_to_one(child(business, "tenors"), "new_business.tenors");
        sums_to_one(child(business, "direction"), "new_business.direction");
        sums_to_one(child(business, "pairs"), "new_business.pairs");
        if (const Node* pairs = child(business, "pairs")) {
            for (const auto& item : pairs->items) {
                if (pair_missing(item.key) && pairs->source && !pairs->source->name.empty()) unknown_pair(item.key_place(), "new_business.pairs", item.key);
            }
        }
        if (!fragment_ && !pairs_.empty() && !has(pairs_, "USDCNY")) {
            problems_.error(business->key_place(), "new_business", say("market.pairs has no USDCNY: the business is given in USD and needs its rate"));
        }
    }

    void shocks() {
        const Node* shocks = child(child(tree_.find("failure"), "order_loss"), "shocks");
        if (!shocks) return;
        for (std::size_t i = 0; i < shocks->items.size(); ++i) {
            const auto from = date(shocks->items[i].find("from")), to = date(shocks->items[i].find("to"));
            if (!from || !to || *from <= *to) continue;
            problems_.error(shocks->items[i].find("to")->place(), "failure.order_loss.shocks[" + std::to_string(i) + "].to",
                            say("the end {0} is before the start {1}", *to, *from));
        }
    }

    /// No figure is made of them yet: a value of one's own would change nothing without a word.
    void hedge_shares() {
        const BenefitSettings usual;
        const std::pair<const char*, double> shares[] = {{"hedge_without", usual.hedge_without}, {"hedge_with", usual.hedge_with}};
        for (const auto& [key, value] : shares) {
            const Node* given = child(tree_.find("benefit"), key);
            if (given && given->number && std::abs(*given->number - value) > 1e-12)
                problems_.error(given->place(), join("benefit", key), say("no figure uses this in this version; leave it at {0}", percent(value)));
        }
    }

    const Node& tree_;
    bool fragment_;
    Problems& problems_;
    const Node* market_;
    std::vector<std::string> pairs_;
};

}  // namespace

void check_between(const Node& tree, bool fragment, Problems& problems) { BetweenKeys(tree, fragment, problems).check(); }

}  // namespace fxpool::scenario
