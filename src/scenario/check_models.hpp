#pragma once

#include "node.hpp"

#include "fxpool/base/problem.hpp"

namespace fxpool::scenario {

/// What shows only between the parameters of a rate model, between a model and its pair, and between models and correlations.
/// After check_keys(): looks only into models in which that found nothing wrong.
void check_models(const Node& tree, bool fragment, Problems& problems);

}  // namespace fxpool::scenario
