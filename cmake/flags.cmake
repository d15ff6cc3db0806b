# What every target of this project is compiled with: link to `fxpool_flags`.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# No -march=native and no -ffast-math: one machine and one build give the same bytes, whatever the number of threads. Another processor
# may differ in a figure's last digits: the C library takes other code for exp and log where there is FMA.
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_DEBUG "-g" CACHE STRING "" FORCE)

add_library(fxpool_flags INTERFACE)
target_compile_options(fxpool_flags INTERFACE
  -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion -Wold-style-cast -Wcast-align
  -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi -Wformat=2 -Wimplicit-fallthrough
  -Wno-missing-field-initializers  # {.day = day, .amount = value}: the fields left out have their defaults
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond;-Wduplicated-branches;-Wlogical-op>
  # g++ 12 warns of its own std::string here (GCC bug 105651)
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_compile_definitions(fxpool_flags INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

# Under a sanitizer a test may cut its repetitions to a tenth.
set(FXPOOL_REPETITIONS_DIVISOR 1)
if(FXPOOL_SANITIZE)
  set(FXPOOL_REPETITIONS_DIVISOR 10)
  target_compile_options(fxpool_flags INTERFACE
    -fsanitize=${FXPOOL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1
    $<$<CXX_COMPILER_ID:GNU>:-g1>  # the lines of a stack trace are enough, and build faster
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)  # false alarms in sanitized code (GCC's manual says so)
  target_link_options(fxpool_flags INTERFACE -fsanitize=${FXPOOL_SANITIZE})
endif()

# ccache and mold where they are, never required.
find_program(FXPOOL_CCACHE ccache)
if(FXPOOL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # a ccache that cannot write its directory would fail every compilation
  execute_process(COMMAND ${FXPOOL_CCACHE} --show-stats RESULT_VARIABLE ccache_status OUTPUT_QUIET ERROR_QUIET)
  if(ccache_status EQUAL 0)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${FXPOOL_CCACHE})
  endif()
endif()

find_program(FXPOOL_MOLD mold)
if(FXPOOL_MOLD)
  include(CheckLinkerFlag)
  check_linker_flag(CXX -fuse-ld=mold FXPOOL_MOLD_WORKS)
  if(FXPOOL_MOLD_WORKS)
    target_link_options(fxpool_flags INTERFACE -fuse-ld=mold)
  endif()
endif()
