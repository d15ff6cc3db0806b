#include "fxpool/report/result_folder.hpp"
#include "fxpool/report/sha256.hpp"

#include "tests/report/example_results.hpp"
#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

using namespace fxpool;
using namespace fxpool::report;
using namespace fxpool::testing;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
    return names;
}

WriteOutcome write_to(const fs::path& out, const RunFacts& facts = {}, const std::atomic<bool>* stop = nullptr) {
    return write_results(out, reported_scenario(), reported_prepared(), reported_results(), facts, stop);
}

}  // namespace

TEST_CASE("a result is a folder of its own, with every file", "[result_folder]") {
    const Scratch scratch;
    const auto out = scratch.path("deep/results");
    const auto outcome = write_to(out);
    REQUIRE_FALSE(outcome.failure);
    CHECK(outcome.folder == out / "fuzhou");
    CHECK(names_in(out) == std::set<std::string>{"fuzhou"});
    CHECK(names_in(outcome.folder) == std::set<std::string>{"summary.json", "daily.csv", "losses.csv", "manifest.json"});
    CHECK(text_of(outcome.folder / "daily.csv") ==
          "\xEF\xBB\xBF"
          "date,cash_mean\n2026-01-05,2e+07\n2026-07-01,19876543.21\n");
    CHECK(text_of(outcome.folder / "losses.csv") ==
          "\xEF\xBB\xBF"
          "path,gross\n0,0.1\n1,\n");
    CHECK(nlohmann::json::parse(text_of(outcome.folder / "summary.json"))["scenario"] == "fuzhou");
}

TEST_CASE("a new result takes the place of the former one, whole", "[result_folder]") {
    const Scratch scratch;
    fs::create_directories(scratch.path("fuzhou"));
    scratch.file("fuzhou/old.csv", "of yesterday");
    scratch.file("fuzhou/manifest.json", R"({"schema": "fxpool-manifest/1", "files": ["manifest.json", "old.csv"]})");
    const auto outcome = write_to(scratch.path(""));
    REQUIRE_FALSE(outcome.failure);
    CHECK(outcome.kept.empty());
    CHECK(names_in(scratch.path("fuzhou")).count("old.csv") == 0);
    CHECK(names_in(scratch.path("")) == std::set<std::string>{"fuzhou"});
}

TEST_CASE("what no result wrote stays in its folder", "[result_folder]") {
    const Scratch scratch;
    fs::create_directories(scratch.path("fuzhou/slides"));
    scratch.file("fuzhou/notes.txt", "of the mayor");
    scratch.file("fuzhou/daily.csv", "of an accountant");
    const auto outcome = write_to(scratch.path(""));
    REQUIRE_FALSE(outcome.failure);
    CHECK(outcome.kept == std::vector<std::string>{"daily.csv", "notes.txt", "slides"});
    CHECK(text_of(scratch.path("fuzhou/notes.txt")) == "of the mayor");
    CHECK(text_of(scratch.path("fuzhou/kept-daily.csv")) == "of an accountant");
    CHECK(fs::is_directory(scratch.path("fuzhou/slides")));
    CHECK(names_in(scratch.path("")) == std::set<std::string>{"fuzhou"});
    CHECK(write_to(scratch.path("")).kept == std::vector<std::string>{"kept-daily.csv", "notes.txt", "slides"});
}

TEST_CASE("a run that is stopped while writing leaves the former result alone", "[result_folder]") {
    const Scratch scratch;
    fs::create_directories(scratch.path("fuzhou"));
    scratch.file("fuzhou/old.csv", "of yesterday");
    const std::atomic<bool> stop = true;
    const auto outcome = write_to(scratch.path(""), {}, &stop);
    CHECK(outcome.stopped);
    CHECK(names_in(scratch.path("")) == std::set<std::string>{"fuzhou"});
    CHECK(text_of(scratch.path("fuzhou/old.csv")) == "of yesterday");
}

TEST_CASE("where no folder can be made the message says why", "[result_folder]") {
    const Scratch scratch;
    const auto file = scratch.file("results", "a file");
    const auto outcome = write_to(file);
    REQUIRE(outcome.failure);
    CHECK(render(*outcome.failure, Language::en) == file.string() + " can't be written: there is a file where a folder is needed");
    CHECK(text_of(file) == "a file");
    REQUIRE(try_ground(file, "fuzhou").failure);

    scratch.file("fuzhou", "a file");
    CHECK(write_to(scratch.path("")).failure);
    CHECK(text_of(scratch.path("fuzhou")) == "a file");
    CHECK_FALSE(try_ground(scratch.path("other"), "fuzhou").failure);
    CHECK(names_in(scratch.path("other")).empty());
}

TEST_CASE("the manifest says what the result was made from", "[result_folder]") {
    const Scratch scratch;
    const auto input = scratch.file("fuzhou.yaml", "fxpool: 1\n");
    const auto outcome =
        write_to(scratch.path("results"), {.input_files = {input, input}, .command_line = "fxpool run fuzhou.yaml", .threads = 2, .seconds = 9.5});
    REQUIRE_FALSE(outcome.failure);
    const auto json = nlohmann::json::parse(text_of(outcome.folder / "manifest.json"));
    CHECK(json["seed"] == 20250325);
    CHECK(json["paths"] == 100'000);
    CHECK(json["threads"] == 2);
    CHECK(json["seconds"] == 9.5);
    CHECK(json["command"] == "fxpool run fuzhou.yaml");
    REQUIRE(json["inputs"].size() == 1);
    CHECK(json["inputs"][0]["sha256"] == sha256("fxpool: 1\n"));
    CHECK(json["program"]["compiler"].get<std::string>().find("12") != std::string::npos);
    CHECK(json["libraries"].contains("QuantLib"));
    CHECK(json["program"]["commit"].is_string());
}

TEST_CASE("threads and time are in the manifest alone", "[result_folder]") {
    const Scratch scratch;
    REQUIRE_FALSE(write_to(scratch.path("one"), {.threads = 1, .seconds = 20}).failure);
    REQUIRE_FALSE(write_to(scratch.path("two"), {.threads = 8, .seconds = 5}).failure);
    for (const auto* name : {"summary.json", "daily.csv", "losses.csv"}) {
        CHECK(text_of(scratch.path("one/fuzhou") / name) == text_of(scratch.path("two/fuzhou") / name));
    }
    CHECK(text_of(scratch.path("one/fuzhou/manifest.json")) != text_of(scratch.path("two/fuzhou/manifest.json")));
}
