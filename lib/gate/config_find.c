/* Which .maildiag.yaml is meant when none is named. */
#include "gate/config.h"

#include <unistd.h>

#include <sys/stat.h>

#include "base/arena.h"

/* Folders above the first: more than any tree has, in case ".." never ends. */
enum { MOST_ABOVE = 64 };

static bool
exists(struct md_arena *mem, const char *folder, const char *name)
{
	return access(md_printf(mem, "%s%s", folder, name), F_OK) == 0;
}

/* Is the folder its own parent? */
static bool
is_top(struct md_arena *mem, const char *folder)
{
	struct stat here, above;

	return stat(md_printf(mem, "%s.", folder), &here) != 0 ||
	       stat(md_printf(mem, "%s..", folder), &above) != 0 ||
	       (here.st_dev == above.st_dev && here.st_ino == above.st_ino);
}

const char *
md_gate_config_find(struct md_arena *mem, const char *folder)
{
	static const char name[] = ".maildiag.yaml";
	const char *in = folder != NULL ? md_printf(mem, "%s/", folder) : "";
	const char *first = in, *found = NULL;

	for (unsigned i = 0; i < MOST_ABOVE; i++) {
		if (found == NULL && exists(mem, in, name))
			found = md_printf(mem, "%s%s", in, name);
		if (exists(mem, in, ".git"))
			return found;
		if (is_top(mem, in))
			break;
		in = md_printf(mem, "%s../", in);
	}
	return exists(mem, first, name) ? md_printf(mem, "%s%s", first, name) : NULL;
}
