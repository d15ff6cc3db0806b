#include "fxpool/calibrate/calibration.hpp"

#include "samples.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::calibrate;

namespace {

/// So many moves of a random walk.
Series walk(int count) {
    std::vector<double> moves;
    std::uint64_t bits = 1;
    for (int i = 0; i < count; ++i) {
        bits = bits * 6364136223846793005U + 1442695040888963407U;
        moves.push_back(0.004 * (static_cast<double>(bits >> 11) / 9007199254740992.0 - 0.5));
    }
    return testing::series_of(moves);
}

Calibration calibrated(const Series& series, const std::vector<const char*>& names, bool backtest = false) {
    CalibrationOptions options{.families = {}, .fit = {}, .history = "../rates.csv", .backtest = backtest, .test_samples = 9};
    for (const auto* name : names) options.families.push_back(family_of(name));
    return calibrate::calibrate(series, "rates.csv", options);
}

bool says(const Calibrated& one, const std::string& text) {
    for (const auto& note : one.fit.notes) {
        if (render(note, Language::en).find(text) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("of one year gbm and bootstrap make a fit with a note on its errors, heston says what it needs", "[calibration]") {
    const auto year = calibrated(walk(257), {"gbm", "bootstrap", "heston"}, true);  // 51 weeks and two days
    REQUIRE(year.series.dates.back() - year.series.dates.front() == 359);
    for (const char* name : {"gbm", "bootstrap"}) {
        const auto& one = *year.find(name);
        REQUIRE_FALSE(one.fit.failure);
        // 1 / sqrt(2 * 257) = 4.4 %
        CHECK(says(one, "a short window, 257 daily moves: the volatility is known to 4.4 % of itself at best, the drift to "));
    }
    const auto& heston = *year.find("heston");
    REQUIRE(heston.fit.failure);
    CHECK(render(*heston.fit.failure, Language::en).find("heston, regime, garch two years (700 days or more)") != std::string::npos);
    CHECK(heston.backtest->failure == heston.fit.failure);
    CHECK(year.half_years() == 2);
    CHECK_FALSE(says(*calibrated(walk(503), {"gbm"}).find("gbm"), "a short window"));  // 703 days
}

TEST_CASE("the window is named by its dates, the file as the block must name it", "[calibration]") {
    const auto year = calibrated(walk(257), {"bootstrap"});
    CHECK(year.file == "rates.csv");
    const auto& window = std::get<BootstrapModel>(year.models.front().fit.model).window;
    CHECK(window.file.path == "../rates.csv");
    CHECK(window.from == year.series.dates.front());
    CHECK(window.to == year.series.dates.back());
}
