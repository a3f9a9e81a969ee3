/* Where the program maildiag-witness is. */
#include "witness/path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/count.h"

/* The folder of the program that runs, with its slash; "" when it cannot be told. */
static const char *
own_folder(struct md_arena *mem)
{
	char *path = md_alloc(mem, PATH_MAX);
	const ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 1);
	char *slash = len > 0 ? strrchr(path, '/') : NULL;

	if (slash == NULL)
		return "";
	slash[1] = '\0';
	return path;
}

const char *
md_witness_program(struct md_arena *mem)
{
	const char *named = secure_getenv("MAILDIAG_WITNESS");
	const char *folder = own_folder(mem);
	const char *const places[] = {
		md_printf(mem, "%smaildiag-witness", folder),
		md_printf(mem, "%s" MAILDIAG_WITNESS_FROM_BIN, folder),
		MAILDIAG_WITNESS_INSTALLED,
	};

	if (named != NULL && named[0] != '\0')
		return named;
	for (size_t i = 0; i < MD_COUNT(places); i++)
		if (places[i][0] == '/' && access(places[i], X_OK) == 0)
			return places[i];
	return NULL;
}
