# Writes TO from FROM with the commit of SOURCE_DIR, if that changes it.
cmake_minimum_required(VERSION 3.25)
set(commit unknown)
find_program(git git)
if(git)
  execute_process(COMMAND ${git} rev-parse --show-toplevel WORKING_DIRECTORY ${SOURCE_DIR}
    OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(top)
    file(REAL_PATH "${top}" top)
    file(REAL_PATH "${SOURCE_DIR}" source)
  endif()
  if(top AND top STREQUAL source)  # not some other repository around an unpacked archive
    execute_process(COMMAND ${git} rev-parse --short=10 --verify -q HEAD WORKING_DIRECTORY ${SOURCE_DIR}
      OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    # only what the program is made of counts: an edited document does not make it another program
    execute_process(COMMAND ${git} --no-optional-locks status --porcelain -- src include data cmake CMakeLists.txt CMakePresets.json
      WORKING_DIRECTORY ${SOURCE_DIR} OUTPUT_VARIABLE changes ERROR_QUIET)
    if(head)
      set(commit ${head})
      if(changes)
        string(APPEND commit "-dirty")
      endif()
    endif()
  endif()
endif()
configure_file(${FROM} ${TO})  # leaves TO alone where nothing changed
