#pragma once

#include "fxpool/pool/terms.hpp"

#include <span>

/// The brakes on new business (熔断): docs/rules.md, 4.6.
namespace fxpool::pool {

/// One brake: on at its line, off after `lift_days` in a row below it.
struct Brake {
    bool on = false;
    int days_below = 0;
};

/// A day's look at one brake.
Brake look(Brake brake, bool at_line, int lift_days);

/// What the brakes look at, at the end of step 6.
struct BrakeReadings {
    double net_claims = 0;                  ///< limbs booked less recoveries since the start or the last refill, over the fund
    double fx_volatility = 0, fx_move = 0;  ///< of the reference pair over 20 days; 0 while fewer are known
    Table<BankId, double> claim_rate;       ///< each bank's limbs over the CNY notional of its ended contracts
};

struct Brakes {
    Brake amber, red, fx;
    Table<BankId, Brake> bank;
};

void look_at_brakes(Brakes& brakes, const BrakeReadings& readings, const BrakeTerms& terms);

/// A ratio to a base that may be nothing: 0/0 is 0, x/0 is above every line.
double ratio(double amount, double base);

/// The multiple in force, and the factor on the margin rate of new deals.
double multiple_in_force(double multiple, const Brakes& brakes, const BrakeTerms& terms);
double margin_factor_in_force(const Brakes& brakes, const BrakeTerms& terms);

/// Annualised volatility sqrt(250 mean r^2) of daily log moves, and the absolute log move, over the last `rates.size() - 1` days.
double realised_volatility(std::span<const double> log_rates);
double absolute_move(std::span<const double> log_rates);

}  // namespace fxpool::pool
