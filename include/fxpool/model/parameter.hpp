#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/message.hpp"
#include "fxpool/base/number_form.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// How a model names its parameters, once: `void keys(auto&& key)` calls `key(name, member, form, otherwise, comment)` for each. The
/// scenario's keys, their defaults, the JSON Schema, the template and the block that `calibrate` prints all come from that one list.
/// The default of a parameter is its value in a new model.
namespace fxpool {

/// What stands where a parameter is not given.
struct Otherwise {
    enum class Kind { value, needed, absent } kind = Kind::value;
    const char* yaml = "";  ///< a default that is not the member's own value; for `needed` and `absent` an example
    bool live = false;      ///< the template writes the example as a line, not as a comment

    constexpr Otherwise in_template() const { return {kind, yaml, true}; }
};
constexpr Otherwise by_default(const char* yaml = "") { return {Otherwise::Kind::value, yaml}; }
constexpr Otherwise needed(const char* example = "") { return {Otherwise::Kind::needed, example}; }
constexpr Otherwise absent(const char* example = "") { return {Otherwise::Kind::absent, example}; }

/// A volatility a year; beyond 500 % a percent sign was forgotten.
constexpr NumberForm volatility_form() { return {NumberForm::Unit::share, 0, 5, false, false}; }
/// A growth a year.
constexpr NumberForm growth_form() { return {NumberForm::Unit::share, -5, 5, false, false}; }
constexpr NumberForm share_form(double low = 0, double high = 1) { return {NumberForm::Unit::share, low, high, false, false}; }
constexpr NumberForm factor_form(double low, double high) { return {NumberForm::Unit::factor, low, high, false, false}; }
constexpr NumberForm factor_above(double low, double high) { return {NumberForm::Unit::factor, low, high, true, false}; }

/// A value that changes on dates: `values[i]` holds from `values[i].first` on; the first date is ignored (it holds before, too).
using DatedValues = std::vector<std::pair<Date, double>>;

/// Volatility of gbm: a number, steps by date, or `quotes` by tenor in months, which become forward volatilities.
struct DatedVolatility {
    DatedValues steps;
    std::map<int, double> quotes;  ///< months -> implied volatility a year; then `steps` is empty
};

/// Growth of the expected rate a year: a number, steps by date, or carry (the rate difference: E[S(t)] = F(0,t)).
struct DatedDrift {
    DatedValues steps;
    bool carry = false;
};
struct Drift {
    double rate = 0;
    bool carry = false;
};
/// Where only `carry` or nothing may stand: a model whose growth its own data give.
struct CarryOnly {
    bool carry = false;
};

/// A CSV file of rates, as it is named in the scenario; empty: not given.
struct FileName {
    std::string path;
};

/// What is wrong, or only unusual, between a model's parameters.
struct ModelProblem {
    std::string key;  ///< the parameter, or one inside it ("generator[1]")
    Message message;
    bool is_error = true;  ///< else a note
};
using ModelProblems = std::vector<ModelProblem>;

}  // namespace fxpool
