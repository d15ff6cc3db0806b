#include "fxpool/report/result_folder.hpp"
#include "fxpool/measure/block.hpp"
#include "fxpool/report/column_names.hpp"
#include "fxpool/report/folder_name.hpp"
#include "fxpool/report/sha256.hpp"

#include "tests/report/example_results.hpp"
#include "tests/support/books.hpp"
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
    CHECK(names_in(outcome.folder) == std::set<std::string>{"summary.json", "daily.csv", "losses.csv", "columns.zh.csv", "manifest.json"});
    CHECK(text_of(outcome.folder / "daily.csv") ==
          "\xEF\xBB\xBF"
          "date,cash_mean\n2026-01-05,2e+07\n2026-07-01,19876543.21\n");
    CHECK(text_of(outcome.folder / "losses.csv") ==
          "\xEF\xBB\xBF"
          "path,gross\n0,0.1\n1,\n");
    CHECK(text_of(outcome.folder / "columns.zh.csv") ==
          "\xEF\xBB\xBF"
          "文件,列,中文名称,单位\ndaily.csv,date,工作日,日期\ndaily.csv,cash_mean,资金池现金：均值,元\n"
          "losses.csv,path,路径编号（从 0 起）,\nlosses.csv,gross,已入账损失,元\n");
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

TEST_CASE("a result that --set has changed stands in a folder of its own", "[result_folder]") {
    CHECK(folder_name("fuzhou", {}) == "fuzhou");
    CHECK(folder_name("fuzhou", {{"simulation.paths", "20"}, {"simulation.tail", "off"}, {"name", "fuzhou"}}) == "fuzhou");
    CHECK(folder_name("fuzhou", {{"pool.multiple", "5"}, {"simulation.seed", "7"}, {"pool.fee", "0.5%"}}) == "fuzhou+pool.multiple=5+pool.fee=0.5%");
    // a character that no folder should have gives way, and the hash keeps two such apart
    const auto braces = folder_name("fuzhou", {{"pool.split", "{pool: 60%}"}}), brackets = folder_name("fuzhou", {{"pool.split", "[pool: 60%]"}});
    CHECK(braces.substr(0, braces.rfind('-')) == "fuzhou+pool.split=-pool-60%");
    CHECK(braces.size() == std::string("fuzhou+pool.split=-pool-60%").size() + 1 + 12);
    CHECK(braces != brackets);
    CHECK(folder_name("fuzhou", {{"contracts", "../../etc/passwd"}}).find('/') == std::string::npos);
    const auto longer = folder_name("fuzhou", {{"pool.multiple", std::string(200, '1')}}),
               other = folder_name("fuzhou", {{"pool.multiple", std::string(201, '1')}});
    CHECK(longer.size() == 120);
    CHECK(longer != other);
    CHECK(longer.starts_with("fuzhou+pool.multiple=111"));
}

TEST_CASE("the manifest lists what --set changed, and the folder is the one asked for", "[result_folder]") {
    const Scratch scratch;
    const auto outcome = write_to(scratch.path("results"), {.folder = "fuzhou+pool.multiple=5", .overrides = {{"pool.multiple", "5"}}});
    REQUIRE_FALSE(outcome.failure);
    CHECK(outcome.folder.filename() == "fuzhou+pool.multiple=5");
    const auto manifest = nlohmann::json::parse(text_of(outcome.folder / "manifest.json"));
    CHECK(manifest["overrides"] == nlohmann::json::parse(R"([{"key": "pool.multiple", "value": "5"}])"));
    CHECK(nlohmann::json::parse(text_of(outcome.folder / "summary.json"))["scenario"] == "fuzhou");
}

TEST_CASE("every column of every table has a Chinese name", "[result_folder]") {
    BookMaker maker(10);
    maker.contract(maker.exporter("F1", 0.1), 1e6, 7.0, 5);
    std::set<std::pair<std::string, std::string>> seen;
    for (const std::int64_t paths : {std::int64_t{2}, most_loss_rows + 1}) {  // losses.csv in both its forms
        maker.book.paths = paths;
        for (const auto& table : walk_block(maker.ready(), 0, 2).results(maker.book, {}).tables) {
            for (const auto& column : table.columns) seen.emplace(table.name, column);
        }
    }
    for (const auto& [table, column] :
         std::initializer_list<std::pair<const char*, const char*>>{{"banks", "name_en"}, {"banks", "name_zh"}, {"exporters", "name"}}) {
        seen.emplace(table, column);  // study/ adds them
    }
    std::set<std::pair<std::string, std::string>> named;
    for (const auto& one : column_names()) {
        CHECK_FALSE(one.chinese.empty());
        CHECK(named.emplace(one.table, one.column).second);
    }
    CHECK(named == seen);
}
