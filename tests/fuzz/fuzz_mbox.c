/* Any octets as an mbox file: messages are its pieces in order, as a plain reader cuts it. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "mail/mbox.h"
#include "mail/unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
has_time(struct md_str line)
{
	for (size_t i = 2; i + 2 < line.len; i++)
		if (line.p[i] == ':' && md_is_digit(line.p[i - 2]) &&
		    md_is_digit(line.p[i - 1]) && md_is_digit(line.p[i + 1]) &&
		    md_is_digit(line.p[i + 2]))
			return true;
	return false;
}

static struct md_str
line_at(struct md_str s, size_t at)
{
	const struct md_str rest = md_str_skip(s, at);
	const size_t n = md_str_find(rest, '\n');

	return (struct md_str){ rest.p, n < 1000 ? n : 1000 };
}

static bool
begins_message(struct md_str s, size_t at, bool timed)
{
	const struct md_str line = line_at(s, at);
	size_t n = 5;

	if (!md_str_starts(line, "From "))
		return false;
	while (n < line.len && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return (n == line.len || line.p[n] != ':') && (!timed || has_time(line));
}

/* Where the message at `begin` ends, and the next begins, octet by octet. */
static size_t
slow_end(struct md_str s, size_t begin, bool timed, size_t *next)
{
	for (size_t at = begin + 1; at <= s.len; at++) {
		size_t empty = 0;

		if (at >= begin + 2 && s.p[at - 1] == '\n' && s.p[at - 2] == '\n')
			empty = 1;
		else if (at >= begin + 3 && memcmp(s.p + at - 3, "\n\r\n", 3) == 0)
			empty = 2;
		if (at == s.len || (empty > 0 && begins_message(s, at, timed))) {
			*next = at;
			return at - empty;
		}
	}
	assert(false); /* a message has octets */
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_str s = { (const char *)data, size };
	struct md_arena *mem = md_arena_new();
	const int fd = memfd_create("mbox", MFD_CLOEXEC);
	const bool timed = has_time(line_at(s, 0));
	struct md_mbox in;
	struct md_str message;
	size_t at = 0;

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	lseek(fd, 0, SEEK_SET);
	/* a window of a few octets, so that it has to move and grow */
	md_mbox_start(&in, mem, md_unpack_open(mem, fd), 1 + size % 7);
	assert(md_mbox_is(&in) == begins_message(s, 0, false));
	while (md_mbox_next(&in, &message) == MD_MBOX_MESSAGE) {
		size_t next;
		const size_t end = slow_end(s, at, timed, &next);

		assert(message.len == end - at);
		assert(memcmp(message.p, s.p + at, message.len) == 0);
		at = next;
	}
	assert(at == size);
	close(fd);
	md_arena_free(mem);
	return 0;
}
