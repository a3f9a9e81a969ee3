/* Which DKIM selectors to ask about: there is no list of a domain's own. */
#include <string.h>

#include "domain/nxdomain_rewriting.h"
#include "domain/provider.h"
#include "gate/look.h"
#include "rules.h"

enum { MOST = 100 }; /* a data file may be long; a report is not worth more questions */

static bool
is_there(const struct md_selectors *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->list[i].name, name) == 0)
			return true;
	return false;
}

/* A selector as people write it: in any case, perhaps with all that follows it. */
static const char *
normal(struct md_ctx *c, struct md_str name)
{
	const char *lower = md_str_lower(md_mem(c), md_str_trim(name, " ."));
	const char *rest = strstr(lower, "._domainkey");

	return rest != NULL ? md_strndup(md_mem(c), lower, (size_t)(rest - lower)) : lower;
}

static void
add(struct md_ctx *c, struct md_selectors *all, struct md_str written, const char *origin,
    bool given)
{
	const char *name = normal(c, written);
	const struct md_selector s = {
		.name = name,
		.owner = md_printf(md_mem(c), "%s._domainkey.%s", name, md_domain(c)),
		.origin = origin,
		.given = given,
	};

	if (all->n == MOST || is_there(all, name))
		return;
	MD_PUSH(md_mem(c), all->list, all->n, s);
	all->ngiven += given;
}

static void
add_providers(struct md_ctx *c, struct md_selectors *all)
{
	const struct md_providers *used = md_providers(c);

	for (size_t i = 0; i < used->n; i++) {
		const struct md_provider *p = &used->use[i].provider;
		const char *name = md_show(md_mem(c), p->name);
		struct md_str rest = p->selectors, selector;

		while (md_str_cut(&rest, ',', &selector))
			add(c, all, selector, name, false);
	}
}

/* A line of the data file. */
struct common {
	struct md_str name;
	bool bulk; /* many domains have it */
};

/* Ended by one without a name. */
static const void *
read_common(struct md_arena *mem, struct md_str text)
{
	const struct common end = { .name = { NULL, 0 } };
	struct md_tsv file = { .rest = text };
	struct common *all = NULL;
	struct md_str f[2];
	size_t n = 0;

	while (md_tsv_next(&file, f, 2) > 0) {
		const struct common line = { f[0], md_str_eq(f[1], "bulk") };

		if (line.name.len > 0)
			MD_PUSH(mem, all, n, line);
	}
	MD_PUSH(mem, all, n, end);
	return all;
}

/* In bulk only those that many domains have: each is a question. */
static void
add_common(struct md_ctx *c, struct md_selectors *all)
{
	const struct common *s = md_datafile_read(c, "selectors", read_common);

	for (; s->name.p != NULL; s++)
		if (md_eager(c) || s->bulk)
			add(c, all, s->name, "tried", false);
}

static const void *
derive(struct md_ctx *c, const char *arg)
{
	const struct md_subject *subject = md_subject(c);
	struct md_selectors *all = md_alloc(md_mem(c), sizeof(*all));

	(void)arg;
	for (size_t i = 0; i < subject->nselectors; i++)
		add(c, all, md_str(subject->selectors[i]), "given", true);
	for (size_t i = 0; subject->watch != NULL && i < subject->watch->nselectors; i++)
		add(c, all, md_str(subject->watch->selectors[i]), "in the zone", false);
	add_providers(c, all);
	add_common(c, all);
	return all;
}

const struct md_selectors *
md_dkim_selectors(struct md_ctx *c)
{
	return md_derive(c, derive, "");
}

static bool
same_records(const struct md_dns *a, const struct md_dns *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; i < a->n && same; i++)
		same = md_rr_compare(&a->rr[i], &b->rr[i]) == 0;
	return same;
}

bool
md_dkim_is_key(struct md_ctx *c, const struct md_dns *txt)
{
	for (size_t i = 0; i < txt->n; i++) {
		const struct md_str text = txt->rr[i].txt.joined;

		if (md_str_starts_nocase(text, "v=DKIM") ||
		    md_dkim_key_parse(md_mem(c), text)->p_at > 0)
			return true;
	}
	return false;
}

const char *
md_dkim_chain(struct md_ctx *c, const struct md_dns *txt)
{
	struct md_buf chain = { .mem = md_mem(c) };

	for (size_t i = 0; i < txt->naliases; i++)
		md_buf_printf(&chain, "%s%s", i == 0 ? ", alias of " : ", of ",
		              txt->aliases[i].name);
	return md_buf_str(&chain);
}

/* A name that nobody has: what it answers, a wildcard answers for all names. */
static const struct md_dns *
wildcard(struct md_ctx *c)
{
	return md_dns_at(c, MD_TXT, "%s._domainkey.%s", md_unlikely_label(c), md_domain(c));
}

bool
md_dkim_tells(struct md_ctx *c, const struct md_dns *txt)
{
	const struct md_dns *any;

	if (txt->fact.state == MD_ABSENT)
		return txt->naliases > 0;
	if (txt->fact.state != MD_PRESENT || !md_dkim_is_key(c, txt))
		return false;
	any = wildcard(c);
	if (any->fact.state == MD_WANTED)
		return false;
	return any->fact.state != MD_PRESENT || !same_records(txt, any);
}

bool
md_dkim_is_wildcards(struct md_ctx *c, const struct md_dns *txt)
{
	return txt->fact.state == MD_PRESENT && !md_dkim_is_key(c, txt) &&
	       wildcard(c)->fact.state == MD_PRESENT && same_records(txt, wildcard(c));
}

void
md_dkim_note_surroundings(struct md_ctx *c)
{
	const struct md_providers *used = md_providers(c);

	for (size_t i = 0; i < used->n; i++) {
		const struct md_provider *p = &used->use[i].provider;

		md_note(c, "providers", "%s (%s): selectors %s", md_show(md_mem(c), p->name),
		        used->use[i].how,
		        p->selectors.len > 0 ? md_show(md_mem(c), p->selectors)
		                             : "that differ from customer to customer");
	}
	if (md_eager(c) && wildcard(c)->fact.state == MD_PRESENT)
		md_note(c, "wildcard", "every other name answers %s",
		        md_quote(md_mem(c), wildcard(c)->rr[0].txt.joined));
}
