# plugin_manifest(target template): writes <target>.info beside the library, from the template, with the SHA-256 of the
# library in it. Done after each link, because the digest is of the file that a host will load.
#
# The template may name @PLUGIN_ID@, @PLUGIN_VERSION@, @ABI_MAJOR@, @ABI_MINOR@, @LIBRARY_FILE@ and @LIBRARY_SHA256@.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  file(SHA256 "${LIBRARY}" LIBRARY_SHA256)
  get_filename_component(LIBRARY_FILE "${LIBRARY}" NAME)
  file(STRINGS "${ABI_HEADER}" abi REGEX "define DMS_ABI_(MAJOR|MINOR) ")
  string(REGEX REPLACE ".*ABI_MAJOR ([0-9]+).*" "\\1" ABI_MAJOR "${abi}")
  string(REGEX REPLACE ".*ABI_MINOR ([0-9]+).*" "\\1" ABI_MINOR "${abi}")
  configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
  return()
endif()

set(plugin_manifest_script ${CMAKE_CURRENT_LIST_FILE})
if(NOT dms_sdk_abi_header)
  set(dms_sdk_abi_header ${CMAKE_SOURCE_DIR}/host_sdk/include/dms/abi.h)
endif()
function(plugin_manifest target template)
  get_filename_component(template ${template} ABSOLUTE)
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM
    COMMAND ${CMAKE_COMMAND} -DLIBRARY=$<TARGET_FILE:${target}> -DTEMPLATE=${template}
            -DOUTPUT=$<TARGET_FILE_DIR:${target}>/${target}.info -DPLUGIN_ID=${target} -DPLUGIN_VERSION=${PROJECT_VERSION}
            -DABI_HEADER=${dms_sdk_abi_header} -P ${plugin_manifest_script})
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${template})
endfunction()
