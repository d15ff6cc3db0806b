#include "fxpool/calibrate/block_length.hpp"
#include "tests/calibrate/recovery.hpp"

#include <algorithm>

using namespace fxpool;
using namespace fxpool::calibrate;
using namespace fxpool::testing;

namespace {

const Family& bootstrap() { return *family_of("bootstrap"); }

}  // namespace

TEST_CASE("bootstrap proposes the shortest block that trends as history did", "[fit_bootstrap]") {
    const auto series = series_of(simulated(true_regime().model, 2000, 31, 0));
    const auto fit = bootstrap().fit(series, {});
    REQUIRE(!fit.failure);
    const auto& model = std::get<BootstrapModel>(fit.model);
    CHECK(model.mean_block == *shortest_block(series.moves));
    CHECK(model.demean);
    CHECK(*model.window.from == series.dates.front());
    CHECK(*model.window.to == series.dates.back());
    CHECK(model.window.file.path.empty());  // its reader's to say
    CHECK(fit.history == series.moves);
    CHECK(!fit.log_likelihood);
    CHECK(bootstrap().log_likelihood == nullptr);
    CHECK(render(fit.notes[1], Language::en).starts_with("Politis-White-Patton length: "));
}

TEST_CASE("without such a block bootstrap takes the longer length of Politis and White", "[fit_bootstrap]") {
    const auto series = series_of(simulated(true_gbm().model, 250, 32, 0));  // too short for 126 days
    const auto fit = bootstrap().fit(series, {});
    std::vector<double> squares;
    double mean = 0;
    for (const double move : series.moves) mean += move / 250;
    for (const double move : series.moves) squares.push_back((move - mean) * (move - mean));
    const double longer = std::max(politis_white_length(series.moves), politis_white_length(squares));
    CHECK(std::get<BootstrapModel>(fit.model).mean_block == Approx(std::ceil(longer)));
    CHECK(std::any_of(fit.notes.begin(), fit.notes.end(),
                      [](const Message& note) { return render(note, Language::en).starts_with("mean_block: no block length gives the trends"); }));
}

TEST_CASE("bootstrap's transform is the rank among the sample's moves", "[fit_bootstrap]") {
    const auto fit = bootstrap().fit(series_of({0.01, -0.02, 0.03, 0.005, -0.001}), {});
    const std::vector<double> moves = {0.01, -0.02, 0.03, 0.02, 1};
    const auto filtered = bootstrap().filter(fit, moves);
    CHECK(filtered.pit[0] == Approx(4.0 / 6));
    CHECK(filtered.pit[1] == Approx(1.0 / 6));
    CHECK(filtered.pit[2] == Approx(5.0 / 6));
    CHECK(filtered.pit[3] == Approx(4.5 / 6));
    CHECK(filtered.pit[4] == Approx(5.5 / 6));
    CHECK(filtered.weights.size() == 6);
}

TEST_CASE("paths of a bootstrap fit are made of the sample's moves less their mean", "[fit_bootstrap]") {
    const auto series = series_of({0.01, -0.02, 0.03, 0.005, -0.005});
    const auto fit = bootstrap().fit(series, {});
    for (const double move : simulate(fit, fit.model, 200, 1, 0)) {
        CHECK(std::any_of(series.moves.begin(), series.moves.end(), [&](double row) { return std::abs(row - 0.004 - move) < 1e-15; }));
    }
}
