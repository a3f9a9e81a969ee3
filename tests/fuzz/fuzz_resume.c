/*
 * Any octets as earlier output (--resume) and as a list of subjects: what is cut off is half a
 * line alone, a second look finds the same, and pieces of a list are the list.
 */
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../cmd/bulk/resume.h"
#include "../../cmd/kit/interrupt.h"
#include "../../cmd/kit/say.h"
#include "../../cmd/kit/subjects.h"
#include "base/name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In the place of the program's: nobody listens, and nobody interrupts. */
void
cli_say(const char *fmt, ...)
{
	(void)fmt;
}

int
cli_interrupts(void)
{
	return 0;
}

static int
file_of(const uint8_t *data, size_t size)
{
	const int fd = memfd_create("input", MFD_CLOEXEC);

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* ---- earlier output, in which is gone on ---- */

/* How many domains are taken; -1 when the file is refused. */
static ssize_t
resume(const char *path, const char *format)
{
	struct cli_output out = { .format = format, .path = path };
	struct cli_outputs outs = { .p = &out, .n = 1 };
	const struct cli_strings files = { .p = &path, .n = 1 };
	struct cli_name_set *names = cli_name_set_new();
	const bool taken = cli_resume(&files, &outs, names);
	const ssize_t n = taken ? (ssize_t)cli_name_set_count(names) : -1;

	if (out.file != NULL)
		fclose(out.file);
	cli_name_set_free(names);
	return n;
}

static void
try_resume(const uint8_t *data, size_t size, const char *format)
{
	const int fd = file_of(data, size);
	char path[32];
	ssize_t n;
	off_t end;
	char last;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = resume(path, format);
	end = lseek(fd, 0, SEEK_END);
	if (n < 0) {
		assert((size_t)end == size); /* what is no output of ours is not touched */
	} else if (end > 0) {
		assert((size_t)end <= size &&
		       memchr(data + end, '\n', size - (size_t)end) == NULL);
		assert(pread(fd, &last, 1, end - 1) == 1 && last == '\n');
		assert(resume(path, format) == n && lseek(fd, 0, SEEK_END) == end);
	}
	close(fd);
}

/* ---- subjects ---- */

/* All subjects of standard input, in lines, when reads give what they give. */
static const char *
subjects(struct md_arena *mem, bool addresses, size_t *n)
{
	struct cli_subjects *s = md_alloc(mem, sizeof(*s));
	struct md_buf all = { .mem = mem };
	enum cli_next next;
	const char *subject;

	s->from_stdin = true;
	s->addresses = addresses;
	while ((next = cli_subjects_next(s, mem, &subject)) != CLI_NEXT_END) {
		if (next == CLI_NEXT_LATER) {
			cli_subjects_read(s);
			continue;
		}
		assert(subject[0] != '\0' && (addresses || md_name_fits(subject)));
		md_buf_printf(&all, "%s\n", subject);
		(*n)++;
	}
	assert(!s->bad == (s->bad_lines == 0));
	return md_buf_str(&all);
}

/* From a file; and what came of it, from a pipe. */
static void
try_subjects(const uint8_t *data, size_t size, bool addresses)
{
	struct md_arena *mem = md_arena_new();
	const int fd = file_of(data, size);
	size_t n = 0, again = 0;
	const char *all;
	int ends[2];

	assert(dup2(fd, STDIN_FILENO) == STDIN_FILENO);
	close(fd);
	all = subjects(mem, addresses, &n);
	assert(n <= size / 2 + 1);
	assert(pipe(ends) == 0 && dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
	close(ends[0]);
	/* the names that were read are read again as they are */
	assert(write(ends[1], all, strlen(all)) == (ssize_t)strlen(all));
	close(ends[1]);
	assert(strcmp(subjects(mem, addresses, &again), all) == 0 && again == n);
	md_arena_free(mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { MOST = 4096 }; /* a pipe takes so much at once, the names written out included */

	try_resume(data, size, "jsonl");
	try_resume(data, size, "csv");
	if (size <= MOST) {
		try_subjects(data, size, false);
		try_subjects(data, size, true);
	}
	return 0;
}
