#include "fxpool/app/load.hpp"

#include "fxpool/measure/block.hpp"
#include "fxpool/report/limits.hpp"

namespace fxpool::app {

std::optional<PreparedScenario> load_for_run(const std::filesystem::path& file, const Overrides& overrides, Problems& problems) {
    auto ready = prepare_scenario(file, overrides, problems);
    if (!ready || ready->scenario.fragment || ready->scenario.settings.limits.empty()) return ready;
    // Which metrics there are hangs on the banks and years of the scenario: one path names them all.
    const auto& benefit = ready->scenario.settings.benefit;
    const auto one_path = walk_block(ready->prepared, 0, 1).results(ready->prepared, {benefit.loan_rate, benefit.deposit_rate, benefit.fund_cost});
    Problems unknown;
    report::unknown_metrics(ready->scenario, one_path, unknown);
    problems.append(unknown);
    if (unknown.has_errors()) return std::nullopt;
    return ready;
}

}  // namespace fxpool::app
