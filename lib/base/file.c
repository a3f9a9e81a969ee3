/* Reading a whole file. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

/* A guess at the size, right for regular files: room for one more byte tells the end. */
static size_t
expected_size(int fd, size_t most)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < 0)
		return 65536;
	return (unsigned long long)st.st_size < most ? (size_t)st.st_size + 1 : most;
}

/* As read(2) until `len` octets are there or the end is; -1 on an error. */
static ssize_t
read_fully(int fd, char *to, size_t len)
{
	size_t got = 0;

	while (got < len) {
		const ssize_t n = read(fd, to + got, len - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

static bool
read_all(struct md_arena *mem, int fd, size_t most, struct md_str *out)
{
	size_t room = expected_size(fd, most), len = 0;
	char *bytes = md_alloc(mem, room + 1);

	for (;;) {
		const ssize_t got = read_fully(fd, bytes + len, room - len);
		char *more;

		if (got < 0)
			return false;
		len += (size_t)got;
		if (len < room || room >= most + 1)
			break;
		room = room < most / 2 ? 2 * room : most + 1;
		more = md_alloc(mem, room + 1);
		memcpy(more, bytes, len);
		bytes = more;
	}
	bytes[len] = '\0';
	*out = (struct md_str){ bytes, len };
	return true;
}

const char *
md_file_read_from(struct md_arena *mem, int fd, size_t most, struct md_str *out)
{
	if (!read_all(mem, fd, most, out))
		return strerror(errno);
	return out->len > most ? md_printf(mem, "larger than %zu KiB", most >> 10) : NULL;
}

bool
md_file_read(struct md_arena *mem, const char *path, size_t most, struct md_str *out,
             const char **why)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *wrong;

	if (fd < 0) {
		*why = md_printf(mem, "%s: %s", path, strerror(errno));
		return false;
	}
	wrong = md_file_read_from(mem, fd, most, out);
	close(fd);
	*why = wrong != NULL ? md_printf(mem, "%s: %s", path, wrong) : NULL;
	return wrong == NULL;
}
