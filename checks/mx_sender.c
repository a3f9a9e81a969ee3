/* MX seen from the sender's side: null MX, and domains that cannot take their bounces back. */
#include <string.h>

#include "base/name.h"
#include "domain/receives.h"
#include "mx.h"

bool
md_mx_is_null(const struct md_rr *mx)
{
	return strcmp(mx->mx.exchange, ".") == 0;
}

void
md_mx_null(struct md_ctx *c, const struct md_rr *mx)
{
	const struct md_subject *subject = md_subject(c);
	const char *domain = md_domain(c);

	if (subject->nips > 0) {
		md_found(c, MX_NULL_BUT_SENDS, domain, "null MX; %s is named as its sender",
		         md_addr_print(md_mem(c), subject->ips[0]));
	} else if (subject->mail_from.given) {
		md_found(c, MX_NULL_BUT_SENDS, domain, "null MX; MAIL FROM is %s",
		         md_show(md_mem(c), md_str(subject->mail_from.text)));
	} else if (mx->mx.preference == 0) {
		md_found(c, MX_NULL_OK, domain, "MX 0 .");
	} else {
		md_found(c, MX_NULL_PREFERENCE, domain, "MX %u .", mx->mx.preference);
		md_publish(c, "%s. IN MX 0 .", mx->owner);
	}
}

/* The domain of --mail-from when it is another than the one examined; else NULL. */
static const char *
return_path_domain(struct md_ctx *c)
{
	const struct md_reverse_path *path = &md_subject(c)->mail_from;
	const char *domain;

	if (!path->given || path->null)
		return NULL;
	domain = md_name_normal(md_mem(c), md_str(path->domain));
	return strcmp(domain, md_domain(c)) != 0 ? domain : NULL;
}

void
md_mx_return_path(struct md_ctx *c)
{
	const char *domain = return_path_domain(c);
	const struct md_receives *r;

	if (domain == NULL)
		return;
	r = md_receives(c, domain);
	if (r->known && !r->can)
		md_found(c, MX_RETURN_PATH_UNDELIVERABLE, domain, "%s", r->why);
}
