# What is installed, and how others find the library: pkg-config, and find_package(maildiag).
include(CMakePackageConfigHelpers)

set_target_properties(maildiag_static maildiag_shared PROPERTIES OUTPUT_NAME maildiag)
set_target_properties(maildiag_shared PROPERTIES
	VERSION ${PROJECT_VERSION} SOVERSION 0 EXPORT_NAME maildiag)
foreach(target maildiag_static maildiag_shared)
	target_include_directories(${target} INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)
install(TARGETS maildiag)
install(TARGETS maildiag-witness DESTINATION ${witness_dir} COMPONENT witness)
install(FILES docs/maildiag.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES docs/maildiag-facts.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
set(completion ${PROJECT_BINARY_DIR}/completion/maildiag)
install(FILES ${completion}.bash RENAME maildiag
	DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${completion}.zsh RENAME _maildiag
	DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${completion}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# What the manual pages and the README speak of.
install(FILES README.md CHANGES.md LICENSE SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} USE_SOURCE_PERMISSIONS
	PATTERN "*.[15]" EXCLUDE)
file(GLOB schemas docs/*.schema.json)
install(FILES ${schemas} DESTINATION ${CMAKE_INSTALL_DATADIR}/maildiag)

install(TARGETS maildiag_static EXPORT maildiag COMPONENT development)
install(TARGETS maildiag_shared EXPORT maildiag
	LIBRARY COMPONENT library NAMELINK_COMPONENT development)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME development)
install(FILES lib/maildiag.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# Relative to itself, so that it holds wherever --prefix and DESTDIR put it.
file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" up "${up}")
configure_file(cmake/maildiag.pc.in maildiag.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/maildiag.pc
	DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/maildiag)
install(EXPORT maildiag NAMESPACE maildiag:: FILE maildiag-targets.cmake DESTINATION ${package})
configure_package_config_file(cmake/maildiag-config.cmake.in maildiag-config.cmake
	INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/maildiag-config-version.cmake
	COMPATIBILITY SameMinorVersion)
install(FILES
	${PROJECT_BINARY_DIR}/maildiag-config.cmake
	${PROJECT_BINARY_DIR}/maildiag-config-version.cmake
	DESTINATION ${package})
