#pragma once

#include "fxpool/engine/prepared.hpp"
#include "fxpool/engine/trace.hpp"
#include "fxpool/settings/settings.hpp"

#include <nlohmann/json_fwd.hpp>

namespace fxpool::report {

/// One path's ledger for programs: every day, event and claim with all digits, and the sums. Keys are in docs/results.md.
nlohmann::ordered_json trace_json(const Scenario& scenario, const Prepared& prepared, const PathTrace& trace, const PathOutcome& outcome);

}  // namespace fxpool::report
