/* What `maildiag spf` shows besides findings: evaluations with their traces, and the tree. */
#ifndef MD_SPF_VIEW_H
#define MD_SPF_VIEW_H

#include <stdio.h>

#include "doc/ink.h"
#include "spf/check_host.h"
#include "spf/flat.h"
#include "spf/opinion.h"
#include "spf/tree.h"

/* An address that was asked about. */
struct md_spf_asked {
	struct md_addr ip;
	const struct md_spf_verdict *verdict;
	const struct md_spf_opinion *opinion; /* NULL: not asked for */
	const struct md_spf_verdict *lax; /* without limit of voids, where that made it fail */
};

/* Lives as long as the report; facts in it are those of the run. */
struct md_spf_view {
	const struct md_spf_published *published; /* NULL: the domain is none */
	const struct md_spf_tree *tree; /* NULL: the domain has not exactly one SPF record */
	const struct md_spf_flat *flat; /* the record of addresses alone; NULL without tree */
	struct md_spf_limits limits;    /* in force */
	size_t n;
	const struct md_spf_asked *asked; /* in the order they were given */
};

/*
 * Counts when md_waiting() is false.  A second opinion is asked for where the limits are those
 * of the RFC (libspf2 takes no others), for the first addresses of many; one that fails is
 * recorded as a gap.
 */
const struct md_spf_view *md_spf_view(struct md_ctx *);

/*
 * How verifiers that read RFC 7208 4.6.4 otherwise (docs/SPF.md) would conclude something
 * else: a sentence without its full stop, naming them and the cause; "" where all
 * readings agree.
 */
const char *md_spf_other_reading(struct md_arena *, const struct md_spf_asked *,
                                 const struct md_spf_limits *);

/* The part of a report that has such a view, and is about nothing else (tell.c). */
struct md_report_part;
extern const struct md_report_part md_part_spf;

/* Its flattened record as zone-file lines, with the warning that belongs to them: a renderer
 * (flat_zone.c). */
struct md_report;
struct md_style;
void md_spf_flat_zone(const struct md_report *, const struct md_style *, FILE *);

#endif
