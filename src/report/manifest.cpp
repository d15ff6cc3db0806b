#include "fxpool/report/manifest.hpp"

#include "fxpool/report/program.hpp"
#include "fxpool/report/sha256.hpp"

#include <fmt/chrono.h>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>

namespace fxpool::report {
namespace {

using Json = nlohmann::ordered_json;

std::string now_in_utc() {
    const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

Json input_files(const std::vector<std::filesystem::path>& files) {
    Json list = Json::array();
    std::set<std::filesystem::path> seen;
    for (const auto& file : files) {
        if (!seen.insert(file.lexically_normal()).second) continue;
        const auto digest = sha256_of_file(file);
        list.push_back({{"file", file.string()}, {"sha256", digest ? Json(*digest) : Json(nullptr)}});
    }
    return list;
}

}  // namespace

Json manifest_json(const Scenario& scenario, const Prepared& prepared, const Results& results, const RunFacts& facts) {
    const auto& built = program();
    Json libraries = Json::object();
    for (const auto& [name, version] : built.libraries) libraries[name] = version;
    Json json;
    json["schema"] = "fxpool-manifest/1";
    json["scenario"] = scenario.settings.name;
    json["command"] = facts.command_line;
    json["overrides"] = Json::array();
    for (const auto& [key, value] : facts.overrides) json["overrides"].push_back({{"key", key}, {"value", value}});
    json["inputs"] = input_files(facts.input_files);
    json["seed"] = prepared.seed;
    json["paths"] = results.paths;
    json["threads"] = facts.threads;
    json["seconds"] = facts.seconds;
    json["finished"] = now_in_utc();
    json["program"] = {
        {"name", "fxpool"}, {"version", built.version}, {"commit", built.commit}, {"compiler", built.compiler}, {"build_type", built.build_type}};
    json["libraries"] = libraries;
    return json;
}

}  // namespace fxpool::report
