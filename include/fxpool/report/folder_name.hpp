#pragma once

#include "fxpool/settings/settings.hpp"

#include <string>

/// Where a result stands that `--set` has changed: a folder of its own, so that the scenario's result is not overwritten.
namespace fxpool::report {

/// The overrides that change what is simulated: all but those under `simulation` (paths and seed stand on the page anyway).
Overrides told_overrides(const Overrides& overrides);

/// "fuzhou-base", or "fuzhou-base+pool.multiple=5". Letters, digits and "._=%,-" stay as they are; where others had to give way, or the
/// name would be longer than 120 bytes, it ends in a hash of the whole, so that two results never share a folder.
std::string folder_name(const std::string& scenario, const Overrides& overrides);

}  // namespace fxpool::report
