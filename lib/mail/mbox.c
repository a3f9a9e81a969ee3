/* Cuts an mbox file into messages in a window that is as large as the largest of them. */
#include "mail/mbox.h"

#include <string.h>

#include "base/arena.h"
#include "mail/message.h"
#include "mail/unpack.h"

enum {
	WINDOW = 1 << 18,
	LINE_MOST = 1000, /* of a "From " line, what is looked at */
	KEPT = 4096,      /* of a message that is too long: enough to see its end */
	DROPPED = 8192,   /* more than this is cut down to that */
};

/* ---- the window ---- */

static struct md_str
unread(const struct md_mbox *b)
{
	return (struct md_str){ b->window + b->begin, b->len - b->begin };
}

static void
make_room(struct md_mbox *b)
{
	char *more;

	if (b->begin > 0) {
		memmove(b->window, b->window + b->begin, b->len - b->begin);
		b->len -= b->begin;
		b->begin = 0;
	}
	if (b->len < b->room)
		return;
	more = md_alloc(b->mem, 2 * b->room);
	memcpy(more, b->window, b->len);
	b->window = more;
	b->room *= 2;
}

/* Reads on; false at the end. */
static bool
read_on(struct md_mbox *b)
{
	ssize_t got;

	if (b->ended)
		return false;
	make_room(b);
	got = md_unpack_read(b->in, b->window + b->len, b->room - b->len, &b->error);
	b->ended = got <= 0;
	b->len += got > 0 ? (size_t)got : 0;
	return !b->ended;
}

/* ---- where messages begin ---- */

/* "07:00" somewhere: RFC 4155 has a date in every "From " line. */
static bool
has_time(struct md_str line)
{
	for (; line.len >= 5; line = md_str_skip(line, 1))
		if (line.p[2] == ':' && md_is_digit(line.p[0]) && md_is_digit(line.p[1]) &&
		    md_is_digit(line.p[3]) && md_is_digit(line.p[4]))
			return true;
	return false;
}

/* The line at the beginning of s, as much as is looked at; false when it is not read yet. */
static bool
first_line(const struct md_mbox *b, struct md_str s, struct md_str *line)
{
	const size_t most = s.len < LINE_MOST ? s.len : LINE_MOST;

	*line = (struct md_str){ s.p, md_str_find((struct md_str){ s.p, most }, '\n') };
	return line->len < s.len || b->ended;
}

/* Not "From : joe@example.com", a field as RFC 5322 4.5 allows it. */
static bool
is_from_line(struct md_str line)
{
	const struct md_str after = md_str_trim(md_str_skip(line, 5), " \t");

	return md_str_starts(line, "From ") && !md_str_starts(after, ":");
}

void
md_mbox_start(struct md_mbox *b, struct md_arena *mem, struct md_unpack *in, size_t expected)
{
	const size_t room = expected > 0 && expected < WINDOW ? expected + 1 : WINDOW;
	struct md_str line;

	*b = (struct md_mbox){ .mem = mem, .in = in, .room = room };
	b->window = md_alloc(mem, room);
	while (!first_line(b, unread(b), &line) && read_on(b))
		;
	b->timed = has_time(line);
}

bool
md_mbox_is(const struct md_mbox *b)
{
	struct md_str line;

	first_line(b, unread(b), &line);
	return is_from_line(line);
}

/* Octets of the empty line that ends at `end` (after its LF), or 0. */
static size_t
empty_line_before(struct md_str s, size_t end)
{
	if (end < 2 || s.p[end - 1] != '\n')
		return 0;
	if (s.p[end - 2] == '\n')
		return 1;
	return end >= 3 && s.p[end - 2] == '\r' && s.p[end - 3] == '\n' ? 2 : 0;
}

/* Looks through what is read; true when the end of the message is in it. */
static bool
find_in_window(struct md_mbox *b)
{
	const struct md_str s = unread(b);
	struct md_str line;
	const char *lf;

	while ((lf = memmem(s.p + b->scanned, s.len - b->scanned, "\nFrom ", 6)) != NULL) {
		const size_t at = (size_t)(lf - s.p) + 1, empty = empty_line_before(s, at);

		b->scanned = at - 1;
		if (!first_line(b, md_str_skip(s, at), &line))
			return false;
		if (empty > 0 && is_from_line(line) && (!b->timed || has_time(line))) {
			b->end = at - empty;
			b->next = at;
			return true;
		}
		b->scanned = at;
	}
	if (s.len >= 5 && s.len - 5 > b->scanned)
		b->scanned = s.len - 5;
	return false;
}

static void
drop_overlong(struct md_mbox *b)
{
	const struct md_str s = unread(b);

	if (s.len <= MD_MESSAGE_MOST && !(b->overlong && s.len > DROPPED))
		return;
	b->overlong = true;
	if (b->scanned > KEPT) {
		b->begin += b->scanned - KEPT;
		b->scanned = KEPT;
	}
}

static void
find_end(struct md_mbox *b)
{
	b->found = true;
	for (;;) {
		if (find_in_window(b))
			return;
		drop_overlong(b);
		if (!read_on(b))
			break;
	}
	if (find_in_window(b)) /* a last line without its end */
		return;
	b->next = unread(b).len;
	b->end = b->next - empty_line_before(unread(b), b->next);
}

bool
md_mbox_has_another(struct md_mbox *b)
{
	if (!b->found)
		find_end(b);
	return b->next < unread(b).len;
}

/* A message that is cut short by an error is none. */
static enum md_mbox_next
at_end(struct md_mbox *b)
{
	const bool told = b->told || b->error == NULL;

	b->begin = b->len;
	b->found = false;
	b->told = true;
	return told ? MD_MBOX_END : MD_MBOX_ERROR;
}

enum md_mbox_next
md_mbox_next(struct md_mbox *b, struct md_str *message)
{
	bool overlong;

	if (!b->found && (b->begin < b->len || read_on(b)))
		find_end(b);
	if (!b->found || (b->error != NULL && b->next == unread(b).len))
		return at_end(b);
	*message = (struct md_str){ b->window + b->begin, b->end };
	overlong = b->overlong || b->end > MD_MESSAGE_MOST;
	b->begin += b->next;
	b->found = b->overlong = false;
	b->scanned = 0;
	b->number++;
	return overlong ? MD_MBOX_OVERLONG : MD_MBOX_MESSAGE;
}
