#include "fxpool/files/utf8.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace fxpool {
namespace {

constexpr auto npos = std::string_view::npos;

unsigned char byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

constexpr std::uint64_t high_bits = 0x8080808080808080ULL;

std::uint64_t eight_bytes(std::string_view text, std::size_t i) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + i, 8);
    return eight;
}

/// Whether eight bytes are all U+0020 to U+007E. Below 0x20 a subtraction borrows into the high bit, at 0x7F an addition carries into it.
bool are_printable(std::uint64_t eight) {
    constexpr std::uint64_t blanks = 0x2020202020202020ULL, ones = 0x0101010101010101ULL;
    return ((eight | (eight - blanks) | (eight + ones)) & high_bits) == 0;
}

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

Character first_character(std::string_view text) {
    utf8proc_int32_t code = -1;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    constexpr std::size_t longest = 4;  // bytes of a character
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(std::min(text.size(), longest)), &code);
    if (length <= 0) return {text.substr(0, 1), std::nullopt};
    return {text.substr(0, static_cast<std::size_t>(length)), static_cast<char32_t>(code)};
}

std::string utf8_of(char32_t code) {
    utf8proc_uint8_t bytes[4];
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes);
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

std::size_t first_not_utf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        if (i + 8 <= text.size()) {  // eight ASCII bytes at once
            if ((eight_bytes(text, i) & high_bits) == 0) {
                i += 8;
                continue;
            }
        }
        const auto character = first_character(text.substr(i));
        if (!character.code) return i;
        i += character.bytes.size();
    }
    return npos;
}

std::size_t first_control(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        while (i + 8 <= utf8.size() && are_printable(eight_bytes(utf8, i))) i += 8;
        if (i >= utf8.size()) break;
        const unsigned char byte = byte_at(utf8, i);
        const bool low = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
        const bool high = byte == 0xC2 && i + 1 < utf8.size() && byte_at(utf8, i + 1) < 0xA0;  // U+0080 to U+009F
        if (low || byte == 0x7F || high) return i;
    }
    return npos;
}

std::string code_point_name(char32_t code) { return fmt::format("U+{:04X}", static_cast<std::uint32_t>(code)); }

int count_characters(std::string_view utf8) { return static_cast<int>(std::count_if(utf8.begin(), utf8.end(), starts_character)); }

std::string folded(std::string_view utf8) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()), static_cast<utf8proc_ssize_t>(utf8.size()), &mapped, options);
    const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(mapped, &std::free);
    std::string text = size < 0 ? std::string(utf8) : std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
    return text;
}

std::u32string characters_of(std::string_view utf8) {
    std::u32string characters;
    while (!utf8.empty()) {
        const auto character = first_character(utf8);
        if (character.code) characters += *character.code;
        utf8.remove_prefix(character.bytes.size());
    }
    return characters;
}

std::string shortened(std::string_view utf8) {
    constexpr std::size_t most = 60;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (starts_character(utf8[i]) && ++characters > most) return std::string(utf8.substr(0, i)) + "...";
    }
    return std::string(utf8);
}

}  // namespace fxpool
