#include "fxpool/model/matrix_exponential.hpp"

#include <algorithm>
#include <cmath>

namespace fxpool {
namespace {

std::vector<double> product(const std::vector<double>& a, const std::vector<double>& b, std::size_t size) {
    std::vector<double> c(size * size, 0.0);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t k = 0; k < size; ++k) {
            for (std::size_t j = 0; j < size; ++j) c[i * size + j] += a[i * size + k] * b[k * size + j];
        }
    }
    return c;
}

}  // namespace

std::vector<double> matrix_exponential(std::span<const double> matrix, std::size_t size, double time) {
    double norm = 0;
    for (const double entry : matrix) norm = std::max(norm, std::abs(entry * time));
    norm *= static_cast<double>(size);
    int halvings = 0;
    while (std::ldexp(norm, -halvings) > 0.125) ++halvings;

    std::vector<double> scaled(matrix.begin(), matrix.end());
    for (double& entry : scaled) entry *= std::ldexp(time, -halvings);
    std::vector<double> sum(size * size, 0.0), term;
    for (std::size_t i = 0; i < size; ++i) sum[i * size + i] = 1;
    term = sum;
    for (int power = 1; power <= 12; ++power) {  // 0.125^13 / 13! is far below the last digit
        term = product(term, scaled, size);
        for (double& entry : term) entry /= power;
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += term[i];
    }
    for (; halvings > 0; --halvings) sum = product(sum, sum, size);
    return sum;
}

}  // namespace fxpool
