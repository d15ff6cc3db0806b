#include "fxpool/model/mixing.hpp"

#include <cmath>

namespace fxpool {

// The chi-square by the method of Marsaglia and Tsang (2000), "A simple method for generating gamma variables", whose tries are numbered.
double mixing_factor(const StepDraws& draws, std::int32_t place, int day, double df) {
    const double d = df / 2 - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    double v = 1;
    for (std::uint32_t attempt = 0; attempt < 128; ++attempt) {
        const std::uint32_t index = attempt << 24U | static_cast<std::uint32_t>(day);
        const double x = draws.normal(Purpose::mixing, place, index);
        v = 1 + c * x;
        if (v <= 0) continue;
        v = v * v * v;
        const double u = draws.uniform(Purpose::mixing_accept, place, index);
        if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) break;
    }
    return std::sqrt((df - 2) / (2 * d * v));
}

}  // namespace fxpool
