/* The files that the gate's command line names. */
#include <errno.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "gate.h"

struct cli_gate_file
cli_gate_file(const struct cli_gate *gate, const char *word)
{
	const char *equals = strrchr(word, '=');

	if (equals == NULL || access(word, F_OK) == 0)
		return (struct cli_gate_file){ word, gate->set->origin };
	return (struct cli_gate_file){
		md_strndup(gate->mem, word, (size_t)(equals - word)),
		equals + 1,
	};
}

const char *
cli_gate_missing(const char *path, bool folder)
{
	struct stat file;

	if (access(path, R_OK) != 0 || stat(path, &file) != 0)
		return strerror(errno);
	if (folder == S_ISDIR(file.st_mode))
		return NULL;
	return strerror(folder ? ENOTDIR : EISDIR);
}
