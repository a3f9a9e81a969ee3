/* Header fields in the canonical form that a signature covers. */
#include "repair/header_search.h"

#include "base/arena.h"

static void
put(void *arg, const char *octets, size_t len)
{
	md_buf_add(arg, (struct md_str){ octets, len });
}

struct md_str
md_search_canonical(const struct md_mend *m, struct md_str whole)
{
	struct md_buf text = { .mem = m->mem };

	md_canon_field(m->signature->header_canon, whole, (struct md_sink){ put, &text });
	return md_buf_view(&text);
}

struct md_str
md_search_own(const struct md_mend *m, struct md_str whole, struct md_str b)
{
	struct md_buf text = { .mem = m->mem };

	md_canon_own_field(m->signature->header_canon, whole, b,
	                   (struct md_sink){ put, &text });
	return md_buf_view(&text);
}
