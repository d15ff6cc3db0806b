# cmake --build build/debug --target format-check | format | tidy | tidy-changed
find_program(FXPOOL_CLANG_FORMAT NAMES clang-format-14 clang-format)
find_program(FXPOOL_RUN_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy)
file(GLOB_RECURSE formatted CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/*.[ch]pp ${PROJECT_SOURCE_DIR}/include/*.[ch]pp
  ${PROJECT_SOURCE_DIR}/tests/*.[ch]pp ${PROJECT_SOURCE_DIR}/benchmarks/*.[ch]pp)
if(FXPOOL_CLANG_FORMAT)
  add_custom_target(format COMMAND ${FXPOOL_CLANG_FORMAT} -i ${formatted} VERBATIM)
  add_custom_target(format-check COMMAND ${FXPOOL_CLANG_FORMAT} --dry-run -Werror ${formatted} VERBATIM)
endif()
if(FXPOOL_RUN_CLANG_TIDY)
  # g++'s own warning options stand in the compile commands
  add_custom_target(tidy COMMAND ${FXPOOL_RUN_CLANG_TIDY} -quiet -extra-arg=-Wno-unknown-warning-option -p ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR}/src/.*
    DEPENDS fxpool_build_info VERBATIM USES_TERMINAL)
  add_custom_target(tidy-changed COMMAND ${PROJECT_SOURCE_DIR}/cmake/tidy_changed.py ${PROJECT_BINARY_DIR}
    DEPENDS fxpool_build_info VERBATIM USES_TERMINAL)
endif()
