// The help: one table of commands, one of options; the parser reads the same tables.
#include "fxpool/app/command_line.hpp"
#include "fxpool/calibrate/fit.hpp"
#include "fxpool/report/layout.hpp"

namespace fxpool::app {
namespace {

constexpr int help_width = 100;

/// Two columns: names, then what they are for, broken at the width.
std::string two_columns(const std::vector<std::pair<std::string, std::string>>& rows) {
    int names = 0;
    for (const auto& [name, purpose] : rows) names = std::max(names, report::display_width(name));
    std::string text;
    for (const auto& [name, purpose] : rows) {
        auto left = name;
        for (const auto& line : report::wrap(purpose, help_width - names - 4)) {
            text += "  " + report::pad_right(left, names) + "  " + line + "\n";
            left.clear();
        }
    }
    return text;
}

std::string usage(const CommandHelp& command, Language language) {
    std::string text = "fxpool " + command.name;
    const auto arguments = render(command.arguments, language);
    return arguments.empty() ? text : text + " " + arguments;
}

std::string heading(const Message& message, Language language) { return render(message, language) + "\n"; }

std::string command_lines(Language language) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& command : commands()) {
        const auto arguments = render(command.arguments, language);
        rows.emplace_back(command.name + (arguments.empty() ? "" : " " + arguments), render(command.purpose, language));
    }
    return two_columns(rows);
}

std::string option_lines(const std::string& command, Language language) {
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& option : options()) {
        const bool for_all = option.commands.empty();
        if (!command.empty() && !for_all && option.commands.find(" " + command + " ") == std::string::npos) continue;
        const auto value = render(option.value, language);
        rows.emplace_back(option.name + (value.empty() ? "" : " " + value), render(option.purpose, language));
    }
    return two_columns(rows);
}

std::string status_lines(Language language) {
    std::vector<std::pair<std::string, std::string>> rows;
    const auto add = [&](const char* status, const Message& meaning) { rows.emplace_back(status, render(meaning, language)); };
    add("0", say("done"));
    add("1", say("internal failure, a fit that failed, or a result that can't be written"));
    add("2", say("the command line is wrong"));
    add("3", say("an input file is wrong"));
    add("4", say("a limit is not met"));
    add("5", say("the wanted precision was not reached"));
    add("130", say("interrupted; what is complete is kept"));
    return two_columns(rows);
}

std::string model_names() {
    std::string names;
    for (const auto& family : calibrate::families()) names += (names.empty() ? "" : ", ") + std::string(family.name);
    return names;
}

}  // namespace

const std::vector<CommandHelp>& commands() {
    static const std::vector<CommandHelp> all = {
        {"run", say("SCENARIO..."), say("simulate; writes results/<name>/ and prints the one-page result")},
        {"check", say("SCENARIO..."), say("validate only: every problem at once, with its file, line and column")},
        {"trace", say("SCENARIO --path N"), say("one path's ledger, day by day: every event, claim and yuan")},
        {"calibrate", say("RATES.csv --pair P --model M"),
         say("fit a rate model, or all, to a file date,USDCNY,...: prints the model block for a scenario, its errors and tests as comments")},
        {"init", say("[NAME]"), say("write a scenario file to edit, with exporters.csv, contracts.csv and daily rates beside it")},
        {"schema", verbatim(""), say("print the JSON Schema of the scenario file, for editors")},
    };
    return all;
}

const std::vector<OptionHelp>& options() {
    static const std::vector<OptionHelp> all = {
        {"--paths", say("N"), say("number of paths, instead of the file's: 20000, 20k"), " run check trace "},
        {"--seed", say("S"), say("seed of the draws, instead of the file's"), " run check trace calibrate "},
        {"--set", say("KEY=VALUE"), say("override one input, like --set pool.multiple=5; may be repeated"), " run check trace "},
        {"--threads", say("T"), say("threads; all cores where it is not given. The results are the same for any number"), " run calibrate "},
        {"--out", say("DIR"), say("folder for the results; 'results' where it is not given"), " run "},
        {"--path", say("N"), say("the path to walk, from 0 on; the one-page result names the worst"), " trace "},
        {"--all-days", verbatim(""), say("show the quiet days too"), " trace "},
        {"--pair", say("PAIR"), say("the column to fit, like USDCNY; not needed where the scenario or the file has one pair"), " calibrate "},
        {"--model", say("MODEL"),
         say("{0}; or all: each model's block under its own name, and with --backtest a ranking and the recommended block under 'model'", model_names()),
         " calibrate "},
        {"--scenario", say("FILE"),
         say("the scenario that the block is for: its paths start from that file's folder, its rates end before that scenario's start"), " calibrate "},
        {"--from", say("DATE"), say("first row to fit; the file's first where it is not given"), " calibrate "},
        {"--to", say("DATE"), say("last row to fit; without it the file's last, with --scenario the last before its start"), " calibrate "},
        {"--states", verbatim("2|3"), say("states of the regime model; 2 where it is not given"), " calibrate "},
        {"--residuals", verbatim("normal|student|history"), say("residuals of the garch model; history where it is not given"), " calibrate "},
        {"--backtest", verbatim(""), say("compare forecasts, made every tenth day from what was known then, with what came; needs six years of rates"),
         " calibrate "},
        {"--full", verbatim(""), say("write every key with its default and a comment"), " init "},
        {"--markdown", verbatim(""), say("print the keys as tables to read, in the language of --lang"), " schema "},
        {"--verbose", verbatim(""), say("name the files that a scenario is made of, and the keys that each changes"), " check "},
        {"--strict", verbatim(""), say("warnings about inputs are errors: nothing runs (exit status 3)"), " run check trace "},
        {"--quiet", verbatim(""), say("print problems only, no page and no progress"), " run check calibrate "},
        {"--json", verbatim(""), say("print JSON on standard output"), " run check trace calibrate "},
        {"--lang", verbatim("en|zh"), say("language of all texts; else that of the locale (LC_ALL, LC_MESSAGES, LANG)"), ""},
        {"--help", verbatim(""), say("print this help, or that of a command"), ""},
        {"--version", verbatim(""), say("print the version, the commit, the compiler and the libraries"), ""},
    };
    return all;
}

std::string help_text(const std::string& command, Language language) {
    for (const auto& known : commands()) {
        if (known.name != command) continue;
        return heading(say("Usage: {0}", usage(known, language)), language) + "\n  " + render(known.purpose, language) + "\n\n" +
               heading(say("Options:"), language) + option_lines(command, language);
    }
    return heading(say("fxpool simulates public FX margin pools: is the pool large enough, what does it cost, what does it buy?"), language) + "\n" +
           heading(say("Usage: {0}", render(say("fxpool COMMAND ..."), language)), language) + "\n" + heading(say("Commands:"), language) +
           command_lines(language) + "\n" + heading(say("Options:"), language) + option_lines("", language) + "\n" + heading(say("Exit status:"), language) +
           status_lines(language) + "\n" + heading(say("Results go to standard output, messages to standard error."), language);
}

std::string short_help(Language language) {
    return heading(say("Usage: {0}", render(say("fxpool COMMAND ..."), language)), language) + command_lines(language) + "\n" +
           heading(say("For example: fxpool run scenarios/fuzhou-base.yaml; 'fxpool --help' says more."), language);
}

}  // namespace fxpool::app
