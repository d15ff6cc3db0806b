#pragma once

#include "fxpool/base/message.hpp"
#include "fxpool/model/garch.hpp"
#include "fxpool/scenario/scenario_file.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What the user typed, read (the README's "Other commands").
namespace fxpool::app {

/// What `calibrate` asks.
struct CalibrateChoice {
    std::string pair;                                      ///< USDCNY; empty: the only one of the scenario or of the file
    std::string scenario;                                  ///< where the block is to be pasted; empty: anywhere
    std::string model;                                     ///< a name, or "all"
    std::optional<Date> from, to;                          ///< first and last row
    int states = 2;                                        ///< regime
    Residuals::Kind residuals = Residuals::Kind::history;  ///< garch
    bool backtest = false;
};

struct CommandLine {
    std::string command;                 ///< "run", "check", ...; empty where none was given
    std::vector<std::string> arguments;  ///< scenario files, the rates of `calibrate`, or the name for `init`
    Overrides overrides;                 ///< --set in the order given, then --paths and --seed
    std::optional<std::uint64_t> seed;   ///< --seed, also among the overrides
    int threads = 0;                     ///< 0: all cores
    CalibrateChoice calibrate;
    std::filesystem::path out = "results";
    bool out_given = false;            ///< --out: results/<name> below it, whatever --set says
    std::optional<std::int64_t> path;  ///< trace --path
    bool all_days = false, quiet = false, json = false, strict = false;
    bool full = false;      ///< init: every key
    bool markdown = false;  ///< schema: tables for people
    bool verbose = false;   ///< check: the files that a scenario is made of
    bool help = false, version = false;
};

/// The command line, or what is wrong with it (exit status 2). `words` are the arguments without the program's name.
std::variant<CommandLine, Message> read_command_line(const std::vector<std::string>& words);

/// --lang, wherever it stands; else LC_ALL, LC_MESSAGES or LANG, the first that is set: Chinese where it begins with zh.
Language language_of(const std::vector<std::string>& words);

/// A command, its line in the help, and the options that matter to it.
struct CommandHelp {
    std::string name;
    Message arguments;  ///< as the usage line shows them: "SCENARIO..."
    Message purpose;
};

/// An option with its value, as the help shows it.
struct OptionHelp {
    std::string name;  ///< "--paths"
    Message value;     ///< "N"; empty for a switch
    Message purpose;
    std::string commands;  ///< the commands that it is for, blanks round each; empty: all
};

const std::vector<CommandHelp>& commands();
const std::vector<OptionHelp>& options();

/// The help of the program, or of one command.
std::string help_text(const std::string& command, Language language);
/// What `fxpool` alone prints.
std::string short_help(Language language);

}  // namespace fxpool::app
