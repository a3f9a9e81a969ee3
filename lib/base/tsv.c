/* Reads tab-separated lines, leaving out comments. */
#include "base/tsv.h"

static struct md_str
trim(struct md_str s)
{
	return md_str_trim(s, " \r");
}

/* "a\t" has two fields, unlike what md_str_cut would say. */
static size_t
split(struct md_str line, struct md_str *fields, size_t max)
{
	size_t n = 0;

	for (;;) {
		const size_t end = md_str_find(line, '\t');

		if (n < max)
			fields[n] = trim((struct md_str){ line.p, end });
		n++;
		if (end == line.len)
			return n;
		line = md_str_skip(line, end + 1);
	}
}

size_t
md_tsv_next(struct md_tsv *t, struct md_str *fields, size_t max)
{
	struct md_str line;

	while (md_str_cut(&t->rest, '\n', &line)) {
		t->line++;
		if (md_str_trim(line, " \t\r").len == 0 || line.p[0] == '#')
			continue;
		for (size_t i = 0; i < max; i++)
			fields[i] = (struct md_str){ "", 0 };
		return split(line, fields, max);
	}
	return 0;
}
