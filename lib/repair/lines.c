/* The canonical lines of a body. */
#include "repair/lines.h"

#include <string.h>

#include "base/arena.h"

struct md_str
md_body_lines_next(struct md_str body, size_t *next)
{
	size_t end = 0;

	for (;; end++) {
		end += md_str_find(md_str_skip(body, end), '\n');
		if (end >= body.len) {
			*next = body.len;
			return body;
		}
		if (end > 0 && body.p[end - 1] == '\r')
			break;
	}
	*next = end + 1;
	return (struct md_str){ body.p, end - 1 };
}

static void
put(void *arg, const char *octets, size_t len)
{
	md_buf_add(arg, (struct md_str){ octets, len });
}

struct md_body_lines
md_body_lines_make(struct md_arena *mem, enum md_canon canon, struct md_str body)
{
	struct md_buf text = { .mem = mem };
	struct md_body_lines lines = { .n = 0 };
	size_t *at = NULL, n = 0;

	for (size_t next; body.len > 0; body = md_str_skip(body, next)) {
		const struct md_str line = md_body_lines_next(body, &next);
		const size_t begin = text.len;

		MD_PUSH(mem, at, n, begin);
		if (line.len > 0)
			md_canon_body(canon, (struct md_str){ body.p, next }, UINT64_MAX,
			              (struct md_sink){ put, &text });
		if (text.len == begin)
			md_buf_add(&text, md_str("\r\n"));
	}
	lines.n = lines.filled = n;
	MD_PUSH(mem, at, n, text.len);
	lines.p = md_buf_str(&text);
	lines.at = at;
	while (lines.filled > 0 && md_body_lines_empty(&lines, lines.filled - 1))
		lines.filled--;
	return lines;
}

bool
md_body_lines_empty(const struct md_body_lines *lines, size_t i)
{
	return lines->at[i + 1] - lines->at[i] == 2;
}

struct md_str
md_body_lines_range(const struct md_body_lines *lines, size_t from, size_t to)
{
	return (struct md_str){ lines->p + lines->at[from], lines->at[to] - lines->at[from] };
}
