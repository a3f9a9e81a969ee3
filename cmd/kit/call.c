/* The table of commands, searched. */
#include "call.h"

#include <string.h>

const struct cli_cmd *
cli_cmd_find(const struct cli_cmd *const *cmd, const char *name)
{
	for (; *cmd != NULL; cmd++)
		if (strcmp((*cmd)->name, name) == 0)
			return *cmd;
	return NULL;
}

const char *const *
cli_cmd_names(struct md_arena *mem, const struct cli_cmd *const *cmd)
{
	const char **names = NULL;
	size_t n = 0;

	for (; *cmd != NULL; cmd++)
		MD_PUSH(mem, names, n, (*cmd)->name);
	MD_PUSH(mem, names, n, NULL);
	return names;
}
