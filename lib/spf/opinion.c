/*
 * What receivers that run libspf2 would conclude of a sender, and why it is not what we do.
 *
 * A cause is named only when the trace of our evaluation, or what libspf2 said, shows that it
 * was at work: that a record has a redirect explains nothing when its first term decided.
 */
#include "spf/opinion.h"

#include <string.h>

#include "base/name.h"
#include "record/spf/macro.h"
#include "spf/libspf2_room.h"

static const char libspf2[] = "libspf2";

struct comparison {
	struct md_arena *mem;
	const struct md_spf_query *query;
	const struct md_spf_verdict *ours;
	const struct md_opinion *theirs;
};

static bool
they_say(const struct comparison *c, const char *result)
{
	return strcmp(c->theirs->result, result) == 0;
}

static bool
said(const struct comparison *c, const char *words)
{
	return strstr(c->theirs->detail, words) != NULL;
}

/* We stopped for good, and they went on. */
static bool
only_we_stop(const struct comparison *c)
{
	return c->ours->result == MD_SPF_RESULT_PERMERROR && !they_say(c, "permerror");
}

/* ---- causes: each is told, or NULL ---- */

static const char *
loopback(const struct comparison *c)
{
	const struct md_addr ip = md_addr_from_mapped(c->query->ip);
	const struct md_addr net4 = { .family = 4, .bytes = { 127 } };
	const struct md_addr host6 = { .family = 6, .bytes = { [15] = 1 } };

	if (!they_say(c, "pass") || (!md_addr_in(ip, net4, 8) && !md_addr_eq(ip, host6)))
		return NULL;
	return "it lets loopback addresses pass for every domain";
}

static const char *
impossible_name(const struct comparison *c)
{
	if (c->ours->result != MD_SPF_RESULT_NONE || !they_say(c, "temperror") ||
	    md_name_fits(c->ours->domain))
		return NULL;
	return "to it a name that cannot be in the DNS is a DNS that fails";
}

static const struct md_spf_term *
first_fault(const struct md_spf *record)
{
	for (size_t i = 0; i < record->n; i++)
		if (record->terms[i].fault != MD_SPF_SOUND)
			return &record->terms[i];
	return NULL;
}

/* The faulty record that made us stop is the last one that we looked at. */
static const char *
accepted_syntax(const struct comparison *c)
{
	const struct md_spf_step *step = NULL;

	for (size_t i = 0; i < c->ours->nsteps; i++)
		if (c->ours->steps[i].record != NULL && c->ours->steps[i].record->nfaults > 0)
			step = &c->ours->steps[i];
	if (!only_we_stop(c) || step == NULL || first_fault(step->record) == NULL)
		return NULL;
	return md_printf(c->mem, "it accepts the faulty term %s of %s",
	                 md_show(c->mem, first_fault(step->record)->text), step->owner);
}

static unsigned
limit(unsigned wished, unsigned rfc)
{
	return wished > 0 ? wished : rfc;
}

static const char *
counts_anew(const struct comparison *c)
{
	bool included = false;

	if (!only_we_stop(c) || c->ours->terms <= limit(c->query->limits.terms, 10))
		return NULL;
	for (size_t i = 0; i < c->ours->nsteps; i++)
		included = included || c->ours->steps[i].depth > 0;
	return included ? "it counts the terms that query the DNS anew in every include"
	                : "it looks at the limit of terms only when it goes on to another";
}

static const char *
no_void_limit(const struct comparison *c)
{
	if (!only_we_stop(c) || c->ours->voids <= limit(c->query->limits.voids, 2))
		return NULL;
	return "it has no limit of lookups that find nothing";
}

/* Errors of theirs that say what is behind them. */
static const char *
refused_syntax(const struct comparison *c)
{
	if (!they_say(c, "permerror"))
		return NULL;
	if (said(c, "netmask (=0)"))
		return "it refuses a prefix length of 0";
	if (said(c, "Invalid character in middle of mechanism near '."))
		return "it refuses modifiers with a dot in their name";
	return NULL;
}

static const char *
many_names(const struct comparison *c)
{
	const unsigned most = limit(c->query->limits.ptr_names, 10);

	if (!they_say(c, "permerror") || !said(c, "too many DNS lookups"))
		return NULL;
	for (size_t i = 0; i < c->ours->nsteps; i++) {
		const struct md_spf_step *step = &c->ours->steps[i];

		if (step->term != NULL && step->term->kind == MD_SPF_PTR &&
		    step->nlookups > 0 && step->lookups[0]->n > most)
			return md_printf(c->mem,
			                 "it takes a client with more than %u names (PTR) for "
			                 "an error of the record",
			                 most);
	}
	return NULL;
}

/* A term that matched, and that it does not come to. */
static const char *
never_reached(const struct comparison *c)
{
	for (size_t i = 0; i < c->ours->nsteps; i++) {
		const struct md_spf_step *step = &c->ours->steps[i];
		const struct md_spf_term *redirect;

		if (!step->matched || step->record == NULL)
			continue;
		redirect = step->record->redirect;
		if (redirect != NULL && redirect->offset < step->term->offset)
			return md_printf(c->mem, "it follows %s where it stands, before %s",
			                 md_show(c->mem, redirect->text),
			                 md_show(c->mem, step->term->text));
		if (md_spf_compiled_away(c->mem, step->record, step->term))
			return md_printf(c->mem,
			                 "the record of %s is too long for it: it loses the "
			                 "end, with %s",
			                 step->owner, md_show(c->mem, step->term->text));
	}
	return NULL;
}

static const char *
lost_letter(const struct comparison *c)
{
	for (size_t i = 0; i < c->ours->nsteps; i++) {
		const struct md_spf_step *step = &c->ours->steps[i];
		struct md_spf_macro piece;
		size_t pos = 0;

		if (step->term == NULL)
			continue;
		while (md_spf_macro_next(c->mem, step->term->domain, MD_SPF_IN_RECORD, &pos,
		                         &piece))
			if (piece.letter == 'd' && piece.keep >= md_name_labels(step->owner))
				return md_printf(c->mem,
				                 "it loses the first letter of the "
				                 "domain in %s",
				                 md_show(c->mem, step->term->text));
	}
	return NULL;
}

static const char *
cause_of(const struct comparison *c)
{
	static const char *(*const causes[])(const struct comparison *) = {
		loopback,       impossible_name, accepted_syntax, counts_anew, no_void_limit,
		refused_syntax, many_names,      never_reached,   lost_letter,
	};
	const char *told = NULL;

	for (size_t i = 0; told == NULL && i < MD_COUNT(causes); i++)
		told = causes[i](c);
	return told != NULL ? told : "";
}

/* ---- asking ---- */

static const char *
input_of(struct md_arena *mem, const struct md_spf_query *query)
{
	const struct md_str sender = md_str_trim(md_str(query->mail_from.text), "<> ");
	const struct md_opinion_value values[] = {
		{ "ip", md_addr_print(mem, md_addr_from_mapped(query->ip)) },
		{ "mail_from", md_strndup(mem, sender.p, sender.len) },
		{ "helo", query->helo },
		{ "record", query->record != NULL ? query->record : "" },
		{ "receiver", query->receiver != NULL ? query->receiver : "" },
	};

	return md_opinion_input(mem, values, MD_COUNT(values));
}

const struct md_spf_opinion *
md_spf_opinion(struct md_ctx *c, const struct md_spf_query *query,
               const struct md_spf_verdict *ours)
{
	struct md_arena *mem = md_mem(c);
	struct md_spf_opinion *opinion = md_alloc(mem, sizeof(*opinion));
	struct comparison both = { .mem = mem, .query = query, .ours = ours };

	opinion->cause = opinion->text = "";
	opinion->fact = both.theirs = md_opinion(c, libspf2, input_of(mem, query));
	opinion->differs = opinion->fact->fact.state == MD_PRESENT &&
	                   !they_say(&both, md_spf_result_name(ours->result));
	if (!opinion->differs)
		return opinion;
	opinion->cause = cause_of(&both);
	opinion->text = md_printf(
	        mem, "receivers that run libspf2 (Exim, OpenDMARC) would conclude %s, %s%s",
	        opinion->fact->result, opinion->cause[0] != '\0' ? "because " : "for a cause ",
	        opinion->cause[0] != '\0' ? opinion->cause : "that is not known");
	return opinion;
}
