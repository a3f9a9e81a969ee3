/* The lists of report addresses in a DMARC record: can they be used as they are written? */
#include "rules.h"

enum { OLD_RECEIVERS_URIS = 2 }; /* RFC 7489 6.2: "MUST support ... at least two" */

/* One of rua and ruf. */
struct list {
	const struct md_dmarc_place *place;
	const struct md_uris *uris;
	enum md_dmarc_tag tag;
	unsigned ninvalid; /* findings so far, of both lists */
};

static void
judge_missing(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const struct md_dmarc *meant = md_dmarc_parse(
	        md_mem(c), md_str(md_dmarc_mend(md_mem(c), place->record->text, NULL, 0)));
	const char *mailbox;

	/* A rua= that another fault hides is no missing one. */
	if (meant->value[MD_DMARC_RUA].p != NULL ||
	    place->record->value[MD_DMARC_RUA].p != NULL)
		return;
	md_found(c, DMARC_RUA_MISSING, md_dmarc_subject(c, place->name, 1), "no rua=");
	mailbox = md_dmarc_mailbox(c, place->name);
	if (mailbox != NULL)
		md_dmarc_publish_with(c, place, "rua", mailbox);
}

static bool
has_mailbox(const struct md_uris *uris)
{
	for (size_t i = 0; i < uris->n; i++)
		if (*uris->uri[i].fault == '\0')
			return true;
	return false;
}

/* A good URI of another scheme beside a mailbox: who cannot use it ignores it (4.7). */
static bool
is_ignored(const struct md_uris *uris, const struct md_uri *uri)
{
	return uri->valid && !md_str_eq_nocase(uri->scheme, "mailto") && has_mailbox(uris);
}

/* The record with the list mended, or else with a mailbox of the domain's own, if it can be. */
static void
publish_list(struct md_ctx *c, const struct list *list)
{
	const char *tag = md_dmarc_tag_name(list->tag), *mailbox;
	struct md_uris mended;

	md_uris_parse(md_mem(c),
	              md_str(md_uris_mend(md_mem(c), list->place->record->value[list->tag])),
	              &mended);
	if (has_mailbox(&mended)) {
		md_dmarc_publish_with(c, list->place, NULL, NULL);
		return;
	}
	mailbox = md_dmarc_mailbox(c, list->place->name);
	if (mailbox != NULL)
		md_dmarc_publish_with(c, list->place, tag, mailbox);
}

static void
judge_faults(struct md_ctx *c, struct list *list)
{
	for (size_t i = 0; i < list->uris->n; i++) {
		const struct md_uri *uri = &list->uris->uri[i];

		if (*uri->fault == '\0' || is_ignored(list->uris, uri))
			continue;
		md_found(c, DMARC_RUA_INVALID,
		         md_dmarc_subject(c, list->place->name, ++list->ninvalid), "%s: %s: %s",
		         md_dmarc_tag_name(list->tag), md_dmarc_quote(c, uri->text),
		         uri->fault);
		md_dmarc_point(c, list->place, uri->fault_at);
		publish_list(c, list);
	}
}

static void
judge_ignored(struct md_ctx *c, const struct list *list)
{
	struct md_buf why = { .mem = md_mem(c) };
	const size_t n = list->uris->n + list->uris->omitted;

	for (size_t i = 0; i < list->uris->n; i++) {
		const struct md_uri *uri = &list->uris->uri[i];

		if (uri->size.len > 0)
			md_buf_item(&why, "; ", "obsolete size %s",
			            md_dmarc_quote(c, uri->size));
		if (is_ignored(list->uris, uri))
			md_buf_item(&why, "; ", "scheme %s", md_dmarc_quote(c, uri->scheme));
	}
	if (n > OLD_RECEIVERS_URIS)
		md_buf_item(&why, "; ", "%zu addresses, of which some receivers serve two", n);
	if (why.len > 0)
		md_found(c, DMARC_RUA_PARTLY_IGNORED,
		         md_dmarc_subject(c, list->place->name,
		                          list->tag == MD_DMARC_RUA ? 1 : 2),
		         "%s: %s", md_dmarc_tag_name(list->tag), md_buf_str(&why));
}

static void
judge_list(struct md_ctx *c, struct list *list)
{
	judge_faults(c, list);
	judge_ignored(c, list);
	for (size_t i = 0; i < list->uris->n; i++)
		if (*list->uris->uri[i].host != '\0')
			md_dmarc_judge_host(c, list->place, list->tag, list->uris->uri[i].host);
}

void
md_dmarc_judge_reports(struct md_ctx *c, const struct md_dmarc_place *place)
{
	struct list list = { place, &place->record->rua, MD_DMARC_RUA, 0 };

	judge_missing(c, place);
	judge_list(c, &list);
	list.uris = &place->record->ruf;
	list.tag = MD_DMARC_RUF;
	judge_list(c, &list);
}
