# What pages are made of is part of the program: it runs from any folder and offline.
#
# renderer_files(VARIABLE): templates, style sheets, icons, script and fonts of the renderer.
# renderer_resources(TARGET file...): gives TARGET the function dms::render::resources() over these files.
set(renderer_folder ${CMAKE_CURRENT_LIST_DIR})
include(${CMAKE_SOURCE_DIR}/packaging/cmake/embed.cmake)
find_path(inter_font Inter-Regular.otf PATHS /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/inter REQUIRED)

function(renderer_files variable)
  set(files ${bootstrap_css}/bootstrap.min.css)
  foreach(weight IN ITEMS Regular Medium SemiBold)
    list(APPEND files ${inter_font}/Inter-${weight}.otf)
  endforeach()
  file(GLOB own CONFIGURE_DEPENDS ${renderer_folder}/templates/*.mustache ${renderer_folder}/assets/*)
  set(${variable} ${files} ${own} PARENT_SCOPE)
endfunction()

function(renderer_resources target)
  string(MAKE_C_IDENTIFIER ${target} symbols)
  embed_bytes(bytes views ${symbols}_resource ${ARGN})
  set(entries "")
  foreach(file view IN ZIP_LISTS ARGN views)
    get_filename_component(name ${file} NAME)
    string(APPEND entries "    {\"${name}\", ${view}},\n")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbols}_resources.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT "// Generated.
#include \"render/resources.hpp\"
${bytes}namespace dms::render {
const std::map<std::string, std::string_view, std::less<>> &resources() {
  static const std::map<std::string, std::string_view, std::less<>> all{
${entries}  };
  return all;
}
}
")
  target_sources(${target} PRIVATE ${source})
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${ARGN}" SKIP_PRECOMPILE_HEADERS ON)
endfunction()

# renderer_catalogue(VARIABLE file.po): the path of the compiled catalogue, and a command that makes it.
find_program(msgfmt msgfmt REQUIRED)
function(renderer_catalogue variable catalogue)
  get_filename_component(language ${catalogue} NAME_WE)
  set(compiled ${CMAKE_CURRENT_BINARY_DIR}/${language}.mo)
  add_custom_command(OUTPUT ${compiled} COMMAND ${msgfmt} --check -o ${compiled} ${catalogue} DEPENDS ${catalogue} VERBATIM)
  set(${variable} ${compiled} PARENT_SCOPE)
endfunction()
