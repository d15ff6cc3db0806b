#include "fxpool/calibrate/ljung_box.hpp"
#include "deviations.hpp"

#include <boost/math/special_functions/gamma.hpp>

namespace fxpool::calibrate {

double ljung_box(std::span<const double> series, int lags) {
    if (series.empty()) return 0;
    const auto deviations = deviations_of(series);
    const double squares = lagged_products(deviations, 0);
    if (squares <= 0) return 0;

    const auto n = static_cast<double>(series.size());
    double sum = 0;
    for (int k = 1; k <= lags && k < static_cast<int>(series.size()); ++k) {
        const double correlation = lagged_products(deviations, static_cast<std::size_t>(k)) / squares;
        sum += correlation * correlation / (n - k);
    }
    return n * (n + 2) * sum;
}

double chi_square_tail(double x, double df) { return x > 0 ? boost::math::gamma_q(df / 2, x / 2) : 1; }

}  // namespace fxpool::calibrate
