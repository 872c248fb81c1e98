# What a vendor takes: the host, the plugin with its manifest, the headers and schemas. Resources are inside the binaries.
include(GNUInstallDirs)

install(TARGETS dms_host RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${CMAKE_BINARY_DIR}/plugins/lead_system/lead_system.info ${CMAKE_BINARY_DIR}/plugins/lead_system/lead_system.json DESTINATION lib/dms/plugins/lead_system)
# Not install(TARGETS): its relinking would change the bytes that the manifest's SHA-256 names.
install(PROGRAMS ${CMAKE_BINARY_DIR}/plugins/lead_system/lead_system.so DESTINATION lib/dms/plugins/lead_system)
install(TARGETS dms-render dms-plugin-check RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS dms_renderer LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES host_sdk/render/c_face/dms_render.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY host_sdk/include/dms DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY host_sdk/schema/ DESTINATION ${CMAKE_INSTALL_DATADIR}/dms/schema)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_CONTACT "Lead-System NEU")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Lead-System NEU: reference host and plugin")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Stripping would change the plugin's hash.
set(CPACK_STRIP_FILES OFF)
include(CPack)
