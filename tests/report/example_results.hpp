#pragma once

#include "fxpool/engine/prepared.hpp"
#include "fxpool/measure/results.hpp"
#include "fxpool/settings/settings.hpp"
#include "tests/support/scenarios.hpp"

/// A run made by hand, for tests of what is written of one.
namespace fxpool::testing {

/// Fuzhou with the multiple and the split given; two banks with Chinese names.
inline Scenario reported_scenario() {
    auto scenario = fuzhou();
    auto& settings = scenario.settings;
    settings.title = {"Fuzhou public margin pool - base case", "福州市跨境汇率避险公共保证金池 - 基准情景"};
    settings.banks[0].name = {"ICBC Fuzhou", "工行福州分行"};
    settings.banks[1].name = {"BOC Fuzhou", "中行福州分行"};
    scenario.given = {"pool.multiple", "pool.split", "pool.split.pool", "failure.insolvency.pd"};
    scenario.parameters_json = R"({"name":"fuzhou","pool":{"fund":20000000.0}})";
    return scenario;
}

/// Three business days: 2026-01-05, 2026-07-01 and 2027-01-05.
inline Prepared reported_prepared() {
    Prepared prepared;
    prepared.seed = 20250325;
    prepared.paths = 100'000;
    for (const auto date : {Date::of(2026, 1, 5), Date::of(2026, 7, 1), Date::of(2027, 1, 5)}) {
        prepared.serial.push_back(date.serial);
        prepared.year.push_back(date.year());
    }
    prepared.banks = Table<BankId, std::string>(std::vector<std::string>{"ICBC", "BOC"});
    return prepared;
}

inline Estimate estimate(double value) { return {.value = value}; }
inline Estimate estimate(double value, double standard_error) { return {.value = value, .standard_error = standard_error}; }
inline Estimate estimate(double value, double low, double high) { return {.value = value, .low = low, .high = high}; }

/// The figures of a one-page result.
inline Results reported_results() {
    Results results;
    results.paths = 100'000;
    results.worst_path = 6127;
    results.metrics = {
        {{"pool_loss", "gross", "mean"}, estimate(412'345, 5'300)},
        {{"pool_loss", "demand", "var", "0.99"}, estimate(2.91e6, 2.81e6, 3.02e6)},
        {{"pool_loss", "demand", "var", "0.999"}, estimate(5.21e6, 4.9e6, std::numeric_limits<double>::infinity())},
        {{"pool_loss", "demand", "es", "0.975"}, estimate(3.41e6, 4e4)},
        {{"pool_loss", "demand", "max"}, estimate(8.76e6)},
        {{"pool_loss", "receivable", "mean"}, estimate(110'000, 1'200)},
        {{"exhaustion", "probability"}, estimate(0.0003, 0.0002, 0.0004)},
        {{"exhaustion", "day", "0.5"}, {.remark = "too few"}},
        {{"bearers", "pool", "mean"}, estimate(412'345, 5'300)},
        {{"bearers", "banks", "mean"}, estimate(103'086, 1'300)},
        {{"bearers", "guarantor", "mean"}, estimate(0, 0)},
        {{"bearers", "government", "mean"}, estimate(0, 0)},
        {{"bearers", "client_margin", "mean"}, estimate(0, 0)},
        {{"bearers", "total", "mean"}, estimate(515'431, 6'600)},
        {{"balance", "lowest_available", "0.01"}, estimate(17.1e6, 17.0e6, 17.2e6)},
        {{"balance", "unpaid_end", "mean"}, estimate(0, 0)},
        {{"quota", "utilisation", "mean"}, estimate(0.8412, 0.0006)},
        {{"quota", "utilisation", "peak", "mean"}, estimate(0.9711, 0.0007)},
        {{"quota", "days_overcommitted", "mean"}, estimate(0, 0)},
        {{"quota", "refused", "deals", "mean"}, estimate(3.12, 0.02)},
        {{"quota", "refused", "usd", "mean"}, estimate(0.9e6, 1e4)},
        {{"benefit", "margin_freed", "mean"}, estimate(16.9e6, 2e4)},
        {{"benefit", "interest_saved", "mean"}, estimate(0.3684e6, 500)},
        {{"failures", "insolvency", "mean"}, estimate(6.01, 0.02)},
        {{"failures", "order_loss", "mean"}, estimate(3.3, 0.01)},
        {{"failures", "strategic", "mean"}, estimate(0, 0)},
        {{"failures", "margin_call", "mean"}, estimate(0, 0)},
        {{"exposure", "ICBC", "peak_pfe", "0.95"}, estimate(4.0e6, 3.9e6, 4.1e6)},
        {{"exposure", "BOC", "peak_pfe", "0.95"}, estimate(6.1e6, 6.0e6, 6.2e6)},
    };
    results.tables = {{"daily", {"date", "cash_mean"}, {{std::string("2026-01-05"), 20e6}, {std::string("2026-07-01"), 19'876'543.21}}},
                      {"losses", {"path", "gross"}, {{std::int64_t{0}, 0.1}, {std::int64_t{1}, std::numeric_limits<double>::quiet_NaN()}}}};
    return results;
}

}  // namespace fxpool::testing
