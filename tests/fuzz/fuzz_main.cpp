// One program for each target: FXPOOL_FUZZ_TARGET names it. An exception that leaves the target is a find, as it ends the program.
#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const auto target = fxpool::fuzz::targets.at(FXPOOL_FUZZ_TARGET);
    target({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
