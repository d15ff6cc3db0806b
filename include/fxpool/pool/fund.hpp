#pragma once

#include "fxpool/base/id.hpp"
#include "fxpool/pool/terms.hpp"

#include <span>
#include <vector>

/// The pool's cash: the banks' own parts and the common part (docs/rules.md, 4.4). CNY.
///
/// One shape serves every layout: shared has nothing in the own parts, segregated nothing in the common part, hybrid both.
namespace fxpool::pool {

struct Part {
    double cash = 0;
    double reserved = 0;  ///< for accepted claims whose day has not come

    double available() const { return cash > reserved ? cash - reserved : 0; }
};

struct Fund {
    Table<BankId, Part> own;
    Part common;
    Table<BankId, double> waiting;  ///< accepted claims that no cash stands behind, by the bank that filed them (shortfall: queue)

    double cash() const;
    /// Accepted but unpaid: reserved and waiting.
    double unpaid() const;
    double waiting_in_all() const;
    /// Cash that is spoken for by no claim, over the whole pool: max(cash - unpaid, 0). A part's own is Part::available().
    double available() const;
};

/// The fund on the first day, laid out by the terms.
Fund opening_fund(const Terms& terms);

/// What bank b's own part, and the common part, were given at the start.
double own_share_of_fund(const Terms& terms, BankId bank);
double common_share_of_fund(const Terms& terms);

/// Adds a period's interest to each part, on its own balance. Returns what was added.
double add_interest(Fund& fund, double rate, double year_fraction);

/// The fee on frozen quota: to the common part, or where segregated to the part of the bank that froze it. Returns what was added.
double add_fees(Fund& fund, const Terms& terms, const Table<BankId, double>& frozen_by_bank, double year_fraction);

/// A refill, shared out in proportion to what each part lacks of `to` times its start.
void add_refill(Fund& fund, const Terms& terms, double amount);

/// What a claim takes from where.
struct Funding {
    double own = 0;  ///< from the bank's own part
    double common = 0;
    double waiting = 0;  ///< not covered; waits (queue) or is cut off (prorata)

    double covered() const { return own + common; }
};

/// The claims of one day against the cash: each bank's claims take its own part first, then the common part; where a part does not
/// suffice its cash is shared pro rata. Returns one funding a claim, in order; takes nothing yet.
std::vector<Funding> fund_claims(const Fund& fund, std::span<const double> limbs, std::span<const BankId> banks);

/// Sets the covered cash of a claim aside, so that nothing else can take it; `waiting` counts only where claims queue.
void reserve(Fund& fund, BankId bank, const Funding& funding);

/// Pays cash that was reserved.
void pay(Fund& fund, BankId bank, double from_own, double from_common);

/// No accepted claim is unpaid any more: what is left of reserves is rounding.
void clear_reserves(Fund& fund);

/// A waiting claim takes what cash has come since: the bank's own part, then the common part. Returns what it took (now reserved).
Funding cover_waiting(Fund& fund, BankId bank, double waiting);

/// A recovery goes back to the parts whose cash went into the claim (paid or reserved for it), in proportion; where no cash has yet,
/// to the common part (segregated: the bank's own).
void add_recovery(Fund& fund, const Terms& terms, BankId bank, double amount, double from_own, double from_common);

}  // namespace fxpool::pool
