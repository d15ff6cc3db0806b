#include "fxpool/report/program.hpp"

#include "fxpool/build_info.hpp"

#include <openssl/opensslv.h>

namespace fxpool::report {

const Program& program() {
    using namespace build_info;
    static const Program built{std::string(version),
                               std::string(commit),
                               std::string(compiler),
                               std::string(build_type),
                               {{"QuantLib", std::string(quantlib)},
                                {"Boost", std::string(boost)},
                                {"oneTBB", std::string(tbb)},
                                {"yaml-cpp", std::string(yaml_cpp)},
                                {"fmt", std::string(fmt)},
                                {"nlohmann-json", std::string(nlohmann_json)},
                                {"OpenSSL", OPENSSL_VERSION_STR}}};
    return built;
}

}  // namespace fxpool::report
