# Asks the test binary which files have which tests and writes ctest's list of them: pool/waterfall, pool/waterfall:slow for its
# [.slow] cases and pool/waterfall:statistical for its [statistical] ones. Files of one name share an entry, for Catch tells them apart by name only.
cmake_minimum_required(VERSION 3.25)
include(${SETTINGS})

function(files_with filter result)
  execute_process(COMMAND ${emulator} ${binary} --filenames-as-tags --list-tags ${filter}
    OUTPUT_VARIABLE listed RESULT_VARIABLE ignored)  # the status is the number of tags
  string(REGEX MATCHALL "\\[#[^]]+\\]" tags "${listed}")
  set(${result} "${tags}" PARENT_SCOPE)
endfunction()
files_with("~[.]~[statistical]" ordinary)
files_with("[statistical]~[.]" statistical)
files_with("[slow]" slow)

foreach(source IN LISTS sources)
  cmake_path(GET source STEM stem)
  cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${root} OUTPUT_VARIABLE name)
  string(REGEX REPLACE "_test\\.cpp$" "" name ${name})
  list(APPEND stems ${stem})
  list(APPEND names_of_${stem} ${name})
endforeach()
list(REMOVE_DUPLICATES stems)

set(text "")
function(register name filter seconds label)
  set(command "")
  foreach(word IN LISTS emulator)
    string(APPEND command " [==[${word}]==]")
  endforeach()
  string(APPEND text "add_test([==[${name}]==]${command} [==[${binary}]==] --filenames-as-tags [==[${filter}]==])\n"
    "set_tests_properties([==[${name}]==] PROPERTIES WORKING_DIRECTORY [==[${directory}]==]"
    " ENVIRONMENT [==[${environment}]==] TIMEOUT ${seconds} LABELS \"${label}\")\n")
  set(text "${text}" PARENT_SCOPE)
endfunction()
foreach(stem IN LISTS stems)
  list(JOIN names_of_${stem} "+" name)
  if("[#${stem}]" IN_LIST ordinary)
    register(${name} "[#${stem}]~[.]~[statistical]" 1200 "")
  endif()
  if("[#${stem}]" IN_LIST statistical)
    register(${name}:statistical "[#${stem}][statistical]~[.]" 1200 statistical)
  endif()
  if("[#${stem}]" IN_LIST slow)
    register(${name}:slow "[#${stem}][slow]" 3600 slow)
  endif()
endforeach()
file(WRITE ${to} "${text}")
