# What a vendor takes: the host, the plugin with its manifest, the headers and schemas, the tools. Resources are inside
# the binaries. packaging/debian parts it into packages.
include(GNUInstallDirs)

install(TARGETS dms_host RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${CMAKE_BINARY_DIR}/plugins/lead_system/lead_system.info ${CMAKE_BINARY_DIR}/plugins/lead_system/lead_system.json DESTINATION lib/dms/plugins/lead_system)
# Not install(TARGETS): its relinking would change the bytes that the manifest's SHA-256 names.
install(PROGRAMS ${CMAKE_BINARY_DIR}/plugins/lead_system/lead_system.so DESTINATION lib/dms/plugins/lead_system)
# Beside the plugins and not among them: whoever tries out a host or looks for a fault names the folder.
foreach(tool probe recorder)
  install(FILES ${CMAKE_BINARY_DIR}/${tool}/dms_${tool}/dms_${tool}.info ${CMAKE_BINARY_DIR}/${tool}/dms_${tool}/dms_${tool}.json DESTINATION lib/dms/${tool}/dms_${tool})
  install(PROGRAMS ${CMAKE_BINARY_DIR}/${tool}/dms_${tool}/dms_${tool}.so DESTINATION lib/dms/${tool}/dms_${tool})
endforeach()
install(TARGETS dms-render dms-plugin-check RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS dms_renderer LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES host_sdk/render/c_face/dms_render.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# For whoever makes a host or a plugin.
install(DIRECTORY host_sdk/include/dms DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT sdk)
install(DIRECTORY host_sdk/schema/ DESTINATION ${CMAKE_INSTALL_DATADIR}/dms/schema COMPONENT sdk)
install(DIRECTORY host_sdk/bindings host_sdk/templates DESTINATION ${CMAKE_INSTALL_DATADIR}/dms COMPONENT sdk USE_SOURCE_PERMISSIONS PATTERN generate EXCLUDE)
install(DIRECTORY ${CMAKE_BINARY_DIR}/broken_plugins DESTINATION lib/dms
        FILES_MATCHING PATTERN "*.so" PATTERN "*.info" PATTERN "*.json")
file(STRINGS host_sdk/include/dms/abi.h abi REGEX "define DMS_ABI_(MAJOR|MINOR) ")
string(REGEX REPLACE ".*ABI_MAJOR ([0-9]+).*" "\\1" ABI_MAJOR "${abi}")
string(REGEX REPLACE ".*ABI_MINOR ([0-9]+).*" "\\1" ABI_MINOR "${abi}")
configure_file(packaging/sdk/dms_sdk-config-version.cmake.in ${CMAKE_BINARY_DIR}/dms_sdk-config-version.cmake @ONLY)
configure_file(packaging/sdk/dms-sdk.pc.in ${CMAKE_BINARY_DIR}/dms-sdk.pc @ONLY)
install(FILES packaging/sdk/dms_sdk-config.cmake ${CMAKE_BINARY_DIR}/dms_sdk-config-version.cmake
              packaging/cmake/plugin_manifest.cmake DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/dms_sdk COMPONENT sdk)
install(FILES ${CMAKE_BINARY_DIR}/dms-sdk.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig COMPONENT sdk)
install(PROGRAMS packaging/sdk/dms-plugin-manifest packaging/sdk/dms-plugin-sign DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT sdk)
