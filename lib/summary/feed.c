/* Lines of a file of any size that is fed piece by piece, within bounds. */
#include "summary/feed.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 1 << 18 }; /* octets that there is room for at least */

char *
md_feed_room(struct md_feed *l, size_t *room)
{
	if (l->at > 0) { /* what was returned goes */
		memmove(l->buf, l->buf + l->at, l->len - l->at);
		l->len -= l->at;
		l->seen -= l->at;
		l->at = 0;
	}
	if (l->room - l->len < AT_ONCE) {
		l->room = 2 * l->room + AT_ONCE;
		l->buf = realloc(l->buf, l->room);
		if (l->buf == NULL)
			abort();
	}
	*room = l->room - l->len;
	return l->buf + l->len;
}

void
md_feed_came(struct md_feed *l, size_t n)
{
	l->len += n;
	l->ended = n == 0;
}

/* There is no newline yet: keeps the beginning, unless the line is too long already. */
static enum md_feed_next
ask_for_more(struct md_feed *l)
{
	const bool too_long = l->overlong || l->len - l->at > l->most;
	const bool told = l->overlong;

	if (!too_long)
		return MD_FEED_MORE;
	l->at = l->seen = l->len;
	l->overlong = true;
	if (told)
		return MD_FEED_MORE;
	l->number++;
	return MD_FEED_TOO_LONG;
}

enum md_feed_next
md_feed_next(struct md_feed *l, struct md_str *line)
{
	for (;;) {
		const char *end = NULL;
		const bool rest = l->overlong; /* of a line that was told of */

		if (l->seen < l->len)
			end = memchr(l->buf + l->seen, '\n', l->len - l->seen);
		l->seen = end != NULL ? (size_t)(end - l->buf) : l->len;
		if (end == NULL && !l->ended)
			return ask_for_more(l);
		if (end == NULL && l->at == l->len)
			return MD_FEED_END;
		*line = (struct md_str){ l->buf + l->at, l->seen - l->at };
		l->at = l->seen += end != NULL;
		l->overlong = false;
		if (rest)
			continue;
		l->number++;
		return line->len > l->most ? MD_FEED_TOO_LONG : MD_FEED_LINE;
	}
}

void
md_feed_free(struct md_feed *l)
{
	free(l->buf);
}
