#include "fxpool/report/model_yaml.hpp"

#include "fxpool/base/number.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::report;
using calibrate::Fit;
using calibrate::Parameter;

namespace {

Parameter estimated(std::string name, double value, double error) { return {.name = std::move(name), .value = value, .standard_error = error}; }

Fit gbm_fit() {
    GbmModel model;
    model.volatility.steps = {{Date{}, 0.041234567891}};
    model.drift.steps = {{Date{}, -0.0000123456789}};
    Fit fit;
    fit.model = fit.long_run = model;
    fit.parameters = {estimated("volatility", 0.041234567891, 0.00061234), estimated("drift", -0.0000123456789, 0.0123)};
    return fit;
}

Fit regime_fit() {
    RegimeModel model;
    model.states = {{.name = "calm", .volatility = 0.028, .drift = {-0.02}}, {.name = "stress", .volatility = 0.06, .drift = {0.08}}};
    model.generator = {{-1.0 / 3, 1.0 / 3}, {2.25, -2.25}};
    model.start.probabilities = {1.0 / 7, 6.0 / 7};
    Fit fit;
    fit.model = model;
    model.start.probabilities = {0.9, 0.1};
    fit.long_run = model;
    fit.parameters = {estimated("states[0].volatility", 0.028, 0.001), estimated("states[0].drift", -0.02, 0.01),
                      estimated("states[1].volatility", 0.06, 0.002),  {.name = "states[1].drift", .value = 0.08, .status = Parameter::Status::fixed},
                      estimated("generator[0][1]", 1.0 / 3, 0.1),      {.name = "generator[1][0]", .value = 2.25, .status = Parameter::Status::at_floor}};
    return fit;
}

}  // namespace

TEST_CASE("numbers have the digits of the fit and read back", "[model_yaml]") {
    CHECK(scenario_number(0.041234567891, NumberForm::Unit::share) == "4.12345679%");
    CHECK(scenario_number(-0.0000123456789, NumberForm::Unit::share) == "-0.00123456789%");
    CHECK(scenario_number(1.23456789e-9, NumberForm::Unit::share) == "0.000000123456789%");  // no exponent before a percent sign
    CHECK(scenario_number(0.02, NumberForm::Unit::share) == "2%");
    CHECK(scenario_number(12, NumberForm::Unit::share) == "1200%");
    CHECK(scenario_number(1.23456789e-7, NumberForm::Unit::factor) == "1.23456789e-07");
    CHECK(scenario_number(2.5, NumberForm::Unit::factor) == "2.5");
    CHECK(scenario_number(-0.0, NumberForm::Unit::factor) == "0");
    for (const double value : {0.041234567891, 1.2e-9, 3.3e-5, 0.99, 4.999, -0.5, 0.0}) {
        for (const auto unit : {NumberForm::Unit::share, NumberForm::Unit::factor}) {
            const auto read = parse_number(scenario_number(value, unit));
            REQUIRE(read);
            CHECK(*read == Approx(value).epsilon(1e-8));
        }
    }
}

TEST_CASE("a block has its errors beside it", "[model_yaml]") {
    CHECK(model_yaml(gbm_fit(), Language::en) ==
          "model:\n"
          "  type: gbm\n"
          "  volatility: 4.12345679%  # +- 0.0612%\n"
          "  drift: -0.00123456789%   # +- 1.23%\n");
    CHECK(model_yaml(gbm_fit(), Language::zh, "gbm").rfind("gbm:\n  type: gbm\n", 0) == 0);
}

TEST_CASE("states, rows of the generator and the long run", "[model_yaml]") {
    CHECK(model_yaml(regime_fit(), Language::en) ==
          "model:\n"
          "  type: regime\n"
          "  states:\n"
          "    - name: calm\n"
          "      volatility: 2.8%             # +- 0.1%\n"
          "      drift: -2%                   # +- 1%\n"
          "    - name: stress\n"
          "      volatility: 6%               # +- 0.2%\n"
          "      drift: 8%                    # fixed\n"
          "  generator:\n"
          "    - [-0.333333333, 0.333333333]  # +- 0.1\n"
          "    - [2.25, -2.25]                # at its floor\n"
          "  start: [0.142857143, 0.857142857]\n"
          "  # from the long run instead: start: [0.9, 0.1]\n");
}

TEST_CASE("rounding leaves sums as they are", "[model_yaml]") {
    RegimeModel model;
    model.states.resize(3);
    model.generator = {{-1.0 / 3 - 2.0 / 7, 1.0 / 3, 2.0 / 7}, {1.0 / 9, -1.0 / 9, 0}, {0, 0.1234567891, -0.1234567891}};
    model.start.probabilities = {1.0 / 3, 1.0 / 3, 1.0 / 3};
    for (const auto& key : model_block(model, {})) {
        if (key.name == "generator") {
            CHECK(key.rows[0] == "[-0.619047619, 0.333333333, 0.285714286]");
            CHECK(key.rows[1] == "[0.111111111, -0.111111111, 0]");
            CHECK(key.rows[2] == "[0, 0.123456789, -0.123456789]");
        }
        if (key.name == "start") CHECK(key.value == "[0.333333334, 0.333333333, 0.333333333]");
    }
}

TEST_CASE("keys at their defaults are left out where the fit does not speak of them", "[model_yaml]") {
    GarchModel model{.omega = 1e-7, .alpha = 0.08, .beta = 0.9};
    model.residuals = {Residuals::Kind::student, 4.5};
    model.start_volatility = 0.035;
    Fit fit;
    fit.model = model;
    model.start_volatility.reset();
    fit.long_run = model;
    fit.parameters = {estimated("omega", 1e-7, 1e-8), estimated("df", 4.5, 0.5)};
    CHECK(model_yaml(fit, Language::en) ==
          "model:\n"
          "  type: garch\n"
          "  omega: 1e-07             # +- 1e-08\n"
          "  alpha: 0.08\n"
          "  beta: 0.9\n"
          "  start_volatility: 3.5%\n"
          "  # from the long run instead: leave start_volatility out\n"
          "  residuals: student(4.5)  # +- 0.5\n");
}

TEST_CASE("a history is named with its window", "[model_yaml]") {
    BootstrapModel model;
    model.window = {{"my rates.csv"}, Date::of(2015, 8, 11), Date::of(2025, 12, 31)};
    model.mean_block = 33;
    Fit fit;
    fit.model = fit.long_run = model;
    fit.parameters = {{.name = "mean_block", .value = 33}};
    CHECK(model_yaml(fit, Language::en) ==
          "model:\n"
          "  type: bootstrap\n"
          "  history: \"my rates.csv\"\n"
          "  from: 2015-08-11\n"
          "  to: 2025-12-31\n"
          "  mean_block: 33\n");
    CHECK(model_json(model, fit.parameters).dump() ==
          R"({"type":"bootstrap","history":"my rates.csv","from":"2015-08-11","to":"2025-12-31","mean_block":33.0})");
}

TEST_CASE("as JSON numbers stand in plain units", "[model_yaml]") {
    const auto fit = regime_fit();
    const auto json = model_json(fit.model, fit.parameters);
    CHECK(json["type"] == "regime");
    CHECK(json["states"][1]["drift"] == 0.08);
    CHECK(json["generator"][1][0] == 2.25);
    CHECK(json["start"][0] == 1.0 / 7);
}

TEST_CASE("what a fit found and no key says is a comment", "[model_yaml]") {
    auto fit = gbm_fit();
    fit.parameters.push_back(estimated("memory", 0.5, 0.1));
    CHECK(model_yaml(fit, Language::en).ends_with("  # memory 0.5 +- 0.1\n"));
}
