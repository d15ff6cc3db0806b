#include "tests/calibrate/recovery.hpp"
#include "tests/support/planted.hpp"

#include <array>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

namespace {

const Family& merton() { return *family_of("merton"); }

/// A fit at known parameters: coordinates ln volatility, mean log move over volatility, ln intensity, jump_mean over jump_volatility,
/// ln jump_volatility.
Fit known_merton(double volatility, double mean, double intensity, double jump_mean, double jump_volatility) {
    Fit fit;
    fit.dt = 0.004;
    fit.model = MertonModel{};
    fit.parameters.resize(5);
    const std::array coordinates = {std::log(volatility), mean / volatility, std::log(intensity), jump_mean / jump_volatility, std::log(jump_volatility)};
    return merton().at(fit, coordinates);
}

/// The integral of f(x) times the density of a day's move.
template <class F>
double expectation(const Fit& fit, F f) {
    const double reach = 0.15, step = 1e-5;
    double sum = 0;
    for (double x = -reach; x <= reach; x += step) {
        const std::array move = {x};
        sum += f(x) * std::exp(merton().log_likelihood(fit, fit.coordinates, move)) * step;
    }
    return sum;
}

}  // namespace

TEST_CASE("merton's density is one, with the moments of a jump diffusion", "[fit_merton]") {
    const double sigma = 0.03, mean = 0.05, lambda = 20, m = 0.004, d = 0.007, dt = 0.004;
    const auto fit = known_merton(sigma, mean, lambda, m, d);
    CHECK(expectation(fit, [](double) { return 1; }) == Approx(1).epsilon(1e-9));
    CHECK(expectation(fit, [](double x) { return x; }) == Approx(mean * dt).epsilon(1e-7));
    const auto central = [&](int power) { return expectation(fit, [&](double x) { return std::pow(x - mean * dt, power); }); };
    // cumulants: the diffusion's variance, and intensity times the moments of a jump
    const double variance = (sigma * sigma + lambda * (m * m + d * d)) * dt;
    CHECK(central(2) == Approx(variance).epsilon(1e-8));
    CHECK(central(3) == Approx(lambda * dt * (m * m * m + 3 * m * d * d)).epsilon(1e-7));
    CHECK(central(4) - 3 * variance * variance == Approx(lambda * dt * (std::pow(m, 4) + 6 * m * m * d * d + 3 * std::pow(d, 4))).epsilon(1e-7));
}

TEST_CASE("merton's drift is the growth of the expectation, jumps included", "[fit_merton]") {
    const auto fit = known_merton(0.03, 0.05, 20, 0.004, 0.007);
    const double drift = std::get<MertonModel>(fit.model).drift.rate;
    CHECK(expectation(fit, [](double x) { return std::exp(x); }) == Approx(std::exp(drift * fit.dt)).epsilon(1e-9));
    CHECK(fit.parameters[1].value == drift);
}

TEST_CASE("merton's transform is the integral of its density", "[fit_merton]") {
    const auto fit = known_merton(0.03, 0.05, 20, 0.004, 0.007);
    const std::vector<double> moves = {-0.01, 0.0, 0.012};
    const auto filtered = merton().filter(fit, moves);
    for (std::size_t i = 0; i < moves.size(); ++i) {
        CHECK(filtered.pit[i] == Approx(expectation(fit, [&](double x) { return x < moves[i] ? 1.0 : 0.0; })).margin(0.002));
    }
    CHECK(filtered.log_likelihood == Approx(merton().log_likelihood(fit, fit.coordinates, moves)));
}

TEST_CASE("merton recovers the parameters of samples it was simulated from", "[fit_merton][statistical]") {
    // ln of the estimated volatility spreads by 2.1 %: its mean over 20 samples by 0.5 %: the planted bias is one of 10 %
    const auto recovery = recover(true_merton(), 20, 2500, 12);
    check_recovery(recovery);
    CHECK(planted(std::exp(of(recovery, "volatility").bias()), 0.1) == Approx(1).margin(5 * 0.005));
}

TEST_CASE("merton's search ends on a floor where the rate was pegged, and says so", "[fit_merton]") {
    auto moves = simulated(true_merton().model, 1500, 13, 0);
    for (std::size_t i = 0; i < 900; ++i) moves[i] *= 1e-3;
    const auto fit = merton().fit(series_of(moves), {});
    REQUIRE(!fit.failure);
    CHECK(fit.parameters[0].value == Approx(0.0005));
    CHECK(fit.parameters[0].status == Parameter::Status::at_floor);
    CHECK(!fit.parameters[0].standard_error);
    CHECK(fit.coordinates.size() == 4);
    CHECK(fit.free_parameters == 4);
    CHECK(render(fit.notes.front(), Language::en).starts_with("volatility stands at its floor of 0.05 % a year"));
    // what was held stays held
    CHECK(merton().log_likelihood(fit, fit.coordinates, moves) == Approx(*fit.log_likelihood));
    CHECK(std::get<MertonModel>(merton().at(fit, fit.coordinates).model).volatility == Approx(0.0005));
}

TEST_CASE("merton of moves without jumps says that there are none, or that they come every day", "[fit_merton]") {
    int refused = 0;
    for (int sample = 0; sample < 5; ++sample) refused += merton().fit(series_of(simulated(true_gbm().model, 1000, 14, sample)), {}).failure.has_value();
    CHECK(refused >= 3);
}

TEST_CASE("merton starts from given coordinates", "[fit_merton]") {
    const auto series = series_of(simulated(true_merton().model, 1000, 15, 0));
    const auto fit = merton().fit(series, {});
    FitOptions options;
    options.start = fit.coordinates;
    int evaluations = 0;
    options.progress = [&](double) { ++evaluations; };
    const auto again = merton().fit(series, options);
    CHECK(*again.log_likelihood == Approx(*fit.log_likelihood).margin(1e-3));
    CHECK(evaluations < 300);
}
