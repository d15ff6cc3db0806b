#include "fxpool/app/command_line.hpp"

#include "fxpool/base/number.hpp"
#include "fxpool/base/suggestion.hpp"
#include "fxpool/calibrate/fit.hpp"
#include "fxpool/files/rate_file.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>
#include <utility>

namespace fxpool::app {
namespace {

/// Commands that a later version will have.
const std::vector<std::string> later_commands = {"plan", "bench", "size", "sweep", "compare", "sensitivity", "stress", "reverse-stress", "batch", "report"};

/// The values as typed: what CLI11 collects. Everything is text; reading it is ours, so that every message is.
struct Typed {
    std::string paths, seed, threads, out, lang, path, pair, model, scenario, from, to, states, residuals;
    std::vector<std::string> set, arguments;
    bool all_days = false, quiet = false, json = false, strict = false, verbose = false, full = false, markdown = false, backtest = false, help = false,
         version = false;
};

std::vector<std::string> known_options() {
    std::vector<std::string> names;
    for (const auto& option : options()) names.push_back(option.name);
    return names;
}

std::vector<std::string> known_commands() {
    std::vector<std::string> names;
    for (const auto& command : commands()) names.push_back(command.name);
    return names;
}

std::string before_equals(const std::string& word) { return word.substr(0, word.find('=')); }

std::vector<std::string> model_words() {
    std::vector<std::string> names;
    for (const auto& family : calibrate::families()) names.emplace_back(family.name);
    return names;
}

std::string in_one_line(const std::vector<std::string>& words) {
    std::string line;
    for (const auto& word : words) line += (line.empty() ? "" : ", ") + word;
    return line;
}

Message unknown_option(const std::string& word) {
    const auto meant = nearest_word(before_equals(word), known_options());
    return meant ? say("unknown option '{0}'; did you mean '{1}'?", before_equals(word), *meant)
                 : say("unknown option '{0}'; 'fxpool --help' lists them", before_equals(word));
}

Message unknown_command(const std::string& word) {
    for (const auto& later : later_commands) {
        if (word == later) return say("'{0}' is not in this version; 'fxpool --help' lists what is", word);
    }
    const auto meant = nearest_word(word, known_commands());
    return meant ? say("unknown command '{0}'; did you mean '{1}'?", word, *meant) : say("unknown command '{0}'; 'fxpool --help' lists them", word);
}

/// CLI11 says which option lacks a value in a text that begins with its name.
Message what_went_wrong(const CLI::ParseError& error) {
    const std::string text = error.what();
    if (error.get_name() == "ArgumentMismatch") {
        for (const auto& option : options()) {
            if (text.rfind(option.name + ":", 0) == 0) return say("{0} needs a value", option.name);
        }
    }
    return say("the command line can't be read; 'fxpool --help' shows how it is written");
}

/// 20000, 20k, 2万: a whole number from `least` on that a double holds exactly.
std::optional<std::int64_t> whole_number(const std::string& text, std::int64_t least) {
    constexpr double exact = 9007199254740992.0;  // 2^53
    const auto value = parse_number(text);
    if (!value || *value != std::floor(*value) || *value >= exact || *value < static_cast<double>(least)) return std::nullopt;
    return static_cast<std::int64_t>(*value);
}

/// The typed text of numbers and pairs read; a message for the first that is wrong.
std::optional<Message> read_values(const Typed& typed, CommandLine& line) {
    for (const auto& text : typed.set) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0) return say("--set {0}: write it as key=value, like --set pool.multiple=5", text);
        line.overrides.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    if (!typed.paths.empty()) {
        const auto paths = whole_number(typed.paths, 1);
        if (!paths) return say("--paths {0}: must be a whole number from 1 on, like 20000 or 20k", typed.paths);
        line.overrides.emplace_back("simulation.paths", std::to_string(*paths));
    }
    if (!typed.seed.empty()) {
        const auto seed = whole_number(typed.seed, 0);
        if (!seed) return say("--seed {0}: must be a whole number from 0 on", typed.seed);
        line.overrides.emplace_back("simulation.seed", std::to_string(*seed));
        line.seed = static_cast<std::uint64_t>(*seed);
    }
    if (!typed.threads.empty()) {
        constexpr int most_threads = 1024;
        const auto threads = whole_number(typed.threads, 1);
        if (!threads || *threads > most_threads) return say("--threads {0}: must be a whole number from 1 to {1}", typed.threads, most_threads);
        line.threads = static_cast<int>(*threads);
    }
    if (!typed.path.empty()) {
        const auto path = whole_number(typed.path, 0);
        if (!path) return say("--path {0}: must be the number of a path, from 0 on", typed.path);
        line.path = *path;
    }
    if (!typed.lang.empty() && typed.lang != "en" && typed.lang != "zh") return say("--lang {0}: must be en or zh", typed.lang);
    if (!typed.out.empty()) {
        line.out = typed.out;
        line.out_given = true;
    }
    return std::nullopt;
}

/// What `calibrate` asks, read; a message for the first that is wrong.
std::optional<Message> read_calibrate(const Typed& typed, CalibrateChoice& choice) {
    choice.backtest = typed.backtest;
    if (!typed.pair.empty()) {
        for (const char c : typed.pair) choice.pair += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (!is_pair(choice.pair)) return say("--pair {0}: must be a currency against CNY, like USDCNY", typed.pair);
    }
    if (!typed.model.empty() && typed.model != "all" && calibrate::family_of(typed.model) == nullptr) {
        const auto names = model_words();
        const auto meant = nearest_word(typed.model, names);
        return meant ? say("--model {0}: unknown model; did you mean '{1}'?", typed.model, *meant)
                     : say("--model {0}: unknown model; there are: {1}", typed.model, in_one_line(names));
    }
    choice.model = typed.model;
    choice.scenario = typed.scenario;
    for (const auto& [name, text, date] : {std::tuple{"--from", &typed.from, &choice.from}, {"--to", &typed.to, &choice.to}}) {
        if (text->empty()) continue;
        *date = parse_date(*text);
        if (!*date) return say("{0} {1}: must be a date, like 2015-08-11", name, *text);
    }
    if (choice.from && choice.to && *choice.from > *choice.to) return say("--from {0} is after --to {1}", *choice.from, *choice.to);
    if (!typed.states.empty()) {
        if (typed.states != "2" && typed.states != "3") return say("--states {0}: must be 2 or 3", typed.states);
        choice.states = typed.states == "2" ? 2 : 3;
    }
    if (typed.residuals == "normal") choice.residuals = Residuals::Kind::normal;
    else if (typed.residuals == "student") choice.residuals = Residuals::Kind::student;
    else if (!typed.residuals.empty() && typed.residuals != "history") return say("--residuals {0}: must be normal, student or history", typed.residuals);
    return std::nullopt;
}

/// An option that only `calibrate` has, given to another command; or one that it has not.
std::optional<Message> check_calibrate_options(const Typed& typed, const CommandLine& line) {
    const bool calibrates = line.command == "calibrate";
    const std::pair<const char*, bool> own[] = {{"--pair", !typed.pair.empty()},     {"--model", !typed.model.empty()},
                                                {"--from", !typed.from.empty()},     {"--to", !typed.to.empty()},
                                                {"--states", !typed.states.empty()}, {"--residuals", !typed.residuals.empty()},
                                                {"--backtest", typed.backtest},      {"--scenario", !typed.scenario.empty()}};
    for (const auto& [name, given] : own) {
        if (given && !calibrates) return say("{0} is an option of '{1}' only", name, "calibrate");
    }
    const std::pair<const char*, bool> foreign[] = {
        {"--paths", !typed.paths.empty()}, {"--set", !typed.set.empty()}, {"--out", !typed.out.empty()}, {"--strict", typed.strict}};
    for (const auto& [name, given] : foreign) {
        if (given && calibrates) return say("{0} is no option of '{1}'", name, "calibrate");
    }
    return std::nullopt;
}

/// Whether a command got what it needs; a message where it did not.
std::optional<Message> check_arguments(const CommandLine& line) {
    const auto count = line.arguments.size();
    if ((line.command == "run" || line.command == "check") && count == 0) return say("{0} needs a scenario file", line.command);
    if (line.command == "trace") {
        if (count == 0) return say("{0} needs a scenario file", line.command);
        if (count > 1) return say("{0} takes one scenario file, not {1}", line.command, count);
        if (!line.path) return say("trace needs --path N: the number of the path to walk");
    }
    if (line.command == "calibrate") {
        if (count == 0) return say("calibrate needs a file of rates");
        if (count > 1) return say("calibrate takes one file of rates, not {0}", count);
        if (line.calibrate.model.empty()) return say("calibrate needs --model M: all, or one of {0}", in_one_line(model_words()));
    }
    if (line.command == "init" && count > 1) return say("init takes one name, not {0}", count);
    if (line.command == "schema" && count > 0) return say("schema takes no argument: '{0}'", line.arguments.front());
    if (line.path && line.command != "trace") return say("{0} is an option of '{1}' only", "--path", "trace");
    if (line.full && line.command != "init") return say("{0} is an option of '{1}' only", "--full", "init");
    if (line.markdown && line.command != "schema") return say("{0} is an option of '{1}' only", "--markdown", "schema");
    if (line.verbose && line.command != "check") return say("{0} is an option of '{1}' only", "--verbose", "check");
    if (line.all_days && line.command != "trace") return say("{0} is an option of '{1}' only", "--all-days", "trace");
    return std::nullopt;
}

}  // namespace

std::variant<CommandLine, Message> read_command_line(const std::vector<std::string>& words) {
    for (const auto& option : options()) {
        const auto has_value = [&](const std::string& word) { return word.rfind(option.name + "=", 0) == 0; };
        if (option.value.pattern.empty() && std::any_of(words.begin(), words.end(), has_value)) return say("{0} takes no value", option.name);
    }
    Typed typed;
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    app.require_subcommand(0, 1);
    const auto value = [&](const char* name, std::string& to) { app.add_option(name, to)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast); };
    value("--paths", typed.paths);
    value("--seed", typed.seed);
    value("--threads", typed.threads);
    value("--out", typed.out);
    value("--lang", typed.lang);
    value("--path", typed.path);
    value("--pair", typed.pair);
    value("--model", typed.model);
    value("--scenario", typed.scenario);
    value("--from", typed.from);
    value("--to", typed.to);
    value("--states", typed.states);
    value("--residuals", typed.residuals);
    app.add_flag("--backtest", typed.backtest);
    app.add_option("--set", typed.set)->allow_extra_args(false);
    app.add_flag("--all-days", typed.all_days);
    app.add_flag("--quiet", typed.quiet);
    app.add_flag("--json", typed.json);
    app.add_flag("--verbose", typed.verbose);
    app.add_flag("--strict", typed.strict);
    app.add_flag("--full", typed.full);
    app.add_flag("--markdown", typed.markdown);
    app.add_flag("-h,--help", typed.help);
    app.add_flag("--version", typed.version);
    for (const auto& command : commands()) {
        CLI::App* sub = app.add_subcommand(command.name);
        sub->set_help_flag();
        sub->fallthrough();  // common options stand before or after the command
        sub->allow_extras();
        sub->add_option("arguments", typed.arguments);
    }

    try {
        std::vector<std::string> reversed(words.rbegin(), words.rend());  // CLI11 wants them from the last to the first
        app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        return what_went_wrong(error);
    }

    CommandLine line;
    line.arguments = typed.arguments;
    for (const CLI::App* sub : app.get_subcommands()) line.command = sub->get_name();
    line.all_days = typed.all_days;
    line.quiet = typed.quiet;
    line.json = typed.json;
    line.verbose = typed.verbose;
    line.strict = typed.strict;
    line.full = typed.full;
    line.markdown = typed.markdown;
    line.help = typed.help;
    line.version = typed.version;

    const auto extras = app.remaining(true);
    for (const auto& word : extras) {
        if (word.size() > 1 && word.front() == '-') return unknown_option(word);
    }
    if (!extras.empty() && line.command.empty()) return unknown_command(extras.front());
    if (!extras.empty()) return say("'{0}' was not expected", extras.front());
    if (auto wrong = read_values(typed, line)) return *wrong;
    if (auto wrong = read_calibrate(typed, line.calibrate)) return *wrong;
    if (line.help || line.version || line.command.empty()) return line;
    if (auto wrong = check_calibrate_options(typed, line)) return *wrong;
    if (auto wrong = check_arguments(line)) return *wrong;
    return line;
}

Language language_of(const std::vector<std::string>& words) {
    std::string wanted;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].rfind("--lang=", 0) == 0) wanted = words[i].substr(7);
        if (words[i] == "--lang" && i + 1 < words.size()) wanted = words[i + 1];
    }
    if (wanted == "zh") return Language::zh;
    if (wanted == "en") return Language::en;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* set = std::getenv(name);
        if (set != nullptr && *set != '\0') return std::string(set).rfind("zh", 0) == 0 ? Language::zh : Language::en;
    }
    return Language::en;
}

}  // namespace fxpool::app
