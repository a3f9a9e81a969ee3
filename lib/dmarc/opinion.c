/*
 * What a receiver that runs libopendmarc would conclude of a message, and why not as we do.
 *
 * It is a reader of RFC 7489 with faults of its own.  A cause is named only when the record,
 * the names, or what it said show that it was at work.
 */
#include "dmarc/opinion.h"

#include <string.h>

#include "base/name.h"
#include "domain/psl.h"
#include "record/dmarc.h"

struct comparison {
	struct md_arena *mem;
	const struct md_dmarc_opinion_query *query;
	const struct md_dmarc *record;
	const struct md_opinion *theirs;
};

static bool
they_say(const struct comparison *c, const char *word)
{
	return strcmp(c->theirs->result, word) == 0;
}

static bool
we_say(const struct comparison *c, const char *word)
{
	return strcmp(c->query->ours, word) == 0;
}

/* ---- causes: each is told, or NULL ---- */

static const char *
refused_record(const struct comparison *c)
{
	if (!they_say(c, "absent"))
		return NULL;
	return md_printf(c->mem, "it does not take the record (%s)", c->theirs->detail);
}

static const char *
aligned_suffix(const struct comparison *c, const char *domain)
{
	if (!md_psl_is_suffix(domain) || !md_name_under(c->query->author, domain))
		return NULL;
	return md_printf(c->mem, "to it %s, a public suffix, is aligned with all names below",
	                 domain);
}

static const char *
aligned_loosely(const struct comparison *c, const char *domain, const char *tag, bool strict)
{
	if (!strict || strcmp(domain, c->query->author) == 0)
		return NULL;
	return md_printf(c->mem, "to it %s is aligned with %s in spite of %s=s", domain,
	                 c->query->author, tag);
}

static const char *
aligned_by_list(const struct comparison *c, const char *domain)
{
	const char *organisational = md_psl_organisational(domain);

	if (organisational == NULL || !md_name_under(c->query->author, organisational))
		return NULL;
	return md_printf(c->mem,
	                 "by the Public Suffix List, all that it knows, %s belongs to %s, as "
	                 "does the author domain",
	                 domain, organisational);
}

/* It finds an identifier aligned that is not to us. */
static const char *
aligned(const struct comparison *c)
{
	const char *why = NULL;

	if (!they_say(c, "pass") || we_say(c, "pass"))
		return NULL;
	for (size_t i = 0; i < c->theirs->nparts && why == NULL; i++) {
		const struct md_str part = md_str(c->theirs->parts[i]);
		const bool spf = md_str_starts(part, "spf ");
		const char *domain =
		        md_strdup(c->mem, md_str_skip(part, md_str_find(part, ' ') + 1).p);

		why = aligned_suffix(c, domain);
		if (why == NULL)
			why = aligned_loosely(c, domain, spf ? "aspf" : "adkim",
			                      spf ? c->record->aspf_strict
			                          : c->record->adkim_strict);
		if (why == NULL)
			why = aligned_by_list(c, domain);
	}
	return why;
}

/* Only by a tree walk do they belong together (RFC 9989 4.10.2). */
static const char *
aligned_by_walk(const struct comparison *c)
{
	if (!we_say(c, "pass") || they_say(c, "pass"))
		return NULL;
	return "it finds organisational domains by the Public Suffix List only";
}

static const char *
testing(const struct comparison *c)
{
	return c->record->testing ? "it does not know t=y" : NULL;
}

static const char *
abbreviated(const struct comparison *c)
{
	static const enum md_dmarc_tag tags[] = { MD_DMARC_P, MD_DMARC_SP };

	for (size_t i = 0; i < MD_COUNT(tags); i++) {
		const struct md_str value = c->record->value[tags[i]];
		const enum md_dmarc_request read = i == 0 ? c->record->p : c->record->sp;

		if (read == MD_DMARC_INVALID && !they_say(c, "absent"))
			return md_printf(c->mem, "it takes %s=%s for %s",
			                 md_dmarc_tag_name(tags[i]), md_show(c->mem, value),
			                 c->theirs->result);
	}
	return NULL;
}

static const char *
unknown_np(const struct comparison *c)
{
	const struct md_str np = c->record->value[MD_DMARC_NP];

	if (np.p == NULL || strcmp(c->query->author, c->query->found_at) == 0)
		return NULL;
	return "it does not know np=";
}

/* Both find no alignment, and yet another policy. */
static const char *
other_policy(const struct comparison *c)
{
	static const char *(*const causes[])(
	        const struct comparison *) = { testing, abbreviated, unknown_np };
	const char *told = NULL;

	if (we_say(c, "pass") || they_say(c, "pass"))
		return NULL;
	for (size_t i = 0; told == NULL && i < MD_COUNT(causes); i++)
		told = causes[i](c);
	return told;
}

static const char *
cause_of(const struct comparison *c)
{
	static const char *(*const causes[])(const struct comparison *) = {
		refused_record,
		aligned,
		aligned_by_walk,
		other_policy,
	};
	const char *told = NULL;

	for (size_t i = 0; told == NULL && i < MD_COUNT(causes); i++)
		told = causes[i](c);
	return told != NULL ? told : "";
}

/* ---- asking ---- */

/* The public suffix of a name, itself if it is one. */
static const char *
suffix_of(const char *name)
{
	const char *organisational = md_psl_organisational(name);

	return organisational != NULL ? md_name_parent(organisational) : name;
}

static const char *
joined(struct md_arena *mem, const char *const *names, size_t n)
{
	struct md_buf all = { .mem = mem };

	for (size_t i = 0; i < n; i++)
		md_buf_printf(&all, "%s%s", i > 0 ? " " : "", names[i]);
	return md_buf_str(&all);
}

static const char *
suffixes_of(struct md_arena *mem, const struct md_dmarc_opinion_query *q)
{
	const char **suffixes = md_alloc(mem, (q->ndkim + 2) * sizeof(*suffixes));
	size_t n = 0;

	suffixes[n++] = suffix_of(q->author);
	if (q->spf_domain[0] != '\0')
		suffixes[n++] = suffix_of(q->spf_domain);
	for (size_t i = 0; i < q->ndkim; i++)
		suffixes[n++] = suffix_of(q->dkim[i]);
	return joined(mem, suffixes, n);
}

static const char *
input_of(struct md_arena *mem, const struct md_dmarc_opinion_query *q)
{
	const struct md_opinion_value values[] = {
		{ "author", q->author },
		{ "record", md_strndup(mem, q->record.p, q->record.len) },
		{ "found", q->found_at },
		{ "spf_domain", q->spf_domain },
		{ "spf_result", q->spf_domain[0] != '\0' ? q->spf_result : "" },
		{ "dkim", joined(mem, q->dkim, q->ndkim) },
		{ "suffixes", suffixes_of(mem, q) },
	};

	return md_opinion_input(mem, values, MD_COUNT(values));
}

static const char *
in_words(const char *result)
{
	if (strcmp(result, "pass") == 0)
		return "that DMARC passes";
	if (strcmp(result, "absent") == 0)
		return "that there is no DMARC policy";
	return strcmp(result, "none") == 0     ? "that DMARC fails, without a consequence"
	       : strcmp(result, "reject") == 0 ? "that DMARC fails: reject"
	                                       : "that DMARC fails: quarantine";
}

const struct md_dmarc_opinion *
md_dmarc_opinion(struct md_ctx *ctx, const struct md_dmarc_opinion_query *query)
{
	struct md_arena *mem = md_mem(ctx);
	struct md_dmarc_opinion *opinion = md_alloc(mem, sizeof(*opinion));
	struct comparison c = { .mem = mem,
		                .query = query,
		                .record = md_dmarc_parse(mem, query->record) };

	opinion->cause = opinion->text = "";
	opinion->fact = c.theirs = md_opinion(ctx, "libopendmarc", input_of(mem, query));
	opinion->differs = c.theirs->fact.state == MD_PRESENT && !they_say(&c, query->ours);
	if (!opinion->differs)
		return opinion;
	opinion->cause = cause_of(&c);
	opinion->text = md_printf(
	        mem, "receivers that run libopendmarc (RFC 7489) would conclude %s, %s%s",
	        in_words(c.theirs->result),
	        opinion->cause[0] != '\0' ? "because " : "for a cause ",
	        opinion->cause[0] != '\0' ? opinion->cause : "that is not known");
	return opinion;
}
