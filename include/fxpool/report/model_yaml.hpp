#pragma once

#include "fxpool/calibrate/fit.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// A fitted model as a `model:` block of a scenario. Which keys there are follows from the model's own `keys`: a new model needs nothing here.
namespace fxpool::report {

/// A number as a scenario takes it, `digits` digits that count: 4.12345679% for a share, else 1.23456789e-07. Reads back by parse_number().
std::string scenario_number(double value, NumberForm::Unit unit, int digits = 9);

/// One key of the block.
struct BlockKey {
    std::string name;
    std::string value;                         ///< YAML on one line; empty where `rows` or `items` follow
    std::vector<std::string> rows;             ///< a list of lists (generator), a row each
    std::vector<std::vector<BlockKey>> items;  ///< a list of maps (states)
    nlohmann::ordered_json json;
    NumberForm::Unit unit = NumberForm::Unit::factor;

    friend bool operator==(const BlockKey& a, const BlockKey& b) { return a.name == b.name && a.json == b.json; }
};

/// `type`, then what the model gives. Left out: a key that is not given, and one at its default of which `parameters` say nothing.
std::vector<BlockKey> model_block(const Model& model, const std::vector<calibrate::Parameter>& parameters);

/// The block at column 0, from "model:" (or another key) on: errors as comments behind the numbers, and how it would start from the long
/// run as comments below the keys that differ.
std::string model_yaml(const calibrate::Fit& fit, Language language, const std::string& key = "model");

/// {"type": ..., ...}, numbers in plain units.
nlohmann::ordered_json model_json(const Model& model, const std::vector<calibrate::Parameter>& parameters);

}  // namespace fxpool::report
