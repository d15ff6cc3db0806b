#pragma once

#include <span>
#include <vector>

namespace fxpool {

/// exp(matrix * time), row-major, by scaling and squaring of the Taylor series (Moler and Van Loan 2003, method 3): for small matrices.
std::vector<double> matrix_exponential(std::span<const double> matrix, std::size_t size, double time);

}  // namespace fxpool
