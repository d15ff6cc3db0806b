#pragma once

#include "fxpool/model/parameter.hpp"
#include "fxpool/settings/ranges.hpp"

#include <cstddef>
#include <limits>
#include <map>
#include <utility>

/// What may stand at a key beside what the type of its member says. A struct of the settings names each member once, in
/// `void keys(auto&& key)`, by `key(name, member, form and the like, comment)`: its value in a new struct is the default.
namespace fxpool {

/// The value of a cap, limit or line that is `none`: it never binds.
inline constexpr double no_limit = std::numeric_limits<double>::infinity();

/// Months -> value; a plain number in the file is one entry at 0 months.
using ByTenor = std::map<int, double>;

/// A text of a certain shape.
enum class TextForm { any, name, date, file, bound, queue, currency_pair, version, student };

/// What the keys of an open map must look like.
enum class EntryKey { tenor, currency, pair, couple, sector, date, metric };

constexpr NumberForm money_form(double low = 0) { return {NumberForm::Unit::amount, low, most_money}; }
constexpr NumberForm pips_form(double low = 0) { return {NumberForm::Unit::amount, low, most_pips}; }
constexpr NumberForm rate_form() { return {NumberForm::Unit::amount, lowest_rate, highest_rate}; }
constexpr NumberForm times_form(double high = most_times) { return factor_form(0, high); }
/// A share that may be above the whole, written in percent.
constexpr NumberForm ratio_form(double high = most_times) { return {NumberForm::Unit::factor, 0, high, false, false, true}; }
constexpr NumberForm beta_form() { return factor_form(-most_beta, most_beta); }
constexpr NumberForm share_above(double low, double high) { return {NumberForm::Unit::share, low, high, true, false}; }
constexpr NumberForm share_below(double high) { return {NumberForm::Unit::share, 0, high, false, true}; }
constexpr NumberForm whole_form(double low, double high) { return {NumberForm::Unit::whole, low, high}; }
/// Business days; longer than any horizon.
constexpr NumberForm days_form() { return whole_form(0, 100'000); }
/// Up to 2^53: every whole number up to it is a double.
constexpr NumberForm seed_form() { return whole_form(0, 9007199254740992); }

/// A number that may be `none`, which means the number `means`.
struct OrNone {
    NumberForm form;
    double means = no_limit;
};
constexpr OrNone or_none(NumberForm form, double means = no_limit) { return {form, means}; }

/// A number of which this version takes the default only.
struct OnlyDefault {
    NumberForm form;
};

/// Values by tenor; or one number.
struct ByTenorForm {
    NumberForm form;
    int longest = 60;  ///< months
    bool or_number = false;
};

/// An open map; `value` as above.
template <class Value>
struct Entries {
    EntryKey key;
    Value value;
    bool may_be_empty = true;
};

/// false and true as two words.
struct TwoWords {
    const char* no;
    const char* yes;
};

/// A word that this version knows, and words that a later one will; none: whatever else stands there is a later one's.
struct Reserved {
    const char* word;
    const char* later = nullptr;
};

/// A section that is not there by default; `none` and `off` say so, the default is this one of the two.
struct OffByDefault {
    const char* word = "none";
};

/// A list that may be empty, or `none`.
struct MayBeNone {};

/// A key that belongs only where the map's tag (`when`) has this value.
struct Only {
    const char* value;
};

/// A map within the map whose members are its owner's. With `none` the map may be `none`, which does that.
template <class Keys, class None = std::nullptr_t>
struct Part {
    Keys list;
    None when_none = nullptr;

    void keys(auto&& key) const { list(key); }
};
template <class Keys>
Part<Keys> part(Keys keys) {
    return {std::move(keys), nullptr};
}
template <class Keys, class None>
Part<Keys, None> part_or_none(Keys keys, None when_none) {
    return {std::move(keys), std::move(when_none)};
}

}  // namespace fxpool
