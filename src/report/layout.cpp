#include "fxpool/report/layout.hpp"

#include "fxpool/files/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace fxpool::report {
namespace {

/// The number of a character; that of a byte which starts none is its own.
std::uint32_t code_of(const Character& character) {
    return character.code ? static_cast<std::uint32_t>(*character.code) : static_cast<unsigned char>(character.bytes.front());
}

struct Range {
    std::uint32_t first, last;
};

/// Unicode's East Asian Width W and F, as far as texts of this program and Chinese names go.
constexpr Range wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},  {0xAC00, 0xD7A3},
                          {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
constexpr Range without_width[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

template <std::size_t n>
bool in(const Range (&ranges)[n], std::uint32_t code) {
    return std::any_of(std::begin(ranges), std::end(ranges), [&](const Range& range) { return range.first <= code && code <= range.last; });
}

int width_of(std::uint32_t code) {
    if (in(without_width, code)) return 0;
    return in(wide, code) ? 2 : 1;
}

/// Marks that may not begin a line, and the units of Chinese money, which stay with their number: 万, 亿, 元.
bool closes(std::uint32_t code) {
    constexpr std::uint32_t marks[] = {0x4E07, 0x4EBF, 0x5143, 0x3001, 0x3002, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF01, 0xFF1F, 0xFF09, 0x300B, 0x300D, 0x201D, 0xFF05};
    return std::find(std::begin(marks), std::end(marks), code) != std::end(marks);
}
bool opens(std::uint32_t code) { return code == 0xFF08 || code == 0x300A || code == 0x300C || code == 0x201C; }

/// What may not be broken: a word, or a Chinese character with the marks that belong to it, and so many blanks before it.
struct Piece {
    std::string text;
    int blanks = 0;
};

/// A unit after its number: "80 %", "2.9 m".
bool is_unit(std::string_view text) {
    if (text.front() != '%' && text.front() != 'm') return false;
    return text.size() == 1 || std::string_view(" ,;.)").find(text[1]) != std::string_view::npos;
}

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> pieces;
    int blanks = 0;
    bool glue = false, last_was_wide = false;
    while (!text.empty()) {
        const auto character = first_character(text);
        const auto code = code_of(character);
        if (code == ' ' || code == '\n') {
            ++blanks;
            text.remove_prefix(character.bytes.size());
            continue;
        }
        const bool is_wide = width_of(code) == 2;
        const bool unit = blanks == 1 && is_unit(text);
        const bool breaks = blanks > 0 ? !unit : !glue && !closes(code) && (is_wide || last_was_wide);
        if (pieces.empty() || breaks) {
            pieces.push_back({std::string(), pieces.empty() ? 0 : blanks});
        } else if (unit) {
            pieces.back().text += ' ';
        }
        pieces.back().text += character.bytes;
        blanks = 0;
        glue = opens(code);
        last_was_wide = is_wide || closes(code);
        text.remove_prefix(character.bytes.size());
    }
    return pieces;
}

std::vector<Piece> parts_of(const std::vector<Piece>& pieces) {
    std::vector<Piece> parts;
    for (const auto& piece : pieces) {
        if (parts.empty() || piece.blanks >= 2) {
            parts.push_back(piece);
        } else {
            parts.back().text += (piece.blanks > 0 ? " " : "") + piece.text;
        }
    }
    return parts;
}

std::string blanks(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

}  // namespace

int display_width(std::string_view text) {
    int width = 0;
    while (!text.empty()) {
        const auto character = first_character(text);
        const auto code = code_of(character);
        width += width_of(code);
        text.remove_prefix(character.bytes.size());
    }
    return width;
}

std::string pad_right(std::string_view text, int width) { return std::string(text) + blanks(width - display_width(text)); }
std::string pad_left(std::string_view text, int width) { return blanks(width - display_width(text)) + std::string(text); }

std::vector<std::string> wrap(std::string_view text, int width) {
    auto pieces = pieces_of(text);
    auto parts = parts_of(pieces);
    const bool all_fit = std::all_of(parts.begin(), parts.end(), [&](const Piece& part) { return display_width(part.text) <= width; });
    if (parts.size() > 1 && all_fit) pieces = std::move(parts);

    std::vector<std::string> lines;
    int used = 0;
    for (const auto& piece : pieces) {
        const int wanted = display_width(piece.text);
        const bool fits = !lines.empty() && used + piece.blanks + wanted <= width;
        if (!fits) {
            lines.push_back(piece.text);
            used = wanted;
            continue;
        }
        lines.back() += blanks(piece.blanks) + piece.text;
        used += piece.blanks + wanted;
    }
    return lines;
}

std::string columns(const std::vector<std::vector<std::string>>& rows, std::string_view alignment) {
    std::vector<int> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool runs_on = i + 1 == row.size() && row.size() < alignment.size();  // a short row's last cell runs over the columns after it
            if (!runs_on) widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool right = i < alignment.size() && alignment[i] == 'r';
            const bool last = i + 1 == row.size();
            line += right ? pad_left(row[i], widths[i]) : last ? row[i] : pad_right(row[i], widths[i]);
            if (!last) line += "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

}  // namespace fxpool::report
