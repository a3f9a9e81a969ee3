/* What dnscontrol print-ir writes: domains, each with all of its records. */
#include <string.h>

#include "base/name.h"
#include "proposal/export.h"

enum { USUAL_TTL = 300 }; /* dnscontrol's */

/* Fields of a record as models.RecordConfig names them. */
static const struct {
	const char *type, *plan;
} plans[] = {
	{ "SRV", "#srvpriority #srvweight #srvport target" },
	{ "CAA", "#caaflag caatag \"target" },
	{ "TLSA", "#tlsausage #tlsaselector #tlsamatchingtype target" },
	{ "SSHFP", "#sshfpalgorithm #sshfpfingerprint target" },
	{ "DS", "#dskeytag #dsalgorithm #dsdigesttype dsdigest" },
	{ "SOA", "target soambox #soaserial #soarefresh #soaretry #soaexpire #soaminttl" },
	{ "NAPTR",
	  "#naptrorder #naptrpreference \"naptrflags \"naptrservice \"naptrregexp target" },
	{ "MX", "#mxpreference|preference|Preference target" },
	{ "A", "target" },
	{ "AAAA", "target" },
	{ "CNAME", "target" },
	{ "DNAME", "target" },
	{ "NS", "target" },
	{ "PTR", "target" },
};

static bool
take_txt(struct md_json_doc *doc, const json_t *record, const struct md_input_rr *e)
{
	const json_t *strings = json_object_get(record, "txtstrings");
	const char *target = md_json_field(doc, record, "target");
	struct md_buf rdata = { .mem = doc->in->mem };

	/* Older versions tell the strings apart; all have the whole text as the target. */
	for (size_t i = 0; i < json_array_size(strings); i++) {
		const char *string = json_string_value(json_array_get(strings, i));

		md_buf_item(&rdata, " ", "%s",
		            md_quote(doc->in->mem, md_str(string != NULL ? string : "")));
	}
	if (rdata.len > 0)
		return md_input_record(doc->in, e, md_buf_str(&rdata));
	if (target == NULL)
		return md_input_wrong(doc->in, e->line, "\"target\" is missing");
	return md_input_txt(doc->in, e, md_str(target));
}

/* RecordConfig of an MX holds the preference in "Fields" or "rdata" since version 4.2x. */
static const json_t *
with_preference(const json_t *record)
{
	static const char *const inner[] = { "Fields", "fields", "rdata", NULL };

	for (size_t i = 0; inner[i] != NULL; i++)
		if (json_is_object(json_object_get(record, inner[i])))
			return json_object_get(record, inner[i]);
	return record;
}

static bool
take_mx(struct md_json_doc *doc, const json_t *record, const struct md_input_rr *e)
{
	const char *plan = "#mxpreference|preference|Preference";
	const char *preference = md_json_compose(doc,
	                                         json_object_get(record, "mxpreference") != NULL
	                                                 ? record
	                                                 : with_preference(record),
	                                         plan);
	const char *target = md_json_compose(doc, record, "target");

	return preference != NULL && target != NULL &&
	       md_input_record(doc->in, e,
	                       md_printf(doc->in->mem, "%s %s", preference, target));
}

static bool
is_proxied(struct md_json_doc *doc, const json_t *record)
{
	const char *proxy =
	        md_json_field(doc, json_object_get(record, "meta"), "cloudflare_proxy");

	return proxy != NULL && strcmp(proxy, "off") != 0;
}

static bool
take_record(struct md_json_doc *doc, const json_t *record, const char *domain)
{
	const char *name = md_json_field(doc, record, "name");
	const char *type = md_json_field(doc, record, "type"), *rdata;
	struct md_input_rr e = { .line = md_json_line(doc, record),
		                 .ttl = md_json_field_count(doc, record, "ttl", USUAL_TTL),
		                 .origin = domain };

	if (name == NULL || type == NULL)
		return md_input_wrong(doc->in, e.line, "a record without \"name\" or \"type\"");
	e.owner = md_input_name(doc->in, e.line, name, domain);
	e.type = md_type_find(md_str(type));
	if (e.owner == NULL)
		return false;
	if (e.type == 0 || is_proxied(doc, record)) {
		md_input_alias(doc->in, &e,
		               md_printf(doc->in->mem, "%s: the provider makes its addresses",
		                         md_show(doc->in->mem, md_str(type))));
		return true;
	}
	if (e.type == MD_SOA) /* its mailbox is complete, though it has no final dot */
		e.origin = NULL;
	if (e.type == MD_TXT || e.type == MD_SPF)
		return take_txt(doc, record, &e);
	if (e.type == MD_MX)
		return take_mx(doc, record, &e);
	for (size_t i = 0; i < MD_COUNT(plans); i++)
		if (strcmp(plans[i].type, type) == 0) {
			rdata = md_json_compose(doc, record, plans[i].plan);
			return rdata != NULL && md_input_record(doc->in, &e, rdata);
		}
	md_input_unknown(doc->in, &e, "records of this type are not read from dnscontrol");
	return true;
}

/* ENSURE_ABSENT takes away one record of perhaps several. */
static bool
take_absent(struct md_json_doc *doc, const json_t *record, const char *domain)
{
	const char *name = md_json_field(doc, record, "name");
	const char *type = md_json_field(doc, record, "type");
	struct md_input_rr e = { .line = md_json_line(doc, record) };

	if (name == NULL || type == NULL)
		return md_input_wrong(doc->in, e.line, "a record without \"name\" or \"type\"");
	e.owner = md_input_name(doc->in, e.line, name, domain);
	e.type = md_type_find(md_str(type));
	if (e.owner != NULL && e.type != 0)
		md_input_unknown(doc->in, &e, "ENSURE_ABSENT takes one of its records away");
	return e.owner != NULL;
}

/* NO_PURGE and IGNORE leave what is not told: then it is no whole zone. */
static bool
is_partial(const json_t *domain)
{
	return json_is_true(json_object_get(domain, "keepunknown")) ||
	       json_is_true(json_object_get(domain, "ignore_external_dns")) ||
	       json_array_size(json_object_get(domain, "unmanaged")) > 0 ||
	       json_array_size(json_object_get(domain, "ignored_names")) > 0 ||
	       json_array_size(json_object_get(domain, "ignored_targets")) > 0;
}

static bool
take_domain(struct md_json_doc *doc, const json_t *domain)
{
	const char *named = md_json_field(doc, domain, "name"), *apex;
	const json_t *records = md_json_list(doc, domain, "records");
	const json_t *absent = json_object_get(domain, "recordsabsent");

	if (named == NULL || records == NULL)
		return md_input_wrong(doc->in, md_json_line(doc, domain),
		                      "a domain without \"name\"");
	/* "example.com!internal": split horizon has one domain twice. */
	apex = md_input_name(doc->in, md_json_line(doc, domain),
	                     md_strndup(doc->in->mem, named, strcspn(named, "!")), ".");
	if (apex == NULL)
		return false;
	for (size_t i = 0; i < json_array_size(records); i++)
		if (!take_record(doc, json_array_get(records, i), apex))
			return false;
	for (size_t i = 0; is_partial(domain) && i < json_array_size(absent); i++)
		if (!take_absent(doc, json_array_get(absent, i), apex))
			return false;
	if (is_partial(domain))
		md_input_changes(doc->in);
	else
		md_input_zone(doc->in, apex);
	return true;
}

bool
md_json_dnscontrol(struct md_json_doc *doc)
{
	const json_t *domains = md_json_list(doc, doc->root, "domains");

	for (size_t i = 0; i < json_array_size(domains); i++)
		if (!take_domain(doc, json_array_get(domains, i)))
			return false;
	return domains != NULL;
}
