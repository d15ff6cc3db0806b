#include "coordinates.hpp"
#include "family_list.hpp"
#include "fxpool/base/random.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

// garch by maximum likelihood (Glosten, Jagannathan and Runkle 1993; Student residuals: Bollerslev 1987, "A conditionally heteroskedastic
// time series model"). The first day's variance is the sample's about the mean. Residuals from history: the normal likelihood is maximised
// (quasi maximum likelihood, Bollerslev and Wooldridge 1992), the errors are the robust ones, and the residuals left are what is drawn.
//
// Coordinates: ln omega; ln of the shares of alpha/2 and of (alpha + gamma)/2 in the persistence, each over beta's
// share; logit of the persistence alpha + gamma/2 + beta; mean in basis points; student: ln(df - 2). So alpha, alpha + gamma and beta are
// never negative and the persistence stays below 1.
namespace fxpool::calibrate {
namespace {

enum Slot : std::size_t { constant, rises, falls, persisting, mean, freedom };

/// ln of a share that is 0.
constexpr double ln_of_none = -50;
/// Log-likelihood that setting a share to 0 may cost.
constexpr double no_loss = 0.02;
constexpr double highest_persistence = 0.9999;
/// Degrees of freedom beyond which a Student residual can't be told from a normal one.
constexpr double highest_df = 100;
constexpr double basis_point = 1e-4;
constexpr std::size_t anchor_count = 12;

using Kind = Residuals::Kind;

GarchModel model_of(std::span<const double> all, Kind kind) {
    const auto share = [](double logarithm) { return logarithm <= ln_of_none ? 0 : std::exp(logarithm); };
    const double persistence = logistic(all[persisting]);
    const double beta_share = 1 / (1 + share(all[rises]) + share(all[falls]));
    GarchModel model;
    model.omega = std::exp(all[constant]);
    model.alpha = 2 * persistence * beta_share * share(all[rises]);
    model.gamma = 2 * persistence * beta_share * share(all[falls]) - model.alpha;
    model.beta = persistence * beta_share;
    model.mean = all[mean] * basis_point;
    model.residuals.kind = kind;
    if (kind == Kind::student) model.residuals.df = 2 + std::exp(all[freedom]);
    return model;
}

std::vector<double> coordinates_of(const GarchModel& model) {
    const double weight = persistence(model, 0.5);
    const auto log_share = [&](double coefficient) { return coefficient < 1e-12 ? ln_of_none : std::log(coefficient / 2 / model.beta); };
    std::vector<double> all = {std::log(model.omega), log_share(model.alpha), log_share(model.alpha + model.gamma), logit(weight), model.mean / basis_point};
    if (model.residuals.kind == Kind::student) all.push_back(std::log(model.residuals.df - 2));
    return all;
}

double start_variance(const GarchModel& model, std::span<const double> moves) {
    double sum = 0;
    for (const double move : moves) sum += (move - model.mean) * (move - model.mean);
    return sum / static_cast<double>(moves.size());
}

/// Calls each(variance, residual) for every move, in turn: residual = (move - mean) / sqrt(variance).
void along(const GarchModel& model, std::span<const double> moves, auto&& each) {
    double h = start_variance(model, moves);
    for (const double move : moves) {
        const double e = move - model.mean;
        each(h, e);
        h = model.omega + (model.alpha + (e < 0 ? model.gamma : 0)) * e * e + model.beta * h;
    }
}

/// ln of the density of a residual of variance 1, times what its variance makes of it: normal, or Student.
class RowLikelihood {
  public:
    explicit RowLikelihood(const Residuals& residuals) : student_(residuals.kind == Kind::student), df_(residuals.df) {
        if (student_) {
            constant_ = boost::math::lgamma((df_ + 1) / 2) - boost::math::lgamma(df_ / 2) - 0.5 * std::log(std::numbers::pi * (df_ - 2));
        } else {
            constant_ = -0.5 * std::log(2 * std::numbers::pi);
        }
    }
    double operator()(double h, double e) const {
        const double tail = student_ ? (df_ + 1) / 2 * std::log1p(e * e / (h * (df_ - 2))) : 0.5 * e * e / h;
        return constant_ - 0.5 * std::log(h) - tail;
    }

  private:
    bool student_;
    double df_, constant_;
};

double log_likelihood_of(std::span<const double> all, Kind kind, std::span<const double> moves) {
    const auto model = model_of(all, kind);
    const RowLikelihood row(model.residuals);
    double sum = 0;
    along(model, moves, [&](double h, double e) { sum += row(h, e); });
    return sum;
}

std::vector<bool> held_in(const Fit& fit) {
    // alpha's and gamma's floors are those of the two shares
    std::vector<bool> held(fit.parameters.size(), false);
    held[rises] = fit.parameters[1].status == Parameter::Status::at_floor;
    held[falls] = fit.parameters[3].status == Parameter::Status::at_floor;
    return held;
}

std::vector<double> all_of(const Fit& fit, std::span<const double> free) {
    return with_free(coordinates_of(std::get<GarchModel>(fit.model)), held_in(fit), free);
}

Kind kind_of(const Fit& fit) { return std::get<GarchModel>(fit.model).residuals.kind; }

double garch_log_likelihood(const Fit& fit, std::span<const double> coordinates, std::span<const double> moves) {
    return log_likelihood_of(all_of(fit, coordinates), kind_of(fit), moves);
}

Fit garch_at(const Fit& fit, std::span<const double> coordinates) {
    const auto& old = std::get<GarchModel>(fit.model);
    auto model = model_of(all_of(fit, coordinates), old.residuals.kind);
    model.window = old.window;
    model.mean_block = old.mean_block;
    auto at = fit;
    at.coordinates.assign(coordinates.begin(), coordinates.end());
    const std::array values = {model.omega, model.alpha, model.beta, model.gamma, model.mean, model.residuals.df};
    for (std::size_t i = 0; i < at.parameters.size(); ++i) at.parameters[i].value = values[i];
    at.long_run = model;
    model.start_volatility = old.start_volatility;
    at.model = std::move(model);
    return at;
}

/// The best of a few usual points.
std::vector<double> start_of(const Likelihood& f, std::span<const double> moves, Kind kind) {
    std::vector<double> best;
    double highest = 0;
    for (const double persistence : {0.85, 0.95, 0.98, 0.995}) {
        for (const double alpha : {0.03, 0.08, 0.2}) {
            const double share = std::log(alpha / 2 / (persistence - alpha));
            std::vector<double> all = {std::log(variance_of(moves) * (1 - persistence)), share, share, logit(persistence), mean_of(moves) / basis_point};
            if (kind == Kind::student) all.push_back(std::log(4.0));
            const double value = f(all);
            if (best.empty() || value > highest) {
                best = all;
                highest = value;
            }
        }
    }
    return best;
}

/// The search. A share that the data do not miss is set to 0 while the rest is sought again.
Maximum search(const Likelihood& f, Space& space) {
    auto maximum = climb(f, space);
    for (int round = 0; round < 2; ++round) {
        double least = no_loss;
        std::optional<std::size_t> idle;
        for (const std::size_t slot : {rises, falls}) {
            if (space.held[slot]) continue;
            auto without = maximum.at;
            without[slot] = ln_of_none;
            const double loss = maximum.value - f(without);
            if (loss < least) {
                least = loss;
                idle = slot;
            }
        }
        if (!idle) break;
        for (std::size_t i = 0; i < space.held.size(); ++i) space.ranges[i].start = maximum.at[i];
        space.hold(*idle, ln_of_none);
        maximum = climb(f, space);
    }
    return maximum;
}

/// The inverse of the information times the spread of the scores times the inverse: right where the residuals are not normal, too
/// (White 1982; Bollerslev and Wooldridge 1992).
std::vector<double> robust_covariance(const Fit& fit, std::span<const double> moves) {
    const auto count = fit.coordinates.size();
    const RowLikelihood row(Residuals{});
    const auto rows_at = [&](std::span<const double> coordinates) {
        std::vector<double> rows;
        along(model_of(all_of(fit, coordinates), Kind::normal), moves, [&](double h, double e) { rows.push_back(row(h, e)); });
        return rows;
    };
    std::vector<std::vector<double>> scores;
    for (std::size_t i = 0; i < count; ++i) {
        const double step = 0.01 * std::sqrt(fit.covariance[i * count + i]);
        auto shifted = fit.coordinates;
        shifted[i] += step;
        auto score = rows_at(shifted);
        shifted[i] -= 2 * step;
        const auto below = rows_at(shifted);
        for (std::size_t t = 0; t < moves.size(); ++t) score[t] = (score[t] - below[t]) / (2 * step);
        scores.push_back(std::move(score));
    }
    std::vector<double> spread(count * count, 0.0), half(count * count, 0.0), covariance(count * count, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) {
            for (std::size_t t = 0; t < moves.size(); ++t) spread[i * count + j] += scores[i][t] * scores[j][t];
        }
    }
    const auto multiply = [&](const std::vector<double>& a, const std::vector<double>& b, std::vector<double>& product) {
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = 0; j < count; ++j) {
                for (std::size_t k = 0; k < count; ++k) product[i * count + j] += a[i * count + k] * b[k * count + j];
            }
        }
    };
    multiply(fit.covariance, spread, half);
    multiply(half, fit.covariance, covariance);
    return covariance;
}

/// 1/2, or with residuals from history theirs.
double share_below_of(const Fit& fit) {
    const auto& model = std::get<GarchModel>(fit.long_run);
    return model.residuals.kind == Kind::history ? share_below(standardised_residuals(model, fit.history)) : 0.5;
}

double long_run_variance(const Fit& fit) {
    const auto& model = std::get<GarchModel>(fit.long_run);
    return model.omega / (1 - persistence(model, share_below_of(fit)));
}

std::vector<Parameter> parameters_of(const Space& space, Kind kind) {
    using Scale = Parameter::Scale;
    const auto status = [&](Slot slot) { return space.held[slot] ? Parameter::Status::at_floor : Parameter::Status::estimated; };
    std::vector<Parameter> parameters = {{.name = "omega", .scale = Scale::log},
                                         {.name = "alpha", .status = status(rises), .scale = Scale::log},
                                         {.name = "beta", .scale = Scale::logit},
                                         {.name = "gamma", .status = status(falls)},
                                         {.name = "mean"}};
    if (kind == Kind::student) parameters.push_back({.name = "df", .scale = Scale::log});
    return parameters;
}

std::optional<Message> bound_met(const Maximum& maximum, const Space& space, Kind kind) {
    if (space.held[rises] && space.held[falls]) return say("alpha and alpha + gamma go to 0: the moves' size has no memory; use gbm");
    if (logistic(maximum.at[persisting]) > highest_persistence) {
        return say("alpha + gamma/2 + beta goes to 1: the variance has no long-run mean in this sample; use other dates, or regime");
    }
    if (kind == Kind::student && std::exp(maximum.at[freedom]) > (highest_df - 2) * 0.999) return say("the residuals are normal: use residuals: normal");
    if (maximum.on_bound.empty()) return std::nullopt;
    if (maximum.on_bound.front() == rises || maximum.on_bound.front() == falls) return say("beta goes to 0: the variance remembers a single day; use gbm");
    constexpr std::array names = {"omega", "alpha", "gamma", "beta", "mean", "df"};
    return say("the largest likelihood lies on the bound of {0}", names[static_cast<std::size_t>(maximum.on_bound.front())]);
}

Fit garch_fit(const Series& series, const FitOptions& options) {
    const auto kind = options.residuals;
    const auto& moves = series.moves;
    Fit fit;
    fit.dt = series.dt;
    const double variance = variance_of(moves);
    if (!(variance > 0)) {
        fit.failure = say("the rate does not move: there is nothing to fit");
        return fit;
    }
    const Likelihood f = with_progress([&](std::span<const double> all) { return log_likelihood_of(all, kind, moves); }, options, 0, 1, 600);
    Space space({{0, std::log(variance) - 20, std::log(variance) + 2, 0.3},
                 {0, -12, 4, 0.3},
                 {0, -12, 4, 0.3},
                 {0, -6, logit(0.99999), 0.5},
                 {0, -200, 200, 0.1 * std::sqrt(variance) / basis_point}});
    if (kind == Kind::student) {
        space.ranges.push_back({0, std::log(0.02), std::log(highest_df - 2), 0.2});
        space.held.push_back(false);
    }
    space.start_from(options.start.size() == space.ranges.size() ? options.start : start_of(f, moves, kind));
    const auto maximum = search(f, space);

    GarchModel model = model_of(maximum.at, kind);
    if (kind == Kind::history) {
        fit.history = moves;
        model.window.from = series.dates.front();
        model.window.to = series.dates.back();
    }
    fit.model = model;
    fit.parameters = parameters_of(space, kind);
    fit = garch_at(fit, free_part(maximum.at, space.held));
    fit.failure = bound_met(maximum, space, kind);
    if (fit.failure) return fit;
    if (space.held[rises]) fit.notes.push_back(say("alpha is 0, its floor: rises of the rate do not raise the variance"));
    if (space.held[falls]) fit.notes.push_back(say("alpha + gamma is 0, its floor: falls of the rate do not raise the variance"));
    conclude(fit, maximum, f, space, garch_at);
    if (fit.failure) return fit;
    if (kind == Kind::history) {
        fit.covariance = robust_covariance(fit, moves);
        set_standard_errors(fit, garch_at);
        if (persistence(model, share_below_of(fit)) > highest_persistence) {
            fit.failure = say("alpha + beta + gamma times the residuals' mean(z^2; z < 0) goes to 1: the variance has no long-run mean in this sample");
            return fit;
        }
    }
    std::get<GarchModel>(fit.model).start_volatility = std::sqrt(filtered_variances(model, moves, start_variance(model, moves)).back() / fit.dt);
    return fit;
}

/// The anchors' start volatilities over the long-run one: 0.3 to 5, evenly in the log.
double anchor_multiple(std::size_t k) { return 0.3 * std::pow(5 / 0.3, static_cast<double>(k) / (anchor_count - 1)); }

std::vector<Model> garch_anchors(const Fit& fit) {
    const double volatility = std::sqrt(long_run_variance(fit) / fit.dt);
    std::vector<Model> anchors;
    for (std::size_t k = 0; k < anchor_count; ++k) {
        auto model = std::get<GarchModel>(fit.long_run);
        model.start_volatility = volatility * anchor_multiple(k);
        anchors.emplace_back(std::move(model));
    }
    return anchors;
}

/// Adds the weights of a day whose variance is `ratio` times the long-run one: linear in ln h between the two anchors around it.
void add_weights(std::vector<double>& weights, double ratio) {
    const double place = std::log(std::sqrt(ratio) / anchor_multiple(0)) / std::log(anchor_multiple(1) / anchor_multiple(0));
    const double within = std::clamp(place, 0.0, static_cast<double>(anchor_count - 1));
    const auto lower = std::min(static_cast<std::size_t>(within), anchor_count - 2);
    const auto row = weights.size();
    weights.resize(row + anchor_count, 0.0);
    weights[row + lower + 1] = within - static_cast<double>(lower);
    weights[row + lower] = 1 - weights[row + lower + 1];
}

Filtered garch_filter(const Fit& fit, std::span<const double> moves) {
    const auto& model = std::get<GarchModel>(fit.long_run);
    const auto kind = model.residuals.kind;
    const RowLikelihood row(model.residuals);
    auto residuals = kind == Kind::history ? standardised_residuals(model, fit.history) : std::vector<double>{};
    std::sort(residuals.begin(), residuals.end());
    const double df = model.residuals.df;
    const auto distribution = [&](double z) {
        if (kind == Kind::normal) return normal_cdf(z);
        if (kind == Kind::student) return boost::math::cdf(boost::math::students_t(df), z * std::sqrt(df / (df - 2)));
        const auto [first, last] = std::equal_range(residuals.begin(), residuals.end(), z);
        const auto below = static_cast<double>(first - residuals.begin()), equal = static_cast<double>(last - first);
        return (below + (equal + 1) / 2) / (static_cast<double>(residuals.size()) + 1);
    };
    const double usual = long_run_variance(fit);
    Filtered filtered;
    filtered.anchors = static_cast<int>(anchor_count);
    add_weights(filtered.weights, 1);
    bool first = true;
    along(model, moves, [&](double h, double e) {
        if (!first) add_weights(filtered.weights, h / usual);
        first = false;
        filtered.log_likelihood += row(h, e);
        filtered.pit.push_back(distribution(e / std::sqrt(h)));
    });
    if (!moves.empty()) add_weights(filtered.weights, filtered_variances(model, moves, start_variance(model, moves)).back() / usual);
    return filtered;
}

}  // namespace

Family garch_family() { return {GarchModel::name, garch_fit, garch_log_likelihood, garch_at, garch_filter, garch_anchors}; }

}  // namespace fxpool::calibrate
