#pragma once

#include "fxpool/app/command_line.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Command lines that a reader can paste into a shell.
namespace fxpool::app {

/// The words in one line, quoted where the shell would take them apart.
std::string shell_line(const std::vector<std::string>& words);

/// How the user calls the program: FXPOOL_COMMAND where the launcher has set it, else "fxpool".
std::string program_word();

/// What `--set` gave, without the number of paths and the seed.
Overrides typed_overrides(const CommandLine& line);

/// The command that repeats a result, whatever the scenario file's own number of paths and seed come to be.
std::string repeat_run(const CommandLine& line, const std::string& file, std::int64_t paths, std::uint64_t seed);
/// The command that walks one of its paths, but for the path's number.
std::string repeat_trace(const CommandLine& line, const std::string& file, std::uint64_t seed);

}  // namespace fxpool::app
