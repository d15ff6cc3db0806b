#pragma once

#include <cstdlib>
#include <string_view>

namespace fxpool::testing {

/// The figure under test of a [statistical] case. With FXPOOL_PLANTED=1 it is biased, and the case must fail: a test that cannot see
/// a bias of 1 % (10 % where its standard error is above 0.14 % of the value) is none.
inline double planted(double figure, double bias = 0.01) {
    const char* wanted = std::getenv("FXPOOL_PLANTED");
    return wanted != nullptr && std::string_view(wanted) == "1" ? figure * (1 + bias) : figure;
}

}  // namespace fxpool::testing
