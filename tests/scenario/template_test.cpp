// What `init` writes runs unchanged, and says what the defaults are.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

using namespace fxpool;
using namespace fxpool::testing;
using Json = nlohmann::json;

namespace {

/// Inputs that the template gives as examples: they have no default.
const std::vector<std::string> examples = {"name", "title", "banks", "exporters", "contracts", "market"};

Json without_examples(const std::string& parameters) {
    auto json = Json::parse(parameters);
    for (const auto& key : examples) json.erase(key);
    return json;
}

std::string uncommented(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        at = end + 1;
        line.resize(std::min(line.rfind("  # "), line.size()));
        out += line + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("the template loads without a word, in both languages", "[template]") {
    for (const auto language : {Language::en, Language::zh}) {
        const auto loaded = load_text(scenario_template("my-pool", language));
        CHECK(loaded.lines() == "");
        REQUIRE(loaded.scenario.has_value());
        CHECK(loaded.settings().name == "my-pool");
        CHECK(loaded.settings().contracts.value().filename() == "contracts.csv");
        CHECK(std::get<std::filesystem::path>(loaded.settings().exporters).filename() == "exporters.csv");
    }
}

TEST_CASE("what the template gives are the defaults", "[template]") {
    const auto filled = load_text(scenario_template("my-pool", Language::en));
    const auto bare = load_with("new_business: {monthly_usd: 800k, steady_state: false}\n");  // three firms, contracts on the books
    CHECK(without_examples(filled.scenario->parameters_json) == without_examples(bare.scenario->parameters_json));
}

TEST_CASE("the template runs on the model that is recommended, with a window before its start", "[template]") {
    for (const auto& text : {scenario_template("x", Language::en), short_template("x", Language::zh)}) {
        const auto loaded = load_text(text);
        CHECK(loaded.lines() == "");
        const auto& pair = loaded.settings().market.pairs.at(0);
        const auto& bootstrap = std::get<BootstrapModel>(pair.model.value());
        CHECK(bootstrap.mean_block == 19);
        CHECK(std::filesystem::path(bootstrap.window.file.path).filename() == shipped_rates_name);
        CHECK(bootstrap.window.to.value() < loaded.settings().start);
    }
}

TEST_CASE("the comments of the short template are the defaults", "[template]") {
    for (const auto language : {Language::en, Language::zh}) {
        const auto text = short_template("my-pool", language);
        const auto all = std::regex_replace(text, std::regex("(^|\n)( *)# ( *[a-z_]+:)"), "$1$2$3");
        REQUIRE(std::count(all.begin(), all.end(), '#') + 14 <= std::count(text.begin(), text.end(), '#'));
        auto taken = load_text(all), as_written = load_text(text);
        CHECK(as_written.lines() == "");
        INFO(taken.lines());
        REQUIRE(taken.scenario.has_value());
        auto filled = Json::parse(taken.scenario->parameters_json), bare = Json::parse(as_written.scenario->parameters_json);
        CHECK(filled["new_business"] == Json::parse(load_with("new_business: {}\n").scenario->parameters_json)["new_business"]);
        filled.erase("new_business");
        CHECK(filled == bare);
    }
    const auto english = short_template("x", Language::en);
    CHECK(std::count(english.begin(), english.end(), '\n') < 70);
}

TEST_CASE("the languages differ in comments only", "[template]") {
    CHECK(load_text(short_template("x", Language::en)).scenario->parameters_json == load_text(short_template("x", Language::zh)).scenario->parameters_json);
    CHECK(uncommented(scenario_template("x", Language::en)) == uncommented(scenario_template("x", Language::zh)));
    CHECK(scenario_template("x", Language::zh).find("资金池起始资金，人民币元") != std::string::npos);
}

TEST_CASE("alternatives stand in the template as comments", "[template]") {
    const auto text = scenario_template("x", Language::en);
    for (const auto* words :
         {"# refill:", "#   when: yearly", "# calls:", "# brakes:", "# late:", "#   synthetic:", "# type: path", "# moves: [", "# type: merton",
          "#   - name: calm", "#   - {name: stress, volatility: 6%, drift: 8%}", "# swap_points: {", "# shocks:", "# limits: {"}) {
        INFO(words);
        CHECK(text.find(words) != std::string::npos);
    }
}

TEST_CASE("each model of the template stands for itself where its comments are taken away", "[template]") {
    const std::string before = "        ", mark = before + "# type: ";
    for (const auto language : {Language::en, Language::zh}) {
        std::istringstream lines(scenario_template("my-pool", language));
        std::string head, tail;                                   // what stands before and after the models
        std::vector<std::pair<std::string, std::string>> models;  // name, block
        for (std::string line; std::getline(lines, line);) {
            const bool starts = line.starts_with(mark) || line.starts_with(before + "type: ");
            if (starts) models.emplace_back(line.substr(line.find(": ") + 2, line.find(' ', line.find(": ") + 2) - line.find(": ") - 2), "");
            if (line.starts_with(before + "# ")) line.erase(before.size(), 2);
            if (!models.empty() && line.starts_with(before) && tail.empty()) models.back().second += line + "\n";
            else (models.empty() ? head : tail) += line + "\n";
        }
        REQUIRE(models.size() == std::variant_size_v<Model> + 1);
        for (const auto& [name, block] : models) {
            INFO(name << "\n" << block);
            const auto loaded = load_text(head + block + tail);
            CHECK(loaded.lines() == "");
            REQUIRE(loaded.scenario.has_value());
            CHECK(loaded.scenario->parameters_json.find("\"type\":\"" + name + "\"") != std::string::npos);
        }
    }
}

TEST_CASE("the data files of the template name its banks and firms", "[template]") {
    for (const auto language : {Language::en, Language::zh}) {
        const auto exporters = exporters_template(language), contracts = contracts_template(language);
        CHECK(exporters.find(language == Language::zh ? "企业编号" : "exporter_id") == 3);  // after the byte order mark
        CHECK(contracts.find(language == Language::zh ? "合约编号" : "contract_id") == 3);
        for (const auto* firm : {"E001", "E002", "E003"}) {
            CHECK(exporters.find(firm) != std::string::npos);
            CHECK(contracts.find(firm) != std::string::npos);
        }
        const auto scenario = scenario_template("x", language);
        for (const auto* bank : {"ICBC", "BOC", "CCB"}) {
            CHECK(scenario.find(std::string("id: ") + bank) != std::string::npos);
            CHECK(contracts.find(bank) != std::string::npos);
        }
    }
}
