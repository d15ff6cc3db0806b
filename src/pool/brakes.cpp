#include "fxpool/pool/brakes.hpp"

#include <cmath>

namespace fxpool::pool {

Brake look(Brake brake, bool at_line, int lift_days) {
    if (at_line) return {true, 0};
    if (!brake.on) return brake;
    const int days_below = brake.days_below + 1;
    return {days_below < lift_days, days_below};
}

namespace {

/// A line that is not drawn is never reached, not even by claims on a fund of 0.
bool reaches(double reading, double line) { return line < none && reading >= line; }

}  // namespace

void look_at_brakes(Brakes& brakes, const BrakeReadings& readings, const BrakeTerms& terms) {
    brakes.amber = look(brakes.amber, reaches(readings.net_claims, terms.amber_at), terms.lift_days);
    brakes.red = look(brakes.red, reaches(readings.net_claims, terms.red_at), terms.lift_days);
    const bool fx_above = readings.fx_volatility > terms.fx_volatility || readings.fx_move > terms.fx_move;
    brakes.fx = look(brakes.fx, fx_above, terms.lift_days);
    for (BankId bank{0}; bank.index() < brakes.bank.size(); ++bank) {
        brakes.bank[bank] = look(brakes.bank[bank], readings.claim_rate[bank] > terms.bank_at, terms.lift_days);
    }
}

double ratio(double amount, double base) {
    if (base > 0) return amount / base;
    return amount > 0 ? none : 0;
}

double multiple_in_force(double multiple, const Brakes& brakes, const BrakeTerms& terms) {
    return brakes.amber.on ? multiple * terms.multiple_factor : multiple;
}

double margin_factor_in_force(const Brakes& brakes, const BrakeTerms& terms) { return brakes.fx.on ? terms.margin_factor : 1; }

double realised_volatility(std::span<const double> log_rates) {
    if (log_rates.size() < 2) return 0;
    double squares = 0;
    for (std::size_t i = 1; i < log_rates.size(); ++i) squares += (log_rates[i] - log_rates[i - 1]) * (log_rates[i] - log_rates[i - 1]);
    return std::sqrt(250 * squares / static_cast<double>(log_rates.size() - 1));
}

double absolute_move(std::span<const double> log_rates) { return log_rates.empty() ? 0 : std::abs(log_rates.back() - log_rates.front()); }

}  // namespace fxpool::pool
