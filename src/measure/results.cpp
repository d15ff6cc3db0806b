#include "fxpool/measure/results.hpp"

namespace fxpool {

std::optional<std::pair<double, double>> Estimate::interval() const {
    if (low && high) return std::pair{*low, *high};
    if (standard_error && known()) {
        constexpr double z = 1.959963984540054;
        return std::pair{value - z * *standard_error, value + z * *standard_error};
    }
    return std::nullopt;
}

const Estimate* Results::find(const std::string& dotted) const {
    // A key may hold dots itself ("0.99"): comparing the joined paths finds the same metric as the longest matching key would.
    for (const auto& metric : metrics) {
        std::string joined;
        for (const auto& key : metric.path) joined += joined.empty() ? key : "." + key;
        if (joined == dotted) return &metric.estimate;
    }
    return nullptr;
}

}  // namespace fxpool
