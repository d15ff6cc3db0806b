#pragma once

#include "fxpool/base/message.hpp"
#include "fxpool/settings/settings.hpp"

#include <vector>

namespace fxpool::report {

/// The key inputs that stand at a default which the city has not published, whether a file writes it or not: whoever reads a result
/// should know. The cap of a claim is said whatever it is.
std::vector<Message> assumptions(const Scenario& scenario, Language language);

/// For a scenario that extends others: each file, base first, and the keys that hold because of it (at most ten, then how many more).
std::vector<Message> chain_lines(const Scenario& scenario);

}  // namespace fxpool::report
