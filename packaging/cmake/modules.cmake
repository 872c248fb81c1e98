# module(NAME LINKS target... [HEAVY header...]): one folder, one target, whose declared links are its only ways out.
add_library(house_rules INTERFACE)
target_compile_options(house_rules INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
                       $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-fno-gnu-unique>)
if(LEADS_SANITIZE)
  # Not vptr: SOCI hides the type information that it needs.
  target_compile_options(house_rules INTERFACE -fsanitize=address,undefined -fno-sanitize=vptr
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(house_rules INTERFACE -fsanitize=address,undefined)
elseif(LEADS_SANITIZE_THREADS)
  target_compile_options(house_rules INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(house_rules INTERFACE -fsanitize=thread)
endif()

function(module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS;HEAVY")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE house_rules)
  if(LEADS_PCH AND arg_HEAVY)
    target_precompile_headers(${name} PRIVATE ${arg_HEAVY})
  endif()
endfunction()
