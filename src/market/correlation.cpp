#include "fxpool/market/correlation.hpp"

#include <cmath>

namespace fxpool {

CholeskyFactor cholesky(const std::vector<double>& matrix, std::size_t size) {
    constexpr double smallest_pivot = 1e-12;
    CholeskyFactor factor;
    auto& root = factor.root;
    root.assign(size * size, 0.0);
    for (std::size_t row = 0; row < size; ++row) {
        for (std::size_t column = 0; column <= row; ++column) {
            double left = matrix[row * size + column];
            for (std::size_t k = 0; k < column; ++k) left -= root[row * size + k] * root[column * size + k];
            if (row != column) {
                root[row * size + column] = left / root[column * size + column];
            } else if (left > smallest_pivot) {
                root[row * size + row] = std::sqrt(left);
            } else {
                factor.first_bad = static_cast<int>(row);
                return factor;
            }
        }
    }
    return factor;
}

}  // namespace fxpool
