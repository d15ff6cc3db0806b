#include "fxpool/app/commands.hpp"
#include "fxpool/app/standard_streams.hpp"

#include <exception>
#include <new>

namespace fxpool::app {
namespace {

Status dispatch(const CommandLine& line, const std::vector<std::string>& words, const Console& console) {
    if (line.version) return version_command(console);
    if (line.help) {
        console.out << help_text(line.command, console.language);
        return done;
    }
    if (line.command == "run") return run_command(line, words, console);
    if (line.command == "check") return check_command(line, console);
    if (line.command == "trace") return trace_command(line, console);
    if (line.command == "calibrate") return calibrate_command(line, words, console);
    if (line.command == "init") return init_command(line, console);
    if (line.command == "schema") return schema_command(line, console);
    console.err << short_help(console.language);
    return wrong_command_line;
}

}  // namespace

Status main_command(const std::vector<std::string>& words, const Console& console) {
    const auto read = read_command_line(words);
    if (const auto* wrong = std::get_if<Message>(&read)) {
        console.tell(say("fxpool: {0}", *wrong));
        return wrong_command_line;
    }
    try {
        const Status status = dispatch(std::get<CommandLine>(read), words, console);
        console.out.flush();
        if (console.out.good() || reader_is_gone()) return status;
        console.tell(say("fxpool: standard output can't be written"));
        return combined(status, internal_failure);
    } catch (const std::bad_alloc&) {
        console.tell(say("fxpool: there is not enough memory; fewer paths need less"));
    } catch (const std::exception& failure) {
        console.tell(say("fxpool: an error of the program, please report it: {0}", failure.what()));
    }
    return internal_failure;
}

}  // namespace fxpool::app
