#include "totals.hpp"

#include "fxpool/files/utf8.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace fxpool {
namespace {

constexpr std::array words = {"合计",   "总计",  "小计",   "共计",     "汇总",      "总和",       "总额", "累计", "本页合计", "本页小计", "合计数",
                              "总合计", "total", "totals", "subtotal", "subtotals", "grandtotal", "sum",  "平均", "平均值",   "均值",     "average"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// An id by the kinds of its characters: "FZ-2025-001" is "a-9-9".
std::string shape_of(std::string_view id) {
    std::string shape;
    for (const char c : id) {
        const char kind = is_digit(c) ? '9' : is_letter(c) ? 'a' : static_cast<unsigned char>(c) >= 0x80 ? 'c' : c;
        if (shape.empty() || shape.back() != kind || (kind != '9' && kind != 'a' && kind != 'c')) shape += kind;
    }
    return shape;
}

/// A quick look, for a million ids: no digit, not long, and a letter that one of the words begins with or a character that they have.
bool may_be_word(std::string_view text) {
    constexpr std::size_t longest = 40;  // bytes
    if (text.empty() || text.size() > longest || std::any_of(text.begin(), text.end(), is_digit)) return false;
    const auto has = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
    const auto first = std::find_if(text.begin(), text.end(), is_letter);
    return (first != text.end() && std::string_view("tTsSgGaA").find(*first) != std::string_view::npos) || has("计") || has("总") || has("均") ||
           has("\xEF\xBC") || has("\xEF\xBD");
}

}  // namespace

bool is_word_for_totals(std::string_view text) {
    if (!may_be_word(text)) return false;
    auto word = folded(text);
    for (const std::string_view mark : {":", "(", ")", "[", "]", "-", "_", "*", ".", ",", "=", "【", "】", "—", "、", "。", "《", "》", "“", "”", "\"", "'"}) {
        for (auto at = word.find(mark); at != std::string::npos; at = word.find(mark, at)) word.erase(at, mark.size());
    }
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool calls_itself_totals(const CsvRow& row, std::initializer_list<std::size_t> columns, Problems& problems) {
    const auto tell = [&](std::string_view text, Place place) {
        problems.error(std::move(place), {}, say("the row '{0}' is a row of totals; delete it", text));
        return true;
    };
    for (const auto column : columns) {
        if (is_word_for_totals(row[column])) return tell(row[column], row.place(column));
    }
    const auto first = row.first_text();
    return is_word_for_totals(first) && tell(first, row.first_text_place());
}

void RunningTotals::add(std::string_view id, const Amounts& amounts) {
    ++rows_;
    for (std::size_t i = 0; i < most_amounts; ++i) sums_[i] += amounts[i].value_or(0);
    auto shape = shape_of(id);
    if (shape == last_shape_) return;
    shapes_.insert(shape);
    last_shape_ = std::move(shape);
}

bool RunningTotals::are_of(std::string_view id, const Amounts& amounts) const {
    if (rows_ < 3 || (!id.empty() && shapes_.count(shape_of(id)) > 0)) return false;
    bool any = false;
    for (std::size_t i = 0; i < most_amounts; ++i) {
        if (!amounts[i]) continue;
        const double fen = 0.01;
        if (*amounts[i] <= 0 || std::abs(*amounts[i] - sums_[i]) > fen / 2 + 1e-12 * sums_[i]) return false;
        any = true;
    }
    return any;
}

}  // namespace fxpool
