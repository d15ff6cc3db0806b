#include "fxpool/measure/count_names.hpp"

#include <functional>
#include <utility>

namespace fxpool {
namespace {

using Reader = double (*)(const PathOutcome&);

struct Count {
    std::vector<std::string> path;
    Reader read;
};

const std::vector<Count>& counts() {
    static const std::vector<Count> all = {
        {{"failures", "insolvency", "mean"}, [](const PathOutcome& o) { return double(o.insolvent); }},
        {{"failures", "insolvent_with_contracts", "mean"}, [](const PathOutcome& o) { return double(o.insolvent_with_contracts); }},
        {{"failures", "insolvent_without_contracts", "mean"}, [](const PathOutcome& o) { return double(o.insolvent - o.insolvent_with_contracts); }},
        {{"failures", "order_loss", "mean"}, [](const PathOutcome& o) { return double(o.lost_orders); }},
        {{"failures", "strategic", "mean"}, [](const PathOutcome& o) { return double(o.walked_away); }},
        {{"failures", "margin_call", "mean"}, [](const PathOutcome& o) { return double(o.called_out); }},
        {{"failures", "absorbed", "mean"}, [](const PathOutcome& o) { return double(o.absorbed); }},
        {{"failures", "pending", "mean"}, [](const PathOutcome& o) { return double(o.pending); }},
        {{"failures", "not_opened", "mean"}, [](const PathOutcome& o) { return double(o.not_opened); }},
        {{"contracts", "opened", "mean"}, [](const PathOutcome& o) { return double(o.opened - o.rolled); }},
        {{"contracts", "delivered", "mean"}, [](const PathOutcome& o) { return double(o.delivered); }},
        {{"contracts", "failed", "mean"}, [](const PathOutcome& o) { return double(o.failed); }},
        {{"contracts", "closed_out", "mean"}, [](const PathOutcome& o) { return double(o.closed_out); }},
        {{"contracts", "rolled", "mean"}, [](const PathOutcome& o) { return double(o.rolled); }},
        {{"contracts", "alive", "mean"}, [](const PathOutcome& o) { return double(o.alive); }},
    };
    return all;
}

}  // namespace

const std::vector<std::vector<std::string>>& count_names() {
    static const auto names = [] {
        std::vector<std::vector<std::string>> all;
        for (const auto& count : counts()) all.push_back(count.path);
        return all;
    }();
    return names;
}

std::vector<double> counts_of(const PathOutcome& outcome) {
    std::vector<double> values;
    values.reserve(counts().size());
    for (const auto& count : counts()) values.push_back(count.read(outcome));
    return values;
}

}  // namespace fxpool
