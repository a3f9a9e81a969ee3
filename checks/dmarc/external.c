/* The domain that DMARC reports are sent to: does it agree, and does it receive mail? */
#include <string.h>

#include "base/name.h"
#include "domain/psl.h"
#include "domain/receives.h"
#include "rules.h"

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
		md_publish(c, "%s. IN TXT \"v=DMARC1;\"", report->consent);
}

/* RFC 9990 4, steps 6 to 9; one good record of several is enough. */
static void
judge_answer(struct md_ctx *c, const struct report *report, const struct md_dns *txt)
{
	unsigned agreements = 0;

	for (size_t i = 0; i < txt->n; i++) {
		const struct md_str text = txt->rr[i].txt.joined;
		const char *says;
		struct md_str at;

		if (txt->rr[i].type != MD_TXT ||
		    md_dmarc_starts(text, &says, &at) != MD_DMARC_RECORD)
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

void
md_dmarc_judge_host(struct md_ctx *c, const struct md_dmarc_place *place, enum md_dmarc_tag tag,
                    const char *host)
{
	const struct md_receives *receives = md_receives(c, host);
	const struct report report = {
		.tag = tag,
		.from = place->name,
		.host = host,
		.consent = md_printf(md_mem(c), "%s._report._dmarc.%s", place->name, host),
	};

	if (receives->known && !receives->can)
		md_found(c, DMARC_RUA_NO_MX, host, "%s: %s", md_dmarc_tag_name(tag),
		         receives->why);
	if (strcmp(host, place->name) != 0)
		judge_organisation(c, &report);
}
