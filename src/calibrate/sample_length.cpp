#include "fxpool/calibrate/sample_length.hpp"

#include "fxpool/calibrate/fit.hpp"

namespace fxpool::calibrate {
namespace {

/// "gbm, merton, bootstrap": the models that need so many days.
std::string models_with(int shortest) {
    std::string names;
    for (const auto& family : families()) {
        if (family.shortest == shortest) names += (names.empty() ? "" : ", ") + std::string(family.name);
    }
    return names;
}

}  // namespace

std::optional<Message> too_short(Date first, Date last, int shortest) {
    if (last - first >= shortest) return std::nullopt;
    return say("the rates reach from {0} to {1}, {2} days: {3} need one year ({4} days or more), {5} two years ({6} days or more)", first, last, last - first,
               models_with(one_year), one_year, models_with(two_years), two_years);
}

}  // namespace fxpool::calibrate
