#pragma once

#include "key_type.hpp"

namespace fxpool::scenario {

/// The sections of the file, each described in a file of its own; scenario_type() in keys.cpp puts them together.
Key market_key();
Key pool_key();
Key banks_key();
Key exporters_key();
Key new_business_key();
Key failure_key();

}  // namespace fxpool::scenario
