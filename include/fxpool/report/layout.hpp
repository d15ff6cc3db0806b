#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Text in columns for a terminal, where a Chinese character takes two places and a byte is no character.
namespace fxpool::report {

/// Places that a UTF-8 text takes on a terminal: 2 for Chinese characters and full-width punctuation, 0 for combining marks, else 1.
int display_width(std::string_view utf8);

/// The text with blanks after it (or before it) up to `width` places; a wider text stays as it is.
std::string pad_right(std::string_view utf8, int width);
std::string pad_left(std::string_view utf8, int width);

/// Text broken into lines of at most `width` places: between words, or between Chinese characters (never before a closing mark).
/// A word wider than a line stands alone, unbroken. Where two blanks part the text ("banks 20 %  guarantor 0 %"), lines break there
/// alone as long as every part fits.
std::vector<std::string> wrap(std::string_view utf8, int width);

/// Rows of cells under each other, each column as wide as its widest cell, two blanks between; no blanks at a line's end.
/// `alignment` has a letter a column: 'r' flush right, 'l' flush left. In a row with fewer cells than that the last one runs on over
/// the columns after it.
std::string columns(const std::vector<std::vector<std::string>>& rows, std::string_view alignment);

}  // namespace fxpool::report
