#include "check_plausible.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace fxpool {
namespace {

/// The characters of UTF-8 text, each as a piece of it.
std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> characters;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
        characters.push_back(text.substr(at, end - at));
        at = end;
    }
    return characters;
}

bool is_chinese(std::string_view character) { return character.size() >= 3; }

/// Letters that number or order what they stand in.
bool orders(std::string_view character) {
    if (character.size() == 1) return (character[0] >= '0' && character[0] <= '9') || (character[0] >= 'A' && character[0] <= 'Z');
    constexpr std::string_view ordinals = "一二三四五六七八九十甲乙丙丁东南西北中上下左右大小新老内外";
    return ordinals.find(character) != std::string_view::npos;
}

/// Two-letter words for sectors that differ in one letter from others and are no slips of them.
bool is_sector_word(std::string_view word) {
    constexpr auto words = std::to_array<std::string_view>(
        {"电子", "电器", "电气", "电力", "电机", "机电", "机械", "机床", "化工", "化纤", "化妆", "家具", "家电", "家纺", "家居", "服装", "服饰", "鞋服", "鞋帽",
         "医药", "医疗", "药品", "水产", "水果", "食品", "饮品", "茶叶", "茶具", "建材", "建筑", "钢材", "木材", "器材", "陶瓷", "纺织", "针织", "毛织", "汽车",
         "汽配", "船舶", "玩具", "灯具", "文具", "工具", "模具", "农业", "林业", "渔业", "矿业", "农产", "塑料", "塑胶", "橡胶", "光电", "光学", "物流", "五金",
         "石材", "石化", "皮革", "皮具", "造纸", "造船", "箱包", "印刷", "能源", "新材", "通信", "通讯", "电池", "轻工", "手工", "贸易", "其他"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// A word with one member is asked about where another, one letter off, has `least` or more.
void check_words(const Book& book, std::string Exporter::*word, const char* english, int least, Problems& problems) {
    struct Members {
        int count = 0;
        Place first;
    };
    std::map<std::string, Members> members;
    for (const auto& exporter : book.exporters) {
        if ((exporter.*word).empty()) continue;
        auto& of = members[exporter.*word];
        if (of.count++ == 0) of.first = exporter.place;
    }
    constexpr std::size_t most_words = 2000;  // every group a company of its own: nothing to compare
    if (members.size() > most_words) return;
    for (const auto& [name, lonely] : members) {
        if (lonely.count != 1) continue;
        const std::string* meant = nullptr;
        int most = least - 1;
        for (const auto& [other, of] : members) {
            const bool told_there = of.count == 1 && of.first.line > lonely.first.line;  // of two lonely ones the later is asked about
            if (of.count > most && !told_there && is_slip_of(name, other)) meant = &other, most = of.count;
        }
        if (meant == nullptr) continue;
        const auto named = book.exporter_columns.find(english);
        problems.warning(lonely.first, named == book.exporter_columns.end() ? english : named->second.written,
                         say("'{0}' has this one firm only, '{1}' has {2}; did you mean '{1}'?", name, *meant, most));
    }
}

}  // namespace

bool is_slip_of(std::string_view word, std::string_view other) {
    if (word == other) return false;
    const auto a = characters_of(word), b = characters_of(other);
    const bool chinese = std::any_of(a.begin(), a.end(), is_chinese);
    const std::size_t least = chinese ? 2 : 4;
    if (a.size() < least || b.size() < least) return false;
    std::size_t begin = 0;
    while (begin < std::min(a.size(), b.size()) && a[begin] == b[begin]) ++begin;
    std::size_t end = 0;  // letters alike at the end
    while (end < std::min(a.size(), b.size()) - begin && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
    const std::size_t left_a = a.size() - begin - end, left_b = b.size() - begin - end;
    const bool two_sectors = chinese && a.size() == 2 && b.size() == 2 && is_sector_word(word);
    if (left_a == 1 && left_b == 1) return !two_sectors && !(orders(a[begin]) && orders(b[begin]));
    if (left_a + left_b == 1) return !orders(left_a == 1 ? a[begin] : b[begin]);
    return left_a == 2 && left_b == 2 && a[begin] == b[begin + 1] && a[begin + 1] == b[begin] && !two_sectors && !(orders(a[begin]) && orders(b[begin]));
}

void check_lonely_words(const Book& book, Problems& problems) {
    check_words(book, &Exporter::sector, "sector", 2, problems);
    check_words(book, &Exporter::group, "group_id", 1, problems);
}

}  // namespace fxpool
