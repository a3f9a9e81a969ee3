# libopendmarc has no .pc file: defines the target opendmarc::opendmarc and opendmarc_FOUND.
find_path(opendmarc_INCLUDE_DIR opendmarc/dmarc.h)
find_library(opendmarc_LIBRARY opendmarc)
mark_as_advanced(opendmarc_INCLUDE_DIR opendmarc_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(opendmarc DEFAULT_MSG opendmarc_LIBRARY opendmarc_INCLUDE_DIR)

if(opendmarc_FOUND AND NOT TARGET opendmarc::opendmarc)
	add_library(opendmarc::opendmarc UNKNOWN IMPORTED)
	set_target_properties(opendmarc::opendmarc PROPERTIES
		IMPORTED_LOCATION ${opendmarc_LIBRARY}
		INTERFACE_INCLUDE_DIRECTORIES ${opendmarc_INCLUDE_DIR})
endif()
