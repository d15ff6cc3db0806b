#pragma once

#include "fxpool/base/id.hpp"
#include "fxpool/engine/outcome.hpp"
#include "fxpool/pool/admission.hpp"
#include "fxpool/pool/brakes.hpp"
#include "fxpool/pool/failure.hpp"
#include "fxpool/pool/fund.hpp"
#include "fxpool/pool/waterfall.hpp"

#include <optional>
#include <vector>

/// One path's ledger: what happened, in order, with the draws that mattered. Filled by the engine when asked, written by `report/`.
namespace fxpool {

enum class EventKind {
    opened,           ///< a contract of the file, or an admitted application; amount = frozen quota, rate = contract rate
    not_opened,       ///< its exporter is insolvent
    refused,          ///< refusal, amount = USD
    waits,            ///< for room (queue)
    insolvent,        ///< probability = PD to date, draw = Phi(X)
    close_out,        ///< one contract of a closing set, or one that failed on a cut day and waited; amount = its value V to the bank
    close_out_waits,  ///< of a set or, with a contract, of that alone: the band has cut one of its pairs today; cause
    gain,             ///< a close-out, failed contract or set that leaves a gain: no claim; amount = the value
    delivered,
    absorbed,    ///< the order was lost, the firm bought the currency itself
    order_lost,  ///< probability, draw
    walked_away,
    rolled,  ///< rate = the new contract rate; amount = cash that the firm pays now (settle: cash)
    call,    ///< margin call: amount; draw, probability
    call_met,
    call_unmet,
    forced_close,   ///< of a set
    cash_returned,  ///< call cash goes back to the exporter
    recovery,       ///< amount, to the pool (or treasury)
    claim_paid,     ///< amount: cash that leaves
    refill_ordered,
    refill,
    brake_on,  ///< which: 0 amber, 1 red, 2 fx, 3 bank (with its id)
    brake_off,
    exhausted,
    pending  ///< a close-out beyond the horizon: of an exporter, a set or a contract; cause
};

struct TraceEvent {
    DayIndex day;
    EventKind kind = EventKind::opened;
    ExporterId exporter;
    BankId bank;
    ContractId contract;
    double amount = 0;
    double rate = 0;
    std::optional<double> draw, probability;
    std::optional<pool::Refusal> refusal;
    std::optional<pool::Cause> cause;  ///< of what waits or is pending
    int which = 0;
};

/// A claim through the waterfall, line by line. loss = own margin + deductible + pool + guarantor + bank + excess.
struct TraceClaim {
    DayIndex day;
    pool::Cause cause = pool::Cause::insolvency;
    ExporterId exporter;
    BankId bank;
    std::vector<ContractId> contracts;
    pool::Loss loss;
    bool rejected = false;
    std::optional<double> rejection_draw;  ///< below `rejection`: rejected; nothing where no claim is ever rejected
    pool::Split split;
    double after_claims_caps = 0;  ///< the limb that the pool needs to pay: demand
    pool::Funding funding;
    double limb = 0;    ///< booked
    double excess = 0;  ///< all that caps and cash cut off
    pool::Bearer excess_bearer = pool::Bearer::bank;
    double bank_pays = 0, guarantor_pays = 0, government_pays = 0;  ///< with their part of the excess
    double recovery = 0;                                            ///< the pool's part to come
    std::int32_t recovery_serial = 0;                               ///< date of it; 0: none
};

/// A rate whose move was cut at its pair's band.
struct CutRate {
    PairId pair;
    double model_rate = 0;  ///< where the model has it
};

struct TraceDay {
    DayIndex day;
    Table<PairId, double> rates;
    std::vector<CutRate> cut;
    double move = 0;  ///< m(t)
    double interest = 0, fees = 0, recoveries = 0, refills = 0, claims_paid = 0;
    DayOutcome end;
    double multiple = 0;  ///< in force
};

struct PathTrace {
    double common_factor = 0;  ///< Z
    Table<SectorId, double> sector_factors;
    std::vector<TraceDay> days;
    std::vector<TraceEvent> events;
    std::vector<TraceClaim> claims;
};

}  // namespace fxpool
