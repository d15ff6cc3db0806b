#include "fxpool/report/assumptions.hpp"

#include "fxpool/report/figures.hpp"

#include <cmath>
#include <functional>

namespace fxpool::report {
namespace {

/// A key input: what to say of it while it stands at its default.
struct Input {
    const char* key;
    std::function<Message(const Settings&, Language)> say_default;
};

bool is_given(const Scenario& scenario, const std::string& key) {
    const auto first = scenario.given.lower_bound(key);
    return first != scenario.given.end() && (*first == key || first->starts_with(key + "."));
}

Message amount(double cny, Language language) { return std::isinf(cny) ? say("none") : verbatim(money(cny, language)); }

/// What Fuzhou has not published (docs/rules.md, 7): all but the fund, the seven banks, the products and the waiver of initial margin.
std::vector<Input> inputs_of(const Settings& settings) {
    std::vector<Input> inputs = {
        {"pool.multiple",
         [](const Settings& s, Language) { return say("multiple {0}", fixed(s.pool.multiple, s.pool.multiple == std::floor(s.pool.multiple) ? 0 : 2)); }},
        {"pool.margin.rate", [](const Settings& s, Language language) { return say("margin rate {0}", share(s.pool.margin_rate.begin()->second, language)); }},
        {"pool.split",
         [](const Settings& s, Language language) {
             return say("the pool bears {0} of a claim, banks {1}", share(s.pool.pool_share, language),
                        share(1 - s.pool.pool_share - s.pool.guarantor_share, language));
         }},
        {"pool.cap", [](const Settings&, Language) { return say("a claim is capped at the frozen quota"); }},
        {"pool.exporter_cap", [](const Settings& s, Language language) { return say("cap an exporter {0}", amount(s.pool.exporter_claims_cap, language)); }},
        {"pool.recovery.rate",
         [](const Settings& s, Language language) {
             return say("recovery {0} after {1} months", share(s.pool.recovery.rate, language), s.pool.recovery.lag_months);
         }},
        {"failure.insolvency.pd",
         [](const Settings& s, Language language) { return say("default probability {0} a year", share(s.failure.pd.otherwise, language)); }},
        {"failure.insolvency.correlation",
         [](const Settings& s, Language language) { return say("default correlation {0}", share(s.failure.correlation.otherwise, language)); }},
        {"failure.order_loss.probability",
         [](const Settings& s, Language language) { return say("order loss {0} a contract", share(s.failure.order_loss_probability.otherwise, language)); }},
        {"benefit.loan_rate", [](const Settings& s, Language language) { return say("loan rate {0}", share(s.benefit.loan_rate, language)); }},
    };
    if (settings.new_business) {
        inputs.push_back({"pool.deal_cap", [](const Settings& s, Language language) {
                              return say("deal cap {0}, {1} months", usd(s.pool.deal_cap_usd, language), fixed(s.pool.deal_cap_months, 0));
                          }});
        inputs.push_back({"pool.hedge_ratio_cap",
                          [](const Settings& s, Language language) { return say("hedge ratio at most {0}", share(s.pool.hedge_ratio_cap, language)); }});
        inputs.push_back({"pool.concentration", [](const Settings& s, Language language) {
                              return say("concentration limits: exporter {0}, group {1}, sector {2}, bank {3}", share(s.pool.concentration_exporter, language),
                                         share(s.pool.concentration_group, language), share(s.pool.concentration_sector, language),
                                         share(s.pool.concentration_bank, language));
                          }});
    }
    return inputs;
}

}  // namespace

std::vector<Message> assumptions(const Scenario& scenario, Language language) {
    std::vector<Message> said;
    for (const auto& input : inputs_of(scenario.settings)) {
        if (!is_given(scenario, input.key)) said.push_back(input.say_default(scenario.settings, language));
    }
    return said;
}

}  // namespace fxpool::report
