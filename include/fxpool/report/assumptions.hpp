#pragma once

#include "fxpool/base/message.hpp"
#include "fxpool/settings/settings.hpp"

#include <vector>

namespace fxpool::report {

/// The key inputs that no file gives and no rule of the city publishes: whoever reads a result should know that they are defaults.
std::vector<Message> assumptions(const Scenario& scenario, Language language);

}  // namespace fxpool::report
