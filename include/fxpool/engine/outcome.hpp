#pragma once

#include "fxpool/base/id.hpp"
#include "fxpool/pool/admission.hpp"
#include "fxpool/pool/failure.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

/// What one path leaves to be measured. Money in CNY.
namespace fxpool {

/// Deal tenors as reports group them: to 3, 6, 9, 12 months, longer.
inline constexpr int tenor_buckets = 5;
int tenor_bucket(int months);

/// Who bore what.
struct BornBy {
    double own_margin = 0, pool = 0, guarantor = 0, government = 0;
    Table<BankId, double> bank;

    double total() const;
};

/// The pool's cash flows of a calendar year.
struct YearFlows {
    double claims_paid = 0, recoveries = 0, fees = 0, refills = 0, interest = 0;
};

/// A day's end, or the flows of a day.
struct DayOutcome {
    double cash = 0, available = 0, unpaid = 0;
    double quota = 0, frozen = 0, utilisation = 0;
    double limbs = 0;  ///< booked on the day
    double claims_paid = 0;
    double recoveries = 0;  ///< to the pool
    double refills = 0;
};

struct ExporterOutcome {
    ExporterId exporter;
    bool insolvent = false;
    double loss = 0;  ///< close-out losses
    double limb = 0;  ///< the pool's part
    int failed = 0;   ///< failed contracts and called-out sets
};

struct PathOutcome {
    std::int64_t path = 0;

    double gross = 0;       ///< limbs booked
    double demand = 0;      ///< limbs after every cap, before the cut for want of cash
    double recovered = 0;   ///< the pool's part of recoveries received, by pool or treasury
    double receivable = 0;  ///< what falls after the horizon
    std::array<double, pool::causes> gross_by_cause{};
    DayIndex exhausted_on;  ///< invalid: not exhausted
    double net() const { return gross - recovered; }

    double loss = 0;  ///< sum of close-out losses
    BornBy born;

    int insolvent = 0, insolvent_with_contracts = 0;
    int lost_orders = 0, walked_away = 0, called_out = 0;  ///< failed contracts (those that still wait to close out too), sets
    int pending = 0;                                       ///< close-outs (contracts) that fall after the horizon; they are alive at its end
    int not_opened = 0;                                    ///< contracts of the file whose exporter was insolvent before their trade date
    int opened = 0, delivered = 0, failed = 0, closed_out = 0, rolled = 0, alive = 0;  ///< contracts: opened + rolled = all the others' ends
    int absorbed = 0;                                                                  ///< lost orders that the firm met itself (part of delivered)

    struct Refused {
        int deals = 0;
        double usd = 0;
    };
    std::array<Refused, pool::refusals> refused{};
    int refused_firms = 0;  ///< firms with a refused deal
    int admitted = 0;
    double admitted_usd = 0;
    double new_notional = 0;  ///< CNY notional of deals opened in the horizon

    struct Margin {
        int close_outs = 0;  ///< contracts
        int exceeded = 0;    ///< whose loss exceeds the frozen amount
        double excess = 0;
    };
    std::array<Margin, tenor_buckets> margin{};

    double end_cash = 0, lowest_available = 0, unpaid_end = 0;
    std::vector<YearFlows> years;  ///< by calendar year from the start's

    int amber_days = 0, red_days = 0, fx_days = 0, bank_days = 0;  ///< bank_days: days on which at least one bank is suspended

    Table<DayIndex, DayOutcome> days;
    Table<BankId, Table<DayIndex, double>> exposure;  ///< sum over exporters of max(netted V, 0), day's end
    std::vector<ExporterOutcome> exporters;           ///< those to whom something happened

    /// Largest breach of the money identities on the path, CNY (0 but for rounding).
    double cash_error = 0, bearer_error = 0, frozen_error = 0;
    /// What rounding is measured against, CNY: the largest of 1, the fund with all that flowed in and out, the losses, the most frozen.
    double largest_sum = 1;
    /// The first pair whose rate left the range in which it is reckoned with (Rates::widest_log_move), and the day; invalid: none did. What
    /// else the outcome says is not to be used then.
    PairId runaway_pair;
    DayIndex runaway_day;

    double identity_error() const { return std::max({cash_error, bearer_error, frozen_error}) / largest_sum; }
};

}  // namespace fxpool
