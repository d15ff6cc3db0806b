// A claim's way through the waterfall, line by line (docs/rules.md, 4.1).
#include "fxpool/base/number.hpp"
#include "fxpool/report/figures.hpp"
#include "fxpool/report/trace_text.hpp"

#include <algorithm>
#include <map>

namespace fxpool::report {
namespace {

Message bearer_word(pool::Bearer bearer) {
    switch (bearer) {
        case pool::Bearer::guarantor: return say("the guarantor");
        case pool::Bearer::government: return say("the government");
        case pool::Bearer::bank: break;
    }
    return say("the bank");
}

}  // namespace

std::vector<CapCuts> claims_cap_cuts(const Prepared& prepared, const std::vector<TraceClaim>& claims) {
    const auto& terms = prepared.terms.claims;
    std::map<ExporterId, double> used_by_exporter;
    std::map<std::int32_t, double> used_in_year;
    std::vector<CapCuts> cuts;
    for (const auto& claim : claims) {
        auto& of_exporter = used_by_exporter[claim.exporter];
        auto& of_year = used_in_year[prepared.year[claim.day]];
        const double left_for_exporter = std::max(terms.exporter_cap - of_exporter, 0.0);
        const double after_exporter_cap = std::min(claim.split.pool, left_for_exporter);
        cuts.push_back({claim.split.pool - after_exporter_cap, after_exporter_cap - claim.after_claims_caps});
        of_exporter += claim.after_claims_caps;
        of_year += claim.after_claims_caps;
    }
    return cuts;
}

std::vector<ClaimLine> claim_lines(const Prepared& prepared, const TraceClaim& claim, const CapCuts& cuts, Language language) {
    const auto& terms = prepared.terms.claims;
    const auto& split = claim.split;
    std::vector<ClaimLine> lines;
    const auto add = [&](Message text, double amount) { lines.push_back({std::move(text), amount}); };

    add(say("loss of the set (frozen quota {0}, notional {1})", to_the_fen(claim.loss.frozen), to_the_fen(claim.loss.notional)), claim.loss.amount);
    add(say("less own margin and call cash (of {0} posted)", to_the_fen(claim.loss.posted)), -split.own_margin);
    add(say("net loss"), split.net);
    if (claim.rejected) {
        add(say("the claim is rejected: the bank bears the net loss"), split.net);
    } else {
        add(say("less deductible ({0} of the notional)", share(terms.deductible, language)), -split.deductible);
        add(say("guarantor's share ({0})", share(terms.guarantor_share, language)), split.guarantor);
        add(say("bank's share, with the deductible"), split.bank);
        add(say("pool's share ({0})", share(terms.pool_share, language)), split.share);
        if (terms.cap_multiple < pool::none) {
            add(say("less the per-deal cap ({0} x frozen quota)", exact_number(terms.cap_multiple)), -split.excess);
        }
        if (terms.exporter_cap < pool::none) add(say("less the exporter's claims cap ({0})", to_the_fen(terms.exporter_cap)), -cuts.exporter_cap);
        if (terms.yearly_cap < pool::none) add(say("less the yearly claims cap ({0})", to_the_fen(terms.yearly_cap)), -cuts.yearly_cap);
        add(say("asked of the pool's cash"), claim.after_claims_caps);
        if (claim.funding.own > 0) add(say("covered by the bank's own part"), claim.funding.own);
        if (claim.funding.common > 0) add(say("covered by the common part"), claim.funding.common);
        if (claim.funding.waiting > 0) {
            add(terms.queue ? say("waits for cash") : say("cut off for want of cash"), claim.funding.waiting);
        }
    }
    if (claim.excess > 0) add(say("cut off in all, to be borne by {0}", bearer_word(claim.excess_bearer)), claim.excess);
    add(say("borne by the pool"), claim.limb);
    add(say("borne by the bank {0}", prepared.banks[claim.bank]), claim.bank_pays);
    add(say("borne by the guarantor"), claim.guarantor_pays);
    add(say("borne by the government"), claim.government_pays);
    add(say("borne by the exporter's own margin"), split.own_margin);
    return lines;
}

}  // namespace fxpool::report
