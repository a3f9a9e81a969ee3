# cmake -DOUT=FILE.c "-DFILES=A.tsv;B.tsv" -P embed.cmake: data files as one C table.
set(arrays "")
set(rows "")
foreach(file IN LISTS FILES)
	cmake_path(GET file STEM name)
	file(READ ${file} hex HEX)
	string(REGEX REPLACE "(..)" "0x\\1, " bytes "${hex}")
	string(APPEND arrays "static const char ${name}[] = { ${bytes}0 };\n")
	string(APPEND rows "\t{ \"${name}\", ${name}, sizeof(${name}) - 1 },\n")
endforeach()
file(WRITE ${OUT} "/* Made by cmake/embed.cmake: do not edit. */
#include <stddef.h>

#include \"ask/datafile.h\"

${arrays}
const struct md_builtin md_builtins[] = {
${rows}\t{ NULL, NULL, 0 },
};
")
