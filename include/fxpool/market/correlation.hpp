#pragma once

#include <cstddef>
#include <vector>

namespace fxpool {

/// A lower Cholesky factor, or where none exists.
struct CholeskyFactor {
    std::vector<double> root;  ///< row-major; root * root' = the matrix
    /// Rows 0 ... first_bad already are no correlation matrix; -1 where the matrix is positive definite.
    int first_bad = -1;
};

/// `matrix`: symmetric, row-major, size x size, ones on the diagonal. A pivot below 1e-12 counts as none: two rates that move as one.
CholeskyFactor cholesky(const std::vector<double>& matrix, std::size_t size);

}  // namespace fxpool
