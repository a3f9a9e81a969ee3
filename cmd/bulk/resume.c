/* Which domains earlier output has already (--resume), and going on in such a file. */
#include "resume.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../kit/interrupt.h"
#include "../kit/say.h"
#include "base/name.h"
#include "lines.h"

enum {
	FIRST_ROOM = 1 << 20,
	/* Far longer than any report: a longer line is not ours. */
	LONGEST_LINE = 256 << 20,
};

/* One file of earlier output, as it is read. */
struct earlier {
	const char *path;
	int fd;
	struct cli_name_set *names;
	struct cli_lines lines;
	char *octets;
	size_t len, room;     /* read and not yet looked at; malloc'd */
	unsigned long number; /* of the last line */
	size_t domains, strange;
	off_t whole; /* octets of whole lines */
};

static bool
cannot(const char *path)
{
	cli_say("--resume: cannot read %s: %s", path, strerror(errno));
	return false;
}

static bool
interrupted(const char *path)
{
	cli_say("interrupted while reading %s", path);
	return false;
}

static bool
is_foreign(const struct earlier *e)
{
	cli_say("--resume: %s is no output of maildiag check in jsonl or csv (line %lu)",
	        e->path, e->number);
	return false;
}

/* ---- reading ---- */

static void
add(struct earlier *e, struct md_str name)
{
	struct cli_name_hash hash;
	struct md_arena *mem = NULL;

	if (md_str_find(name, '\\') <
	    name.len) { /* csv writes what could be a formula as \DDD */
		mem = md_arena_new();
		name = md_str(md_name_normal(mem, name));
	}
	hash = cli_name_hash_of(name);
	cli_name_set_add(e->names, &hash);
	md_arena_free(mem);
	e->domains++;
}

/* False after a message, when already the first line is strange. */
static bool
take_line(struct earlier *e, struct md_str line)
{
	struct md_str name;

	e->number++;
	e->whole += (off_t)line.len + 1;
	switch (cli_line_read(&e->lines, line, &name)) {
	case CLI_LINE_DOMAIN:
		add(e, name);
		break;
	case CLI_LINE_STRANGE:
		e->strange++;
		break;
	case CLI_LINE_HEADING:
		break;
	}
	return e->lines.format != CLI_LINES_UNKNOWN || is_foreign(e);
}

/* Takes all whole lines, and keeps the octets behind the last of them. */
static bool
take_lines(struct earlier *e)
{
	const char *at = e->octets, *const all = e->octets + e->len;
	const char *end;

	while ((end = memchr(at, '\n', (size_t)(all - at))) != NULL) {
		if (!take_line(e, (struct md_str){ at, (size_t)(end - at) }))
			return false;
		at = end + 1;
	}
	e->len = (size_t)(all - at);
	memmove(e->octets, at, e->len);
	return true;
}

static bool
widen(struct earlier *e)
{
	e->number += e->room >= LONGEST_LINE;
	if (e->room >= LONGEST_LINE)
		return is_foreign(e);
	e->room = e->room > 0 ? 2 * e->room : FIRST_ROOM;
	e->octets = realloc(e->octets, e->room);
	if (e->octets == NULL)
		abort();
	return true;
}

static bool
read_all(struct earlier *e)
{
	for (;;) {
		ssize_t got;

		if (cli_interrupts() > 0)
			return interrupted(e->path);
		if (e->len == e->room && !widen(e))
			return false;
		got = read(e->fd, e->octets + e->len, e->room - e->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return cannot(e->path);
		if (got == 0)
			return true;
		e->len += (size_t)got;
		if (!take_lines(e))
			return false;
	}
}

/* Are the octets behind the last line end the first part of a line of ours? */
static bool
good_tail(struct earlier *e)
{
	if (e->len == 0 || cli_line_begins(&e->lines, (struct md_str){ e->octets, e->len }))
		return true;
	e->number++;
	return is_foreign(e);
}

/* ---- going on ---- */

static bool
is_same(const struct cli_output *out, const struct stat *file)
{
	struct stat other;
	const int rc = strcmp(out->path, "-") == 0 ? fstat(STDOUT_FILENO, &other)
	                                           : stat(out->path, &other);

	return rc == 0 && S_ISREG(other.st_mode) && other.st_dev == file->st_dev &&
	       other.st_ino == file->st_ino;
}

/* Keeps other processes from writing the file until the program ends. */
static bool
lock(const struct earlier *e, int fd)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
		return true;
	cli_say("--resume: another process writes %s", e->path);
	return false;
}

/* Cuts off half a line, and sets the place to write at. */
static bool
cut(const struct earlier *e, int fd)
{
	if (e->len > 0 && ftruncate(fd, e->whole) != 0) {
		cli_say("cannot write %s: %s", e->path, strerror(errno));
		return false;
	}
	if (e->len > 0)
		cli_say("%s ended in half a line, which is cut off", e->path);
	lseek(fd, 0, SEEK_END);
	return true;
}

static bool
good_format(const struct earlier *e, const struct cli_output *out)
{
	static const char *const names[] = {
		[CLI_LINES_JSONL] = "jsonl",
		[CLI_LINES_CSV] = "csv",
	};

	if (e->lines.format == CLI_LINES_UNKNOWN ||
	    strcmp(out->format, names[e->lines.format]) == 0)
		return true;
	cli_say("--resume: %s is %s: to go on in it takes --format %s", e->path,
	        names[e->lines.format], names[e->lines.format]);
	return false;
}

/* With > the shell empties the file before we start, and its lines are lost. */
static bool
is_emptied(const struct earlier *e, int fd)
{
	const int flags = fcntl(fd, F_GETFL);

	if (e->whole > 0 || flags < 0 || (flags & O_APPEND) != 0)
		return false;
	cli_say("--resume: %s is empty, perhaps because of >: use >>, which goes on behind what "
	        "is there",
	        e->path);
	return true;
}

/* The file is also an output: opens and locks it before it is read. */
static bool
hold(const struct earlier *e, struct cli_output *out)
{
	const bool standard = strcmp(out->path, "-") == 0;

	out->goes_on = true;
	if (standard)
		return lock(e, STDOUT_FILENO);
	if (out->file != NULL) /* the file was named before */
		return true;
	out->file = fopen(out->path, "ae");
	return out->file != NULL ? lock(e, fileno(out->file)) : cannot(e->path);
}

static bool
go_on(const struct earlier *e, struct cli_output *out)
{
	const bool standard = strcmp(out->path, "-") == 0;
	const int fd = standard ? STDOUT_FILENO : fileno(out->file);

	out->begun = e->whole > 0;
	return good_format(e, out) && !is_emptied(e, fd) && cut(e, fd);
}

/* ---- all files ---- */

static struct cli_output *
same_output(const struct earlier *e, struct cli_outputs *outs)
{
	struct stat file;

	for (size_t i = 0; fstat(e->fd, &file) == 0 && i < outs->n; i++)
		if (is_same(&outs->p[i], &file))
			return &outs->p[i];
	return NULL;
}

static bool
take_file(struct earlier *e, struct cli_outputs *outs)
{
	struct cli_output *out = same_output(e, outs);

	if (out != NULL && !hold(e, out))
		return false;
	if (!read_all(e) || !good_tail(e))
		return false;
	if (e->strange > 0)
		cli_say("--resume: %s has %zu line%s no whole report: passed over", e->path,
		        e->strange, e->strange == 1 ? " that is" : "s that are");
	return out == NULL || go_on(e, out);
}

/* Is the missing file an output that is still to be written? */
static bool
is_new_output(const char *path, struct cli_outputs *outs)
{
	for (size_t i = 0; i < outs->n; i++) {
		if (strcmp(path, "-") != 0 && strcmp(outs->p[i].path, path) == 0) {
			outs->p[i].goes_on = true;
			return true;
		}
	}
	return false;
}

bool
cli_resume(const struct cli_strings *files, struct cli_outputs *outs,
           struct cli_name_set *names)
{
	for (size_t i = 0; i < files->n; i++) {
		struct earlier e = { .path = files->p[i], .names = names };
		bool good;

		e.fd = open(e.path, O_RDONLY | O_CLOEXEC);
		if (e.fd < 0 && errno == ENOENT && is_new_output(e.path, outs))
			continue;
		if (e.fd < 0)
			return cannot(e.path);
		good = take_file(&e, outs);
		free(e.octets);
		close(e.fd);
		if (!good)
			return false;
	}
	return true;
}
