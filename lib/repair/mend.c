/* How the search shows a part of a message. */
#include "repair/mend.h"

#include "base/arena.h"

/* Ends of lines and tabs as everybody writes them, all else as md_show does. */
const char *
md_mend_part(struct md_arena *mem, struct md_str part)
{
	const bool whole = part.len <= MD_MEND_SHOWN;
	struct md_buf text = { .mem = mem };

	for (size_t i = 0; i < part.len && i < MD_MEND_SHOWN; i++)
		if (part.p[i] == '\r' || part.p[i] == '\n' || part.p[i] == '\t')
			md_buf_add(&text, md_str(part.p[i] == '\r'   ? "\\r"
			                         : part.p[i] == '\n' ? "\\n"
			                                             : "\\t"));
		else
			md_buf_add(&text,
			           md_str(md_show(mem, (struct md_str){ part.p + i, 1 })));
	if (!whole)
		md_buf_add(&text, md_str("..."));
	return md_buf_str(&text);
}

/* Octets in front of a difference that are shown with it, and behind. */
enum { SHOWN_BEFORE = 30, SHOWN_BEHIND = 80 };

const char *
md_mend_around(struct md_arena *mem, struct md_str text, size_t at)
{
	const size_t begin = at > SHOWN_BEFORE ? at - SHOWN_BEFORE : 0;
	struct md_str part = md_str_skip(text, begin);

	if (part.len > SHOWN_BEFORE + SHOWN_BEHIND)
		part.len = SHOWN_BEFORE + SHOWN_BEHIND;
	return md_printf(mem, "%s%s%s", begin > 0 ? "..." : "", md_mend_part(mem, part),
	                 begin + part.len < text.len ? "..." : "");
}
