#include "fxpool/calibrate/fit_tests.hpp"
#include "tests/calibrate/samples.hpp"
#include "tests/support/statistics.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

namespace {

FitTests tested(const std::vector<double>& moves, int samples = 99, std::uint64_t seed = 5) {
    const auto series = series_of(moves);
    return test_fit(gbm(), gbm().fit(series, {}), series, samples, seed, 0);
}

std::vector<double> gbm_moves(int count, std::int64_t path = 0) {
    const auto fit = known_gbm(0.04, 0.01);
    return simulate(fit, fit.long_run, count, 21, path);
}

}  // namespace

TEST_CASE("gbm describes a sample of gbm", "[fit_tests]") {
    const auto tests = tested(gbm_moves(1500, 1));
    CHECK(tests.samples == 99);
    for (const auto* test : {&tests.kolmogorov_smirnov, &tests.anderson_darling, &tests.ljung_box_moves, &tests.ljung_box_squares})
        CHECK(*test->p_value > 0.05);
    for (std::size_t i = 0; i < ratio_days.size(); ++i) {
        // gbm's own ratio is 1, whatever the days; its spread over samples is what Lo and MacKinlay's error estimates
        CHECK(tests.implied[i].value == Approx(1).margin(5 * tests.implied[i].standard_error / std::sqrt(99)));
        CHECK(tests.implied[i].standard_error == Approx(tests.history[i].standard_error / tests.history[i].value).epsilon(0.5));
        CHECK(std::abs(tests.history[i].value - tests.implied[i].value) < 3 * tests.implied[i].standard_error);
    }
}

TEST_CASE("fat tails fail the transform's tests", "[fit_tests]") {
    auto moves = gbm_moves(1500);
    for (std::size_t i = 0; i < moves.size(); i += 25) moves[i] *= 5;  // every 25th move, so that nothing is in the order of the signs
    const auto tests = tested(moves);
    CHECK(*tests.kolmogorov_smirnov.p_value == Approx(0.01));
    CHECK(*tests.anderson_darling.p_value == Approx(0.01));
    CHECK(*tests.ljung_box_moves.p_value > 0.05);
}

TEST_CASE("moves that follow one another fail Ljung-Box", "[fit_tests]") {
    auto moves = gbm_moves(1500);
    for (std::size_t i = 1; i < moves.size(); ++i) moves[i] += 0.2 * moves[i - 1];
    const auto tests = tested(moves);
    CHECK(*tests.ljung_box_moves.p_value == Approx(0.01));
    CHECK(*tests.kolmogorov_smirnov.p_value > 0.05);
    CHECK(tests.history[0].value > tests.implied[0].value + 3 * tests.implied[0].standard_error);
}

TEST_CASE("calm and wild years fail Ljung-Box of squares", "[fit_tests]") {
    auto moves = gbm_moves(1500);
    for (std::size_t i = 0; i < moves.size(); ++i) moves[i] *= i / 250 % 2 == 0 ? 1 : 2;
    const auto tests = tested(moves);
    CHECK(*tests.ljung_box_squares.p_value == Approx(0.01));
    CHECK(*tests.ljung_box_moves.p_value > 0.05);
}

TEST_CASE("p-values know that the parameters were fitted to the sample", "[fit_tests]") {
    // Uniform p-values have mean 1/2, and 100 of them an error of 0.029. Without re-estimation those of Kolmogorov-Smirnov and
    // Anderson-Darling would have a mean near 0.85: a normal law fitted to the sample is nearer to it than the true one.
    const int repetitions = static_cast<int>(cut(100));
    std::array<double, 4> means{};
    for (int sample = 0; sample < repetitions; ++sample) {
        const auto tests = tested(gbm_moves(300, sample), 99, static_cast<std::uint64_t>(sample));
        means[0] += *tests.kolmogorov_smirnov.p_value / repetitions;
        means[1] += *tests.anderson_darling.p_value / repetitions;
        means[2] += *tests.ljung_box_moves.p_value / repetitions;
        means[3] += *tests.ljung_box_squares.p_value / repetitions;
    }
    for (const double mean : means) CHECK(mean == Approx(0.5).margin(5 * 0.289 / std::sqrt(repetitions)));
}

TEST_CASE("without a likelihood the transform has no p-value: it is uniform by construction", "[fit_tests]") {
    auto family = gbm();
    family.log_likelihood = nullptr;
    const auto series = series_of(gbm_moves(500));
    const auto tests = test_fit(family, gbm().fit(series, {}), series, 19, 5, 0);
    CHECK_FALSE(tests.kolmogorov_smirnov.p_value);
    CHECK_FALSE(tests.anderson_darling.p_value);
    CHECK(tests.ljung_box_moves.p_value);
    CHECK(tests.ljung_box_squares.p_value);
}

TEST_CASE("the tests are the same for any number of threads", "[fit_tests]") {
    const auto series = series_of(gbm_moves(500));
    const auto fit = gbm().fit(series, {});
    const auto one = test_fit(gbm(), fit, series, 49, 5, 1), three = test_fit(gbm(), fit, series, 49, 5, 3);
    CHECK(one.anderson_darling.p_value == three.anderson_darling.p_value);
    CHECK(one.implied[3].value == three.implied[3].value);
}
