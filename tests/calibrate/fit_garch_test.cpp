#include "tests/calibrate/recovery.hpp"
#include "tests/support/planted.hpp"

#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <numbers>
#include <numeric>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

namespace {

using Kind = Residuals::Kind;

const Family& garch() { return *family_of("garch"); }

FitOptions with_residuals(Kind kind) {
    FitOptions options;
    options.residuals = kind;
    return options;
}

/// omega 1e-6, alpha 0.1, gamma 0.1, beta 0.75 (persistence 0.9), mean 0; Student: 5 degrees.
Fit known_garch(Kind kind) {
    Fit fit;
    fit.dt = 0.004;
    GarchModel model;
    model.residuals = {kind, kind == Kind::student ? 5.0 : 0.0};
    fit.model = model;
    // ln omega; ln of the shares of alpha/2 and (alpha + gamma)/2 over beta's; logit of the persistence; mean in basis points; ln(df - 2)
    std::vector<double> coordinates = {std::log(1e-6), std::log(0.05 / 0.75), std::log(0.1 / 0.75), std::log(9), 0};
    if (kind == Kind::student) coordinates.push_back(std::log(3));
    fit.parameters.resize(coordinates.size());
    return garch().at(fit, coordinates);
}

const std::vector<double> three_moves = {0.001, -0.002, 0.003};
// the first variance is the mean square, 14e-6 / 3; then 1e-6 + 0.1 * 1e-6 + 0.75 * h1, 1e-6 + 0.2 * 4e-6 + 0.75 * h2, ...
constexpr std::array variances = {14e-6 / 3, 4.6e-6, 5.25e-6, 5.8375e-6};

}  // namespace

TEST_CASE("garch's coordinates are its parameters", "[fit_garch]") {
    const auto fit = known_garch(Kind::normal);
    const auto& model = std::get<GarchModel>(fit.model);
    CHECK(model.omega == Approx(1e-6));
    CHECK(model.alpha == Approx(0.1));
    CHECK(model.gamma == Approx(0.1));
    CHECK(model.beta == Approx(0.75));
    CHECK(fit.parameters[2].value == Approx(0.75));
}

TEST_CASE("garch's likelihood of three moves, by hand", "[fit_garch]") {
    const auto fit = known_garch(Kind::normal);
    double expected = 0;
    for (std::size_t i = 0; i < 3; ++i) expected -= 0.5 * (std::log(2 * std::numbers::pi * variances[i]) + three_moves[i] * three_moves[i] / variances[i]);
    CHECK(garch().log_likelihood(fit, fit.coordinates, three_moves) == Approx(expected).epsilon(1e-12));
    const auto filtered = garch().filter(fit, three_moves);
    CHECK(filtered.log_likelihood == Approx(expected).epsilon(1e-12));
    CHECK(filtered.pit[1] == Approx(normal_cdf(-0.002 / std::sqrt(4.6e-6))));
}

TEST_CASE("garch's Student residuals have unit variance", "[fit_garch]") {
    const auto fit = known_garch(Kind::student);
    const boost::math::students_t law(5);
    const double stretch = std::sqrt(5.0 / 3);  // variance of Student's t with 5 degrees: 5/3
    double expected = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const double z = three_moves[i] / std::sqrt(variances[i]);
        expected += std::log(boost::math::pdf(law, z * stretch) * stretch / std::sqrt(variances[i]));
    }
    CHECK(garch().log_likelihood(fit, fit.coordinates, three_moves) == Approx(expected).epsilon(1e-12));
    CHECK(garch().filter(fit, three_moves).pit[2] == Approx(boost::math::cdf(law, 0.003 / std::sqrt(5.25e-6) * stretch)));
}

TEST_CASE("garch's weights give the variance that the moves leave", "[fit_garch]") {
    const auto fit = known_garch(Kind::normal);
    const auto filtered = garch().filter(fit, three_moves);
    const auto anchors = garch().anchors(fit);
    REQUIRE(anchors.size() == 12);
    // before the first move the long-run variance 1e-6 / (1 - 0.9); after it what the recursion says
    const std::array expected = {1e-5, variances[1], variances[2], variances[3]};
    for (std::size_t i = 0; i < 4; ++i) {
        double log_volatility = 0;
        for (std::size_t k = 0; k < 12; ++k) log_volatility += filtered.weights[12 * i + k] * std::log(*std::get<GarchModel>(anchors[k]).start_volatility);
        CHECK(std::exp(2 * log_volatility) * fit.dt == Approx(expected[i]));
    }
    CHECK(*std::get<GarchModel>(anchors[0]).start_volatility == Approx(0.3 * std::sqrt(1e-5 / 0.004)));
    CHECK(*std::get<GarchModel>(anchors[11]).start_volatility == Approx(5 * std::sqrt(1e-5 / 0.004)));
}

TEST_CASE("garch starts at the variance after the last move", "[fit_garch]") {
    const auto series = series_of(simulated(true_garch(Kind::normal).model, 1500, 51, 0));
    const auto fit = garch().fit(series, with_residuals(Kind::normal));
    REQUIRE(!fit.failure);
    const auto& model = std::get<GarchModel>(fit.model);
    double start = 0;
    for (const double move : series.moves) start += (move - model.mean) * (move - model.mean) / 1500;
    CHECK(*model.start_volatility == Approx(std::sqrt(filtered_variances(model, series.moves, start).back() / fit.dt)));
    CHECK(!std::get<GarchModel>(fit.long_run).start_volatility);
    CHECK(fit.history.empty());
    // at() keeps the start
    CHECK(std::get<GarchModel>(garch().at(fit, fit.coordinates).model).start_volatility == model.start_volatility);
}

TEST_CASE("garch with residuals from history is the normal fit, with errors that fat tails do not shrink", "[fit_garch]") {
    std::array<double, 4> wider{};  // mean over the samples of one error over the other
    for (int sample = 0; sample < 10; ++sample) {
        const auto series = series_of(simulated(true_garch(Kind::student).model, 2500, 52, sample));
        const auto normal = garch().fit(series, with_residuals(Kind::normal));
        const auto history = garch().fit(series, with_residuals(Kind::history));
        REQUIRE(!history.failure);
        CHECK(history.history == series.moves);
        CHECK(history.parameters.size() == 5);
        CHECK(*history.log_likelihood == Approx(*normal.log_likelihood));
        for (std::size_t i = 0; i < 4; ++i) {
            CHECK(history.parameters[i].value == Approx(normal.parameters[i].value));
            wider[i] += *history.parameters[i].standard_error / *normal.parameters[i].standard_error / 10;
        }
        const auto filtered = garch().filter(history, series.moves);
        CHECK(std::accumulate(filtered.pit.begin(), filtered.pit.end(), 0.0) / 2500 == Approx(0.5).margin(0.01));
        CHECK(*std::get<GarchModel>(history.model).window.to == series.dates.back());
    }
    for (const double ratio : wider) CHECK(ratio > 1.2);
}

TEST_CASE("garch recovers the parameters of samples it was simulated from", "[fit_garch][statistical]") {
    // beta, 0.9, spreads by 1.8 %: its mean over 40 samples by 0.3 %: the planted bias is one of 10 %
    for (const auto kind : {Kind::normal, Kind::student}) {
        const auto recovery = recover(true_garch(kind), 40, 2500, 53, with_residuals(kind));
        check_recovery(recovery);
        const double beta = 1 / (1 + std::exp(-(std::log(9) + of(recovery, "beta").bias())));
        CHECK(planted(beta, 0.1) == Approx(0.9).margin(0.9 * 5 * 0.003));
    }
    check_recovery(recover(true_garch(Kind::normal), 20, 2500, 54, with_residuals(Kind::history)));
}

TEST_CASE("garch sets to 0 what the data do not show, and says so", "[fit_garch]") {
    auto truth = true_garch(Kind::normal);
    auto& model = std::get<GarchModel>(truth.model);
    model.alpha = 0.1;
    model.gamma = -0.1;
    int floors = 0;
    for (int sample = 0; sample < 6; ++sample) {
        const auto series = series_of(simulated(truth.model, 2500, 55, sample));
        const auto fit = garch().fit(series, with_residuals(Kind::normal));
        if (fit.failure || fit.parameters[3].status != Parameter::Status::at_floor) continue;
        ++floors;
        CHECK(fit.parameters[3].value == Approx(-fit.parameters[1].value));
        CHECK(!fit.parameters[3].standard_error);
        CHECK(fit.coordinates.size() == 4);
        CHECK(render(fit.notes.front(), Language::en) == "alpha + gamma is 0, its floor: falls of the rate do not raise the variance");
        CHECK(garch().log_likelihood(fit, fit.coordinates, series.moves) == Approx(*fit.log_likelihood));
    }
    CHECK(floors >= 1);
}

TEST_CASE("garch says what the data have not", "[fit_garch]") {
    const auto messages = [](const Model& truth, Kind kind, auto&& change) {
        std::string all;
        for (int sample = 0; sample < 8; ++sample) {
            auto moves = simulated(truth, 1500, 56, sample);
            change(moves);
            const auto fit = garch().fit(series_of(moves), with_residuals(kind));
            if (fit.failure) all += render(*fit.failure, Language::en) + "\n";
        }
        return all;
    };
    const auto as_it_is = [](auto&) {};
    CHECK(messages(true_gbm().model, Kind::normal, as_it_is).find("use gbm") != std::string::npos);
    CHECK(messages(true_garch(Kind::normal).model, Kind::student, as_it_is).find("the residuals are normal: use residuals: normal") != std::string::npos);
    const auto ever_larger = [](std::vector<double>& moves) {
        for (std::size_t i = 0; i < moves.size(); ++i) moves[i] *= std::exp(4.0 * static_cast<double>(i) / 1500);
    };
    CHECK(messages(true_gbm().model, Kind::normal, ever_larger).find("alpha + gamma/2 + beta goes to 1") != std::string::npos);
}
