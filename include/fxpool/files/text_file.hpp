#pragma once

#include "fxpool/base/problem.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fxpool {

/// Where a file is named: a file that isn't there is a problem of that place ("case.yaml:12:12: contracts: nowhere.csv: there is no such file").
/// Without a place it is one of the file itself.
struct NamedAt {
    Place place;
    std::string key;
};

/// What a text is read as: it decides what a user is told to do about one that is none.
enum class TextFor { table, scenario };

/// The text of a file in UTF-8 without a byte order mark, lines ending in '\n', whatever it was saved in: UTF-8, UTF-16 with a mark, or GB18030
/// (what a Chinese Excel saves). Problems, with the place of the byte: no such file, an empty table, a workbook (.xlsx, .xls) instead
/// of a text, a control character, half a character.
std::optional<std::string> read_text_file(const std::filesystem::path& file, Problems& problems, const NamedAt& named = {}, TextFor what = TextFor::table);

/// What is said of the control character that begins `text`.
Message control_character(std::string_view text);

/// Line and column, both from 1, of the byte at `offset` of a UTF-8 text; the column counts characters.
Place place_in_text(const std::string& file, std::string_view text, std::size_t offset);

}  // namespace fxpool
