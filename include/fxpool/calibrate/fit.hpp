#pragma once

#include "fxpool/calibrate/sample_length.hpp"
#include "fxpool/calibrate/series.hpp"
#include "fxpool/model/model.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What a fit is, whatever the model. Each model has one file src/calibrate/fit_<model>.cpp and one line in families().
namespace fxpool::calibrate {

/// One estimated number.
struct Parameter {
    enum class Status { estimated, fixed, at_floor };
    enum class Scale { plain, log, logit };  ///< on which its error is closest to normal: intervals are made there
    std::string name;                        ///< as in the scenario: volatility, states[0].drift, generator[0][1]
    double value = 0;
    std::optional<double> standard_error;  ///< of the value itself; none where fixed or at its floor
    Status status = Status::estimated;
    Scale scale = Scale::plain;
};

struct FitOptions {
    int states = 2;                                        ///< regime: 2 or 3
    Residuals::Kind residuals = Residuals::Kind::history;  ///< garch
    std::vector<double> start;                             ///< coordinates to start from (a refit on a few more rows); empty: found from the data
    std::function<void(double share_done)> progress;       ///< may be empty
};

struct Fit {
    Model model;                        ///< as it stands at the sample's end: start volatility, probabilities, v0
    Model long_run;                     ///< the same, started from its long run
    std::vector<Parameter> parameters;  ///< in the order of the model's keys; regime's states by volatility, lowest first
    std::vector<double> coordinates;    ///< the free parameters on an unbounded scale (logs, logits); empty where there is no likelihood
    std::vector<double> covariance;     ///< of the coordinates, row-major; empty where there is none
    std::optional<double> log_likelihood;
    int free_parameters = 0;
    double dt = 0;                   ///< the clock of the sample
    std::vector<double> history;     ///< moves that bootstrap, and garch with residuals from history, draw from
    std::vector<Message> notes;      ///< a floor that binds, what was fixed and why
    std::optional<Message> failure;  ///< did not converge, or sits on a bound: then nothing else is to be trusted
};

/// One-step forecasts along a series of moves, and what is known of the state after each.
struct Filtered {
    double log_likelihood = 0;
    std::vector<double> pit;  ///< probability integral transform of move i, given the moves before it: uniform where the model holds
    int anchors = 1;
    std::vector<double> weights;  ///< [i * anchors + k]: weight of anchor k after i moves, i = 0 ... moves.size(); rows sum to 1
};

/// What can be done with a model, as functions on its fit.
struct Family {
    const char* name;
    Fit (*fit)(const Series& series, const FitOptions& options);
    /// Null where there is no likelihood (bootstrap).
    double (*log_likelihood)(const Fit& fit, std::span<const double> coordinates, std::span<const double> moves);
    /// The fit with other coordinates: model, long_run and the parameters' values made anew. The start (probabilities, volatility, v0), the
    /// covariance, the errors and what was held fixed stay those of `fit`.
    Fit (*at)(const Fit& fit, std::span<const double> coordinates);
    Filtered (*filter)(const Fit& fit, std::span<const double> moves);
    /// The law of the moves to come is a mixture of the laws of the model started from each of these (their weights: Filtered): one for
    /// models without a state, a state each for regime, a ladder of variances for garch and heston.
    std::vector<Model> (*anchors)(const Fit& fit);
    int shortest = two_years;  ///< days that a window must have: one year does where few parameters are sought
};

/// Every model that can be fitted, in the order of `Model`.
std::span<const Family> families();
/// Null where there is none of that name.
const Family* family_of(std::string_view name);

/// `count` log moves of the model, one a row on the fit's clock. Draws: path number `path` of calibration's own.
std::vector<double> simulate(const Fit& fit, const Model& model, int count, std::uint64_t seed, std::int64_t path);
/// The same in two steps, where many paths are drawn.
MoveTerms simulation_terms(const Fit& fit, const Model& model, int count);
std::vector<double> simulate(const MoveTerms& terms, std::uint64_t seed, std::int64_t path);

}  // namespace fxpool::calibrate
