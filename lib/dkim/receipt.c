/* The receiver's results of signatures, held against ours: which were broken after the receipt?
 */
#include "dkim/receipt.h"

#include <string.h>

#include "base/name.h"
#include "envelope/results.h"

enum { FIELDS_MOST = 50 };

struct md_dkim_meant
md_dkim_meant_by(struct md_arena *mem, const struct md_authres_result *r)
{
	struct md_dkim_meant meant = { .domain = md_authres_value(r, "header", "d"),
		                       .selector = md_authres_value(r, "header", "s"),
		                       .b = md_authres_value(r, "header", "b") };
	const char *i = md_authres_value(r, "header", "i");
	const char *at = i != NULL ? strrchr(i, '@') : NULL;

	if (meant.domain == NULL && at != NULL) {
		meant.domain = at + 1;
		meant.at_or_below = true;
	}
	if (meant.domain != NULL)
		meant.domain = md_name_normal(mem, md_str(meant.domain));
	return meant;
}

/* RFC 6008 4: header.b is the beginning of b=, as long as needed; blanks mean nothing. */
static bool
begins_with(struct md_str b, const char *prefix)
{
	size_t i = 0;

	for (; *prefix != '\0'; prefix++) {
		while (i < b.len && strchr(" \t\r\n", b.p[i]) != NULL)
			i++;
		if (i == b.len || b.p[i++] != *prefix)
			return false;
	}
	return true;
}

bool
md_dkim_is_meant(const struct md_dkim_meant *meant, const struct md_dkim_signature *s)
{
	return (meant->at_or_below ? md_name_under(meant->domain, s->domain)
	                           : strcmp(meant->domain, s->domain) == 0) &&
	       (meant->selector == NULL || md_eq_nocase(meant->selector, s->selector)) &&
	       (meant->b == NULL || begins_with(s->b, meant->b));
}

/* Is it what a later change of the message, or of the key's record, leaves behind? */
static bool
may_be_younger(enum md_dkim_cause cause)
{
	switch (cause) {
	case MD_DKIM_KEY_MISSING:
	case MD_DKIM_KEY_REVOKED:
	case MD_DKIM_KEY_FAULTY:
	case MD_DKIM_KEY_TYPE:
	case MD_DKIM_BODY_HASH:
	case MD_DKIM_BODY_SHORTER:
	case MD_DKIM_HEADER_HASH:
		return true;
	default:
		return false;
	}
}

/* A pass may be that of another signature of the same domain, which passes here. */
static bool
explains(const struct md_dkim_meant *meant, const struct md_dkim_verdict *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].result == MD_DKIM_PASS && md_dkim_is_meant(meant, all[i].signature))
			return true;
	return false;
}

static void
take_field(struct md_arena *mem, const struct md_authres *a, bool surely,
           struct md_dkim_verdict *all, size_t n)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct md_authres_result *r = &a->results[i];
		const struct md_dkim_meant meant = md_dkim_meant_by(mem, r);

		if (strcmp(r->method, "dkim") != 0 || strcmp(r->result, "pass") != 0 ||
		    meant.domain == NULL || explains(&meant, all, n))
			continue;
		for (size_t k = 0; k < n; k++) {
			if (all[k].held != NULL || !may_be_younger(all[k].cause) ||
			    !md_dkim_is_meant(&meant, all[k].signature))
				continue;
			all[k].held = a;
			all[k].held_surely = surely;
		}
	}
}

static bool
all_pass(const struct md_dkim_verdict *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].result != MD_DKIM_PASS)
			return false;
	return true;
}

void
md_dkim_hold_to_receipt(struct md_ctx *c, struct md_dkim_verdict *all, size_t n)
{
	const struct md_message *m = md_subject(c)->message;
	const struct md_field *f = NULL;
	const char *why, *rebuilt;
	size_t seen = 0;

	if (all_pass(all, n))
		return;
	rebuilt = md_rebuilt_by(c);
	for (size_t i = 0; i < n; i++)
		if (all[i].cause >= MD_DKIM_BODY_HASH)
			all[i].rebuilt = rebuilt;
	while ((f = md_message_field(m, "Authentication-Results", f)) != NULL &&
	       seen++ < FIELDS_MOST) {
		const struct md_authres *a = md_authres_parse(md_mem(c), f, false);
		const enum md_results_trust trust = md_results_trust(c, a, &why);

		if (trust == MD_RESULTS_TRUSTED || trust == MD_RESULTS_LIKELY)
			take_field(md_mem(c), a, trust == MD_RESULTS_TRUSTED, all, n);
	}
}
