#include "fxpool/base/random.hpp"
#include "fxpool/base/bytes.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace fxpool;

TEST_CASE("Philox4x32-10 gives its known answers", "[random]") {
    // Random123's kat_vectors
    using Words = std::array<std::uint32_t, 4>;
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) == Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) == Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a draw is a function of seed, path, purpose and id alone", "[random]") {
    const double u = Draws(7, 13).uniform(Purpose::late, 99);
    CHECK(Draws(7, 13).uniform(Purpose::late, 99) == u);
    std::set<double> others = {u,
                               Draws(8, 13).uniform(Purpose::late, 99),
                               Draws(7, 12).uniform(Purpose::late, 99),
                               Draws(7, 13).uniform(Purpose::absorb, 99),
                               Draws(7, 13).uniform(Purpose::late, 98),
                               Draws(7, 13 + (std::int64_t{1} << 34)).uniform(Purpose::late, 99)};
    CHECK(others.size() == 6);
}

TEST_CASE("four consecutive paths take the four words of one call", "[random]") {
    const auto words = philox({2, static_cast<std::uint32_t>(Purpose::absorb), 5, 0}, {42, 0});
    for (int i = 0; i < 4; ++i) {
        CHECK(Draws(42, 8 + i).uniform(Purpose::absorb, 5) == (words[static_cast<std::size_t>(i)] + 0.5) / 4294967296.0);
    }
}

TEST_CASE("ids are hashed by 64-bit FNV-1a", "[random]") {
    CHECK(hash_of("") == 0xcbf29ce484222325ULL);
    CHECK(hash_of("a") == 0xaf63dc4c8601ec8cULL);
    CHECK(hash_of("foobar") == 0x85944171f73967e8ULL);
}

TEST_CASE("the normal quantile is the inverse of the distribution function", "[random]") {
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-12));
    CHECK(normal_quantile(0.5) == Approx(0).margin(1e-15));
    for (const double p : {1e-10, 1e-4, 0.3, 0.9, 0.99999}) CHECK(normal_cdf(normal_quantile(p)) == Approx(p).epsilon(1e-11));
}

namespace {
struct Sample {
    int number = 0;
    std::string text;
    std::vector<double> list;
    Table<BankId, std::optional<double>> table;
    DayIndex day;
    void fields(auto&& f) { f(number), f(text), f(list), f(table), f(day); }
};
}  // namespace

TEST_CASE("structs go to bytes and back", "[bytes]") {
    Sample sample{3, "工行", {1.5, -2}, {}, DayIndex{7}};
    sample.table.push_back(0.25);
    sample.table.push_back(std::nullopt);
    const auto bytes = to_bytes(sample);
    const auto back = from_bytes<Sample>(bytes);
    CHECK(back.number == 3);
    CHECK(back.text == "工行");
    CHECK(back.list == sample.list);
    CHECK(back.table == sample.table);
    CHECK(back.day == DayIndex{7});
    CHECK_THROWS(from_bytes<Sample>(bytes.substr(0, bytes.size() - 1)));
    CHECK_THROWS(from_bytes<Sample>(bytes + "x"));
}
