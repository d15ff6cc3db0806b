#include "keys.hpp"

// Rates: curves, pairs and their models (scenario.md, `market`).
namespace fxpool::scenario {
namespace {

constexpr double highest_volatility = 5;  // a year; beyond it a percent sign was forgotten
constexpr int longest_curve = 600;        // months

Type steps(Type number) { return either(number, map_of(EntryKey::date, number, false)); }

std::vector<Key> gbm_keys() {
    return {
        key("volatility", steps(share(0, highest_volatility)), "4.2%", say("a year; or {2026-01-05: 3%, 2026-07-01: 6%}: from these dates on")),
        key("drift", either(choice({"carry"}), steps(share(-5, 5))), "0%",
            say("growth of the expected rate, a year; carry = the rate difference, so that the expectation is the forward; or steps by date")),
    };
}

Type model_type() { return refusing(choice({"gbm", "path"}), {"merton", "heston", "regime", "bootstrap", "garch"}); }

Type then_type() {
    Type only_gbm = refusing(choice({"gbm"}), {"merton", "heston", "regime", "bootstrap", "garch"});
    std::vector<Key> keys = {key("type", only_gbm, "gbm", say("the model of the days after the moves"))};
    for (auto& one : gbm_keys()) keys.push_back(std::move(one));
    return or_none(section(std::move(keys), "type"));
}

Type model() {
    std::vector<Key> keys = {key("type", model_type(), "gbm", say("gbm (constant volatility) | path (given moves, for replays)"))};
    for (auto& one : gbm_keys()) {
        one.only = {"gbm"};
        keys.push_back(std::move(one));
    }
    Type move = share(-1, 10);
    move.number->above_low = true;
    Key moves = optional_key("moves", list_of(move, false), "[1.83%, 0.97%]", say("simple daily moves, from the first business day after the start on"));
    moves.in_template = true;
    for (auto& one : std::vector<Key>{
             std::move(moves),
             optional_key("file", text(TextForm::file), "rates.csv", say("or a file date,USDCNY,... whose successive rows' moves are taken")),
             optional_key("from", text(TextForm::date), "2015-08-10", say("its first row")),
             optional_key("to", text(TextForm::date), "2015-12-31", say("its last row")),
             key("then", then_type(), "none", say("the days after: none (the rate stands still) or a gbm model")),
         }) {
        one.only = {"path"};
        keys.push_back(std::move(one));
    }
    return section(std::move(keys), "type");
}

}  // namespace

Key market_key() {
    Type pair = section({
        required_key("spot", amount_above(0), "6.78", say("CNY per unit at the start (JPY: per 100)")),
        optional_key("swap_points", by_tenor(amount(-without_end), longest_curve), "{1M: -110, 6M: -640, 12M: -1250}",
                     say("pips; instead of the foreign curve")),
        optional_key("history", text(TextForm::file), "usdcny.csv", say("a file date,rate: rates before the start, for the six-month move of wrong-way risk")),
        key("band", refusing_the_rest(choice({"none"})), "none", say("a daily limit of the moves: not in this version yet")),
        key("model", model(), "{}", say("how the rate moves")),
    });
    Type curve = either(share(-1), by_tenor(share(-1), longest_curve));
    Key reference = optional_key("reference", text(TextForm::currency_pair), "USDCNY",
                                 say("the pair whose move drives wrong-way risk; the first pair where none is given"));
    reference.in_template = true;
    return required_key("market",
                        section({
                            std::move(reference),
                            required_key("curves", map_of(EntryKey::currency, curve, false), "{CNY: {1M: 1.50%, 12M: 1.55%}, USD: 3.4%}",
                                         say("zero rates, continuously compounded, Act/365: a number, or tenor -> rate")),
                            required_key("pairs", map_of(EntryKey::pair, pair, false), "USDCNY", say("the currency pairs, each against CNY")),
                            key("correlation", or_none(map_of(EntryKey::couple, factor(-1, 1))), "{}",
                                say("of the rates' daily shocks, e.g. {USDCNY~EURCNY: 0.55}; pairs not named 0")),
                        }),
                        "", say("rates of the market"));
}

}  // namespace fxpool::scenario
