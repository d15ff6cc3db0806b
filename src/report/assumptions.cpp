#include "fxpool/report/assumptions.hpp"

#include "fxpool/report/figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace fxpool::report {
namespace {

Message amount(double cny, Language language) { return std::isinf(cny) ? say("none") : verbatim(money(cny, language)); }
std::string times(double factor) { return fixed(factor, factor == std::floor(factor) ? 0 : 2); }

/// 80% read from a file and 0.8 may differ in their last digit.
bool same(double a, double b) { return a == b || std::abs(a - b) <= 1e-12 * std::abs(b); }

/// The cap of a claim: said whatever it is, for nothing else cuts the loss as much.
Message claim_cap(const PoolSettings& pool, bool is_default) {
    if (is_default) return say("a claim is capped at the frozen quota");
    if (pool.cap == Cap::none || std::isinf(pool.cap_multiple)) return say("a claim has no cap of its own (given)");
    return say("a claim is capped at {0} times the frozen quota (given)", times(pool.cap_multiple));
}

/// Collects what is at its default of what Fuzhou has not published (docs/rules.md, 7): all but the fund, the seven banks, the products
/// and the waiver of initial margin.
class Assumptions {
  public:
    Assumptions(const Settings& settings, Language language) : settings_(settings), language_(language) {}

    std::vector<Message> list() {
        pool();
        failures();
        if (settings_.new_business) admission();
        money_matters();
        return std::move(said_);
    }

  private:
    void add(bool at_default, Message message) {
        if (at_default) said_.push_back(std::move(message));
    }
    std::string percent(double value) const { return share(value, language_); }

    void pool() {
        const auto &is = settings_.pool, &usual = usual_.pool;
        add(same(is.multiple, usual.multiple), say("multiple {0}", times(is.multiple)));
        add(is.margin_rate.size() == 1 && same(is.margin_rate.begin()->second, usual.margin_rate.begin()->second),
            say("margin rate {0}", percent(is.margin_rate.begin()->second)));
        add(same(is.pool_share, usual.pool_share) && same(is.guarantor_share, usual.guarantor_share),
            say("the pool bears {0} of a claim, banks {1}", percent(is.pool_share), percent(1 - is.pool_share - is.guarantor_share)));
        add(true, claim_cap(is, is.cap == usual.cap && same(is.cap_multiple, usual.cap_multiple)));
        add(same(is.exporter_claims_cap, usual.exporter_claims_cap), say("cap an exporter {0}", amount(is.exporter_claims_cap, language_)));
        add(is.netting == usual.netting && is.close_out_days == usual.close_out_days, say("netted, closed out on the day"));
        add(same(is.recovery.rate, usual.recovery.rate) && is.recovery.lag_months == usual.recovery.lag_months,
            say("recovery {0} after {1} months", percent(is.recovery.rate), is.recovery.lag_months));
    }

    void failures() {
        const auto &is = settings_.failure, &usual = usual_.failure;
        const bool pd = same(is.pd.otherwise, usual.pd.otherwise), correlation = same(is.correlation.otherwise, usual.correlation.otherwise);
        if (pd && correlation) {
            add(true, say("default probability {0} a year, correlation {1}", percent(is.pd.otherwise), percent(is.correlation.otherwise)));
        } else {
            add(pd, say("default probability {0} a year", percent(is.pd.otherwise)));
            add(correlation, say("default correlation {0}", percent(is.correlation.otherwise)));
        }
        add(same(is.order_loss_probability.otherwise, usual.order_loss_probability.otherwise),
            say("order loss {0} a contract", percent(is.order_loss_probability.otherwise)));
    }

    void admission() {
        const auto &is = settings_.pool, &usual = usual_.pool;
        add(same(is.deal_cap_usd, usual.deal_cap_usd) && same(is.deal_cap_months, usual.deal_cap_months),
            say("deal cap {0}, {1} months", usd(is.deal_cap_usd, language_), fixed(is.deal_cap_months, 0)));
        add(same(is.hedge_ratio_cap, usual.hedge_ratio_cap), say("hedge ratio at most {0}", percent(is.hedge_ratio_cap)));
        add(same(is.concentration_exporter, usual.concentration_exporter) && same(is.concentration_group, usual.concentration_group) &&
                same(is.concentration_sector, usual.concentration_sector) && same(is.concentration_bank, usual.concentration_bank),
            say("concentration: exporter {0}, group {1}, sector {2}, bank {3}", percent(is.concentration_exporter), percent(is.concentration_group),
                percent(is.concentration_sector), percent(is.concentration_bank)));
    }

    void money_matters() {
        const auto& is = settings_;
        add(same(is.pool.fee, usual_.pool.fee), is.pool.fee == 0 ? say("no fee") : say("fee {0} a year", percent(is.pool.fee)));
        add(same(is.pool.interest, usual_.pool.interest), say("the fund earns {0} a year", percent(is.pool.interest)));
        add(same(is.benefit.fund_cost, usual_.benefit.fund_cost), say("its money costs {0}", percent(is.benefit.fund_cost)));
        add(same(is.benefit.loan_rate, usual_.benefit.loan_rate), say("loan rate {0}", percent(is.benefit.loan_rate)));
    }

    const Settings& settings_;
    const Settings usual_;  ///< the defaults
    Language language_;
    std::vector<Message> said_;
};

}  // namespace

std::vector<Message> assumptions(const Scenario& scenario, Language language) { return Assumptions(scenario.settings, language).list(); }

std::vector<Message> chain_lines(const Scenario& scenario) {
    constexpr std::size_t most_told = 10;
    std::map<std::string, int> of_that_name;
    for (const auto& one : scenario.chain) ++of_that_name[one.file.filename().string()];
    std::vector<Message> lines;
    for (const auto& [file, changes] : scenario.chain) {
        if (changes.empty() && &file == &scenario.chain.back().file) break;  // it only names what it is made of
        const auto name = file.filename().string();
        const auto shown = of_that_name[name] > 1 ? file.string() : name;
        std::string keys;
        for (std::size_t i = 0; i < std::min(changes.size(), most_told); ++i) keys += (keys.empty() ? "" : ", ") + changes[i];
        if (lines.empty()) lines.push_back(verbatim(shown));  // the base: whatever no later file changes
        else if (changes.empty()) lines.push_back(say("{0} changes nothing", shown));
        else if (changes.size() > most_told) lines.push_back(say("{0} changes {1} and {2} more keys", shown, keys, changes.size() - most_told));
        else lines.push_back(say("{0} changes {1}", shown, keys));
    }
    return lines;
}

}  // namespace fxpool::report
