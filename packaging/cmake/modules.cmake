# module(NAME LINKS target...): one folder, one target, whose declared links are its only ways out.
add_library(house_rules INTERFACE)
# Compiled as one, files see their neighbours' private names: what shadows only those is no fault. g++ can tell them
# apart; under clang++ the preset "tidy" looks at each file alone.
set(shadow_warning -Wshadow)
if(LEADS_UNITY)
  set(shadow_warning $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>)
endif()
target_compile_options(house_rules INTERFACE -Wall -Wextra -Wpedantic -Wconversion
                       ${shadow_warning} $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-sign-conversion>  # as g++ means it
                       $<$<BOOL:${LEADS_WERROR}>:-Werror>
                       $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-fno-gnu-unique>)
# What is delivered: a smashed stack, an overrun or a jump to where no call leads ends the process instead of serving it.
target_compile_options(house_rules INTERFACE $<$<CONFIG:Release>:-fstack-protector-strong -fstack-clash-protection
                       -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS>)
target_link_options(house_rules INTERFACE $<$<CONFIG:Release>:-Wl,-z,relro,-z,now,-z,noexecstack>)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(house_rules INTERFACE $<$<CONFIG:Release>:-fcf-protection=full>)
  target_link_options(house_rules INTERFACE $<$<CONFIG:Release>:-Wl,-z,ibt,-z,shstk>)
endif()
if(LEADS_SANITIZE)
  # Not vptr: SOCI hides the type information that it needs.
  target_compile_options(house_rules INTERFACE -fsanitize=address,undefined -fno-sanitize=vptr
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(house_rules INTERFACE -fsanitize=address,undefined)
elseif(LEADS_SANITIZE_THREADS)
  target_compile_options(house_rules INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(house_rules INTERFACE -fsanitize=thread)
endif()

# compiled_together(TARGET SIZE file...): that many files at a time are one translation unit, so that headers are read
# once for all of them. What is compiled names no folder of this machine: a compiler cache serves every checkout.
function(compiled_together target size)
  if(NOT LEADS_UNITY)
    return()
  endif()
  set(files ${ARGN})
  list(FILTER files INCLUDE REGEX "\\.cpp$")
  list(LENGTH files count)
  set(number 0)
  math(EXPR last "${count} - 1")
  foreach(first RANGE 0 ${last} ${size})
    list(SUBLIST files ${first} ${size} batch)
    set(includes "")
    foreach(file IN LISTS batch)
      file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${file})
      string(APPEND includes "#include \"${name}\"\n")
    endforeach()
    set(together ${CMAKE_CURRENT_BINARY_DIR}/${target}_${number}.cpp)
    file(CONFIGURE OUTPUT ${together} CONTENT "${includes}")
    target_sources(${target} PRIVATE ${together})
    set_source_files_properties(${together} PROPERTIES COMPILE_OPTIONS -I${CMAKE_SOURCE_DIR})
    set_source_files_properties(${batch} PROPERTIES HEADER_FILE_ONLY ON)
    math(EXPR number "${number} + 1")
  endforeach()
endfunction()

function(module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE house_rules)
  compiled_together(${name} 16 ${sources})
endfunction()
