#pragma once

#include "fxpool/base/random.hpp"
#include "fxpool/engine/outcome.hpp"
#include "fxpool/engine/prepared.hpp"
#include "fxpool/engine/rates.hpp"
#include "fxpool/engine/trace.hpp"
#include "fxpool/pool/brakes.hpp"
#include "fxpool/pool/fund.hpp"
#include "fxpool/pool/waterfall.hpp"

#include <cstdint>
#include <map>
#include <vector>

/// Walks one path from the start to the horizon, day by day in the eight steps of docs/rules.md, 2.2. Every decision about money is made by
/// `pool/`; this class keeps the state and the order of events. It is the reference for any faster engine: clear first.
namespace fxpool {

class PathWalker {
  public:
    explicit PathWalker(const Prepared& prepared);

    /// Walks path number `path`; its outcome stays valid until the next call. Fills `trace` where one is given.
    const PathOutcome& walk(std::int64_t path, PathTrace* trace = nullptr);

  private:
    // --- state of a path -----------------------------------------------------------------------------------------------------------
    /// A live contract.
    struct Deal {
        double units = 0;  ///< side times notional in quoted units
        double contract_rate = 0;
        double frozen = 0;
        ContractId contract;
        PairId pair;
        std::int32_t settle_serial = 0;
        bool rolled = false;
        bool failed = false;  ///< on a cut day: it waits to close out alone, and is neither settled again nor called

        double cny_notional() const { return (units < 0 ? -units : units) * contract_rate; }
    };
    struct Firm {
        bool insolvent = false, barred = false, refused = false;
        int live = 0;
        double frozen = 0;
        double liquidity = 0;
        double limbs = 0;  ///< against its claims cap
        int outcome = -1;  ///< place in outcome_.exporters
    };
    /// The live deals of an exporter at a bank, side by side: they are valued every day.
    struct DealSet {
        std::vector<Deal> deals;
        double frozen = 0, own_margin = 0;
        double call_cash = 0;
        int failed = 0;          ///< deals of it that wait to close out alone
        bool call_open = false;  ///< an unmet call: the set closes on `closes_on`
        DayIndex closes_on;

        /// How many of its deals a call or an insolvency of the exporter closes out together.
        int closing_together() const { return static_cast<int>(deals.size()) - failed; }
    };
    /// A contract that failed on a cut day.
    struct WaitingFailure {
        ContractId contract;
        pool::Cause cause = pool::Cause::order_loss;
    };
    /// What a margin call looks at: the deals of a set that have not failed.
    struct Called {
        double value = 0, own_margin = 0, frozen = 0;
    };
    /// A close-out loss of today, to be assessed in step 6.
    struct Claim {
        pool::Cause cause = pool::Cause::insolvency;
        ExporterId exporter;
        BankId bank;
        pool::Loss loss;
        bool of_set = false;  ///< else of one contract: says which draws are its own
        std::uint64_t draw_id = 0;
        std::vector<ContractId> contracts;
    };
    /// A claim that was decided.
    struct AcceptedClaim {
        BankId bank;
        DayIndex due;
        pool::Funding unpaid;
        double paid_by_own = 0, paid_by_common = 0;
    };
    struct Receivable {
        DayIndex day;
        double amount = 0;
        std::size_t claim = 0;  ///< place in accepted_
    };
    struct Refill {
        DayIndex day;  ///< invalid where it comes after the horizon
        double amount = 0;
    };

    // --- the eight steps -----------------------------------------------------------------------------------------------------------
    void start(std::int64_t path);
    void move_rates();
    void find_insolvencies();
    void take_cash_in(DayIndex day);
    void close_out_insolvent(DayIndex day);
    void settle_due(DayIndex day);
    void call_margin(DayIndex day);
    void assess_claims(DayIndex day);
    void look_at_brakes_and_refill(DayIndex day);
    void do_new_business(DayIndex day);
    void record(DayIndex day);
    void finish();

    // --- parts of them -------------------------------------------------------------------------------------------------------------
    void pay_accepted(DayIndex day);
    void receive_refill(DayIndex day, double amount);
    bool close_insolvent_set(SetId set, DayIndex day, bool first_try);
    void close_set(SetId set, DayIndex day, pool::Cause cause, const std::vector<ContractId>& closing, bool netted, double slippage);
    void settle(ContractId contract, DayIndex day);
    void deliver(ContractId contract, DayIndex day, bool absorbed);
    void fail(ContractId contract, DayIndex day, pool::Cause cause);
    void close_failed(ContractId contract, DayIndex day, pool::Cause cause);
    void close_waiting_failure(ContractId contract, DayIndex day);
    void roll(ContractId contract, DayIndex day, double luck);
    bool absorbs(ContractId contract, double loss);
    double order_loss_base(const DealTerms& terms, std::int32_t settle_serial) const;
    Called called_part(const DealSet& set, DayIndex day) const;
    void raise_call(SetId set, DayIndex day, double amount);
    void claim(SetId set, DayIndex day, pool::Cause cause, pool::Loss loss, double own_margin, std::vector<ContractId> contracts, bool of_set);
    void count_margin(ContractId contract, double value);
    void schedule_recovery(const Claim& claim, DayIndex day, double limb, double net, std::size_t accepted, TraceClaim* traced);
    /// Books an application, or says why not; nothing where it waits.
    void apply(ContractId application, DayIndex day, std::vector<ContractId>& waiting);
    void refuse(ContractId application, DayIndex day, pool::Refusal why);

    void open(ContractId contract, double contract_rate, double margin_rate);
    void end(ContractId contract, DayIndex day);
    double value_now(const Deal& deal, DayIndex day) const;
    double value_of(const DealSet& set, DayIndex day) const;
    /// The deals that a call or an insolvency closes out, in the book's order: all but those that failed, which close out alone.
    std::vector<ContractId> deals_to_close(const DealSet& set) const;
    /// Whether the band cuts the contract's pair on `day`, the day that is being walked: it can't close out.
    bool is_cut(ContractId contract, DayIndex day) const { return any_cut_ && rates_.is_cut(prepared_.deals[contract].pair, day); }
    bool is_live(ContractId contract) const { return places_[contract] >= 0; }
    Deal& live_deal(ContractId contract);
    double usd_of(PairId pair, double units, DayIndex day) const;
    double frozen_in_all() const;
    double multiple_now() const;
    ExporterOutcome& outcome_of(ExporterId exporter);
    YearFlows& flows_of(DayIndex day);
    void tell(TraceEvent event);

    // --- what does not change ------------------------------------------------------------------------------------------------------
    const Prepared& prepared_;
    Table<ExporterId, SetId> first_set_;              ///< an exporter's sets are first_set_[e] ... first_set_[e + 1] - 1
    Table<DayIndex, std::vector<ContractId>> due_;    ///< settlement, as first agreed
    Table<DayIndex, std::vector<ContractId>> dated_;  ///< contracts of the file that open later
    Table<DayIndex, std::vector<ContractId>> applications_;
    std::vector<ContractId> on_the_books_;  ///< when day 0 begins
    bool banded_ = false;                   ///< a pair has a band

    // --- what a path changes -------------------------------------------------------------------------------------------------------
    Draws draws_{0, 0};
    PathTrace* trace_ = nullptr;
    PathOutcome outcome_;
    Rates rates_;
    ReferenceLog reference_;
    double common_factor_ = 0;
    std::vector<std::pair<DayIndex, ExporterId>> insolvencies_;  ///< in order of day
    std::size_t next_insolvency_ = 0;
    std::map<ExporterId, std::pair<double, double>> insolvency_luck_;  ///< Phi(X) and the probability to date, for the trace
    std::vector<std::pair<DayIndex, ExporterId>> closings_;            ///< insolvent exporters whose deals are still to close, in order of day
    std::size_t next_closing_ = 0;

    Table<ContractId, std::int32_t> places_;  ///< in its set's deals; -1: not live
    Table<ContractId, double> own_margins_;   ///< kept apart: valuing runs over the deals every day and has no use for them
    Table<ExporterId, Firm> firms_;
    Table<SetId, DealSet> sets_;
    std::vector<std::uint64_t> active_sets_;  ///< one bit a set: it has live deals
    Table<DayIndex, std::vector<ContractId>> rolled_due_;
    std::vector<DayIndex> rolled_days_;  ///< days whose list in rolled_due_ is not empty
    std::vector<SetId> open_calls_;

    bool any_cut_ = false;                          ///< a pair's move of today was cut at its band
    std::vector<SetId> waiting_sets_;               ///< of insolvent exporters, whose close-out waits for an uncut day
    std::vector<WaitingFailure> waiting_failures_;  ///< contracts that failed on a cut day

    pool::Fund fund_;
    Table<BankId, double> frozen_by_bank_;
    Table<SectorId, double> frozen_by_sector_;
    Table<GroupId, double> frozen_by_group_;
    Table<PairId, Table<ExporterId, double>> open_units_;  ///< gross, for the hedge ratio
    int live_ = 0;

    std::vector<Claim> claims_;  ///< of today
    std::vector<AcceptedClaim> accepted_;
    std::vector<std::size_t> unpaid_;  ///< places in accepted_, oldest first
    std::vector<Receivable> receivables_;
    std::vector<double> limbs_by_year_, ordered_by_year_;
    std::vector<Refill> refills_;  ///< under way: at most one
    pool::Brakes brakes_;
    double limbs_since_refill_ = 0, recoveries_since_refill_ = 0;
    Table<BankId, double> limbs_by_bank_, ended_by_bank_;
    std::vector<ContractId> waiting_;  ///< applications that wait for room

    DayOutcome flows_;  ///< of today
    double interest_today_ = 0, fees_today_ = 0;
    double cash_by_flows_ = 0;  ///< the fund plus every flow since: must equal the cash
    double flowed_ = 0;         ///< the fund plus the size of every flow since
};

}  // namespace fxpool
