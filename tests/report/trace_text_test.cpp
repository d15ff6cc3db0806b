#include "fxpool/report/trace_text.hpp"
#include "fxpool/report/layout.hpp"
#include "fxpool/report/trace_json.hpp"

#include "tests/report/example_trace.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace fxpool;
using namespace fxpool::report;
using namespace fxpool::testing;
using Catch::Matchers::Contains;

namespace {

std::string ledger(bool all_days, Language language, const TracedPath& path = traced_path()) {
    return trace_text(reported_scenario(), path.prepared, path.trace, path.outcome, all_days, language);
}

}  // namespace

TEST_CASE("the ledger tells each day's events and claims, and the sums", "[trace]") {
    const auto text = ledger(false, Language::en);
    INFO(text);
    CHECK_THAT(text, Contains("fuzhou, path 17, seed 20250325"));
    CHECK_THAT(text, Contains("common factor Z -1.250000"));
    CHECK_THAT(text, Contains("C2 (E1 at ICBC): forward sale of USD 150,000.00 at 6.700000 until 2026-07-01, frozen"));
    CHECK_THAT(text, Contains("C2 (E1 at ICBC): draw 0.004000, below the probability 0.010000"));
    CHECK_THAT(text, Contains("of ICBC for E1 (lost order): C2"));
    CHECK_THAT(text, Contains("recovery to come: 13,500.00 on 2027-07-01"));
    CHECK_THAT(text, Contains("fund 19,950,100.00, quota 19,950,100.00, frozen 0.00"));
    CHECK_THAT(text, Contains("interest 100.00"));
}

TEST_CASE("the cash of the ledger adds up: fund + interest - claims paid", "[trace]") {
    const auto text = ledger(false, Language::en);
    for (const auto* figure : {"20,000,000.00", "200.00", "-50,000.00", "19,950,200.00"}) CHECK_THAT(text, Contains(figure));
}

TEST_CASE("the failure stands before its claim, the payment after", "[trace]") {
    const auto text = ledger(false, Language::en);
    const auto lost = text.find("lost order"), claim = text.find("of ICBC for E1"), paid = text.find("50,000.00, paid to ICBC");
    REQUIRE(paid != std::string::npos);
    CHECK(lost < claim);
    CHECK(claim < paid);
}

TEST_CASE("quiet days are folded unless all are asked for", "[trace]") {
    CHECK_THAT(ledger(false, Language::en), Contains("2027-01-05: a quiet day"));
    CHECK_THAT(ledger(true, Language::en), !Contains("quiet"));
    auto path = traced_path();
    path.trace.events.clear();
    path.trace.claims.clear();
    CHECK_THAT(ledger(false, Language::en, path), Contains("2026-01-05 to 2027-01-05: 3 quiet days"));
}

TEST_CASE("a cut day is told, with what waits for it", "[trace]") {
    auto path = traced_path();
    path.prepared.pairs[PairId{0}].band = 0.02;
    path.trace.days[2].cut = {{PairId{0}, 7.12}};
    const auto waits = [](ContractId contract, pool::Cause cause) {
        return TraceEvent{
            .day = DayIndex{2}, .kind = EventKind::close_out_waits, .exporter = ExporterId{0}, .bank = BankId{0}, .contract = contract, .cause = cause};
    };
    const auto text = ledger(false, Language::en, path);
    INFO(text);
    CHECK_THAT(text, Contains("USDCNY 6.980000 (cut)   126-day move"));  // no quiet day
    CHECK_THAT(text, Contains("daily band      USDCNY moves by 2 % at most; the model has it at 7.120000"));
    path.trace.events.push_back(waits({}, pool::Cause::margin_call));
    path.trace.events.push_back(waits(ContractId{0}, pool::Cause::order_loss));
    path.trace.events.push_back(
        {.day = DayIndex{2}, .kind = EventKind::pending, .exporter = ExporterId{0}, .bank = BankId{0}, .cause = pool::Cause::margin_call});
    const auto more = ledger(false, Language::en, path);
    INFO(more);
    CHECK_THAT(more, Contains("close-out waits the deals of E1 at ICBC, unmet margin call: a rate is cut at its daily band"));
    CHECK_THAT(more, Contains("close-out waits C1 (E1 at ICBC), lost order: a rate is cut at its daily band"));
    CHECK_THAT(more, Contains("pending         the deals of E1 at ICBC: the close-out falls after the horizon"));
    const auto chinese = ledger(false, Language::zh, path);
    INFO(chinese);
    CHECK_THAT(chinese, Contains("USDCNY 6.980000（限幅）"));
    CHECK_THAT(chinese, Contains("USDCNY 当日变动以 2% 为限；模型汇率 7.120000"));
    CHECK_THAT(chinese, Contains("平仓顺延"));
    CHECK_THAT(chinese, Contains("E1 在 ICBC 的业务，"));
    const auto json = trace_json(reported_scenario(), path.prepared, path.trace, path.outcome);
    CHECK(json["days"][1]["cut"].empty());
    CHECK(json["days"][2]["cut"]["USDCNY"] == 7.12);
    CHECK(json["events"][3]["event"] == "close_out_waits");
    CHECK(json["events"][3]["cause"] == "margin_call");
    CHECK_FALSE(json["events"][3].contains("contract"));
    CHECK(json["events"][4]["contract"] == "C1");
}

TEST_CASE("no line of the ledger is wider than a terminal, in either language", "[trace]") {
    for (const auto language : {Language::en, Language::zh}) {
        std::istringstream lines(ledger(true, language));
        for (std::string line; std::getline(lines, line);) {
            INFO(line);
            CHECK(display_width(line) <= 112);
        }
    }
    CHECK_THAT(ledger(false, Language::zh), Contains("2026年7月1日"));
}

TEST_CASE("the JSON ledger has every figure with all its digits", "[trace]") {
    auto path = traced_path();
    path.outcome.gross = 1.0 / 3;
    const auto json = trace_json(reported_scenario(), path.prepared, path.trace, path.outcome);
    INFO(json.dump(1));
    CHECK(json["path"] == 17);
    CHECK(json["days"].size() == 3);
    CHECK(json["days"][1]["rates"]["USDCNY"] == 6.78 + 0.1);
    CHECK(json["events"][1]["event"] == "order_lost");
    CHECK(json["events"][1]["draw"] == 0.004);
    CHECK(json["claims"][0]["cause"] == "order_loss");
    CHECK(json["claims"][0]["demand"] == 50'000.0);
    CHECK(json["claims"][0]["pays"]["bank"] == 50'000.0);
    CHECK(json["claims"][0]["recovery_date"] == "2027-07-01");
    CHECK(json["sums"]["gross"].get<double>() == 1.0 / 3);
    CHECK(json["sums"]["cash"]["end"] == 19'950'200.0);
}
