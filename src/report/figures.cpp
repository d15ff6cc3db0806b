#include "fxpool/report/figures.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace fxpool::report {
namespace {

/// What a number is divided by, and what is written after it.
struct Unit {
    double of = 1;
    const char* name = "";
    int most_decimals = 9;
};

constexpr int fen = 2;  // no amount of money is written finer

Unit money_unit(double size, Language language) {
    if (language == Language::en) return size >= 1e5 ? Unit{1e6, " m"} : Unit{1, "", fen};
    if (size >= 1e8) return {1e8, "亿元"};
    return size >= 1e4 ? Unit{1e4, "万元"} : Unit{1, "元", fen};
}

Unit usd_unit(double size, Language language) {
    if (language == Language::en) return size >= 1e5 ? Unit{1e6, " m"} : Unit{1, "", fen};
    if (size >= 1e8) return {1e8, "亿美元"};
    return size >= 1e4 ? Unit{1e4, "万美元"} : Unit{1, "美元", fen};
}

Unit percent(Language language) { return {0.01, language == Language::en ? " %" : "%"}; }

/// Decimals of a number of this size when its first `digits` digits count.
int decimals_for(double size, int digits) {
    if (size <= 0 || !std::isfinite(size)) return 0;
    const int whole = static_cast<int>(std::floor(std::log10(size))) + 1;  // digits before the point; 0 or below where it starts with 0.
    return std::clamp(digits - whole, 0, 9);
}

/// A number rounded to 10^-decimals; decimals below 0 round to tens, hundreds, ...
std::string rounded(double value, int decimals) {
    if (decimals >= 0) return fixed(value, decimals);
    const double step = std::pow(10, -decimals);
    return fixed(std::round(value / step) * step, 0);
}

/// How an estimate is to be written in this unit: the last digit is worth at most half the interval's width, as in 0.41 (0.40 to 0.42),
/// and `digits` digits are the most.
int decimals_supported(double value, double low, double high, Unit unit, int digits) {
    const double half = (high - low) / 2;
    const double largest = std::max({std::abs(value), std::abs(low), std::abs(high)});
    const int most = std::min(decimals_for(largest, digits), unit.most_decimals);
    if (!std::isfinite(half) || half <= 0) return std::min(decimals_for(std::abs(value), std::min(digits, 3)), unit.most_decimals);
    return std::min(-static_cast<int>(std::floor(std::log10(half * (1 + 1e-9)))), most);
}

Figure write(const Estimate& estimate, Unit unit, int digits, Language language) {
    if (!estimate.known()) return {render(say("too few"), language), {}};
    const double value = estimate.value / unit.of;
    const auto interval = estimate.interval();
    if (!interval) return {rounded(value, decimals_supported(value, value, value, unit, digits)) + unit.name, {}};
    const double low = interval->first / unit.of, high = interval->second / unit.of;
    if (std::isinf(high)) return {"≥ " + rounded(value, decimals_supported(value, low, 2 * value - low, unit, digits)) + unit.name, {}};
    const int decimals = decimals_supported(value, low, high, unit, digits);
    return {rounded(value, decimals) + unit.name, render(say("({0} to {1})", rounded(low, decimals), rounded(high, decimals)), language)};
}

/// The size that decides on the unit: the largest of the figure and its interval's ends.
double size_of(const Estimate& estimate) {
    double size = std::abs(estimate.value);
    if (const auto interval = estimate.interval()) {
        for (const double end : {interval->first, interval->second}) {
            if (std::isfinite(end)) size = std::max(size, std::abs(end));
        }
    }
    return size;
}

/// Three digits that count, without zeros after the point: 20 m, 3.48 %.
std::string plain(double value, Unit unit) {
    std::string digits = fixed(value / unit.of, std::min(decimals_for(std::abs(value / unit.of), 3), unit.most_decimals));
    if (digits.find('.') != std::string::npos) {
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.back() == '.') digits.pop_back();
    }
    return digits + unit.name;
}

}  // namespace

std::string fixed(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    const bool is_zero = text.find_first_of("123456789") == std::string::npos;
    if (is_zero && text.front() == '-') text.erase(0, 1);
    if (!std::isfinite(value)) return text;
    const std::size_t begin = text.front() == '-' ? 1 : 0;
    const std::size_t point = std::min(text.find('.'), text.size());
    for (std::size_t at = point; at > begin + 3;) text.insert(at -= 3, ",");
    return text;
}

Figure money(const Estimate& estimate, Language language, int digits) { return write(estimate, money_unit(size_of(estimate), language), digits, language); }
Figure share(const Estimate& estimate, Language language, int digits) { return write(estimate, percent(language), digits, language); }
Figure count(const Estimate& estimate, Language language, int digits) { return write(estimate, {}, digits, language); }

std::string money(double cny, Language language) { return plain(cny, money_unit(std::abs(cny), language)); }
std::string share(double value, Language language) { return plain(value, percent(language)); }
std::string usd(double amount, Language language) {
    const auto text = plain(amount, usd_unit(std::abs(amount), language));
    return language == Language::en ? "USD " + text : text;
}

std::string grouped(std::int64_t number) { return fixed(static_cast<double>(number), 0); }
std::string to_the_fen(double cny) { return fixed(cny, 2); }

std::string day(Date date, Language language) {
    return language == Language::en ? date.iso() : fmt::format("{}年{}月{}日", date.year(), date.month(), date.day());
}

std::string duration(double seconds, Language language) {
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (seconds < 9.95) return render(say("{0} s", fixed(seconds, 1)), language);
    if (whole < 120) return render(say("{0} s", whole), language);
    if (whole < 7200) return render(say("{0} min {1} s", whole / 60, whole % 60), language);
    return render(say("{0} h {1} min", whole / 3600, whole % 3600 / 60), language);
}

}  // namespace fxpool::report
