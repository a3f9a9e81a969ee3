/* Where DMARC reports are sent: can the addresses be used as they are written? */
#include <string.h>

#include "base/name.h"
#include "domain/psl.h"
#include "domain/receives.h"
#include "domain/registered.h"
#include "rules.h"

/* ---- the domain that reports are sent to: does it agree, and receive mail? ---- */

/* One address of rua or ruf. */
struct report {
	enum md_dmarc_tag tag;
	const char *from, *host; /* the domain of the record, and the destination host */
	const char *consent;     /* the name at which the host says that it agrees */
};

/* RFC 9990 4: "the overriding URI MUST use the same destination host". */
static bool
keeps_host(const struct md_dmarc *agreement, const struct report *report)
{
	const struct md_uris *uris =
	        report->tag == MD_DMARC_RUA ? &agreement->rua : &agreement->ruf;

	for (size_t i = 0; i < uris->n; i++)
		if (*uris->uri[i].host != '\0' && strcmp(uris->uri[i].host, report->host) != 0)
			return false;
	return true;
}

static void
found_unauthorised(struct md_ctx *c, const struct report *report, const char *evidence)
{
	md_found(c, DMARC_RUA_UNAUTHORISED, report->host, "%s: %s",
	         md_dmarc_tag_name(report->tag), evidence);
	if (md_name_fits(report->consent))
		md_ask_of(c, md_printf(md_mem(c), "whoever runs the zone of %s", report->host),
		          "%s. IN TXT \"v=DMARC1;\"", report->consent);
}

/* RFC 9990 4, steps 6 to 9; one good record of several is enough. */
static void
judge_answer(struct md_ctx *c, const struct report *report, const struct md_dns *txt)
{
	unsigned agreements = 0;

	for (size_t i = 0; i < txt->n; i++) {
		const struct md_str text = txt->rr[i].txt.joined;

		if (!md_dmarc_is_record(&txt->rr[i]))
			continue;
		agreements++;
		if (keeps_host(md_dmarc_parse(md_mem(c), text), report))
			continue;
		found_unauthorised(c, report,
		                   md_printf(md_mem(c), "%s names yet another host: %s",
		                             report->consent, md_dmarc_quote(c, text)));
		return;
	}
	if (agreements == 0)
		found_unauthorised(
		        c, report,
		        md_printf(md_mem(c), "no DMARC record at %s (%s)", report->consent,
		                  txt->n > 0 ? "other texts only"
		                             : md_rcode_name(md_mem(c), txt->rcode)));
}

/* RFC 9990 4, steps 4 and 5. */
static void
judge_consent(struct md_ctx *c, const struct report *report)
{
	const struct md_dns *txt;

	if (!md_name_fits(report->consent)) {
		found_unauthorised(c, report,
		                   "the name to ask for its consent is too long for the DNS");
		return;
	}
	txt = md_dns(c, MD_TXT, report->consent);
	if (md_known(c, &txt->fact))
		judge_answer(c, report, txt);
}

/* Other organisations must agree, and these are told by tree walk. */
static void
judge_organisation(struct md_ctx *c, const struct report *report)
{
	const struct md_dmarc_walk *from = md_dmarc_walk(c, report->from);
	const struct md_dmarc_walk *to = md_dmarc_walk(c, report->host);

	/* Ahead: where the Public Suffix List sees two, it will most probably be needed. */
	if (md_eager(c) && md_name_fits(report->consent) &&
	    !md_psl_same_organisation(report->from, report->host))
		md_dns(c, MD_TXT, report->consent);
	if (from->organisational == NULL || to->organisational == NULL)
		return;
	if (strcmp(from->organisational, to->organisational) != 0)
		judge_consent(c, report);
}

/* The host of a good address in the rua or ruf of the place's record. */
static void
judge_host(struct md_ctx *c, const struct md_dmarc_place *place, enum md_dmarc_tag tag,
           const char *host)
{
	const struct md_receives *receives = md_receives(c, host);
	const struct report report = {
		.tag = tag,
		.from = place->name,
		.host = host,
		.consent = md_printf(md_mem(c), "%s._report._dmarc.%s", place->name, host),
	};

	if (receives->known && !receives->can) {
		const char *domain = md_dns(c, MD_MX, host)->rcode == MD_NXDOMAIN
		                             ? md_unregistered_aside(c, host)
		                             : NULL;

		if (domain != NULL) {
			md_found(c, DMARC_RUA_TAKEOVER, host, "%s: %s is not registered",
			         md_dmarc_tag_name(tag), domain);
			return;
		}
		md_found(c, DMARC_RUA_NO_MX, host, "%s: %s", md_dmarc_tag_name(tag),
		         receives->why);
	}
	if (strcmp(host, place->name) != 0)
		judge_organisation(c, &report);
}

/* ---- the lists of addresses ---- */

enum { OLD_RECEIVERS_URIS = 2 }; /* RFC 7489 6.2: "MUST support ... at least two" */

/* One of rua and ruf. */
struct list {
	const struct md_dmarc_place *place;
	const struct md_uris *uris;
	enum md_dmarc_tag tag;
	unsigned ninvalid; /* findings so far, of both lists */
};

/* The unknown tags that were meant as rua= and ruf=, if rua= is among them; else NULL. */
static const char *
misspelt_rua(struct md_ctx *c, const struct md_dmarc *record)
{
	struct md_buf out = { .mem = md_mem(c) };
	bool rua = false;

	for (size_t i = 0; i < record->nfaults; i++) {
		const struct md_dmarc_fault *fault = &record->faults[i];

		if (fault->kind != MD_DMARC_UNKNOWN || fault->nearest == NULL ||
		    !md_str_starts(md_str(fault->nearest), "ru"))
			continue;
		md_buf_item(&out, ", ", "%s= (did you mean %s=?)", md_dmarc_show(c, fault->at),
		            fault->nearest);
		rua = rua || strcmp(fault->nearest, "rua") == 0;
	}
	return rua ? md_buf_str(&out) : NULL;
}

/* Would there be addresses, were it not for other faults? */
static bool
means_rua(struct md_ctx *c, const struct md_dmarc *record)
{
	const char *mended = md_dmarc_mend(md_mem(c), record->text, NULL, 0);

	return md_dmarc_parse(md_mem(c), md_str(mended))->value[MD_DMARC_RUA].p != NULL;
}

/* A rua= that another fault hides is no missing one; one that is misspelt is. */
static void
judge_missing(struct md_ctx *c, const struct md_dmarc_place *place)
{
	const char *wrong, *mailbox;

	if (place->record->value[MD_DMARC_RUA].p != NULL)
		return;
	wrong = misspelt_rua(c, place->record);
	if (wrong != NULL) {
		md_found(c, DMARC_RUA_MISSING, md_dmarc_subject(c, place->name, 1),
		         "no rua=, but %s", wrong);
		md_dmarc_wish_with(c, place, NULL, NULL);
		return;
	}
	if (means_rua(c, place->record))
		return;
	md_found(c, DMARC_RUA_MISSING, md_dmarc_subject(c, place->name, 1), "no rua=%s",
	         md_dmarc_alias(c, place));
	mailbox = md_dmarc_mailbox(c, place->name);
	if (mailbox != NULL)
		md_dmarc_wish_with(c, place, "rua", mailbox);
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
wish_list(struct md_ctx *c, const struct list *list)
{
	const char *tag = md_dmarc_tag_name(list->tag), *mailbox;
	struct md_uris mended;

	md_uris_parse(md_mem(c),
	              md_str(md_uris_mend(md_mem(c), list->place->record->value[list->tag])),
	              &mended);
	if (has_mailbox(&mended)) {
		md_dmarc_wish_with(c, list->place, NULL, NULL);
		return;
	}
	mailbox = md_dmarc_mailbox(c, list->place->name);
	if (mailbox != NULL)
		md_dmarc_wish_with(c, list->place, tag, mailbox);
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
		wish_list(c, list);
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
			judge_host(c, list->place, list->tag, list->uris->uri[i].host);
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
