#include "keys.hpp"
#include "keys_of_models.hpp"

// Rates: curves, pairs and their models (docs/scenario.md, `market`).
namespace fxpool::scenario {
namespace {

constexpr int longest_curve = 600;  // months

Message a_model_or(const Type& names, const char* more) {
    std::string others;
    for (std::size_t i = 1; i < names.words.size(); ++i) others += names.words[i] + " | ";
    return say("{0}; or {1}", names.meanings.front(), others + more);
}

Type then_type() {
    Type names = model_names();
    names.never = {{"path", say("a path can't follow a path in 'then': list all moves in one, and give a model for the days after")}};
    const Message which = say("the model of the days after the moves");
    std::vector<Key> keys = {key("type", names, names.words.front(), which)};
    for (auto& one : model_keys()) keys.push_back(std::move(one));
    return or_none(section(std::move(keys), "type", {{"then", say("a 'then' can't have a 'then' of its own: its model goes on to the end")}}));
}

std::vector<Key> path_keys() {
    Key moves =
        optional_key("moves", list_of(share_above(-1, 10), false), "[1.83%, 0.97%]", say("simple daily moves, from the first business day after the start on"));
    moves.in_template = true;
    std::vector<Key> keys = {
        std::move(moves),
        optional_key("file", text(TextForm::file), "rates.csv", say("or a file date,USDCNY,... whose successive rows' moves are taken")),
        optional_key("from", text(TextForm::date), "2015-08-10", say("its first row")),
        optional_key("to", text(TextForm::date), "2015-12-31", say("its last row")),
        key("then", then_type(), "none", say("the days after: none (the rate stands still), or any of the other models")),
    };
    for (auto& one : keys) one.only = {"path"};
    return keys;
}

Type model() {
    Type names = model_names();
    const Message which = a_model_or(names, "path");
    names.words.emplace_back("path");
    names.meanings.push_back(say("given moves, for replays"));
    std::vector<Key> keys = {key("type", names, names.words.front(), which)};
    for (auto& one : model_keys()) keys.push_back(std::move(one));
    for (auto& one : path_keys()) keys.push_back(std::move(one));
    return section(std::move(keys), "type");
}

}  // namespace

Key market_key() {
    Type pair = section({
        required_key("spot", amount(lowest_rate, highest_rate), "6.985", say("CNY per unit at the start (JPY: per 100)")),
        optional_key("swap_points", by_tenor(amount(-most_pips, most_pips), longest_curve), "{1M: -110, 6M: -640, 12M: -1250}",
                     say("pips; instead of the foreign curve")),
        optional_key("history", text(TextForm::file), "usdcny.csv",
                     say("a file date,rate: rates before the start, for the six-month move of wrong-way risk and for models that draw from history")),
        key("band", or_none(share_above(0, 1)), "none", say("2%: a day's move is cut there and the rest carried on to the next")),
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
