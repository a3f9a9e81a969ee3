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

const char *
cli_joined(struct md_arena *mem, const char *const *words)
{
	struct md_buf text = { .mem = mem };

	for (; *words != NULL; words++)
		md_buf_item(&text, ", ", "%s", *words);
	return md_buf_str(&text);
}
