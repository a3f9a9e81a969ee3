/* What the JSON report says of a domain as its subject. */
#include "render/json_domain.h"

#include <string.h>

#include "base/name.h"
#include "domain/provider.h"
#include "json/write.h"

/* Whose mail hosts, or whose SPF records: null where there was no answer to tell. */
static void
put_provider_names(struct md_json *j, const struct md_providers *p, bool receiving)
{
	const char *key = receiving ? "mx" : "spf";
	const bool known = receiving ? p->mx_known : p->spf_known;
	bool any = false;

	for (size_t i = 0; i < p->n; i++)
		any = any || (receiving ? p->use[i].receives : p->use[i].sends);
	if (!any && !known) {
		md_json_null(j, key);
		return;
	}
	md_json_open(j, key, '[');
	for (size_t i = 0; i < p->n; i++)
		if (receiving ? p->use[i].receives : p->use[i].sends)
			md_json_text(j, NULL, md_show(j->text.mem, p->use[i].provider.name));
	md_json_close(j, ']');
}

static void
put_providers(struct md_json *j, const struct md_providers *p)
{
	md_json_open(j, "providers", '{');
	put_provider_names(j, p, true);
	put_provider_names(j, p, false);
	md_json_close(j, '}');
}

void
md_json_domain(struct md_json *j, const struct md_report *report)
{
	const char *domain = report->subject->domain;
	const char *unicode = md_name_unicode(j->text.mem, domain);

	md_json_text(j, "name", domain);
	if (strcmp(unicode, domain) != 0)
		md_json_text(j, "unicode", unicode);
	md_json_clean(j, "role", md_role_name(report->role));
	md_json_text(j, "role_why", report->role_why);
	if (report->providers != NULL)
		put_providers(j, report->providers);
}
