// fxpool schema
#include "fxpool/app/commands.hpp"

namespace fxpool::app {

Status schema_command(const CommandLine& line, const Console& console) {
    console.out << (line.markdown ? scenario_reference(console.language) : scenario_schema());
    return done;
}

}  // namespace fxpool::app
