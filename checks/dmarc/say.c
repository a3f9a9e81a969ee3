/* What the parts of the dmarc check say in the same words: subjects, evidence, records. */
#include <string.h>

#include "base/name.h"
#include "domain/nxdomain_rewriting.h"
#include "domain/receives.h"
#include "record/txt.h"
#include "rules.h"

enum { SHOWN_MAX = 300 };

const char *
md_dmarc_subject(struct md_ctx *c, const char *domain, unsigned nth)
{
	if (nth > 1)
		return md_printf(md_mem(c), "_dmarc.%s #%u", domain, nth);
	return md_printf(md_mem(c), "_dmarc.%s", domain);
}

/* The one record of the place; NULL where there is not just one. */
static const struct md_rr *
record_at(const struct md_dmarc_place *place)
{
	const struct md_rr *found = NULL;

	for (size_t i = 0; place->record != NULL && i < place->txt->n; i++)
		if (place->txt->rr[i].txt.joined.p == place->record->text.p)
			found = &place->txt->rr[i];
	return found;
}

/* A plan must know whether a wildcard made the record; of the domain itself, others ask. */
static void
ask_for_wildcard(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const char *any = md_printf(md_mem(c), "%s.%s", md_unlikely_label(c), place->name);

	if (md_eager(c) && strcmp(place->name, md_domain(c)) != 0 && md_name_fits(any))
		md_dns_aside(c, MD_TXT, any);
}

void
md_dmarc_wish(struct md_ctx *c, const struct md_dmarc_place *place, const struct md_rr *rr,
              const char *text)
{
	const char *rdata = md_txt_rdata(md_mem(c), md_str(text));

	if (place->txt->naliases > 0 || !md_name_fits(place->txt->question.name))
		return;
	ask_for_wildcard(c, place);
	if (rr == NULL)
		rr = record_at(place);
	if (rr != NULL)
		md_wish_replace(c, rr, "%s", rdata);
	else
		md_wish_add(c, place->txt->question.name, MD_TXT, "%s", rdata);
}

const char *
md_dmarc_alias(struct md_ctx *c, const struct md_dmarc_place *place)
{
	if (place->txt->naliases == 0)
		return "";
	return md_printf(md_mem(c), " (alias of %s)", place->txt->canonical);
}

void
md_dmarc_wish_with(struct md_ctx *c, const struct md_dmarc_place *place, const char *tag,
                   const char *value)
{
	const struct md_dmarc_edit edit = { tag, value };

	md_dmarc_wish(c, place, NULL,
	              md_dmarc_mend(md_mem(c), place->record->text, &edit, tag != NULL));
}

const char *
md_dmarc_mailbox(struct md_ctx *c, const char *domain)
{
	if (!md_receives(c, domain)->has_mx)
		return NULL;
	return md_printf(md_mem(c), "mailto:dmarc@%s", domain);
}

/* *rest says that something was cut off. */
static struct md_str
cut(struct md_str text, const char **rest)
{
	*rest = text.len > SHOWN_MAX ? "…" : "";
	if (text.len > SHOWN_MAX)
		text.len = SHOWN_MAX;
	return text;
}

const char *
md_dmarc_show(struct md_ctx *c, struct md_str text)
{
	const char *rest;

	text = cut(text, &rest);
	return md_printf(md_mem(c), "%s%s", md_show(md_mem(c), text), rest);
}

const char *
md_dmarc_quote(struct md_ctx *c, struct md_str text)
{
	const char *rest;

	text = cut(text, &rest);
	return md_printf(md_mem(c), "%s%s", md_quote(md_mem(c), text), rest);
}

void
md_dmarc_point(struct md_ctx *c, const struct md_dmarc_place *place, struct md_str at)
{
	const struct md_str text = place->record->text;

	md_point(c, text, (size_t)(at.p - text.p), at.len);
}
