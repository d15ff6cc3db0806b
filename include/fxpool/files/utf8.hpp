#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The one place where bytes become characters; utf8proc decodes them.
namespace fxpool {

/// A character of a UTF-8 text: its bytes and its number. A byte that starts none is one by itself, without a number.
struct Character {
    std::string_view bytes;
    std::optional<char32_t> code;
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text);

/// The character as UTF-8.
std::string utf8_of(char32_t code);

/// The first byte that is not UTF-8 (no overlong forms, no surrogates, up to U+10FFFF); npos where all is well.
std::size_t first_not_utf8(std::string_view text);

/// The first control character (U+0000 to U+001F, U+007F to U+009F) other than a tab and a line end; npos where there is none.
std::size_t first_control(std::string_view utf8);

/// "U+0007"
std::string code_point_name(char32_t code);

/// Characters (not bytes) of a piece of UTF-8.
int count_characters(std::string_view utf8);

/// The text as it is compared: full-width letters, digits and marks made ordinary ones, small letters, no blanks ("Ａnnual Receipts" is "annualreceipts").
std::string folded(std::string_view utf8);

/// The text in characters; bytes that start none are left out.
std::u32string characters_of(std::string_view utf8);

/// The first 60 characters, and "..." where there are more: what a message quotes of a file.
std::string shortened(std::string_view utf8);

}  // namespace fxpool
