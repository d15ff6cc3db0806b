// The events of a path's ledger, each in words.
#include "fxpool/report/figures.hpp"
#include "fxpool/report/trace_text.hpp"

#include <cmath>

namespace fxpool::report {

Message refusal_words(pool::Refusal why) {
    using pool::Refusal;
    switch (why) {
        case Refusal::product: return say("a product that the pool does not cover");
        case Refusal::notional_cap: return say("above the largest deal");
        case Refusal::tenor_cap: return say("beyond the longest tenor");
        case Refusal::barred: return say("the exporter is barred");
        case Refusal::exporter_cap: return say("above the exporter's cap on frozen quota");
        case Refusal::hedge_ratio: return say("above the hedge ratio");
        case Refusal::exporter_concentration: return say("too much on one exporter");
        case Refusal::group_concentration: return say("too much on one group");
        case Refusal::sector_concentration: return say("too much on one sector");
        case Refusal::bank_concentration: return say("too much on one bank");
        case Refusal::brake: return say("a brake is on");
        case Refusal::no_room: break;
    }
    return say("no free quota");
}

namespace {

Message brake_words(const Prepared& prepared, const TraceEvent& event) {
    switch (event.which) {
        case 0: return say("amber: the multiple is cut");
        case 1: return say("red: no new deals");
        case 2: return say("exchange rate: new deals need more margin");
        default: return say("bank {0} is suspended", event.bank.valid() ? prepared.banks[event.bank] : std::string());
    }
}

std::string rate_text(double rate) { return fixed(rate, 6); }
std::string probability_text(double value) { return fixed(value, 6); }

/// Names of what an event is about.
class Names {
  public:
    Names(const Prepared& prepared, const TraceEvent& event) : prepared_(prepared), event_(event) {}

    std::string exporter() const { return event_.exporter.valid() ? prepared_.exporters[event_.exporter].id : std::string(); }
    std::string bank() const { return event_.bank.valid() ? prepared_.banks[event_.bank] : std::string(); }
    std::string contract() const { return event_.contract.valid() ? prepared_.deals[event_.contract].id : std::string(); }
    const DealTerms& deal() const { return prepared_.deals[event_.contract]; }
    std::string currency() const { return prepared_.pairs[deal().pair].name.substr(0, 3); }
    /// Of a deal, a set or an exporter: "C-17 (EXP-001 at ICBC)", "the deals of EXP-001 at ICBC", "EXP-001"
    Message whose_close_out() const {
        if (event_.contract.valid()) return whose();
        return event_.bank.valid() ? say("the deals of {0} at {1}", exporter(), bank()) : verbatim(exporter());
    }
    /// "C-17 (EXP-001 at ICBC)"
    Message whose() const { return say("{0} ({1} at {2})", contract(), exporter(), bank()); }
    Message product() const {
        switch (deal().product) {
            case 0: return say("forward sale");
            case 1: return say("forward purchase");
            default: return say("swap");
        }
    }

  private:
    const Prepared& prepared_;
    const TraceEvent& event_;
};

/// ": draw 0.004312 is below 0.010000"; empty where no luck was drawn.
Message luck_text(const TraceEvent& event, bool below) {
    if (!event.draw || !event.probability) return verbatim("");
    const auto draw = probability_text(*event.draw), probability = probability_text(*event.probability);
    return below ? say(": draw {0}, below the probability {1}", draw, probability) : say(": draw {0}, not below the probability {1}", draw, probability);
}

}  // namespace

Message cause_word(pool::Cause cause) {
    switch (cause) {
        case pool::Cause::insolvency: return say("insolvency");
        case pool::Cause::order_loss: return say("lost order");
        case pool::Cause::strategic: return say("walked away");
        case pool::Cause::margin_call: break;
    }
    return say("unmet margin call");
}

std::pair<Message, Message> event_text(const Prepared& prepared, const TraceEvent& event, Language language) {
    const Names names(prepared, event);
    const std::string amount = to_the_fen(event.amount);
    switch (event.kind) {
        case EventKind::opened:
            return {say("new deal"), say("{0}: {1} of {2} {3} at {4} until {5}, frozen quota {6}", names.whose(), names.product(), names.currency(),
                                         to_the_fen(names.deal().notional), rate_text(event.rate), day(Date{names.deal().settle_serial}, language), amount)};
        case EventKind::not_opened: return {say("not opened"), say("{0}: the exporter is insolvent", names.whose())};
        case EventKind::refused:
            return {say("refused"),
                    say("{0}, USD {1}: {2}", names.whose(), to_the_fen(event.amount), refusal_words(event.refusal.value_or(pool::Refusal::no_room)))};
        case EventKind::waits: return {say("waits"), say("{0}, USD {1}, for free quota", names.whose(), amount)};
        case EventKind::insolvent: return {say("insolvent"), say("{0}{1}", names.exporter(), luck_text(event, true))};
        case EventKind::close_out: return {say("close-out"), say("{0} at {1}", names.whose(), amount)};
        case EventKind::close_out_waits:
            return {say("close-out waits"),
                    say("{0}, {1}: a rate is cut at its daily band", names.whose_close_out(), cause_word(event.cause.value_or(pool::Cause::insolvency)))};
        case EventKind::gain:
            return {say("no claim"), event.contract.valid()
                                         ? say("{0} leaves a gain of {1}", names.whose(), to_the_fen(-event.amount))
                                         : say("{0} at {1} leaves a gain of {2}", names.exporter(), names.bank(), to_the_fen(-event.amount))};
        case EventKind::delivered: return {say("delivered"), say("{0}, worth {1} to the bank", names.whose(), amount)};
        case EventKind::absorbed: return {say("absorbed"), say("{0}: the exporter buys the currency itself, at a loss of {1}", names.whose(), amount)};
        case EventKind::order_lost: return {say("lost order"), say("{0}{1}", names.whose(), luck_text(event, true))};
        case EventKind::walked_away: return {say("walked away"), say("{0}{1}", names.whose(), luck_text(event, true))};
        case EventKind::rolled:
            return {say("late receipt"), say("{0} rolls on at {1}; the exporter pays {2} now", names.whose(), rate_text(event.rate), amount)};
        case EventKind::call: return {say("margin call"), say("{0} at {1}: {2}", names.exporter(), names.bank(), amount)};
        case EventKind::call_met: return {say("call met"), say("{0} at {1}, {2}{3}", names.exporter(), names.bank(), amount, luck_text(event, true))};
        case EventKind::call_unmet: return {say("call not met"), say("{0} at {1}, {2}{3}", names.exporter(), names.bank(), amount, luck_text(event, false))};
        case EventKind::forced_close: return {say("forced close"), say("{0} at {1}: the call was not met", names.exporter(), names.bank())};
        case EventKind::cash_returned: return {say("cash returned"), say("{0} at {1}: {2}", names.exporter(), names.bank(), amount)};
        case EventKind::recovery: return {say("recovery"), say("{0} by {1}", amount, names.bank())};
        case EventKind::claim_paid: return {say("claim paid"), say("{0}, paid to {1}", amount, names.bank())};
        case EventKind::refill_ordered: return {say("refill ordered"), verbatim(amount)};
        case EventKind::refill: return {say("refill"), verbatim(amount)};
        case EventKind::brake_on: return {say("brake on"), brake_words(prepared, event)};
        case EventKind::brake_off: return {say("brake off"), brake_words(prepared, event)};
        case EventKind::exhausted: return {say("exhausted"), say("{0} lacks {1} of cash for the claim of {2}", names.bank(), amount, names.exporter())};
        case EventKind::pending: break;
    }
    return {say("pending"), say("{0}: the close-out falls after the horizon", names.whose_close_out())};
}

}  // namespace fxpool::report
