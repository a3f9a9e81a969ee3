/* Chooses among TXT records, and writes them as zone files have them. */
#include "record/txt.h"

#include "base/arena.h"

enum { LONGEST_STRING = 255 };

size_t
md_txt_starting(const struct md_dns *txt, const char *start, struct md_str *first)
{
	size_t found = 0;

	for (size_t i = 0; i < txt->n; i++) {
		if (txt->rr[i].type != MD_TXT || !md_str_starts(txt->rr[i].txt.joined, start))
			continue;
		if (found++ == 0)
			*first = txt->rr[i].txt.joined;
	}
	return found;
}

bool
md_txt_resembles(const struct md_dns *txt, const char *start)
{
	for (size_t i = 0; i < txt->n; i++)
		if (txt->rr[i].type == MD_TXT &&
		    md_str_starts_nocase(md_str_trim(txt->rr[i].txt.joined, " \t\""), start))
			return true;
	return false;
}

const char *
md_txt_rdata(struct md_arena *mem, struct md_str text)
{
	struct md_buf out = { .mem = mem };

	do {
		const size_t n = text.len < LONGEST_STRING ? text.len : LONGEST_STRING;

		md_buf_item(&out, " ", "%s", md_quote(mem, (struct md_str){ text.p, n }));
		text = md_str_skip(text, n);
	} while (text.len > 0);
	return md_buf_str(&out);
}
