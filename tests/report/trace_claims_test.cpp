#include "fxpool/report/figures.hpp"
#include "fxpool/report/trace_text.hpp"

#include "tests/report/example_trace.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace fxpool;
using namespace fxpool::report;
using namespace fxpool::testing;

namespace {

/// The lines of a claim as they are read: text and amount.
std::vector<std::string> lines_of(const Prepared& prepared, const TraceClaim& claim, Language language = Language::en) {
    std::vector<std::string> lines;
    for (const auto& line : claim_lines(prepared, claim, claims_cap_cuts(prepared, {claim}).front(), language)) {
        lines.push_back(render(line.text, language) + ": " + to_the_fen(line.amount));
    }
    return lines;
}

bool has(const std::vector<std::string>& lines, const std::string& line) { return std::find(lines.begin(), lines.end(), line) != lines.end(); }

}  // namespace

TEST_CASE("a claim is told from the loss to who pays it", "[trace]") {
    const auto lines = lines_of(traced_path().prepared, traced_claim());
    for (const auto& line : lines) UNSCOPED_INFO(line);
    CHECK(lines.front() == "loss of the set (frozen quota 50,000.00, notional 1,000,000.00): 100,000.00");
    CHECK(has(lines, "less deductible (1 % of the notional): -10,000.00"));
    CHECK(has(lines, "pool's share (80 %): 72,000.00"));
    CHECK(has(lines, "asked of the pool's cash: 50,000.00"));
    CHECK(has(lines, "covered by the common part: 50,000.00"));
    CHECK(has(lines, "cut off in all, to be borne by the bank: 22,000.00"));
    CHECK(has(lines, "borne by the pool: 50,000.00"));
    CHECK(has(lines, "borne by the bank ICBC: 50,000.00"));
}

TEST_CASE("a rejected claim says so, and goes no further", "[trace]") {
    auto claim = traced_claim();
    claim.rejected = true;
    claim.split = {.net = 100'000, .bank = 100'000};
    claim.after_claims_caps = claim.limb = claim.excess = 0;
    claim.funding = {};
    claim.bank_pays = 100'000;
    const auto lines = lines_of(traced_path().prepared, claim);
    CHECK(has(lines, "the claim is rejected: the bank bears the net loss: 100,000.00"));
    CHECK(has(lines, "borne by the pool: 0.00"));
    CHECK_FALSE(has(lines, "pool's share (80 %): 0.00"));
}

TEST_CASE("the exporter's cap and the yearly cap are told apart", "[trace]") {
    auto prepared = traced_path().prepared;
    prepared.terms.claims.exporter_cap = 80'000;
    prepared.terms.claims.yearly_cap = 90'000;
    auto first = traced_claim(), second = traced_claim(), other = traced_claim();
    second.after_claims_caps = 30'000;  // of 50,000: the exporter has 30,000 left
    other.exporter = ExporterId{1};
    other.after_claims_caps = 10'000;  // of 50,000: the year has 10,000 left
    const auto cuts = claims_cap_cuts(prepared, {first, second, other});
    REQUIRE(cuts.size() == 3);
    CHECK(cuts[0].exporter_cap == Approx(0));
    CHECK(cuts[0].yearly_cap == Approx(0));
    CHECK(cuts[1].exporter_cap == Approx(20'000));
    CHECK(cuts[1].yearly_cap == Approx(0));
    CHECK(cuts[2].exporter_cap == Approx(0));
    CHECK(cuts[2].yearly_cap == Approx(40'000));
}

TEST_CASE("what waits for cash is not what is cut off for want of it", "[trace]") {
    auto prepared = traced_path().prepared;
    auto claim = traced_claim();
    claim.funding = {.common = 20'000, .waiting = 30'000};
    CHECK(has(lines_of(prepared, claim), "cut off for want of cash: 30,000.00"));
    prepared.terms.claims.queue = true;
    CHECK(has(lines_of(prepared, claim), "waits for cash: 30,000.00"));
}
