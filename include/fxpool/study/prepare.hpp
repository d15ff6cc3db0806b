#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/book/book.hpp"
#include "fxpool/engine/prepared.hpp"
#include "fxpool/market/market.hpp"
#include "fxpool/settings/settings.hpp"

namespace fxpool {

/// Puts settings, market and book together into what the paths need: numbers for names, day indices for dates, terms for settings;
/// admits the opening ladder and runs the pilot of `keep_mean`. Notes what a reader should know (a book that freezes more than the quota).
Prepared make_prepared(const Scenario& scenario, const Market& market, const Book& book, Problems& problems);

/// The rule book of the settings.
pool::Terms terms_of(const PoolSettings& settings, const std::vector<BankSettings>& banks);

}  // namespace fxpool
