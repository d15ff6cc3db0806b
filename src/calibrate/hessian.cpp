#include "fxpool/calibrate/hessian.hpp"

#include <algorithm>
#include <cmath>
#include <Eigen/Cholesky>

namespace fxpool::calibrate {

namespace {

/// Steps along each axis at which f falls by about a tenth of what it falls over a standard error; none where it does not fall.
std::optional<std::vector<double>> steps_of(const Likelihood& f, std::span<const double> at, std::span<const double> step, double top) {
    constexpr double fall_wanted = 0.045;  // 0.3^2 / 2
    std::vector<double> steps(step.begin(), step.end());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        std::vector<double> beside(at.begin(), at.end());
        bool found = false;
        for (int attempt = 0; attempt < 30 && !found; ++attempt) {
            beside[i] = at[i] + steps[i];
            const double above = f(beside);
            beside[i] = at[i] - steps[i];
            const double below = f(beside);
            const double fall = top - (above + below) / 2;
            found = fall > 0.5 * fall_wanted && fall < 2 * fall_wanted;
            if (found) break;
            if (!std::isfinite(fall)) {
                steps[i] /= 10;
            } else {
                steps[i] *= fall > 0 ? std::clamp(std::sqrt(fall_wanted / fall), 0.05, 20.0) : 20.0;
            }
        }
        if (!found) return std::nullopt;
    }
    return steps;
}

/// Minus the Hessian, in units of the steps: each coordinate divided by its own.
std::vector<double> curvature_of(const Likelihood& f, std::span<const double> at, std::span<const double> steps, double top) {
    const auto n = at.size();
    std::vector<double> curvature(n * n, 0.0), beside(at.begin(), at.end());
    const auto value_at = [&](std::size_t i, double along_i, std::size_t j, double along_j) {
        beside[i] += along_i * steps[i];
        beside[j] += along_j * steps[j];
        const double value = f(beside);
        beside[i] = at[i];
        beside[j] = at[j];
        return value;
    };
    for (std::size_t i = 0; i < n; ++i) {
        curvature[i * n + i] = 2 * top - value_at(i, 1, i, 0) - value_at(i, -1, i, 0);
        for (std::size_t j = 0; j < i; ++j) {
            const double twist = value_at(i, 1, j, 1) - value_at(i, 1, j, -1) - value_at(i, -1, j, 1) + value_at(i, -1, j, -1);
            curvature[i * n + j] = curvature[j * n + i] = -twist / 4;
        }
    }
    return curvature;
}

}  // namespace

std::optional<std::vector<double>> positive_inverse(const std::vector<double>& matrix, std::size_t n) {
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto rows = static_cast<Eigen::Index>(n);
    const Eigen::Map<const Matrix> given(matrix.data(), rows, rows);
    const Eigen::LLT<Matrix> factor(given);
    if (factor.info() != Eigen::Success) return std::nullopt;
    for (Eigen::Index j = 0; j < rows; ++j) {
        const double root = factor.matrixLLT()(j, j);
        if (!(root * root > 1e-9 * given(j, j) && std::isfinite(root))) return std::nullopt;
    }
    const Matrix inverse_root = factor.matrixL().solve(Matrix::Identity(rows, rows));
    Matrix half = Matrix::Zero(rows, rows);  // its lower half, so that the inverse is symmetric to the last digit
    half.selfadjointView<Eigen::Lower>().rankUpdate(inverse_root.transpose());
    std::vector<double> inverse(n * n);
    Eigen::Map<Matrix>(inverse.data(), rows, rows) = half.selfadjointView<Eigen::Lower>();
    return inverse;
}

std::optional<std::vector<double>> hessian_inverse(const Likelihood& f, std::span<const double> at, std::span<const double> step) {
    const double top = f(at);
    if (!std::isfinite(top)) return std::nullopt;
    const auto steps = steps_of(f, at, step, top);
    if (!steps) return std::nullopt;
    auto inverse = positive_inverse(curvature_of(f, at, *steps, top), at.size());
    if (!inverse) return std::nullopt;
    for (std::size_t i = 0; i < at.size(); ++i) {
        for (std::size_t j = 0; j < at.size(); ++j) (*inverse)[i * at.size() + j] *= (*steps)[i] * (*steps)[j];
    }
    return inverse;
}

}  // namespace fxpool::calibrate
