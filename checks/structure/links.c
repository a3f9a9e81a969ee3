/* Links: where they lead, and what they say. */
#include <string.h>

#include "base/addr.h"
#include "base/arena.h"
#include "base/name.h"
#include "base/tsv.h"
#include "domain/psl.h"
#include "rules.h"

/* The first of a kind, and how many there are. */
struct kind {
	size_t n;
	const char *first; /* evidence */
	const char *subject;
};

struct tally {
	struct kind risky, other, plain;
};

/* On which line of the file: known where the part is not encoded. */
static const char *
where(struct md_ctx *c, const struct md_read_parts *r, const struct md_link *link)
{
	size_t line = r->part->body_line;

	if (!md_str_eq(md_str(r->part->encoding), "7bit") &&
	    !md_str_eq(md_str(r->part->encoding), "8bit"))
		return md_printf(md_mem(c), "in the part from line %zu", line);
	for (size_t i = 0; i < link->at; i++)
		line += r->text.utf8.p[i] == '\n';
	return md_printf(md_mem(c), "line %zu", line);
}

static bool
is_shortener(struct md_ctx *c, const char *host)
{
	struct md_tsv file = { .rest = md_datafile(c, "shorteners") };
	struct md_str listed;

	while (md_tsv_next(&file, &listed, 1) > 0)
		if (md_str_eq(listed, host))
			return true;
	return false;
}

static void
count(struct md_ctx *c, struct kind *kind, const char *subject, const char *evidence)
{
	if (kind->n++ == 0) {
		kind->first = evidence;
		kind->subject = md_show(md_mem(c), md_str(subject));
	}
}

/* What is risky in where it leads; NULL for nothing. */
static const char *
risk_of(struct md_ctx *c, const char *host, struct md_str user)
{
	struct md_addr address;

	if (host[0] == '[' || md_addr_parse(md_str(host), &address))
		return "an address instead of a name";
	if (is_shortener(c, host))
		return "a shortener, which hides where it leads";
	if (md_str_find(user, '.') < user.len)
		return "another name in front of its host";
	return NULL;
}

static void
judge_text(struct md_ctx *c, const struct md_read_parts *r, const struct md_link *link,
           struct tally *tally)
{
	struct md_str user;
	const char *host = md_link_host(md_mem(c), md_str(link->url), &user);
	const char *shown = md_structure_shown_domain(c, md_str(link->text));

	if (host == NULL || shown == NULL ||
	    md_str_find(md_str(link->text), ' ') < strlen(link->text) ||
	    md_psl_same_organisation(host, shown))
		return;
	count(c, &tally->other, shown,
	      md_printf(md_mem(c), "%s leads to %s (%s)",
	                md_excerpt(md_mem(c), md_str(link->text)), host, where(c, r, link)));
}

static void
judge_link(struct md_ctx *c, const struct md_read_parts *r, const struct md_link *link,
           struct tally *tally)
{
	struct md_str user;
	const char *host = md_link_host(md_mem(c), md_str(link->url), &user), *risk;
	const char *url = md_excerpt(md_mem(c), md_str(link->url));

	if (host == NULL)
		return;
	risk = risk_of(c, host, user);
	if (risk != NULL)
		count(c, &tally->risky, host,
		      md_printf(md_mem(c), "%s (%s): %s", url, where(c, r, link), risk));
	if (md_str_starts_nocase(md_str(link->url), "http:"))
		count(c, &tally->plain, host,
		      md_printf(md_mem(c), "%s (%s)", url, where(c, r, link)));
	if (*link->text != '\0')
		judge_text(c, r, link, tally);
}

static void
report(struct md_ctx *c, unsigned rule, const struct kind *kind)
{
	if (kind->n > 1)
		md_found(c, rule, kind->subject, "%s; and %zu more", kind->first, kind->n - 1);
	else if (kind->n == 1)
		md_found(c, rule, kind->subject, "%s", kind->first);
}

void
md_structure_links(struct md_ctx *c)
{
	const struct md_parts *parts = md_parts(c);
	struct tally tally = { { 0 }, { 0 }, { 0 } };

	for (size_t i = 0; i < parts->n; i++) {
		const struct md_read_parts *r = &parts->read[i];

		for (size_t j = 0; j < r->links->n; j++)
			judge_link(c, r, &r->links->all[j], &tally);
		if (r->links->nomitted > 0 || r->text.cut)
			md_gap(c, MD_LIMIT, MD_NO_RULE, "links of the message",
			       "of the text from line %zu only the beginning was looked at",
			       r->part->body_line);
	}
	report(c, STRUCTURE_LINKS, &tally.risky);
	report(c, STRUCTURE_LINK_TEXT, &tally.other);
	report(c, STRUCTURE_LINK_HTTP, &tally.plain);
}
