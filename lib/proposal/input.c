/* An input of whatever format on its way into a proposal: records, changes, faults. */
#include <string.h>

#include "base/name.h"
#include "dns/txt.h"
#include "dns/wire.h"
#include "proposal/read.h"

enum { MOST_RECORDS = 2 << 20 };

const char *
md_input_name(struct md_input *in, uint32_t line, const char *text, const char *origin)
{
	const size_t len = strlen(text);
	const char *name = md_name_normal(in->mem, (struct md_str){ text, len });

	if (len == 0 || strcmp(text, "@") == 0)
		name = origin;
	else if (text[len - 1] != '.' && strcmp(origin, ".") != 0)
		name = md_printf(in->mem, "%s.%s", name, origin);
	if (md_name_fits(name))
		return name;
	md_input_wrong(in, line, "%s is no domain name", md_excerpt(in->mem, md_str(text)));
	return NULL;
}

uint16_t
md_input_type(struct md_input *in, uint32_t line, const char *text)
{
	const uint16_t type = md_type_find(md_str(text));

	/* OPT, and what only questions have (RFC 6895 3.1). */
	if (type != 0 && type != 41 && (type < 249 || type > MD_ANY))
		return type;
	md_input_wrong(in, line, "%s is no type of record that a zone can hold",
	               md_excerpt(in->mem, md_str(text)));
	return 0;
}

/* ---- records ---- */

bool
md_input_add(struct md_input *in, const struct md_rr *rr)
{
	if (++in->nall > MOST_RECORDS)
		return md_input_wrong(in, rr->line, "more than %d records", MOST_RECORDS);
	MD_PUSH(in->scratch, in->rr, in->n, *rr);
	return true;
}

static struct md_rr
bare(const struct md_input_rr *e)
{
	return (struct md_rr){
		.owner = e->owner, .type = e->type, .ttl = e->ttl, .line = e->line
	};
}

/* Of the words of a TXT in a place where one quoted string is usual. */
static bool
loses_blanks(const struct md_rr *rr, const char *rdata)
{
	return (rr->type == MD_TXT || rr->type == MD_SPF) && rr->txt.n > 1 && rdata[0] != '"';
}

bool
md_input_record(struct md_input *in, const struct md_input_rr *e, const char *rdata)
{
	struct md_rr rr = bare(e);
	const char *why;

	if (!md_rr_parse_in(in->mem, e->origin != NULL ? e->origin : ".", rdata, &rr, &why))
		return md_input_wrong(in, e->line, "%s of %s: %s",
		                      md_type_name(in->mem, e->type), e->owner, why);
	if (loses_blanks(&rr, rdata))
		md_input_fault(in, &rr, "zone.txt-unquoted",
		               md_printf(in->mem,
		                         "unquoted, so these are %zu strings, and what lies "
		                         "between them is lost; put the text in quotes",
		                         rr.txt.n));
	return md_input_add(in, &rr);
}

bool
md_input_txt(struct md_input *in, const struct md_input_rr *e, struct md_str octets)
{
	struct md_rr rr = bare(e);
	const char *why;

	octets.p = md_strndup(in->mem, octets.p, octets.len);
	if (!md_txt_take(in->mem, octets, &rr, &why))
		return md_input_wrong(in, e->line, "TXT of %s: %s", e->owner, why);
	return md_input_add(in, &rr);
}

bool
md_input_long_txt(struct md_input *in, const struct md_input_rr *e, const char *shown)
{
	struct md_rr rr = bare(e);
	const char *why;

	if (!md_txt_read(in->mem, shown, &rr, &why))
		return md_input_wrong(in, e->line, "TXT of %s: %s", e->owner, why);
	return md_input_add(in, &rr);
}

/* ---- changes ---- */

static void
change(struct md_input *in, enum md_change_kind kind, const struct md_input_rr *e,
       const char *why)
{
	const struct md_change c = { .kind = kind,
		                     .name = e->owner,
		                     .type = e->type,
		                     .why = why,
		                     .place = md_input_place(in, e->line) };

	MD_PUSH(in->mem, in->changes, in->nchanges, c);
}

void
md_input_unset(struct md_input *in, const struct md_input_rr *e)
{
	change(in, MD_CHANGE_UNSET, e, "");
}

void
md_input_unknown(struct md_input *in, const struct md_input_rr *e, const char *why)
{
	change(in, MD_CHANGE_UNKNOWN, e, why);
}

void
md_input_keep(struct md_input *in, const struct md_input_rr *e)
{
	change(in, MD_CHANGE_KEEP, e, "");
}

void
md_input_alias(struct md_input *in, const struct md_input_rr *e, const char *why)
{
	struct md_input_rr address = *e;

	address.type = MD_A;
	change(in, MD_CHANGE_ALIAS, &address, why);
	address.type = MD_AAAA;
	change(in, MD_CHANGE_ALIAS, &address, why);
}

/* ---- what they make up ---- */

void
md_input_zone(struct md_input *in, const char *apex)
{
	struct md_rr *rr = md_alloc(in->records, (in->n + 1) * sizeof(*rr));

	md_input_judge(in, apex);
	if (in->n > 0)
		memcpy(rr, in->rr, in->n * sizeof(*rr));
	MD_PUSH(in->mem, in->wholes, in->nwholes,
	        ((struct md_whole){ apex, in->n, rr, in->nspared, in->spared }));
	in->rr = NULL;
	in->n = 0;
	in->nsettled = in->nchanges;
	in->spared = NULL;
	in->nspared = 0;
}

void
md_input_changes(struct md_input *in)
{
	md_input_judge(in, NULL);
	/* An alias that is told as a change is one: it may lead elsewhere than now. */
	for (size_t i = in->nsettled; i < in->nchanges; i++)
		if (in->changes[i].kind == MD_CHANGE_ALIAS)
			in->changes[i].kind = MD_CHANGE_UNKNOWN;
	for (size_t i = 0; i < in->n; i++) {
		const struct md_rr *rr = &in->rr[i];
		const struct md_change c = { .kind = MD_CHANGE_SET,
			                     .name = rr->owner,
			                     .type = rr->type,
			                     .n = 1,
			                     .rr = rr,
			                     .why = "",
			                     .place = md_input_place(in, rr->line) };

		MD_PUSH(in->mem, in->changes, in->nchanges, c);
	}
	in->rr = NULL;
	in->n = 0;
	in->nsettled = in->nchanges;
}
