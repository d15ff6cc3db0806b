#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fxpool::report {

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
std::string sha256(std::string_view bytes);
/// Of a file's bytes; nothing where it can't be read.
std::optional<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace fxpool::report
