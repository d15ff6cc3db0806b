#include "coordinates.hpp"
#include "family_list.hpp"
#include "fxpool/calibrate/block_length.hpp"

#include <algorithm>
#include <cmath>

// bootstrap has no likelihood: its rows are the sample. What is chosen is the mean block.
namespace fxpool::calibrate {
namespace {

std::string one_decimal(double value) {
    auto text = std::to_string(std::round(value * 10) / 10);
    text.erase(text.find('.') + 2);
    return text;
}

Fit bootstrap_fit(const Series& series, const FitOptions&) {
    Fit fit;
    fit.dt = series.dt;
    fit.history = series.moves;
    if (!(variance_of(series.moves) > 0)) {
        fit.failure = say("the rate does not move: there is nothing to fit");
        return fit;
    }
    std::vector<double> squares;
    const double mean = mean_of(series.moves);
    for (const double move : series.moves) squares.push_back((move - mean) * (move - mean));
    const double for_moves = politis_white_length(series.moves), for_squares = politis_white_length(squares);
    const auto shortest = shortest_block(series.moves);

    BootstrapModel model;
    model.window.from = series.dates.front();
    model.window.to = series.dates.back();
    model.demean = true;
    model.mean_block = shortest ? *shortest : std::ceil(std::max(for_moves, for_squares));
    fit.model = fit.long_run = model;
    fit.parameters = {{.name = "mean_block", .value = model.mean_block}};
    if (shortest) {
        fit.notes.push_back(
            say("mean_block: the shortest block whose paths trend over 63 and 126 days as history did, each variance ratio within one standard error"));
    } else {
        fit.notes.push_back(say(
            "mean_block: no block length gives the trends that history had over 63 and 126 days; this is the longer of the two lengths of Politis and White"));
    }
    if (fit.parameters.front().value <= 1) fit.notes.push_back(say("blocks of one day: calm and turbulent months do not last as they did in history"));
    fit.notes.push_back(say("Politis-White-Patton length: {0} days for the moves, {1} for their squares", one_decimal(for_moves), one_decimal(for_squares)));
    return fit;
}

Fit bootstrap_at(const Fit& fit, std::span<const double>) { return fit; }

/// The transform is the rank of a move among the sample's (both less the same mean): within the sample it is uniform by construction and
/// says nothing of the model.
Filtered bootstrap_filter(const Fit& fit, std::span<const double> moves) {
    auto sorted = fit.history;
    std::sort(sorted.begin(), sorted.end());
    const auto count = static_cast<double>(sorted.size());
    Filtered filtered;
    for (const double move : moves) {
        const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), move);
        const double below = static_cast<double>(first - sorted.begin()), equal = static_cast<double>(last - first);
        filtered.pit.push_back((below + (equal + 1) / 2) / (count + 1));  // never 0 or 1
    }
    filtered.weights.assign(moves.size() + 1, 1.0);
    return filtered;
}

}  // namespace

Family bootstrap_family() {
    return {BootstrapModel::name,
            bootstrap_fit,
            nullptr,
            bootstrap_at,
            bootstrap_filter,
            [](const Fit& fit) { return std::vector<Model>{fit.long_run}; },
            one_year};
}

}  // namespace fxpool::calibrate
