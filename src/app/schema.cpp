// fxpool schema
#include "fxpool/app/commands.hpp"

namespace fxpool::app {

Status schema_command(const Console& console) {
    console.out << scenario_schema();
    return done;
}

}  // namespace fxpool::app
