# Headers and sources that the build writes.
set(generated_include ${PROJECT_BINARY_DIR}/generated/include)

# fxpool/data/embedded.hpp: files that the program carries with it, byte for byte.
set(embedded_hpp ${generated_include}/fxpool/data/embedded.hpp)
set(embedded_cpp)
set(embedded_declarations "")
function(fxpool_embed name file)
  set(to ${PROJECT_BINARY_DIR}/generated/${name}.cpp)
  add_custom_command(
    OUTPUT ${to}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFROM=${PROJECT_SOURCE_DIR}/${file} -DTO=${to} -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${PROJECT_SOURCE_DIR}/${file} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  set(embedded_cpp ${embedded_cpp} ${to} PARENT_SCOPE)
  set(embedded_declarations "${embedded_declarations}extern const std::string_view ${name};  ///< ${file}\n" PARENT_SCOPE)
endfunction()

fxpool_embed(cn_holidays_csv data/cn-holidays-2005-2035.csv)
fxpool_embed(cny_fx_daily_csv scenarios/data/cny-fx-daily-2005-2026.csv)

file(CONFIGURE OUTPUT ${embedded_hpp} CONTENT [[
#pragma once

#include <string_view>

namespace fxpool::data {

@embedded_declarations@
}  // namespace fxpool::data
]] @ONLY)

# fxpool/build_info.hpp: looked at in every build, written only when it changes.
set(build_info_hpp ${generated_include}/fxpool/build_info.hpp)
set(build_type ${CMAKE_BUILD_TYPE})
if(FXPOOL_SANITIZE)
  string(APPEND build_type " (${FXPOOL_SANITIZE})")
endif()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/build_info.hpp.in CONTENT [[
#pragma once

#include <string_view>

/// What this program was built from and with. Include it in one .cpp: it changes with every commit.
namespace fxpool::build_info {

inline constexpr std::string_view version = "@PROJECT_VERSION@";
inline constexpr std::string_view commit = "${commit}";  ///< "-dirty": the sources differ from it; "unknown": no git
inline constexpr std::string_view compiler = "@CMAKE_CXX_COMPILER_ID@ @CMAKE_CXX_COMPILER_VERSION@";
inline constexpr std::string_view build_type = "@build_type@";
inline constexpr std::string_view quantlib = "@QuantLib_VERSION@";
inline constexpr std::string_view boost = "@Boost_VERSION@";
inline constexpr std::string_view tbb = "@TBB_VERSION@";
inline constexpr std::string_view yaml_cpp = "@yaml-cpp_VERSION@";
inline constexpr std::string_view fmt = "@fmt_VERSION@";
inline constexpr std::string_view nlohmann_json = "@nlohmann_json_VERSION@";

}  // namespace fxpool::build_info
]] @ONLY)
add_custom_target(fxpool_build_info
  COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DTO=${build_info_hpp}
          -DFROM=${PROJECT_BINARY_DIR}/generated/build_info.hpp.in -P ${PROJECT_SOURCE_DIR}/cmake/build_info.cmake
  BYPRODUCTS ${build_info_hpp}
  VERBATIM)
