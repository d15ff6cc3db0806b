#pragma once

#include "fxpool/base/id.hpp"

#include <array>
#include <limits>
#include <vector>

/// The rule book as plain numbers. Money in CNY, shares and rates plain (5 % = 0.05), rates a year Act/365, days are business days.
/// A cap or limit that is `none` is infinite: it never binds. New terms change nothing: the defaults of a scenario are those of its settings.
namespace fxpool::pool {

inline constexpr double none = std::numeric_limits<double>::infinity();

enum class Layout { shared, segregated, hybrid };
enum class Bearer { bank, guarantor, government };
enum class NoRoom { reject, queue, own_margin };

/// Who pays which part of a claim, and what cuts the pool's limb.
struct ClaimTerms {
    double pool_share = 0;
    double guarantor_share = 0;    ///< the bank bears the rest
    double deductible = 0;         ///< of CNY notional, the bank's first
    double cap_multiple = none;    ///< the limb is at most this times the frozen quota; infinite: no per-deal cap
    Bearer excess = Bearer::bank;  ///< bears what a cap or the want of cash cuts off
    double exporter_cap = none;    ///< of an exporter's limbs over the horizon
    double yearly_cap = none;      ///< of all limbs in a calendar year
    bool queue = false;            ///< what the cash does not cover waits; else it goes to the excess bearer
    int delay_days = 0;            ///< from decision to payment
    double rejection = 0;          ///< probability

    void fields(auto&& f) {
        f(pool_share), f(guarantor_share), f(deductible), f(cap_multiple), f(excess), f(exporter_cap), f(yearly_cap);
        f(queue), f(delay_days), f(rejection);
    }
};

/// Margin calls on (exporter, bank) sets.
struct CallTerms {
    bool on = false;
    double call_at = 0;  ///< of the frozen quota
    int cure_days = 0;
    double slippage = 0;  ///< of the rate: 20 pips = 0.0020 CNY per quoted unit
    double meet = 0;      ///< probability

    void fields(auto&& f) { f(on), f(call_at), f(cure_days), f(slippage), f(meet); }
};

struct RecoveryTerms {
    double rate = 0;  ///< of the net loss
    double cost = 0;  ///< of what is recovered
    bool pool_first = false;
    bool to_treasury = false;
    bool lognormal = false;
    double lag_sigma = 0;

    void fields(auto&& f) { f(rate), f(cost), f(pool_first), f(to_treasury), f(lognormal), f(lag_sigma); }
};

struct RefillTerms {
    enum class When { never, yearly, trigger } when = When::never;
    double below = 0, to = 0;  ///< of the fund
    int delay_days = 0;
    double yearly_limit = none;

    void fields(auto&& f) { f(when), f(below), f(to), f(delay_days), f(yearly_limit); }
};

struct BrakeTerms {
    double amber_at = none, multiple_factor = 1;  ///< line: net claims over the fund
    double red_at = none;
    double bank_at = none;  ///< line: a bank's limbs over its ended notional
    double fx_volatility = none, fx_move = none, margin_factor = 1;
    int lift_days = 0;

    bool on() const { return amber_at < none || red_at < none || bank_at < none || fx_volatility < none || fx_move < none; }
    void fields(auto&& f) { f(amber_at), f(multiple_factor), f(red_at), f(bank_at), f(fx_volatility), f(fx_move), f(margin_factor), f(lift_days); }
};

/// Tests that a new deal has to pass.
struct AdmissionTerms {
    std::array<bool, 3> products = {true, true, true};  ///< forward sale, forward purchase, swap
    double deal_cap_usd = none, deal_cap_months = none;
    double exporter_frozen_cap = none;
    double hedge_ratio_cap = none;
    double exporter_share = none, group_share = none, sector_share = none, bank_share = none;  ///< frozen over quota
    NoRoom no_room = NoRoom::reject;
    int queue_days = 0;

    void fields(auto&& f) {
        f(products), f(deal_cap_usd), f(deal_cap_months), f(exporter_frozen_cap), f(hedge_ratio_cap);
        f(exporter_share), f(group_share), f(sector_share), f(bank_share), f(no_room), f(queue_days);
    }
};

struct Terms {
    double fund = 0;
    double multiple = 1;
    bool quota_fixed = false;  ///< quota_base: fixed
    Layout layout = Layout::shared;
    double floor = 0;              ///< share of the fund that lies in the banks' own parts: 0 shared, 1 segregated
    Table<BankId, double> weight;  ///< sum 1
    double client_share = 0;       ///< of the margin: the exporter's own cash
    double interest = 0, fee = 0;
    int close_out_days = 0;
    bool netting = true;
    ClaimTerms claims;
    CallTerms calls;
    RecoveryTerms recovery;
    RefillTerms refill;
    BrakeTerms brakes;
    AdmissionTerms admission;

    void fields(auto&& f) {
        f(fund), f(multiple), f(quota_fixed), f(layout), f(floor), f(weight), f(client_share), f(interest), f(fee);
        f(close_out_days), f(netting), f(claims), f(calls), f(recovery), f(refill), f(brakes), f(admission);
    }
};

}  // namespace fxpool::pool
