#include "coordinates.hpp"
#include "family_list.hpp"
#include "fxpool/base/random.hpp"

#include <cmath>

// gbm in closed form. Coordinates: ln volatility, and the mean log move a year.
namespace fxpool::calibrate {
namespace {

Fit gbm_at(const Fit& fit, std::span<const double> coordinates) {
    const double volatility = std::exp(coordinates[0]);
    const double drift = coordinates[1] + volatility * volatility / 2;  // of the expectation
    GbmModel model;
    model.volatility.steps = {{Date{}, volatility}};
    model.drift.steps = {{Date{}, drift}};
    auto at = fit;
    at.model = at.long_run = model;
    at.coordinates.assign(coordinates.begin(), coordinates.end());
    at.parameters.resize(2);
    at.parameters[0].name = "volatility";
    at.parameters[0].value = volatility;
    at.parameters[0].scale = Parameter::Scale::log;
    at.parameters[1].name = "drift";
    at.parameters[1].value = drift;
    return at;
}

double gbm_log_likelihood(const Fit& fit, std::span<const double> coordinates, std::span<const double> moves) {
    const double variance = std::exp(2 * coordinates[0]) * fit.dt;
    const double mean = coordinates[1] * fit.dt;
    double sum = 0;
    for (const double move : moves) sum += log_normal_density(move, mean, variance);
    return sum;
}

Fit gbm_fit(const Series& series, const FitOptions&) {
    Fit fit;
    fit.dt = series.dt;
    const double variance = variance_of(series.moves);
    if (!(variance > 0)) {
        fit.failure = say("the rate does not move: there is nothing to fit");
        return fit;
    }
    const auto count = static_cast<double>(series.moves.size());
    const std::vector<double> coordinates = {0.5 * std::log(variance / fit.dt), mean_of(series.moves) / fit.dt};
    fit = gbm_at(fit, coordinates);
    // Fisher's information of a normal sample: 2 n for ln s, n / s^2 for the mean, no mixed term
    fit.covariance = {1 / (2 * count), 0, 0, variance / (fit.dt * fit.dt) / count};
    fit.free_parameters = 2;
    fit.log_likelihood = gbm_log_likelihood(fit, coordinates, series.moves);
    set_standard_errors(fit, gbm_at);
    return fit;
}

Filtered gbm_filter(const Fit& fit, std::span<const double> moves) {
    const double mean = fit.coordinates[1] * fit.dt;
    const double deviation = std::exp(fit.coordinates[0]) * std::sqrt(fit.dt);
    Filtered filtered;
    filtered.log_likelihood = gbm_log_likelihood(fit, fit.coordinates, moves);
    for (const double move : moves) filtered.pit.push_back(normal_cdf((move - mean) / deviation));
    filtered.weights.assign(moves.size() + 1, 1.0);
    return filtered;
}

}  // namespace

Family gbm_family() {
    return {GbmModel::name, gbm_fit, gbm_log_likelihood, gbm_at, gbm_filter, [](const Fit& fit) { return std::vector<Model>{fit.long_run}; }, one_year};
}

}  // namespace fxpool::calibrate
