// The table of what inputs usually are: every row with a value inside (nothing is said) and outside (it is asked about).
#include "fxpool/settings/plausible.hpp"

#include "fxpool/scenario/scenario_file.hpp"
#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::Scratch;

namespace {

constexpr const char* scenario_text = R"(fxpool: 1
name: small
horizon: {start: 2026-01-05, months: 12}
market:
  curves: {CNY: 1.5%, USD: 3.4%, HKD: 3%, EUR: 2%}
  pairs:
    USDCNY: {spot: 6.98, model: {type: gbm, volatility: 4%}}
pool: {fund: 20m}
banks: [{id: ICBC, weight: 100%}]
new_business: {monthly_usd: 5m, tenors: {6M: 100%}}
)";

/// What must be written too before a key may stand, and the key with its parts filled in.
struct Example {
    std::string pattern, key;
    Overrides before = {};
};

Overrides model(const std::string& yaml) { return {{"market.pairs.USDCNY.model", yaml}}; }

std::vector<Example> examples() {
    const std::string pair = "market.pairs.USDCNY.", law = pair + "model.";
    const auto merton = model("{type: merton, volatility: 3%, jump_intensity: 4, jump_mean: 0.2%, jump_volatility: 0.6%}");
    const auto heston = model("{type: heston, v0: 0.0016, kappa: 3, theta: 0.0016, xi: 0.05, rho: 0}");
    const auto regime = model("{type: regime, states: [{name: a, volatility: 3%}, {name: b, volatility: 6%}], generator: [[-1, 1], [2, -2]]}");
    const auto garch = model("{type: garch, omega: 0.0000002, alpha: 0.08, beta: 0.89}");
    const auto bootstrap = model("{type: bootstrap, history: rates.csv}");
    const auto path = model("{type: path, moves: [1%]}");
    const Overrides calls = {{"pool.margin.calls", "{call_at: 80%}"}}, refill = {{"pool.refill", "{when: trigger, below: 50%}"}};
    const Overrides brakes = {{"pool.brakes", "{amber: {at: 20%}, red: {at: 40%}, bank: {at: 5%}, fx: {volatility: 8%, move: 4%}}"}};
    const Overrides shock = {{"failure.order_loss.shocks", "[{from: 2026-02-01, to: 2026-03-01, us_share_above: 50%, probability: 20%}]"}};
    const Overrides late = {{"failure.late", "{probability: 10%}"}}, firms = {{"exporters", "{synthetic: {count: 200}}"}};
    std::vector<Example> all = {
        {"market.curves.CNY.**", "market.curves.CNY"},
        {"market.curves.USD.**", "market.curves.USD"},
        {"market.curves.HKD.**", "market.curves.HKD"},
        {"market.curves.*.**", "market.curves.EUR"},
        {"market.pairs.*.band", pair + "band"},
        {"market.pairs.*.swap_points.*", pair + "swap_points.12M", {{pair + "swap_points", "{12M: -1250}"}}},
        {"market.pairs.*.model.moves.[]", law + "moves[0]", path},
        {"market.pairs.*.model.**.states.[].volatility", law + "states[0].volatility", regime},
        {"market.pairs.*.model.**.jump_volatility", law + "jump_volatility", merton},
        {"market.pairs.*.model.**.volatility.**", law + "volatility"},
        {"market.pairs.*.model.**.scale_volatility_to", law + "scale_volatility_to", bootstrap},
        {"market.pairs.*.model.**.start_volatility", law + "start_volatility", garch},
        {"market.pairs.*.model.**.drift.**", law + "drift"},
        {"market.pairs.*.model.**.jump_intensity", law + "jump_intensity", merton},
        {"market.pairs.*.model.**.jump_mean", law + "jump_mean", merton},
        {"market.pairs.*.model.**.v0", law + "v0", heston},
        {"market.pairs.*.model.**.theta", law + "theta", heston},
        {"market.pairs.*.model.**.kappa", law + "kappa", heston},
        {"market.pairs.*.model.**.xi", law + "xi", heston},
        {"market.pairs.*.model.**.generator.[].[]", law + "generator[0][1]", regime},
        {"market.pairs.*.model.**.alpha", law + "alpha", garch},
        {"market.pairs.*.model.**.beta", law + "beta", garch},
        {"market.pairs.*.model.**.mean", law + "mean", garch},
        {"market.pairs.*.model.**.mean_block", law + "mean_block", bootstrap},
        {"pool.margin.rate.**", "pool.margin.rate"},
        {"failure.insolvency.pd.**", "failure.insolvency.pd"},
        {"failure.insolvency.correlation.**", "failure.insolvency.correlation"},
        {"failure.order_loss.probability.**", "failure.order_loss.probability"},
        {"failure.order_loss.shocks.[].probability", "failure.order_loss.shocks[0].probability", shock},
        {"failure.order_loss.shocks.[].us_share_above", "failure.order_loss.shocks[0].us_share_above", shock},
        {"exporters.synthetic.us_share.*", "exporters.synthetic.us_share.food", firms},
    };
    for (const auto& range : plausible_ranges()) {  // the rest are keys as they are
        const std::string key = range.key;
        if (key.find_first_of("*[ ") != std::string::npos) continue;
        const auto starts = [&](const char* with) { return key.starts_with(with); };
        all.push_back({key, key,
                       starts("pool.margin.calls")      ? calls
                       : starts("pool.floor")           ? Overrides{{"pool.layout", "hybrid"}}
                       : starts("pool.refill")          ? refill
                       : starts("pool.brakes")          ? brakes
                       : starts("failure.late")         ? late
                       : starts("exporters.synthetic.") ? firms
                                                        : Overrides{}});
    }
    return all;
}

std::string yaml_of(double value) {
    std::string text = std::to_string(value);
    if (std::abs(value) < 0.01) {
        char exact[64];
        std::snprintf(exact, sizeof exact, "%.12f", value);
        text = exact;
    }
    if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

/// Of what `value` at the key brings, the problems at the key itself.
enum class Told { nothing, warning, error };
Told told_of(const Example& example, double value, const std::filesystem::path& file, std::string& lines) {
    auto overrides = example.before;
    // a list's item can't be set by itself: the list is written with it
    const auto text = yaml_of(value);
    if (example.key.ends_with("moves[0]")) overrides = model("{type: path, moves: [" + text + "]}");
    else if (example.key.ends_with("states[0].volatility"))
        overrides = model("{type: regime, states: [{name: a, volatility: " + text + "}, {name: b, volatility: 6%}], generator: [[-1, 1], [2, -2]]}");
    else if (example.key.ends_with("generator[0][1]"))
        overrides = model("{type: regime, states: [{name: a, volatility: 3%}, {name: b, volatility: 6%}], generator: [[" + yaml_of(-value) + ", " + text +
                          "], [2, -2]]}");
    else if (example.key.ends_with("shocks[0].probability"))
        overrides = {{"failure.order_loss.shocks", "[{from: 2026-02-01, to: 2026-03-01, probability: " + text + "}]"}};
    else if (example.key.ends_with("shocks[0].us_share_above"))
        overrides = {{"failure.order_loss.shocks", "[{from: 2026-02-01, to: 2026-03-01, us_share_above: " + text + ", probability: 20%}]"}};
    else overrides.emplace_back(example.key, text);
    Problems problems;
    load_scenario(file, overrides, problems);
    lines = line_of(problems);
    const auto at_key = [&](const Problem& problem, Severity severity) {
        const bool here = problem.subject == example.key || problem.place.file == "--set " + overrides.back().first;
        return problem.severity == severity && here;
    };
    Told told = Told::nothing;
    for (const auto& problem : problems.list()) {
        if (at_key(problem, Severity::error)) return Told::error;
        if (at_key(problem, Severity::warning) && problem.message.pattern.find("usually") + problem.message.pattern.find("seldom") != 2 * std::string::npos)
            told = Told::warning;
    }
    return told;
}

std::string table_text(Language language) {
    const bool zh = language == Language::zh;
    std::string text = zh ? "| 输入 | 通常 | 理由 |\n|---|---|---|\n" : "| input | usually | because |\n|---|---|---|\n";
    for (const auto& range : plausible_ranges()) {
        const auto end = [&](double value) { return shown(range.shown, value); };
        std::string usual = has_low_end(range) ? end(range.low) + (zh ? " 至 " : " to ") + end(range.high) : (zh ? "不超过 " : "at most ") + end(range.high);
        if (range.least > 0) usual += (zh ? "，与 0 的距离不小于 " : ", not nearer to 0 than ") + end(range.least);
        text +=
            "| `" + std::string(range.key) + (zh ? "`：" : "`: ") + render(range.what, language) + " | " + usual + " | " + render(range.why, language) + " |\n";
    }
    return text;
}

}  // namespace

TEST_CASE("every key of the table says nothing inside its range and asks outside", "[plausible]") {
    const Scratch scratch;
    const auto file = scratch.file("small.yaml", scenario_text);
    const auto all = examples();
    for (const auto& range : plausible_ranges()) {
        const std::string key = range.key;
        if (key.find(" / ") != std::string::npos) continue;
        INFO(key);
        const auto example = std::find_if(all.begin(), all.end(), [&](const Example& one) { return one.pattern == key; });
        REQUIRE(example != all.end());
        std::string lines;
        const bool whole = range.shown == Shown::days || range.shown == Shown::months || key.ends_with("count");
        const double inside = whole ? std::round(range.usual) : range.usual;
        CHECK((told_of(*example, inside, file, lines) == Told::nothing));
        INFO(lines);
        std::vector<double> outside = {whole ? range.high + 1 : range.high * 1.3};
        if (has_low_end(range) && !(whole && range.low <= 1)) outside.push_back(whole ? range.low - 1 : range.low < 0 ? range.low * 1.3 : range.low * 0.7);
        if (range.least > 0) outside.push_back(range.least * 0.7);
        int asked = 0;
        for (const double value : outside) {
            const auto told = told_of(*example, value, file, lines);
            INFO(value);
            INFO(lines);
            CHECK((told != Told::nothing));
            asked += told == Told::warning;
        }
        CHECK(asked > 0);
    }
}

TEST_CASE("comparisons of the table have a range, and zero is never asked about", "[plausible]") {
    for (const auto& range : plausible_ranges()) {
        INFO(range.key);
        CHECK(range.low < range.high);
        CHECK(is_plausible(range, range.usual));
        CHECK(is_plausible(range, range.high));
        CHECK(is_plausible(range, 0));
        CHECK_FALSE(is_plausible(range, range.high * 1.01));
        if (has_low_end(range) && range.low > 0) CHECK_FALSE(is_plausible(range, range.low * 0.99));
    }
}

TEST_CASE("what was meant is the slip that leads nearest to the usual value", "[plausible]") {
    CHECK(probably_meant(*plausible_for({"pool", "fund"}), 2000) == Approx(2000e4));  // 2000 for 2000万
    CHECK(probably_meant(*plausible_for({"pool", "fund"}), 20) == Approx(20e6));      // 20 for 20m
    CHECK(probably_meant(*plausible_for({"pool", "concentration", "bank"}), 35) == Approx(0.35));
    CHECK(probably_meant(*plausible_for({"market", "pairs", "USDCNY", "model", "then", "volatility"}), 0.00042) == Approx(0.042));
    CHECK_FALSE(probably_meant(*plausible_for({"horizon", "months"}), 1.2e6).has_value());
}

TEST_CASE("docs/plausibility.md shows the table, in both languages", "[plausible]") {
    const char* set = std::getenv("FXPOOL_SOURCE_DIR");
    const auto folder = set != nullptr ? std::filesystem::path(set) : std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
    for (const auto language : {Language::en, Language::zh}) {
        const auto path = folder / (language == Language::zh ? "docs/plausibility.zh.md" : "docs/plausibility.md");
        std::ifstream in(path);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto table = text.find(language == Language::zh ? "| 输入 |" : "| input |");
        REQUIRE(table != std::string::npos);
        if (std::getenv("FXPOOL_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text.substr(0, table) << table_text(language);
        else CHECK(text.substr(table) == table_text(language));
    }
}
