#include "tests/calibrate/recovery.hpp"

#include <string>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

TEST_CASE("there are six families, found by name", "[families]") {
    std::string names;
    for (const auto& family : families()) {
        names += std::string(family.name) + " ";
        CHECK(family_of(family.name) == &family);
    }
    CHECK(names == "gbm merton heston regime bootstrap garch ");
    CHECK(family_of("gmb") == nullptr);
}

TEST_CASE("a simulated path is the model's own draws, on paths that no run reaches", "[families]") {
    const auto fit = known_gbm(0.04, 0.02);
    const auto moves = simulate(fit, fit.model, 30, 17, 5);
    REQUIRE(moves.size() == 30);
    const Draws draws(17, first_calibration_path + 5);
    for (std::uint32_t day = 1; day <= 30; ++day) {
        const double shock = draws.normal(Purpose::rate, StepDraws::id(0, day));
        CHECK(moves[day - 1] == Approx(0.02 * fit.dt + 0.04 * std::sqrt(fit.dt) * shock).margin(1e-15));
    }
    CHECK(simulate(simulation_terms(fit, fit.model, 30), 17, 5) == moves);
}

TEST_CASE("in every family the filter, the likelihood and the fit agree", "[families]") {
    const auto moves = simulated(true_garch(Residuals::Kind::student).model, 1000, 41, 0);
    for (const auto& family : families()) {
        INFO(family.name);
        const auto fit = family.fit(series_of(moves), {});
        REQUIRE(!fit.failure);
        const auto filtered = family.filter(fit, moves);
        CHECK(filtered.pit.size() == moves.size());
        for (const double p : filtered.pit) CHECK((p >= 0 && p <= 1));
        const auto anchors = static_cast<std::size_t>(filtered.anchors);
        CHECK(family.anchors(fit).size() == anchors);
        REQUIRE(filtered.weights.size() == anchors * (moves.size() + 1));
        for (std::size_t i = 0; i <= moves.size(); i += 100) {
            double sum = 0;
            for (std::size_t k = 0; k < anchors; ++k) sum += filtered.weights[i * anchors + k];
            CHECK(sum == Approx(1).epsilon(1e-9));
        }
        CHECK(problems_of(fit.model).size() == problems_of(fit.long_run).size());
        if (family.log_likelihood == nullptr) continue;
        CHECK(filtered.log_likelihood == Approx(*fit.log_likelihood).epsilon(1e-9));
        CHECK(family.log_likelihood(fit, fit.coordinates, moves) == Approx(*fit.log_likelihood).epsilon(1e-9));
        CHECK(fit.covariance.size() == fit.coordinates.size() * fit.coordinates.size());
        const auto same = family.at(fit, fit.coordinates);
        for (std::size_t i = 0; i < fit.parameters.size(); ++i) CHECK(same.parameters[i].value == Approx(fit.parameters[i].value));
        for (const auto& parameter : fit.parameters) {
            if (parameter.status == Parameter::Status::estimated) CHECK((parameter.standard_error && *parameter.standard_error > 0));
            else CHECK(!parameter.standard_error);
        }
    }
}
