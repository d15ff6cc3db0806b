#include "fxpool/market/correlation.hpp"

#include <Eigen/Cholesky>

namespace fxpool {

CholeskyFactor cholesky(const std::vector<double>& matrix, std::size_t size) {
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    constexpr double smallest_pivot = 1e-12;
    const auto rows = static_cast<Eigen::Index>(size);
    const Eigen::Map<const Matrix> whole(matrix.data(), rows, rows);
    CholeskyFactor factor;
    factor.root.assign(size * size, 0.0);
    Eigen::Map<Matrix> root(factor.root.data(), rows, rows);
    // Eigen does not say which row spoils a matrix: the leading blocks tell. There are as many rows as pairs: a few.
    for (Eigen::Index row = 0; row < rows; ++row) {
        const Eigen::LLT<Matrix> block(whole.topLeftCorner(row + 1, row + 1));
        const double last = block.info() == Eigen::Success ? block.matrixLLT()(row, row) : 0;
        if (!(last * last > smallest_pivot)) {
            factor.first_bad = static_cast<int>(row);
            return factor;
        }
        root.topLeftCorner(row + 1, row + 1) = block.matrixL();
    }
    return factor;
}

}  // namespace fxpool
