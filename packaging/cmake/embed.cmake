# embed_texts(TARGET NAME file...): compiles text files into TARGET. <embedded/NAME.hpp> then declares
#   namespace lead_system::embedded { struct text { std::string_view name, content; }; std::span<const text> NAME(); }
# in the order of the files, `name` without its folder.
include_guard()
function(embed_texts target name)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embedded_files)
  set(header "#pragma once\n#include <span>\n#include <string_view>\n
#ifndef LEAD_SYSTEM_EMBEDDED_TEXT\n#define LEAD_SYSTEM_EMBEDDED_TEXT
namespace lead_system::embedded {\nstruct text {\n  std::string_view name, content;\n};\n}\n#endif\n
namespace lead_system::embedded {\nstd::span<const text> ${name}() noexcept;\n}\n")
  set(rows "")
  foreach(file IN LISTS ARGN)
    get_filename_component(path ${file} ABSOLUTE)
    get_filename_component(short ${file} NAME)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} content)
    string(APPEND rows "    text{\"${short}\", R\"embedded(${content})embedded\"},\n")
  endforeach()
  list(LENGTH ARGN count)
  set(source "#include \"embedded/${name}.hpp\"\n\n#include <array>\n
namespace lead_system::embedded {\nnamespace {\nconstexpr std::array<text, ${count}> files{{\n${rows}}};\n}
std::span<const text> ${name}() noexcept {\n  return files;\n}\n}\n")
  file(WRITE ${folder}/${name}.hpp.new "${header}")
  file(WRITE ${folder}/${name}.cpp.new "${source}")
  file(MAKE_DIRECTORY ${folder}/embedded)
  file(COPY_FILE ${folder}/${name}.hpp.new ${folder}/embedded/${name}.hpp ONLY_IF_DIFFERENT)
  file(COPY_FILE ${folder}/${name}.cpp.new ${folder}/${name}.cpp ONLY_IF_DIFFERENT)
  target_sources(${target} PRIVATE ${folder}/${name}.cpp)
  target_include_directories(${target} PRIVATE ${folder})
endfunction()

# embed_bytes(SOURCE VIEWS PREFIX file...): SOURCE is C++ that takes the files in by the assembler, so that pictures and
# fonts cost no compile time; VIEWS is one initialiser {bytes, size} a file. Whoever writes the C++ file says that it
# depends on the files (OBJECT_DEPENDS): no compiler sees them.
function(embed_bytes source views prefix)
  set(taken_in "")
  set(initialisers "")
  set(number 0)
  foreach(file IN LISTS ARGN)
    set(symbol ${prefix}_${number})
    string(APPEND taken_in "__asm__(\".section .rodata\\n.balign 16\\n${symbol}:\\n.incbin \\\"${file}\\\"\\n${symbol}_end:\\n.byte 0\\n.previous\\n\");
extern \"C\" __attribute__((visibility(\"hidden\"))) const char ${symbol}[], ${symbol}_end[];\n")
    list(APPEND initialisers "{${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}")
    math(EXPR number "${number} + 1")
  endforeach()
  set(${source} "${taken_in}" PARENT_SCOPE)
  set(${views} "${initialisers}" PARENT_SCOPE)
endfunction()
