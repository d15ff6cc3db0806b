# The libraries, as Debian 12 packages them; what a test or a benchmark needs is looked for in its own folder.
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(TBB REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# A header and perhaps a library, for those that bring no CMake package.
function(fxpool_find name header library)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  if(library)
    find_library(${name}_LIBRARY ${library} REQUIRED)
    add_library(${name}::${name} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(${name}::${name} PROPERTIES IMPORTED_LOCATION ${${name}_LIBRARY})
  else()
    add_library(${name}::${name} INTERFACE IMPORTED GLOBAL)
  endif()
  target_include_directories(${name}::${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIR})
endfunction()

fxpool_find(Random123 Random123/philox.h "")
fxpool_find(QuantLib ql/version.hpp QuantLib)
fxpool_find(csv csv.h csv)

file(STRINGS ${QuantLib_INCLUDE_DIR}/ql/version.hpp line REGEX "define QL_VERSION ")
string(REGEX REPLACE ".*\"(.*)\".*" "\\1" QuantLib_VERSION "${line}")
