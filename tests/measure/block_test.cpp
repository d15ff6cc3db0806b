#include "fxpool/measure/block.hpp"
#include "fxpool/base/bytes.hpp"
#include "tests/support/books.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using fxpool::testing::BookMaker;

namespace {

Prepared lively_book() {
    BookMaker maker(120, 0.0155, 0.034);
    maker.gbm(0.10);
    for (int i = 0; i < 25; ++i) maker.contract(maker.exporter("F" + std::to_string(i), 0.3, 0.2, 0.2), 1e6, 7.0, 20 + 4 * i);
    maker.book.terms.fund = 3e6;
    maker.book.terms.recovery.rate = 0.3;
    return maker.ready();
}

BlockEstimates merged(const Prepared& book, std::int64_t paths, std::int64_t block) {
    auto all = walk_block(book, 0, block);
    for (std::int64_t first = block; first < paths; first += block) {
        auto next = walk_block(book, first, std::min(block, paths - first));
        for (std::size_t series = 0; series < all.daily_series(); ++series) all.merge_daily(next, series);
        all.merge(std::move(next));
    }
    return all;
}

double value(const Results& results, const char* metric) {
    const auto* estimate = results.find(metric);
    REQUIRE(estimate != nullptr);
    return estimate->value;
}

}  // namespace

TEST_CASE("the prepared input and a block's estimates go to bytes and back, and go on as if they had not", "[bytes][block]") {
    const auto book = lively_book();
    const auto sent = from_bytes<Prepared>(to_bytes(book));
    const auto here = walk_block(book, 100, 64);
    const auto there = walk_block(sent, 100, 64);
    CHECK(to_bytes(there) == to_bytes(here));

    auto first = walk_block(book, 0, 100);
    auto back = from_bytes<BlockEstimates>(to_bytes(first));
    for (auto* estimates : {&first, &back}) {
        auto next = here;
        for (std::size_t series = 0; series < estimates->daily_series(); ++series) estimates->merge_daily(next, series);
        estimates->merge(std::move(next));
    }
    CHECK(to_bytes(first) == to_bytes(back));
}

TEST_CASE("blocks of another size give the same figures", "[block]") {
    const auto book = lively_book();
    const auto one = merged(book, 600, 600).results(book, {0.0348, 0.013});
    const auto many = merged(book, 600, 64).results(book, {0.0348, 0.013});
    REQUIRE(one.metrics.size() == many.metrics.size());
    for (std::size_t i = 0; i < one.metrics.size(); ++i) {
        INFO(one.metrics[i].path.back());
        if (one.metrics[i].estimate.known()) CHECK(many.metrics[i].estimate.value == Approx(one.metrics[i].estimate.value).epsilon(1e-9));
    }
    CHECK(one.worst_path == many.worst_path);
}

TEST_CASE("the figures agree with each other", "[block]") {
    const auto book = lively_book();
    const auto results = merged(book, 600, 200).results(book, {0.0348, 0.013});
    const double bearers = value(results, "bearers.pool.mean") + value(results, "bearers.banks.mean") + value(results, "bearers.guarantor.mean") +
                           value(results, "bearers.government.mean") + value(results, "bearers.client_margin.mean");
    CHECK(bearers == Approx(value(results, "bearers.total.mean")));
    CHECK(value(results, "pool_loss.gross.mean") == Approx(value(results, "bearers.pool.mean")));
    CHECK(value(results, "pool_loss.demand.mean") >= value(results, "pool_loss.gross.mean"));
    CHECK(value(results, "pool_loss.gross.var.0.999") <= value(results, "pool_loss.gross.max"));
    CHECK(value(results, "pool_loss.gross.es.0.975") >= value(results, "pool_loss.gross.var.0.95"));
    CHECK(value(results, "exhaustion.probability") > 0);
    CHECK(value(results, "benefit.interest_saved.mean") == Approx(value(results, "benefit.margin_freed.mean") * 0.0218));
    const double causes = value(results, "pool_loss.by_cause.insolvency.mean") + value(results, "pool_loss.by_cause.order_loss.mean");
    CHECK(causes == Approx(value(results, "pool_loss.gross.mean")));
    CHECK(results.find("no.such.metric") == nullptr);
    for (const auto& table : results.tables) {
        CHECK_FALSE(table.rows.empty());
        for (const auto& row : table.rows) CHECK(row.size() == table.columns.size());
    }
}
