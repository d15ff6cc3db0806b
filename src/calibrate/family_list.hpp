#pragma once

#include "fxpool/calibrate/fit.hpp"

/// One a file fit_<model>.cpp.
namespace fxpool::calibrate {

Family gbm_family();
Family merton_family();
Family heston_family();
Family regime_family();
Family bootstrap_family();
Family garch_family();

}  // namespace fxpool::calibrate
