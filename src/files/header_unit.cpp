#include "fxpool/files/header_unit.hpp"

#include "fxpool/files/utf8.hpp"

#include <algorithm>
#include <array>

namespace fxpool {
namespace {

/// A word of a unit, as folded() writes it.
struct Word {
    std::string_view text;
    double times = 1, per = 1;
    std::string_view currency = {};
};

constexpr std::array words = {
    Word{"千", 1e3},
    Word{"万", 1e4},
    Word{"百万", 1e6},
    Word{"千万", 1e7},
    Word{"亿", 1e8},
    Word{"十亿", 1e9},
    Word{"k", 1e3},
    Word{"thousand", 1e3},
    Word{"thousands", 1e3},
    Word{"'000", 1e3},
    Word{"000", 1e3},
    Word{"000s", 1e3},
    Word{"m", 1e6},
    Word{"mn", 1e6},
    Word{"mm", 1e6},
    Word{"mio", 1e6},
    Word{"million", 1e6},
    Word{"millions", 1e6},
    Word{"bn", 1e9},
    Word{"billion", 1e9},
    Word{"billions", 1e9},
    Word{"%", 1, 1e2},
    Word{"百分比", 1, 1e2},
    Word{"percent", 1, 1e2},
    Word{"pct", 1, 1e2},
    Word{"‰", 1, 1e3},
    Word{"bp", 1, 1e4},
    Word{"bps", 1, 1e4},
    Word{"基点", 1, 1e4},
    Word{"美元", 1, 1, "USD"},
    Word{"美金", 1, 1, "USD"},
    Word{"usd", 1, 1, "USD"},
    Word{"us$", 1, 1, "USD"},
    Word{"$", 1, 1, "USD"},
    Word{"元", 1, 1, "CNY"},
    Word{"人民币", 1, 1, "CNY"},
    Word{"人民币元", 1, 1, "CNY"},
    Word{"cny", 1, 1, "CNY"},
    Word{"rmb", 1, 1, "CNY"},
    Word{"yuan", 1, 1, "CNY"},
    Word{"¥", 1, 1, "CNY"},
    Word{"欧元", 1, 1, "EUR"},
    Word{"eur", 1, 1, "EUR"},
    Word{"€", 1, 1, "EUR"},
    Word{"日元", 1, 1, "JPY"},
    Word{"jpy", 1, 1, "JPY"},
    Word{"英镑", 1, 1, "GBP"},
    Word{"gbp", 1, 1, "GBP"},
    Word{"港元", 1, 1, "HKD"},
    Word{"港币", 1, 1, "HKD"},
    Word{"hkd", 1, 1, "HKD"},
    Word{"澳元", 1, 1, "AUD"},
    Word{"aud", 1, 1, "AUD"},
    Word{"加元", 1, 1, "CAD"},
    Word{"cad", 1, 1, "CAD"},
    Word{"新元", 1, 1, "SGD"},
    Word{"sgd", 1, 1, "SGD"},
    Word{"瑞郎", 1, 1, "CHF"},
    Word{"chf", 1, 1, "CHF"},
    Word{"韩元", 1, 1, "KRW"},
    Word{"krw", 1, 1, "KRW"},
    Word{"外币", 1, 1, "foreign"},
    Word{"原币", 1, 1, "foreign"},
};

constexpr std::array idle = {std::string_view("单位:"), std::string_view("单位"),  std::string_view("/年"),     std::string_view("每年"),
                             std::string_view("/year"), std::string_view("ayear"), std::string_view("peryear"), std::string_view("in")};

constexpr std::array remarks = {std::string_view("可选"),     std::string_view("选填"),     std::string_view("必填"), std::string_view("可不填"),
                                std::string_view("optional"), std::string_view("required"), std::string_view("小数"), std::string_view("decimal")};

/// Takes the longest word that `text` begins with.
const Word* take_word(std::string_view& text) {
    const Word* longest = nullptr;
    for (const auto& word : words) {
        if (text.starts_with(word.text) && (longest == nullptr || word.text.size() > longest->text.size())) longest = &word;
    }
    if (longest != nullptr) text.remove_prefix(longest->text.size());
    return longest;
}

template <std::size_t n>
bool take_any(std::string_view& text, const std::array<std::string_view, n>& prefixes) {
    for (const auto prefix : prefixes) {
        if (!text.starts_with(prefix)) continue;
        text.remove_prefix(prefix.size());
        return true;
    }
    return false;
}

/// 人民币/外币, CNY per USD, 元/美元, 每100日元: in what a rate is quoted, as it should be.
bool is_quotation(std::string_view text) {
    constexpr std::array between = {std::string_view("/"),   std::string_view("兑"),   std::string_view("每"),
                                    std::string_view("per"), std::string_view("单位"), std::string_view("1")};
    bool any = false, yen = false, hundred = false;
    while (!text.empty()) {
        if (text.starts_with("100")) {
            hundred = true;
            text.remove_prefix(3);
            continue;
        }
        if (take_any(text, between)) continue;
        const auto* word = take_word(text);
        if (word == nullptr || word->currency.empty()) return false;
        yen = yen || word->currency == "JPY";
        any = true;
    }
    return any && (yen || !hundred);
}

}  // namespace

std::optional<HeaderUnit> read_unit(std::string_view text) {
    const auto plain = folded(text);
    std::string_view rest = plain;
    HeaderUnit unit{std::string(text)};
    bool any = false;
    while (!rest.empty()) {
        if (take_any(rest, idle)) continue;
        const auto* word = take_word(rest);
        if (word == nullptr) return std::nullopt;
        const bool scaled_twice = word->times != word->per && unit.scales();
        const bool other_currency = !word->currency.empty() && !unit.currency.empty() && unit.currency != word->currency;
        if (scaled_twice || other_currency) return std::nullopt;
        unit.times *= word->times;
        unit.per *= word->per;
        if (!word->currency.empty()) unit.currency = word->currency;
        any = true;
    }
    return any ? std::optional(unit) : std::nullopt;
}

bool fits(const HeaderUnit& unit, Measure measure) {
    const bool part = unit.per != 1;  // % and the like
    const auto money_in = [&](std::string_view currency) { return !part && (unit.currency.empty() || unit.currency == currency); };
    switch (measure) {
        case Measure::words: return true;
        case Measure::usd: return money_in("USD");
        case Measure::cny: return money_in("CNY");
        case Measure::foreign: return !part && unit.currency != "CNY";
        case Measure::share: return part && unit.currency.empty();
        case Measure::rate: return !unit.scales();
    }
    return false;
}

bool is_remark(std::string_view text, Measure measure) {
    const auto plain = folded(text);
    if (std::find(remarks.begin(), remarks.end(), plain) != remarks.end()) return true;
    return measure == Measure::words || (measure == Measure::rate && is_quotation(plain));
}

std::string_view units_of(Measure measure) {
    switch (measure) {
        case Measure::usd: return "USD, USD k, USD m; 美元, 万美元, 亿美元";
        case Measure::cny: return "CNY, CNY k, CNY m; 元, 万元, 亿元";
        case Measure::foreign: return "k, m, USD m; 万, 万美元, 万欧元";
        case Measure::share: return "%";
        case Measure::rate: return "CNY, CNY/USD; 元, 人民币/外币";
        case Measure::words: break;
    }
    return {};
}

}  // namespace fxpool
