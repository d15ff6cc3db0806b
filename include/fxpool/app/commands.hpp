#pragma once

#include "fxpool/app/command_line.hpp"
#include "fxpool/app/console.hpp"

#include <string>
#include <vector>

/// The commands, one file each. They print, and return the exit status; nothing below `app/` does either.
namespace fxpool::app {

/// `words`: the command line as typed, for the manifest.
Status run_command(const CommandLine& line, const std::vector<std::string>& words, const Console& console);
Status check_command(const CommandLine& line, const Console& console);
Status trace_command(const CommandLine& line, const Console& console);
/// `words`: as typed, for the block's first line.
Status calibrate_command(const CommandLine& line, const std::vector<std::string>& words, const Console& console);
Status init_command(const CommandLine& line, const Console& console);
Status schema_command(const CommandLine& line, const Console& console);
Status version_command(const Console& console);

/// All of the program but the signal handlers: reads the words, does what they ask.
Status main_command(const std::vector<std::string>& words, const Console& console);

}  // namespace fxpool::app
