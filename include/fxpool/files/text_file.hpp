#pragma once

#include "fxpool/base/problem.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fxpool {

/// The text of a data file in UTF-8 without a byte order mark, lines ending in '\n', whatever it was saved in: UTF-8, UTF-16 with a mark, or GB18030
/// (what a Chinese Excel saves). Problems, with the place of the byte: no such file, an empty one, a workbook (.xlsx, .xls) instead
/// of a CSV file, a byte that no text has, half a character.
std::optional<std::string> read_text_file(const std::filesystem::path& file, Problems& problems);

/// Characters (not bytes) of a piece of UTF-8.
int count_characters(std::string_view utf8);

/// The first 60 characters, and "..." where there are more: what a message quotes of a file.
std::string shortened(std::string_view utf8);

/// Line and column, both from 1, of the byte at `offset` of a UTF-8 text; the column counts characters.
Place place_in_text(const std::string& file, std::string_view text, std::size_t offset);

}  // namespace fxpool
