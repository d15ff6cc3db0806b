#pragma once

#include "fxpool/base/date.hpp"
#include "fxpool/base/message.hpp"
#include "fxpool/measure/results.hpp"

#include <cstdint>
#include <string>

/// Figures as a reader wants them: money in m (Chinese: 万元, 亿元), shares in %, rounded to what the interval supports.
namespace fxpool::report {

/// An estimate in words: "0.41 m" and "(0.40 to 0.42)".
struct Figure {
    std::string value;     ///< "≥ 5.2 m" where the interval is open upwards; "too few" where it is not known
    std::string interval;  ///< empty where the figure has none
};

/// Digits that a figure has at most, however small its error.
inline constexpr int most_digits = 4;

/// CNY. From 100,000 in m, below in yuan; Chinese: from 10,000 in 万元, from 100 million in 亿元, below in 元.
Figure money(const Estimate& estimate, Language language, int digits = most_digits);
/// A share or probability in %.
Figure share(const Estimate& estimate, Language language, int digits = most_digits);
/// A number of things: deals, failures.
Figure count(const Estimate& estimate, Language language, int digits = most_digits);

/// Without an interval: three digits that count.
std::string money(double cny, Language language);
std::string share(double value, Language language);
std::string usd(double amount, Language language);

/// 12,345
std::string grouped(std::int64_t number);
/// To the fen: 1,234,567.89
std::string to_the_fen(double cny);
/// A number with so many decimals, thousands grouped.
std::string fixed(double value, int decimals);
/// 2026-01-05, 2026年1月5日
std::string day(Date date, Language language);
/// 9.8 s, 2 min 5 s, 1 h 20 min
std::string duration(double seconds, Language language);

}  // namespace fxpool::report
