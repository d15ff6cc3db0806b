#pragma once

#include <array>

/// How a deal fails: the laws, given the path's factors (docs/rules.md, 3). Whoever draws the luck is elsewhere.
namespace fxpool::pool {

/// Causes, as reported.
enum class Cause { insolvency, order_loss, strategic, margin_call };
inline constexpr int causes = 4;
/// As results and traces name them.
inline constexpr std::array<const char*, causes> cause_names = {"insolvency", "order_loss", "strategic", "margin_call"};

/// A move m(t) of the reference pair is measured against this when it drives a probability.
inline constexpr double move_scale = 0.05;
/// m(t) looks back so many business days.
inline constexpr int move_window = 126;

/// Hazard a year of a firm with annual default probability `pd`: -ln(1 - PD).
double hazard(double pd);

/// A day's step of the hazard clock: exp(beta m / 5 %) dt, dt in years.
double clock_step(double beta, double move, double dt);

/// X_j: the firm's luck from the common factor, its sector's and its own; all standard normal, low is early.
double firm_factor(double correlation, double sector_loading, double common, double sector, double own);

/// The hazard at which a firm with luck x becomes insolvent: -ln(1 - Phi(x)).
double insolvency_threshold(double x);

/// The probability that a contract's receipt never comes, given the common factor Z. `base`: the probability without a move;
/// `side`: +1 sale, -1 purchase; `move`: m(T).
double order_loss_probability(double base, double beta, double side, double move, double correlation, double common);

/// Whether a strategic exporter walks away: the loss against the contract rate exceeds its threshold.
bool walks_away(double side, double spot, double contract_rate, double threshold);

}  // namespace fxpool::pool
