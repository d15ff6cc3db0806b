#pragma once

#include "fxpool/report/result_folder.hpp"

#include <nlohmann/json_fwd.hpp>

namespace fxpool::report {

/// manifest.json: SHA-256 of every input file, program, libraries, seed, paths, threads, wall time, command line.
nlohmann::ordered_json manifest_json(const Scenario& scenario, const Prepared& prepared, const Results& results, const RunFacts& facts);

}  // namespace fxpool::report
