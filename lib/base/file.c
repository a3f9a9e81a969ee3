/* Reading a whole file. */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <sys/stat.h>

#include "base/arena.h"

/* A guess at the size, right for regular files: room for one more byte tells the end. */
static size_t
expected_size(FILE *in, size_t most)
{
	struct stat st;

	if (fstat(fileno(in), &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < 0)
		return 65536;
	return (unsigned long long)st.st_size < most ? (size_t)st.st_size + 1 : most;
}

static bool
read_all(struct md_arena *mem, FILE *in, size_t most, struct md_str *out)
{
	size_t room = expected_size(in, most), len = 0;
	char *bytes = md_alloc(mem, room + 1);

	for (;;) {
		const size_t got = fread(bytes + len, 1, room - len, in);
		char *more;

		len += got;
		if (len < room || room >= most + 1)
			break;
		room = room < most / 2 ? 2 * room : most + 1;
		more = md_alloc(mem, room + 1);
		memcpy(more, bytes, len);
		bytes = more;
	}
	bytes[len] = '\0';
	*out = (struct md_str){ bytes, len };
	return ferror(in) == 0;
}

bool
md_file_read(struct md_arena *mem, const char *path, size_t most, struct md_str *out,
             const char **why)
{
	FILE *in = fopen(path, "re");
	bool ok = false;

	*why = NULL;
	if (in != NULL && read_all(mem, in, most, out)) {
		ok = out->len <= most;
		if (!ok)
			*why = md_printf(mem, "%s: larger than %zu bytes", path, most);
	} else {
		*why = md_printf(mem, "%s: %s", path, strerror(errno));
	}
	if (in != NULL)
		fclose(in);
	return ok;
}
