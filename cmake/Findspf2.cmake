# libspf2 has no .pc file: defines the target spf2::spf2 and spf2_FOUND.
find_path(spf2_INCLUDE_DIR spf2/spf.h)
find_library(spf2_LIBRARY spf2)
mark_as_advanced(spf2_INCLUDE_DIR spf2_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(spf2 DEFAULT_MSG spf2_LIBRARY spf2_INCLUDE_DIR)

if(spf2_FOUND AND NOT TARGET spf2::spf2)
	add_library(spf2::spf2 UNKNOWN IMPORTED)
	set_target_properties(spf2::spf2 PROPERTIES
		IMPORTED_LOCATION ${spf2_LIBRARY}
		INTERFACE_INCLUDE_DIRECTORIES ${spf2_INCLUDE_DIR})
endif()
