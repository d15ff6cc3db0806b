#include "fxpool/report/trace_text.hpp"

#include "fxpool/report/figures.hpp"
#include "fxpool/report/layout.hpp"

#include <algorithm>
#include <map>

namespace fxpool::report {
namespace {

constexpr int event_column = 16;  ///< places for the kind of an event
constexpr int text_width = 110;

/// Whether an event comes after the day's claims have been assessed (docs/rules.md, 2.2, steps 6 and 7) or before.
bool after_claims(EventKind kind) {
    switch (kind) {
        case EventKind::exhausted:
        case EventKind::brake_on:
        case EventKind::brake_off:
        case EventKind::refill_ordered:
        case EventKind::opened:
        case EventKind::not_opened:
        case EventKind::refused:
        case EventKind::waits:
        case EventKind::pending: return true;
        default: return false;
    }
}

/// What happened on one day, in the order of the rules.
struct Happenings {
    std::vector<const TraceEvent*> events;
    std::vector<std::size_t> claims;  ///< places in PathTrace::claims
};

/// Writes the ledger, line by line.
class Ledger {
  public:
    Ledger(const Scenario& scenario, const Prepared& prepared, const PathTrace& trace, const PathOutcome& outcome, Language language)
        : scenario_(scenario),
          prepared_(prepared),
          trace_(trace),
          outcome_(outcome),
          language_(language),
          cuts_(claims_cap_cuts(prepared, trace.claims)),
          days_(static_cast<std::size_t>(prepared.days())) {
        for (const auto& event : trace.events) days_[event.day].events.push_back(&event);
        for (std::size_t i = 0; i < trace.claims.size(); ++i) days_[trace.claims[i].day].claims.push_back(i);
    }

    std::string write(bool all_days) {
        write_head();
        std::vector<const TraceDay*> quiet;
        for (const auto& traced : trace_.days) {
            const auto& happened = days_[traced.day];
            const bool is_quiet = happened.events.empty() && happened.claims.empty() && traced.cut.empty();
            if (is_quiet && !all_days) {
                quiet.push_back(&traced);
                continue;
            }
            write_quiet(quiet);
            write_day(traced, happened);
        }
        write_quiet(quiet);
        write_sums();
        return std::move(text_);
    }

  private:
    std::string in(const Message& message) const { return render(message, language_); }
    std::string date(DayIndex day_index) const { return day(Date{prepared_.serial[day_index]}, language_); }

    void line(const std::string& text) { text_ += text + "\n"; }

    /// A kind of event and what it says, broken under itself.
    void entry(const std::string& kind, const std::string& what) {
        auto left = kind;
        for (const auto& piece : wrap(what, text_width - event_column - 2)) {
            line("  " + pad_right(left, event_column) + piece);
            left.clear();
        }
    }

    void write_head() {
        const auto& settings = scenario_.settings;
        const auto& title = language_ == Language::zh ? settings.title.zh : settings.title.en;
        line(title.empty() ? settings.name : title);
        line(in(say("{0}, path {1}, seed {2}", settings.name, outcome_.path, prepared_.seed)));
        line(in(say("{0} to {1}, {2} business days; money in CNY", date(DayIndex{0}), date(prepared_.last_day()), prepared_.days())));
        line(in(say("common factor Z {0}", fixed(trace_.common_factor, 6))));
        if (prepared_.failure.sector_loading < 1) {
            for (SectorId sector{0}; sector.index() < trace_.sector_factors.size(); ++sector) {
                line(in(say("sector factor of {0} {1}", prepared_.sectors[sector].name, fixed(trace_.sector_factors[sector], 6))));
            }
        }
        std::int64_t on_the_books = 0;
        for (const auto& deal : prepared_.deals) on_the_books += !deal.trade_day.valid();
        line(in(say("at the start: fund {0}, {1} deals on the books", to_the_fen(prepared_.terms.fund), on_the_books)));
        line("");
    }

    std::string rates_text(const TraceDay& traced) const {
        std::string text;
        for (PairId pair{0}; pair.index() < traced.rates.size(); ++pair) {
            text += (text.empty() ? "" : "  ") + prepared_.pairs[pair].name + " " + fixed(traced.rates[pair], 6);
            if (std::any_of(traced.cut.begin(), traced.cut.end(), [&](const CutRate& cut) { return cut.pair == pair; })) text += in(say(" (cut)"));
        }
        return text;
    }

    std::string end_text(const TraceDay& traced) const {
        const auto& end = traced.end;
        auto text = in(say("fund {0}, quota {1}, frozen {2} ({3})", to_the_fen(end.cash), to_the_fen(end.quota), to_the_fen(end.frozen),
                           share(end.utilisation, language_)));
        if (end.unpaid >= 0.005) text += in(say("; accepted but unpaid {0}", to_the_fen(end.unpaid)));
        if (traced.multiple != prepared_.terms.multiple) text += in(say("; multiple {0} in force", fixed(traced.multiple, 2)));
        return text;
    }

    /// "interest 712.33, fees 0.00, ..."; empty where nothing moved.
    std::string flows_text(double interest, double fees, double recoveries, double refills, double claims_paid) const {
        std::string text;
        const auto add = [&](const Message& what, double amount) {
            if (amount != 0) text += (text.empty() ? "" : in(say(", "))) + in(what) + " " + to_the_fen(amount);
        };
        add(say("interest"), interest);
        add(say("fees"), fees);
        add(say("recoveries"), recoveries);
        add(say("refills"), refills);
        add(say("claims paid"), -claims_paid);
        return text;
    }

    void write_quiet(std::vector<const TraceDay*>& quiet) {
        if (quiet.empty()) return;
        double interest = 0, fees = 0;
        for (const auto* traced : quiet) {
            interest += traced->interest;
            fees += traced->fees;
        }
        const auto& last = *quiet.back();
        const auto span = quiet.size() == 1 ? say("{0}: a quiet day", date(last.day))
                                            : say("{0} to {1}: {2} quiet days", date(quiet.front()->day), date(last.day), quiet.size());
        line(in(span) + "   " + rates_text(last));
        const auto flows = flows_text(interest, fees, 0, 0, 0);
        if (!flows.empty()) entry(in(say("cash")), flows);
        entry(in(say("day's end")), end_text(last));
        line("");
        quiet.clear();
    }

    void write_day(const TraceDay& traced, const Happenings& happened) {
        line(date(traced.day) + in(say(" (day {0})", traced.day.value())) + "   " + rates_text(traced) +
             in(say("   126-day move {0}", share(traced.move, language_))));
        for (const auto& [pair, model_rate] : traced.cut) {
            const auto& terms = prepared_.pairs[pair];
            entry(in(say("daily band")),
                  in(say("{0} moves by {1} at most; the model has it at {2}", terms.name, share(terms.band, language_), fixed(model_rate, 6))));
        }
        const auto is_late = [&](std::size_t i) {
            // cash leaves for the day's claims after they are assessed; what is paid before comes from earlier ones
            const auto kind = happened.events[i]->kind;
            if (kind != EventKind::claim_paid) return after_claims(kind);
            return !happened.claims.empty() && prepared_.terms.claims.delay_days == 0 && i > 0 && last_failure(happened) < i;
        };
        for (std::size_t i = 0; i < happened.events.size(); ++i) {
            if (!is_late(i)) write_event(*happened.events[i]);
        }
        for (const auto place : happened.claims) write_claim(trace_.claims[place], cuts_[place]);
        for (std::size_t i = 0; i < happened.events.size(); ++i) {
            if (is_late(i)) write_event(*happened.events[i]);
        }
        const auto flows = flows_text(traced.interest, traced.fees, traced.recoveries, traced.refills, traced.claims_paid);
        if (!flows.empty()) entry(in(say("cash")), flows);
        entry(in(say("day's end")), end_text(traced));
        line("");
    }

    /// The place of the day's last event that makes a claim.
    static std::size_t last_failure(const Happenings& happened) {
        std::size_t last = 0;
        for (std::size_t i = 0; i < happened.events.size(); ++i) {
            const auto kind = happened.events[i]->kind;
            if (kind == EventKind::close_out || kind == EventKind::order_lost || kind == EventKind::walked_away) last = i;
        }
        return last;
    }

    void write_event(const TraceEvent& event) {
        const auto [kind, what] = event_text(prepared_, event, language_);
        entry(in(kind), in(what));
    }

    void write_claim(const TraceClaim& claim, const CapCuts& cuts) {
        std::string contracts;
        for (const auto contract : claim.contracts) contracts += (contracts.empty() ? "" : ", ") + prepared_.deals[contract].id;
        entry(in(say("claim")),
              in(say("of {0} for {1} ({2}): {3}", prepared_.banks[claim.bank], prepared_.exporters[claim.exporter].id, cause_word(claim.cause), contracts)));
        std::vector<std::vector<std::string>> rows;
        for (const auto& step : claim_lines(prepared_, claim, cuts, language_)) rows.push_back({in(step.text), to_the_fen(step.amount)});
        indented(columns(rows, "lr"));
        if (claim.recovery > 0) {
            entry("", in(say("recovery to come: {0} on {1}", to_the_fen(claim.recovery), day(Date{claim.recovery_serial}, language_))));
        }
    }

    void indented(const std::string& rows) {
        std::size_t from = 0;
        while (from < rows.size()) {
            const auto end = rows.find('\n', from);
            line(std::string(event_column + 2, ' ') + rows.substr(from, end - from));
            from = end + 1;
        }
    }

    void write_table(const Message& title, const std::vector<std::pair<Message, std::string>>& items) {
        line(in(title));
        std::vector<std::vector<std::string>> rows;
        rows.reserve(items.size());
        for (const auto& [what, figure] : items) rows.push_back({"  " + in(what), figure});
        text_ += columns(rows, "lr");
        line("");
    }

    void write_sums() {
        const auto& o = outcome_;
        write_table(say("The path's row in losses.csv"), {{say("gross: booked to the pool"), to_the_fen(o.gross)},
                                                          {say("demand: before the cut for want of cash"), to_the_fen(o.demand)},
                                                          {say("net: gross less recoveries received ({0})", to_the_fen(o.recovered)), to_the_fen(o.net())},
                                                          {say("exhausted on"), o.exhausted_on.valid() ? date(o.exhausted_on) : in(say("never"))}});

        std::vector<std::pair<Message, std::string>> bearers = {{say("the pool"), to_the_fen(o.born.pool)}};
        for (BankId bank{0}; bank.index() < o.born.bank.size(); ++bank) {
            bearers.emplace_back(say("bank {0}", prepared_.banks[bank]), to_the_fen(o.born.bank[bank]));
        }
        bearers.insert(bearers.end(), {{say("the guarantor"), to_the_fen(o.born.guarantor)},
                                       {say("the government"), to_the_fen(o.born.government)},
                                       {say("the exporters' own margin"), to_the_fen(o.born.own_margin)},
                                       {say("all losses of the path"), to_the_fen(o.loss)}});
        write_table(say("Who bore what"), bearers);

        YearFlows flows;
        double to_the_pool = 0;
        for (const auto& year : o.years) {
            flows.interest += year.interest;
            flows.fees += year.fees;
            flows.refills += year.refills;
            flows.claims_paid += year.claims_paid;
        }
        for (const auto& traced : trace_.days) to_the_pool += traced.recoveries;
        write_table(say("The pool's cash"), {{say("fund at the start"), to_the_fen(prepared_.terms.fund)},
                                             {say("interest"), to_the_fen(flows.interest)},
                                             {say("fees"), to_the_fen(flows.fees)},
                                             {say("recoveries"), to_the_fen(to_the_pool)},
                                             {say("refills"), to_the_fen(flows.refills)},
                                             {say("claims paid"), to_the_fen(-flows.claims_paid)},
                                             {say("fund at the end"), to_the_fen(o.end_cash)},
                                             {say("accepted but unpaid at the end"), to_the_fen(o.unpaid_end)},
                                             {say("recoveries still to come after the horizon"), to_the_fen(o.receivable)}});

        write_table(say("Deals"), {{say("opened or on the books"), std::to_string(o.opened - o.rolled)},
                                   {say("rolled on"), std::to_string(o.rolled)},
                                   {say("delivered"), std::to_string(o.delivered)},
                                   {say("failed at settlement"), std::to_string(o.failed)},
                                   {say("closed out"), std::to_string(o.closed_out)},
                                   {say("alive at the end"), std::to_string(o.alive)}});
        text_.pop_back();  // no empty line at the end
    }

    const Scenario& scenario_;
    const Prepared& prepared_;
    const PathTrace& trace_;
    const PathOutcome& outcome_;
    Language language_;
    std::vector<CapCuts> cuts_;
    Table<DayIndex, Happenings> days_;
    std::string text_;
};

}  // namespace

std::string trace_text(const Scenario& scenario, const Prepared& prepared, const PathTrace& trace, const PathOutcome& outcome, bool all_days,
                       Language language) {
    return Ledger(scenario, prepared, trace, outcome, language).write(all_days);
}

}  // namespace fxpool::report
