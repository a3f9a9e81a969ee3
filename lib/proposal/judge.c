/* What records say and hardly anybody means: terms that run together, CNAMEs not alone. */
#include <stdlib.h>
#include <string.h>

#include "proposal/read.h"

enum { NSEC = 47 };

/* ---- strings of a TXT that run together (RFC 7208 3.3: "without adding spaces") ---- */

/* How a term of SPF begins that can hardly be the rest of a name that was split. */
static bool
begins_term(struct md_str s)
{
	static const char *const heads[] = { "include:", "ip4:",      "ip6:", "exists:",
		                             "a:",       "mx:",       "ptr:", "a/",
		                             "mx/",      "redirect=", "exp=", "v=spf1",
		                             "?all",     NULL };
	const bool qualified = s.len > 0 && memchr("+-~?", s.p[0], 4) != NULL;
	const struct md_str name = md_str_skip(s, qualified);
	const struct md_str word = { name.p, md_str_find(name, ' ') };

	for (size_t i = 0; heads[i] != NULL; i++)
		if (md_str_starts_nocase(name, heads[i]))
			return true;
	return qualified && (md_str_eq_nocase(word, "all") || md_str_eq_nocase(word, "a") ||
	                     md_str_eq_nocase(word, "mx"));
}

/* Was a blank forgotten between two strings?  "v=spf1 " before, "include:" behind is right. */
static bool
runs_together(struct md_str before, struct md_str behind)
{
	/* After these a term goes on: "include:" "mx.example.com", "exp=" … */
	static const char open[] = " :/=.+-~?_%{}";

	return before.len > 0 && behind.len > 0 &&
	       memchr(open, before.p[before.len - 1], sizeof(open) - 1) == NULL &&
	       begins_term(behind);
}

/* The end of one string and the beginning of the next, as they are read. */
static const char *
seam(struct md_arena *mem, struct md_str before, struct md_str behind)
{
	enum { SHOWN = 30 };
	struct md_buf text = { .mem = mem };

	md_buf_add(&text, md_str_skip(before, before.len > SHOWN ? before.len - SHOWN : 0));
	md_buf_add(&text, (struct md_str){ behind.p, behind.len > SHOWN ? SHOWN : behind.len });
	return md_quote(mem, md_str(md_buf_str(&text)));
}

/* Then the strings are not those that were written. */
static bool
is_unquoted(const struct md_input *in, const struct md_rr *rr)
{
	for (size_t i = 0; i < in->nfaults; i++)
		if (strcmp(in->faults[i].rule, "zone.txt-unquoted") == 0 &&
		    strcmp(in->faults[i].name, rr->owner) == 0)
			return true;
	return false;
}

static void
judge_strings(struct md_input *in, const struct md_rr *rr)
{
	if ((rr->type != MD_TXT && rr->type != MD_SPF) ||
	    !md_str_starts_nocase(rr->txt.joined, "v=spf1"))
		return;
	for (size_t i = 1; i < rr->txt.n; i++)
		if (runs_together(rr->txt.strings[i - 1], rr->txt.strings[i]) &&
		    !is_unquoted(in, rr))
			md_input_fault(in, rr, "zone.txt-joined",
			               md_printf(in->mem,
			                         "string %zu goes on in string %zu without "
			                         "a blank: %s",
			                         i, i + 1,
			                         seam(in->mem, rr->txt.strings[i - 1],
			                              rr->txt.strings[i])));
}

/* ---- CNAMEs ---- */

static int
by_owner(const void *left, const void *right)
{
	const struct md_rr *a = *(const struct md_rr *const *)left;
	const struct md_rr *b = *(const struct md_rr *const *)right;
	const int owners = strcmp(a->owner, b->owner);

	if (owners != 0)
		return owners;
	/* CNAMEs first */
	return (a->type != MD_CNAME) - (b->type != MD_CNAME);
}

/* RFC 1034 3.6.2: a CNAME stands alone, but for DNSSEC (RFC 2181 10.1). */
static void
judge_cnames(struct md_input *in, const struct md_rr *const *rr)
{
	for (size_t i = 0, n; i < in->n; i += n) {
		const struct md_rr *beside = NULL;

		for (n = 1; i + n < in->n && strcmp(rr[i]->owner, rr[i + n]->owner) == 0; n++)
			if (beside == NULL && rr[i + n]->type != MD_RRSIG &&
			    rr[i + n]->type != NSEC && md_rr_compare(rr[i], rr[i + n]) != 0)
				beside = rr[i + n];
		if (rr[i]->type == MD_CNAME && beside != NULL &&
		    !md_index_has(&in->lenient, md_str(rr[i]->owner)))
			md_input_fault(
			        in, beside, "zone.cname-coexist",
			        md_printf(in->mem,
			                  "%s beside the CNAME of %s: name servers refuse "
			                  "such a zone",
			                  md_type_name(in->mem, beside->type), beside->owner));
	}
}

/* All records, by owner. */
static const struct md_rr *const *
sorted(const struct md_input *in)
{
	const struct md_rr **rr =
	        md_alloc(in->scratch, (in->n + 1) * sizeof(const struct md_rr *));

	for (size_t i = 0; i < in->n; i++)
		rr[i] = &in->rr[i];
	if (in->n > 0)
		qsort(rr, in->n, sizeof(*rr), by_owner);
	return rr;
}

void
md_input_judge(struct md_input *in, const char *apex)
{
	const struct md_rr *const *rr = sorted(in);

	for (size_t i = 0; i < in->n; i++)
		judge_strings(in, &in->rr[i]);
	if (apex != NULL)
		md_input_judge_names(in, rr, apex);
	judge_cnames(in, rr);
	if (apex != NULL && in->nfiles > 0) /* a zone file */
		md_input_judge_loading(in, rr, apex);
}
