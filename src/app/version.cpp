// fxpool --version
#include "fxpool/app/commands.hpp"
#include "fxpool/report/program.hpp"

#include <fmt/format.h>

namespace fxpool::app {

Status version_command(const Console& console) {
    const auto& program = report::program();
    console.print(say("fxpool {0} (commit {1})", program.version, program.commit));
    console.print(say("compiler: {0}, {1}", program.compiler, program.build_type));
    std::string libraries;
    for (const auto& [name, version] : program.libraries) libraries += fmt::format("{}{} {}", libraries.empty() ? "" : ", ", name, version);
    console.print(say("libraries: {0}", libraries));
    return done;
}

}  // namespace fxpool::app
