#pragma once

#include "fxpool/scenario/scenario_file.hpp"
#include "tests/support/scratch.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Scenario files for the tests of this folder.
namespace fxpool::testing {

/// The least that a scenario must say: only required keys, one line each.
inline const std::string least = R"(fxpool: 1
name: least
horizon: {start: 2026-01-05}
market:
  curves: {CNY: 1.5%, USD: 3.4%}
  pairs:
    USDCNY: {spot: 6.78}
pool: {}
banks: [{id: ICBC, weight: 100%}]
contracts: book.csv
)";

struct Loaded {
    std::optional<Scenario> scenario;
    Problems problems;

    const Settings& settings() const { return scenario.value().settings; }
    std::string lines(Language language = Language::en) const { return line_of(problems, language); }
};

inline Loaded load_file(const std::filesystem::path& file, const Overrides& overrides = {}) {
    Loaded loaded;
    loaded.scenario = load_scenario(file, overrides, loaded.problems);
    return loaded;
}

/// A file a.yaml of this text alone.
inline Loaded load_text(std::string_view text, const Overrides& overrides = {}) {
    const Scratch folder;
    return load_file(folder.file("a.yaml", text), overrides);
}

/// The least scenario with these lines after it.
inline Loaded load_with(std::string_view more, const Overrides& overrides = {}) { return load_text(least + std::string(more), overrides); }

/// The least scenario with one line replaced.
inline Loaded load_instead(std::string_view line, std::string_view by, const Overrides& overrides = {}) {
    std::string text = least;
    text.replace(text.find(line), line.size(), by);
    return load_text(text, overrides);
}

/// The least scenario with these keys beside the pair's spot: "band: 2%".
inline Loaded load_with_pair(std::string_view keys, const Overrides& overrides = {}) {
    return load_instead("{spot: 6.78}", "{spot: 6.78, " + std::string(keys) + "}", overrides);
}

/// The least scenario with this model of its pair, in line 7 from column 33 on.
inline Loaded load_with_model(std::string_view model, const Overrides& overrides = {}) { return load_with_pair("model: " + std::string(model), overrides); }

/// The first pair's model.
template <class M>
M model_of(const Loaded& loaded) {
    return std::get<M>(loaded.settings().market.pairs.at(0).model.value());
}

/// The least scenario with these keys in its pool: "{fund: 30m}".
inline Loaded load_with_pool(std::string_view pool) { return load_instead("pool: {}", "pool: " + std::string(pool)); }

}  // namespace fxpool::testing
