#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fxpool::report {

/// What this program was built from and with.
struct Program {
    std::string version, commit, compiler, build_type;
    std::vector<std::pair<std::string, std::string>> libraries;  ///< name, version
};

const Program& program();

}  // namespace fxpool::report
