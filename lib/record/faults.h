/* What is wrong with a record, and where: the list that parsers fill while they go on. */
#ifndef MD_FAULTS_H
#define MD_FAULTS_H

#include "base/str.h"

struct md_fault {
	unsigned kind;   /* of the record's own enumeration; 0 when it has none */
	size_t at, len;  /* octets of the record; len 0 for what is not there */
	const char *why; /* a clause, safe to show: "p= is missing" */
};

/* Faults beyond are not listed: a record this bad needs no longer list. */
enum { MD_FAULTS_MOST = 16 };

struct md_faults {
	size_t n;
	struct md_fault list[MD_FAULTS_MOST];
};

/* Adds a fault; `where` is a view into the text. */
void md_faults_add(struct md_faults *, struct md_str text, struct md_str where,
                   const char *why);

/* All of them in one line: "p= is missing; k=x is neither rsa nor ed25519". */
const char *md_faults_line(struct md_arena *, const struct md_faults *);

#endif
