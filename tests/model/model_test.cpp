// What all models have in common: given moves first, the same draws for the same numbers, bytes and back.
#include "fxpool/base/bytes.hpp"
#include "fxpool/engine/rates.hpp"
#include "tests/support/books.hpp"
#include "tests/support/model_paths.hpp"
#include "tests/support/statistics.hpp"

using namespace fxpool;
using namespace fxpool::testing;

namespace {

/// One of each, and of each kind of residual.
std::vector<Model> all_models() {
    const RegimeModel regime{.states = {{"calm", 0.03, {-0.02, false}}, {"stress", 0.12, {0, true}}}, .generator = {{-40, 40}, {90, -90}}, .start = {}};
    const auto garch = [](Residuals residuals) {
        return GarchModel{.omega = 1e-6, .alpha = 0.1, .beta = 0.8, .gamma = 0.05, .residuals = residuals, .mean_block = 3};
    };
    return {GbmModel{.volatility = {{{Date{}, 0.06}}, {}}, .drift = {{}, true}},
            MertonModel{.volatility = 0.04, .drift = {0.02, false}, .jump_intensity = 50, .jump_mean = 0.01, .jump_volatility = 0.01},
            HestonModel{.v0 = 0.0018, .kappa = 1, .theta = 0.0018, .xi = 0.2, .rho = 0.7, .drift = {0, true}},
            regime,
            BootstrapModel{.mean_block = 3, .scale_volatility_to = 0.05, .drift = {true}},
            garch({}),
            garch({Residuals::Kind::student, 4}),
            garch({Residuals::Kind::history, 0})};
}
std::string name_of(const Model& model) {
    return std::visit([](const auto& one) { return std::string(one.name); }, model);
}

ModelGrid grid_of(int moves) {
    auto grid = weekdays(moves, -0.02);
    for (std::uint32_t i = 0; i < 40; ++i) grid.history.push_back(0.003 * Draws(3, 0).normal(Purpose::rate, i));
    grid.history_dt = 1.45 / 365;
    return grid;
}

}  // namespace

TEST_CASE("given moves are taken to the last digit, then the model starts afresh", "[model]") {
    // 11 to 13 August 2015, then any model: as if the day after were its first
    const std::vector<double> given = {0.0183, 0.0097, 0.0111, -0.0004, 0};
    const auto grid = grid_of(30);
    for (const auto& model : all_models()) {
        CAPTURE(name_of(model));
        ModelPaths paths(move_terms(given, model, grid));
        for (int path = 0; path < 10; ++path) {
            const auto& moves = paths.draw(path);
            CHECK(moves[0] == 0);
            double level = 6.2097, exact = 6.2097;
            for (std::size_t day = 1; day <= given.size(); ++day) {
                level *= std::exp(moves[day]);
                exact *= 1 + given[day - 1];
                CHECK(level == Approx(exact).epsilon(1e-12));
            }
            for (std::size_t day = given.size() + 1; day < moves.size(); ++day) CHECK(moves[day] != 0);
        }
        // all its parameters at the start: nothing given is the model alone
        CHECK(ModelPaths(move_terms(std::vector<double>{}, model, grid)).draw(4) == ModelPaths(model, grid).draw(4));
        // and as many given moves as days leave it nothing to do
        const std::vector<double> all(40, 0.001);
        const auto to_the_end = ModelPaths(move_terms(all, model, grid)).draw(4);
        for (std::size_t day = 1; day < to_the_end.size(); ++day) CHECK(to_the_end[day] == std::log1p(0.001));
    }
}

TEST_CASE("after given moves a model's state is that of its start", "[model]") {
    const std::vector<double> given(5, 0.01);
    const auto grid = grid_of(6);
    std::vector<double> shocks(7, 0.0);
    // heston: the variance of day 6 begins at v0, whatever the five days before drew; its own draws are those of day 6
    const HestonModel heston{.v0 = 0.09, .kappa = 1, .theta = 0.0018, .xi = 1e-4, .rho = 0};
    ModelPaths paths(move_terms(given, heston, grid));
    const double after = paths.given_all_but_shocks(0).variance;
    CHECK(after == Approx(0.09 * grid.dt[6]).epsilon(0.01));
    // garch: the first variance on day 6
    const GarchModel garch{.omega = 1e-8, .alpha = 0.3, .beta = 0.3, .start_volatility = 0.30};
    ModelPaths turbulent(move_terms(given, garch, grid));
    const auto& moves = turbulent.draw(1);
    CHECK(moves[6] / turbulent.shocks()[6] == Approx(0.30 * std::sqrt(grid.mean_dt())).epsilon(1e-12));
    // regime: its chain begins on day 6
    const RegimeModel regime{.states = {{"first", 0.01, {}}, {"second", 0.5, {}}}, .generator = {{-1000, 1000}, {0, 0}}, .start = {"first", {}}};
    ModelPaths chain(move_terms(given, regime, grid));
    Moments variance;
    for (int path = 0; path < 2000; ++path) variance.add(chain.given_all_but_shocks(path).variance);
    const double in_first = (1 - std::exp(-1000 * grid.dt[6])) / 1000;
    CHECK(variance.mean == Approx(0.25 * grid.dt[6] - (0.25 - 0.0001) * in_first).epsilon(0.05));
}

TEST_CASE("a path is the same whenever it is drawn, and other paths, seeds and places are others", "[model]") {
    auto grid = grid_of(40);
    for (const auto& model : all_models()) {
        CAPTURE(name_of(model));
        ModelPaths paths(model, grid);
        const auto third = paths.draw(3);
        const auto fourth = paths.draw(4);
        CHECK(fourth != third);
        CHECK(paths.draw(3) == third);
        CHECK(ModelPaths(model, grid).draw(3) == third);
        auto elsewhere = grid;
        elsewhere.place = elsewhere.shared = 1;
        CHECK(ModelPaths(model, elsewhere).draw(3) != third);
        // a longer horizon begins with the same moves, where no parameter hangs on its length
        const auto longer = ModelPaths(model, grid_of(55)).draw(3);
        CHECK(std::equal(third.begin(), third.end(), longer.begin()));
    }
}

TEST_CASE("moves go to bytes and back, whatever the model", "[model][bytes]") {
    const auto grid = grid_of(40);
    std::size_t kinds = 0;
    for (const auto& model : all_models()) {
        CAPTURE(name_of(model));
        const auto terms = move_terms(model, grid);
        const auto bytes = to_bytes(terms);
        const auto back = from_bytes<MoveTerms>(bytes);
        CHECK(back.step.index() == terms.step.index());
        CHECK(to_bytes(back) == bytes);
        for (int path = 0; path < 3; ++path) CHECK(ModelPaths(back).draw(path) == ModelPaths(terms).draw(path));
        CHECK_THROWS(from_bytes<MoveTerms>(bytes.substr(0, bytes.size() - 1)));
        kinds = std::max(kinds, terms.step.index() + 1);
    }
    CHECK(kinds == std::variant_size_v<Step>);
}

TEST_CASE("a pair added at the end changes no other's rates", "[model][rates]") {
    const auto models = all_models();
    for (std::size_t i = 0; i < models.size(); ++i) {
        CAPTURE(name_of(models[i]));
        BookMaker alone(41), together(41);
        auto grid = grid_of(40);
        alone.book.pairs[PairId{0}].moves = together.book.pairs[PairId{0}].moves = move_terms(models[i], grid);
        const auto second = together.pair("EURCNY", 8.0);
        grid.place = grid.shared = 1;
        together.book.pairs[second].moves = move_terms(models[(i + 3) % models.size()], grid);
        together.correlate(0.5);
        Rates one, both;
        for (int path = 0; path < 3; ++path) {
            one.draw(alone.ready(), Draws(7, path));
            both.draw(together.ready(), Draws(7, path));
            CHECK(one[PairId{0}] == both[PairId{0}]);
        }
    }
}

TEST_CASE("only models that draw rows have a history", "[model]") {
    std::vector<std::string> with_history;
    for (const auto& model : all_models()) {
        if (history_of(model) != nullptr) with_history.push_back(name_of(model));
    }
    CHECK(with_history == std::vector<std::string>{"bootstrap", "garch"});
    for (const auto& model : all_models()) {
        CAPTURE(name_of(model));
        for (const auto& problem : problems_of(model)) CHECK_FALSE(problem.is_error);
        CHECK(problems_with_history(model, grid_of(5).history).empty());
    }
    GarchModel endless{.omega = 1e-6, .alpha = 0, .beta = 0.9, .gamma = 0.3, .residuals = {Residuals::Kind::history, 0}};
    CHECK_FALSE(problems_with_history(Model{endless}, grid_of(5).history).empty());
}
