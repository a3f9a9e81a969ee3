/* Questions as keys of tables. */
#include <string.h>

#include "dns/dns.h"

/* FNV-1a: names come from the world, but how many a table holds is capped. */
size_t
md_question_hash(const struct md_question *q)
{
	size_t h = 2166136261u ^ q->type ^ (q->flags << 16);

	for (const char *s = q->name; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	for (const char *s = q->server; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

bool
md_question_same(const struct md_question *a, const struct md_question *b)
{
	return a->type == b->type && a->flags == b->flags && strcmp(a->name, b->name) == 0 &&
	       strcmp(a->server, b->server) == 0;
}
