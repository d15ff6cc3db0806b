#pragma once

#include "fxpool/book/book.hpp"
#include "fxpool/market/market.hpp"

namespace fxpool {

/// Asks, as warnings, about rows of the book that are allowed but almost surely wrong (settings/plausible.hpp): each kind in one line, with
/// the number of rows and the first places.
void check_plausible_book(const Scenario& scenario, const Book& book, const Market& market, Problems& problems);

/// Sectors with one member whose name is one letter off another's with more; groups with one member one letter off another (a group of one
/// firm is none).
void check_lonely_words(const Book& book, Problems& problems);

/// Whether `word` is so near to `other` that it may be a slip: one letter replaced, dropped, put in, or two neighbours swapped; not where
/// the two letters number or order things (G1 and G2, 一厂 and 二厂), nor in short words.
bool is_slip_of(std::string_view word, std::string_view other);

}  // namespace fxpool
