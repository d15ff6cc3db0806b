#include "fxpool/report/limits.hpp"

#include "fxpool/base/suggestion.hpp"

namespace fxpool::report {
namespace {

bool holds(double value, const Limit& limit) {
    switch (limit.bound) {
        case Limit::Bound::at_most: return value <= limit.value;
        case Limit::Bound::less: return value < limit.value;
        case Limit::Bound::at_least: return value >= limit.value;
        case Limit::Bound::more: return value > limit.value;
    }
    return false;
}

}  // namespace

std::string dotted(const Metric& metric) {
    std::string joined;
    for (const auto& key : metric.path) joined += joined.empty() ? key : "." + key;
    return joined;
}

std::vector<Verdict> judge(const std::vector<Limit>& limits, const Results& results) {
    std::vector<Verdict> verdicts;
    for (const auto& limit : limits) {
        const Estimate* estimate = results.find(limit.metric);
        if (estimate == nullptr) continue;
        Verdict verdict{limit, *estimate, estimate->known() && holds(estimate->value, limit), false};
        if (const auto interval = estimate->interval(); interval && estimate->known()) {
            verdict.uncertain = holds(interval->first, limit) != holds(interval->second, limit);
        }
        verdicts.push_back(std::move(verdict));
    }
    return verdicts;
}

void unknown_metrics(const Scenario& scenario, const Results& results, Problems& problems) {
    std::vector<std::string> known;
    for (const auto& limit : scenario.settings.limits) {
        if (results.find(limit.metric) != nullptr) continue;
        if (known.empty()) {
            for (const auto& metric : results.metrics) known.push_back(dotted(metric));
        }
        const std::string key = "limits." + limit.metric;
        const auto meant = nearest_word(limit.metric, known);
        problems.error(scenario.place_of(key), key,
                       meant ? say("unknown metric '{0}'; did you mean '{1}'?", limit.metric, *meant)
                             : say("unknown metric '{0}'; summary.json of any run lists them", limit.metric));
    }
}

}  // namespace fxpool::report
