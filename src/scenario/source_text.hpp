#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/files/text_file.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// A file as UTF-8 text, and what goes wrong with texts that people write.
namespace fxpool::scenario {

/// The text of `file` by read_text_file(), tabs of lines without content made blanks.
std::optional<std::string> read_text(const std::filesystem::path& file, const NamedAt& named, Problems& problems);

/// A tab in the indentation, or a full-width colon after a key: what YAML would misread. False where there is one.
bool check_layout(std::string_view text, const std::string& name, Problems& problems);

/// The first full-width character in `text` outside quotes and comments, with what to write instead.
struct FullWidth {
    std::size_t byte = 0;  ///< offset in the text
    std::string character;
    std::string instead;
};
std::optional<FullWidth> find_full_width(std::string_view text);

/// "'：' is a full-width character; write ':'"
Message full_width_message(const FullWidth& found);

/// Where the full-width character stands in a text that begins at `place`; `place` itself where there is none.
Place full_width_place(Place place, std::string_view text, bool quoted);

/// Where the quoted text begins that is never closed; nothing where all are.
std::optional<std::size_t> unclosed_quote(std::string_view text);

/// Line `number` (from 1) of `text`.
std::string_view line_of(std::string_view text, int number);

}  // namespace fxpool::scenario
