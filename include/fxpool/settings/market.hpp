#pragma once

#include "fxpool/model/model.hpp"
#include "fxpool/settings/forms.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Rates: curves, pairs and their models.
namespace fxpool {

/// The moves of a `path`: simple daily moves on the first business days, either written out or read from a file of rates.
struct GivenMoves {
    std::vector<double> moves;                  ///< these ...
    std::optional<std::filesystem::path> file;  ///< ... or a rates file: the pair's column, else `rate`
    std::optional<Date> from, to;

    void keys(auto&& key) {
        key("moves", moves, share_above(-1, 10), absent("[1.83%, 0.97%]").in_template(),
            say("simple daily moves, from the first business day after the start on"));
        key("file", file, absent("rates.csv"), say("or a file date,USDCNY,... whose successive rows' moves are taken"));
        key("from", from, absent("2015-08-10"), say("its first row"));
        key("to", to, absent("2015-12-31"), say("its last row"));
    }
};

/// The key `model`: given moves, a model, or both (`then`). The members are the pair's.
struct RateLaw {
    std::optional<GivenMoves>& given;
    std::optional<Model>& model;
    const std::optional<std::filesystem::path>& history;
};

struct PairSettings {
    std::string name;     ///< USDCNY
    double spot = 0;      ///< CNY per unit; JPY per 100
    ByTenor swap_points;  ///< months -> pips (1/10,000 of the rate); empty: the foreign curve is used
    std::optional<std::filesystem::path> history;
    double band = no_limit;           ///< the most that the rate moves in a day
    std::optional<GivenMoves> given;  ///< type: path
    std::optional<Model> model;       ///< the model; after given moves the one that `then` names, or none: flat

    void keys(auto&& key) {
        key("spot", spot, rate_form(), needed("6.985"), say("CNY per unit at the start (JPY: per 100)"));
        key("swap_points", swap_points, ByTenorForm{pips_form(-most_pips), 600}, absent("{1M: -110, 6M: -640, 12M: -1250}"),
            say("pips; instead of the foreign curve"));
        key("history", history, absent("usdcny.csv"),
            say("a file date,rate: rates before the start, for the six-month move of wrong-way risk and for models that draw from history"));
        key("band", band, or_none(share_above(0, 1)), say("2%: a day's move is cut there and the rest carried on to the next"));
        key("model", RateLaw{given, model, history}, say("how the rate moves"));
    }
};

struct MarketSettings {
    std::string reference;                                              ///< the pair whose move drives wrong-way risk
    std::map<std::string, ByTenor> curves;                              ///< currency -> months -> zero rate, continuously compounded Act/365
    std::vector<PairSettings> pairs;                                    ///< in the file's order
    std::map<std::pair<std::string, std::string>, double> correlation;  ///< as written: USDCNY~EURCNY

    void keys(auto&& key) {
        key("reference", reference, TextForm::currency_pair, absent("USDCNY").in_template(),
            say("the pair whose move drives wrong-way risk; the first pair where none is given"));
        key("curves", curves, Entries{EntryKey::currency, ByTenorForm{share_form(-1), 600, true}, false}, needed("{CNY: {1M: 1.50%, 12M: 1.55%}, USD: 3.4%}"),
            say("zero rates, continuously compounded, Act/365: a number, or tenor -> rate"));
        key("pairs", pairs, needed("USDCNY"), say("the currency pairs, each against CNY"));
        key("correlation", correlation, factor_form(-1, 1), say("of the rates' daily shocks, e.g. {USDCNY~EURCNY: 0.55}; pairs not named 0"));
    }
};

}  // namespace fxpool
