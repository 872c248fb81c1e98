# find_package(dms_sdk): the target dms::sdk has the headers; plugin_manifest(TARGET TEMPLATE) writes the manifest of
# a plugin beside its library after each link.
include_guard()
if(NOT TARGET dms::sdk)
  add_library(dms::sdk INTERFACE IMPORTED)
  get_filename_component(dms_sdk_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
  set_target_properties(dms::sdk PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${dms_sdk_prefix}/include")
endif()
set(dms_sdk_abi_header "${dms_sdk_prefix}/include/dms/abi.h")
include(${CMAKE_CURRENT_LIST_DIR}/plugin_manifest.cmake)
