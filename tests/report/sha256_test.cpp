#include "fxpool/report/sha256.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::report;

TEST_CASE("SHA-256 gives the published digests", "[sha256]") {
    // FIPS 180-4, examples; and the empty text
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a file's digest is that of its bytes, however many", "[sha256]") {
    const testing::Scratch scratch;
    const std::string bytes(200'000, 'a');
    CHECK(sha256_of_file(scratch.file("a.csv", bytes)) == sha256(bytes));
    CHECK_FALSE(sha256_of_file(scratch.path("none.csv")).has_value());
}
