#pragma once

#include "fxpool/settings/settings.hpp"

#include <string>

/// Scenarios made by hand, for tests below the scenario module.
namespace fxpool::testing {

inline GbmModel gbm(double volatility, double drift = 0) {
    return {.volatility = {{{Date::of(2000, 1, 1), volatility}}, {}}, .drift = {{{Date::of(2000, 1, 1), drift}}, false}};
}

/// 2026-01-05 to 2027-01-05; CNY 1.55 %, USD 3.4 %, USDCNY at 6.78 with a volatility of 4.2 %. Every key has a place in fuzhou.yaml.
inline Scenario fuzhou() {
    Scenario scenario;
    scenario.file = "fuzhou.yaml";
    int line = 0;
    for (const auto* key : {"horizon", "market", "market.curves", "market.pairs.USDCNY", "market.correlation", "contracts", "new_business"}) {
        scenario.places[key] = {"fuzhou.yaml", ++line, 3};
    }
    auto& settings = scenario.settings;
    settings.name = "fuzhou";
    settings.start = Date::of(2026, 1, 5);
    settings.end = Date::of(2027, 1, 5);
    settings.market.reference = "USDCNY";
    settings.market.curves = {{"CNY", {{0, 0.0155}}}, {"USD", {{0, 0.034}}}};
    settings.market.pairs = {{.name = "USDCNY", .spot = 6.78, .model = gbm(0.042)}};
    settings.banks = {{.id = "ICBC", .weight = 0.6}, {.id = "BOC", .weight = 0.4}};
    return scenario;
}

/// A second pair on a flat curve of its own.
inline void add_pair(Scenario& scenario, const std::string& name, double spot, double foreign_rate) {
    scenario.settings.market.curves[name.substr(0, 3)] = {{0, foreign_rate}};
    scenario.settings.market.pairs.push_back({.name = name, .spot = spot, .model = gbm(0.08)});
}

}  // namespace fxpool::testing
