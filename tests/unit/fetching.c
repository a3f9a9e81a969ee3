/* What the tests of sources share: a zone from a text, and a fact from files. */
#include "unit.h"

#include "fetching.h"

struct md_zone *
zone_of(struct md_arena *mem, const char *path, const char *text)
{
	const char *why = "";
	struct md_zone *z = md_zone_read(mem, path, md_str(text), &why);

	assert_string_equal(why, "");
	return z;
}

static void
take(void *arg, struct md_fact *fact)
{
	struct md_dns **to = arg;

	fact->pins++;
	*to = (struct md_dns *)fact;
}

void
start(const struct md_sources *s, const struct md_question *q, struct md_dns **fact,
      struct md_fetch **handle)
{
	/* outlive the fetch */
	static struct md_requester requester;
	static struct md_arena *mem;

	if (mem == NULL)
		mem = md_arena_new();
	requester = (struct md_requester){ .sources = s, .mem = mem, .done = take };
	md_dns_kind.fetch(&requester, fact, q, handle);
}

struct md_dns *
fetch(const struct md_sources *s, const char *name, uint16_t type)
{
	const struct md_question q = { name, type, 0, "" };
	struct md_fetch *handle = NULL;
	struct md_dns *fact = NULL;

	start(s, &q, &fact, &handle);
	assert_null(handle); /* files answer at once */
	assert_non_null(fact);
	return fact;
}
