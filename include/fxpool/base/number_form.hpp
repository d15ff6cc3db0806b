#pragma once

namespace fxpool {

/// A number in a scenario file and its range. Both ends are finite: a number far out would make infinite sums.
struct NumberForm {
    enum class Unit {
        share,   ///< written and shown in percent
        factor,  ///< plain; a percent sign is allowed
        amount,  ///< CNY, USD or pips: no percent sign
        whole,   ///< a whole number: no percent sign
    };
    Unit unit = Unit::share;
    double low = 0, high = 1;
    bool above_low = false;   ///< the low end itself is out of range
    bool below_high = false;  ///< the high end itself is out of range
    bool in_percent = false;  ///< a factor that is written in percent
};

}  // namespace fxpool
