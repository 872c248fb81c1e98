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
