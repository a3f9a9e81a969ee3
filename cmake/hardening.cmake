# What makes a fault of memory harder to use, in every build: the target maildiag_hardening.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
include(CheckLinkerFlag)
include(CheckPIESupported)

add_library(maildiag_hardening INTERFACE)
check_pie_supported(LANGUAGES C)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Those that the compiler and the machine know (CET is there on x86 alone).
foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
	string(MAKE_C_IDENTIFIER "HAVE${flag}" have)
	check_c_compiler_flag("${flag} -Werror" ${have})
	if(${have})
		target_compile_options(maildiag_hardening INTERFACE ${flag})
	endif()
endforeach()
foreach(flag -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
	string(MAKE_C_IDENTIFIER "HAVE${flag}" have)
	check_linker_flag(C ${flag} ${have})
	if(${have})
		target_link_options(maildiag_hardening INTERFACE ${flag})
	endif()
endforeach()

# Checks of the C library's calls: only where the compiler optimises, and no sanitizer has checks of
# its own.  Level 3 needs gcc 12 or clang 9; else the headers warn.  Who sets a level keeps it.
string(TOUPPER "CMAKE_C_FLAGS_${CMAKE_BUILD_TYPE}" of_type)
set(all_flags "${CMAKE_C_FLAGS} ${${of_type}}")
set(MAILDIAG_FORTIFIED OFF)
if(all_flags MATCHES "-O([1-9sz]|fast)" AND NOT all_flags MATCHES "-O0|-fsanitize=")
	set(MAILDIAG_FORTIFIED ON)
	if(NOT all_flags MATCHES "_FORTIFY_SOURCE")
		set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
		check_c_source_compiles("#include <string.h>\nint main(void) { return (int)strlen(\"\"); }"
			HAVE_FORTIFY_3)
		unset(CMAKE_REQUIRED_FLAGS)
		target_compile_options(maildiag_hardening INTERFACE -U_FORTIFY_SOURCE
			-D_FORTIFY_SOURCE=$<IF:$<BOOL:${HAVE_FORTIFY_3}>,3,2>)
	endif()
endif()
