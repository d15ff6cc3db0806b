#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

/// How a log-likelihood falls around its maximum.
namespace fxpool::calibrate {

using Likelihood = std::function<double(std::span<const double>)>;

/// The inverse of minus the Hessian of f at a maximum, row-major: the covariance of the estimates. None where minus the Hessian is not
/// positive definite.
///
/// Central differences; 4 points for each pair. `step` is where the search for the steps begins: they are made such that f falls by 0.045
/// along each axis, that is 0.3 standard errors of a coordinate when the others are known. f must be finite that far around.
std::optional<std::vector<double>> hessian_inverse(const Likelihood& f, std::span<const double> at, std::span<const double> step);

/// The inverse of a symmetric row-major matrix of n rows, by its Cholesky factor. None where it is not positive definite, or so nearly that
/// the inverse has no digits.
std::optional<std::vector<double>> positive_inverse(const std::vector<double>& matrix, std::size_t n);

}  // namespace fxpool::calibrate
