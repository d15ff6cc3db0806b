#include "tests/calibrate/recovery.hpp"

#include <array>
#include <numeric>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

namespace {

const Family& heston() { return *family_of("heston"); }

/// kappa 6, theta 0.0018, xi 0.12, drift 0.01; or others.
Fit known_heston(double kappa = 6, double theta = 0.0018, double xi = 0.12, double drift = 0.01) {
    Fit fit;
    fit.dt = 0.004;
    HestonModel model;
    model.kappa = kappa, model.theta = theta, model.xi = xi, model.drift.rate = drift;
    fit.model = model;  // the cells are the fit's
    fit.parameters.resize(6);
    fit.parameters[4].status = Parameter::Status::fixed;
    const std::array coordinates = {std::log(kappa), std::log(theta), std::log(xi), drift / std::sqrt(theta)};
    return heston().at(fit, coordinates);
}

/// The density of a first day's move, on a grid.
class FirstMove {
  public:
    explicit FirstMove(const Fit& fit) {
        for (double x = -0.036; x <= 0.036; x += step) {
            const std::array move = {x};
            moves_.push_back(x);
            densities_.push_back(std::exp(heston().log_likelihood(fit, fit.coordinates, move)));
        }
    }
    /// The integral of f(x) times the density.
    template <class F>
    double expectation(F f) const {
        double sum = 0;
        for (std::size_t i = 0; i < moves_.size(); ++i) sum += f(moves_[i]) * densities_[i] * step;
        return sum;
    }

  private:
    static constexpr double step = 3e-5;
    std::vector<double> moves_, densities_;
};

double spread_of(double kappa, double theta, double xi) { return theta * xi * xi / (2 * kappa); }  ///< variance of the long-run variance

}  // namespace

TEST_CASE("heston's density of a move is one, with the moments of the long-run law", "[fit_heston]") {
    // shapes 2 kappa theta / xi^2 of 1.5, 0.4 (the variance touches 0) and 6
    for (const auto& [kappa, theta, xi] : {std::tuple{6.0, 0.0018, 0.12}, std::tuple{2.8, 0.0018, 0.16}, std::tuple{6.0, 0.0018, 0.06}}) {
        const auto fit = known_heston(kappa, theta, xi);
        const double dt = fit.dt, mean = (0.01 - theta / 2) * dt;
        const FirstMove first(fit);
        CHECK(first.expectation([](double) { return 1; }) == Approx(1).epsilon(1e-5));
        CHECK(first.expectation([](double x) { return x; }) == Approx(mean).epsilon(1e-5));
        CHECK(first.expectation([&](double x) { return std::pow(x - mean, 2); }) == Approx(theta * dt).epsilon(1e-3));
        // fourth moment 3 E[v^2] dt^2; within a cell the variance is taken as its mean there
        CHECK(first.expectation([&](double x) { return std::pow(x - mean, 4); }) / (3 * dt * dt) ==
              Approx(theta * theta + spread_of(kappa, theta, xi)).epsilon(0.01));
    }
}

TEST_CASE("heston's variance is remembered at the speed kappa", "[fit_heston]") {
    const double kappa = 20, theta = 0.0018, dt = 0.004;
    const auto fit = known_heston(kappa, theta, 0.25, theta / 2);
    // E[x^2 y^2] = (theta^2 + spread exp(-kappa dt)) dt^2 over two successive days, E[x^4] = 3 (theta^2 + spread) dt^2
    const double step = 0.2 * std::sqrt(theta * dt);
    double fourth = 0, together = 0;
    for (int i = 1; i <= 50; ++i) {  // the mean move is 0: one quadrant is like the others
        for (int j = 0; j <= 50; ++j) {
            const std::array moves = {i * step, j * step};
            const double density = std::exp(heston().log_likelihood(fit, fit.coordinates, moves)) * step * step * (j == 0 ? 2 : 4);
            together += std::pow(moves[0] * moves[1], 2) * density;
            fourth += std::pow(moves[0], 4) * density;
        }
    }
    const double spread = fourth / 3 / dt / dt - theta * theta, covariance = together / dt / dt - theta * theta;
    CHECK(covariance / spread == Approx(std::exp(-kappa * dt)).epsilon(2e-3));
}

TEST_CASE("heston's transform is the integral of its density", "[fit_heston]") {
    const auto fit = known_heston();
    const FirstMove first(fit);
    for (const double move : {-0.004, 0.0, 0.003}) {
        const std::vector<double> moves = {move};
        const auto filtered = heston().filter(fit, moves);
        CHECK(filtered.pit[0] == Approx(first.expectation([&](double x) { return x < move ? 1.0 : 0.0; })).margin(0.004));
        CHECK(filtered.log_likelihood == Approx(heston().log_likelihood(fit, fit.coordinates, moves)));
    }
}

TEST_CASE("heston's v0 is the mean variance that the filter leaves", "[fit_heston]") {
    const auto series = series_of(simulated(true_heston().model, 1500, 61, 0));
    const auto fit = heston().fit(series, {});
    REQUIRE(!fit.failure);
    const auto filtered = heston().filter(fit, series.moves);
    const auto anchors = heston().anchors(fit);
    REQUIRE(anchors.size() == 12);
    double first = 0, last = 0;
    for (std::size_t k = 0; k < 12; ++k) {
        const double variance = std::get<HestonModel>(anchors[k]).v0;
        if (k > 0) CHECK(variance > std::get<HestonModel>(anchors[k - 1]).v0);
        first += filtered.weights[k] * variance;
        last += filtered.weights[12 * 1500 + k] * variance;
    }
    const auto& model = std::get<HestonModel>(fit.model);
    CHECK(first == Approx(model.theta));
    CHECK(last == Approx(model.v0));
    CHECK(fit.parameters[0].name == "v0");
    CHECK(fit.parameters[0].value == model.v0);
    CHECK(std::get<HestonModel>(fit.long_run).v0 == model.theta);
}

TEST_CASE("heston holds rho, and kappa where the returns do not tell it, and says so", "[fit_heston]") {
    auto truth = true_heston();
    auto& model = std::get<HestonModel>(truth.model);
    model.kappa = 1, model.xi = 0.03;
    const auto series = series_of(simulated(truth.model, 500, 62, 0));  // two years of a variance with a half-life of eight months
    const auto fit = heston().fit(series, {});
    REQUIRE(!fit.failure);
    CHECK(std::get<HestonModel>(fit.model).kappa == Approx(2.8));
    for (const std::size_t held : {1U, 4U}) {
        CHECK(fit.parameters[held].status == Parameter::Status::fixed);
        CHECK(!fit.parameters[held].standard_error);
    }
    CHECK(fit.coordinates.size() == 3);
    CHECK(fit.covariance.size() == 9);
    CHECK(fit.notes.size() == 2);
    // a refit from there holds it, too
    FitOptions options;
    options.start = fit.coordinates;
    const auto again = heston().fit(series, options);
    CHECK(again.parameters[1].status == Parameter::Status::fixed);
    CHECK(*again.log_likelihood == Approx(*fit.log_likelihood).margin(0.01));
}

TEST_CASE("heston of a constant volatility says that the variance hardly varies", "[fit_heston]") {
    int refused = 0;
    for (int sample = 0; sample < 3; ++sample) {
        const auto fit = heston().fit(series_of(simulated(true_gbm().model, 750, 63, sample)), {});
        refused += fit.failure && render(*fit.failure, Language::en) == "xi goes to 0: the variance hardly varies; use gbm";
    }
    CHECK(refused >= 1);
}

TEST_CASE("heston recovers the parameters of samples it was simulated from", "[fit_heston]") { check_recovery(recover(true_heston(), 12, 1500, 64)); }
