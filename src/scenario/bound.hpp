#pragma once

#include "fxpool/base/message.hpp"
#include "fxpool/settings/settings.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace fxpool::scenario {

/// "<= 1%" as a limit without its metric; nothing for what is no bound.
std::optional<Limit> parse_bound(std::string_view text);

/// What is wrong with a path into a result's metrics ("pool_loss.demand.var.0.99"); its first word must be a known one.
std::optional<Message> wrong_metric(const std::string& path);

}  // namespace fxpool::scenario
