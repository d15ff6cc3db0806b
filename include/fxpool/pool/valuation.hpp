#pragma once

/// What a contract is worth to the bank (docs/rules.md, 1.2).
namespace fxpool::pool {

/// F(t, T) by covered interest parity: spot times exp((r_cny - r_foreign) (T - t)).
inline double covered_parity_forward(double spot, double forward_factor) { return spot * forward_factor; }

/// Value to the bank in CNY: d N (F - K) P. `side` is +1 for a forward sale (the bank is exposed when CNY weakens), -1 for a purchase;
/// `units` is the notional in quoted units (JPY: hundreds); at and after settlement pass the spot as `forward` and a discount of 1.
inline double value_to_bank(double side, double units, double forward, double contract_rate, double discount) {
    return side * units * (forward - contract_rate) * discount;
}

/// The contract rate of a new deal: the forward less the client's spread (in CNY per quoted unit), which is against the client.
inline double new_contract_rate(double side, double forward, double spread) { return forward - side * spread; }

/// The rate of a late receipt's new deal when the loss is carried into it: K' = F(T, T') + (K - S(T))/P(T, T').
inline double carried_rate(double forward, double contract_rate, double spot, double discount) { return forward + (contract_rate - spot) / discount; }

}  // namespace fxpool::pool
