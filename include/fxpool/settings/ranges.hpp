#pragma once

/// The ends of the numbers that a user may write. Each lies far beyond any city's pool, so that nobody is hindered, and their products and
/// the squares of these stay far below the largest double (1.8e308), so that no sum on a page is ever infinite.
namespace fxpool {

inline constexpr double most_money = 1e13;          ///< CNY or USD: what a country's exports come to in several years
inline constexpr double least_money = 1;            ///< of what divides: mean deal, smallest firm
inline constexpr double most_times = 1e6;           ///< multiples, ratios, lines of brakes: a million times the whole
inline constexpr double lowest_rate = 1e-4;         ///< CNY a unit: a dong is 0.0003
inline constexpr double highest_rate = 1e5;         ///< CNY a unit: an ounce of gold is 30,000
inline constexpr double most_pips = 1e9;            ///< the highest rate in pips
inline constexpr double most_beta = 10;             ///< on a 5 % move: the hazard grows by e^10 = 22,000
inline constexpr double most_unequal_pareto = 0.5;  ///< below it the largest firm's receipts, u^(-1/pareto), leave every measure
inline constexpr double most_equal_pareto = 1000;   ///< above it all firms are alike
inline constexpr double most_of_a_bound = 1e15;     ///< limits: above any sum of money in the results

}  // namespace fxpool
