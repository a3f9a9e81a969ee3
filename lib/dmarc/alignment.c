/* Strict and relaxed alignment (RFC 9989 section 4.4). */
#include "dmarc/alignment.h"

#include <string.h>

#include "dmarc/dmarc.h"
#include "domain/psl.h"

struct md_alignment
md_alignment(struct md_ctx *c, const char *identifier, const char *author, bool strict)
{
	struct md_alignment a = { .outcome = MD_NOT_ALIGNED };
	const struct md_dmarc_walk *mine, *authors;

	a.identical = strcmp(identifier, author) == 0;
	a.by_list = a.identical || (!strict && md_psl_same_organisation(identifier, author));
	if (a.identical || strict) {
		a.outcome = a.identical ? MD_ALIGNED : MD_NOT_ALIGNED;
		return a;
	}
	mine = md_dmarc_walk(c, identifier);
	authors = md_dmarc_walk(c, author);
	a.identifier_organisational = mine->organisational;
	a.author_organisational = authors->organisational;
	if (mine->organisational == NULL || authors->organisational == NULL)
		a.outcome = MD_ALIGNMENT_UNKNOWN;
	else if (strcmp(mine->organisational, authors->organisational) == 0)
		a.outcome = MD_ALIGNED;
	return a;
}
