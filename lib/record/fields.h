/*
 * The grammar that MTA-STS and TLS-RPT records share: a version, then fields set apart by
 * semicolons (RFC 8461 3.1, RFC 8460 3).  Unlike tag lists they allow no blanks around "=".
 */
#ifndef MD_FIELDS_H
#define MD_FIELDS_H

#include "record/faults.h"
#include "record/tags.h"

/*
 * Calls take(arg, tag) for every field after the version whose outer form is sound, and adds
 * what is wrong to faults: of the version ("v=STSv1"), of the semicolons, of names and, save
 * for the field `own`, whose value has a grammar of its own, of values.
 */
struct md_fields {
	struct md_arena *mem;
	const char *version, *own;
	void (*take)(void *arg, const struct md_tag *);
	void *arg;
};

void md_fields_read(const struct md_fields *, struct md_str text, struct md_faults *);

#endif
