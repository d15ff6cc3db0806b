// What the fuzzers found, one input a file in tests/fuzz/found/<target>/: none ends the program any more. Under the sanitizers these
// tests see what a release build can't.
#include "tests/fuzz/targets.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace fxpool;
namespace fs = std::filesystem;

namespace {

fs::path found_folder() {
    if (const char* set = std::getenv("FXPOOL_SOURCE_DIR")) return fs::path(set) / "tests/fuzz/found";
    return fs::path(__FILE__).parent_path() / "found";
}

}  // namespace

TEST_CASE("what the fuzzers found is read or refused, not an end of the program", "[fuzz]") {
    int inputs = 0;
    for (const auto& [name, target] : fuzz::targets) {
        if (!fs::exists(found_folder() / name)) continue;
        for (const auto& entry : fs::directory_iterator(found_folder() / name)) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            INFO(name << "/" << entry.path().filename().string());
            CHECK_NOTHROW(target(bytes));
            ++inputs;
        }
    }
    CHECK(inputs > 0);
}

TEST_CASE("a fuzzer's promise that is not kept is told", "[fuzz]") { CHECK_THROWS_WITH(fuzz::expect(false, "the promise"), "the promise"); }
