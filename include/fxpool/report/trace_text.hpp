#pragma once

#include "fxpool/engine/prepared.hpp"
#include "fxpool/engine/trace.hpp"
#include "fxpool/settings/settings.hpp"

#include <string>
#include <utility>
#include <vector>

/// One path's ledger in words: each day's rates, events, claims line by line, and where fund and quota stand at its end.
namespace fxpool::report {

/// Days on which nothing happened are folded into one line unless `all_days`.
std::string trace_text(const Scenario& scenario, const Prepared& prepared, const PathTrace& trace, const PathOutcome& outcome, bool all_days,
                       Language language);

/// An event in two columns: what kind it is, and what it says.
std::pair<Message, Message> event_text(const Prepared& prepared, const TraceEvent& event, Language language);

/// What the claims caps took from a claim, each by itself. CNY.
struct CapCuts {
    double exporter_cap = 0, yearly_cap = 0;
};
/// For each claim of a path, in order: the caps are used up by the limbs before it.
std::vector<CapCuts> claims_cap_cuts(const Prepared& prepared, const std::vector<TraceClaim>& claims);

/// A line of a claim's way through the waterfall.
struct ClaimLine {
    Message text;
    double amount = 0;  ///< CNY, to the fen
};
/// The lines from the loss to what each bearer pays.
std::vector<ClaimLine> claim_lines(const Prepared& prepared, const TraceClaim& claim, const CapCuts& cuts, Language language);

/// "above the hedge ratio", "no free quota", ... as texts say why an application was refused.
Message refusal_words(pool::Refusal why);

/// "insolvency", "lost order", ... as texts name a cause.
Message cause_word(pool::Cause cause);

}  // namespace fxpool::report
