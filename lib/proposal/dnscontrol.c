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
take_txt(struct md_export *export, const json_t *record, const struct md_input_rr *e)
{
	const json_t *strings = json_object_get(record, "txtstrings");
	const char *target = md_export_field(export, record, "target");
	struct md_buf rdata = { .mem = export->in->mem };

	/* Older versions tell the strings apart; all have the whole text as the target. */
	for (size_t i = 0; i < json_array_size(strings); i++) {
		const char *string = json_string_value(json_array_get(strings, i));

		md_buf_item(&rdata, " ", "%s",
		            md_quote(export->in->mem, md_str(string != NULL ? string : "")));
	}
	if (rdata.len > 0)
		return md_input_value(export->in, e, MD_TXT_CUT, md_buf_str(&rdata));
	if (target == NULL)
		return md_input_wrong(export->in, e->line, "\"target\" is missing");
	return md_input_txt(export->in, e, md_str(target));
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
take_mx(struct md_export *export, const json_t *record, const struct md_input_rr *e)
{
	const char *plan = "#mxpreference|preference|Preference";
	const char *preference = md_export_compose(
	        export,
	        json_object_get(record, "mxpreference") != NULL ? record
	                                                        : with_preference(record),
	        plan);
	const char *target = md_export_compose(export, record, "target");

	return preference != NULL && target != NULL &&
	       md_input_record(export->in, e,
	                       md_printf(export->in->mem, "%s %s", preference, target));
}

static bool
is_proxied(struct md_export *export, const json_t *record)
{
	const char *proxy =
	        md_export_field(export, json_object_get(record, "meta"), "cloudflare_proxy");

	return proxy != NULL && strcmp(proxy, "off") != 0;
}

/* Rules and workers of a provider's web server: they make no record, and hide none. */
static bool
is_no_record(const char *type)
{
	static const char *const types[] = { "CLOUDFLAREAPI_SINGLE_REDIRECT",
		                             "CF_REDIRECT",
		                             "CF_TEMP_REDIRECT",
		                             "CF_SINGLE_REDIRECT",
		                             "CF_WORKER_ROUTE",
		                             "PAGE_RULE",
		                             "WORKER_ROUTE",
		                             NULL };

	for (size_t i = 0; types[i] != NULL; i++)
		if (md_eq_nocase(type, types[i]))
			return true;
	return false;
}

static bool
take_record(struct md_export *export, const json_t *record, const char *domain)
{
	const char *name = md_export_field(export, record, "name");
	const char *type = md_export_field(export, record, "type"), *rdata;
	struct md_input_rr e = { .line = md_export_line(export, record),
		                 .ttl = md_export_field_count(export, record, "ttl", USUAL_TTL),
		                 .origin = domain };

	if (name == NULL || type == NULL)
		return md_input_wrong(export->in, e.line,
		                      "a record without \"name\" or \"type\"");
	e.owner = md_input_name(export->in, e.line, name, domain);
	e.type = md_type_find(md_str(type));
	if (e.owner == NULL)
		return false;
	if (e.type == 0 && is_no_record(type))
		return true;
	if (e.type == 0 || is_proxied(export, record)) {
		md_input_alias(export->in, &e,
		               md_printf(export->in->mem,
		                         "%s: the provider makes its addresses",
		                         md_show(export->in->mem, md_str(type))));
		return true;
	}
	if (e.type == MD_SOA) /* its mailbox is complete, though it has no final dot */
		e.origin = NULL;
	if (e.type == MD_TXT || e.type == MD_SPF)
		return take_txt(export, record, &e);
	if (e.type == MD_MX)
		return take_mx(export, record, &e);
	for (size_t i = 0; i < MD_COUNT(plans); i++)
		if (strcmp(plans[i].type, type) == 0) {
			rdata = md_export_compose(export, record, plans[i].plan);
			return rdata != NULL && md_input_record(export->in, &e, rdata);
		}
	md_input_unknown(export->in, &e, "records of this type are not read from dnscontrol");
	return true;
}

/* ENSURE_ABSENT takes away one record of perhaps several. */
static bool
take_absent(struct md_export *export, const json_t *record, const char *domain)
{
	const char *name = md_export_field(export, record, "name");
	const char *type = md_export_field(export, record, "type");
	struct md_input_rr e = { .line = md_export_line(export, record) };

	if (name == NULL || type == NULL)
		return md_input_wrong(export->in, e.line,
		                      "a record without \"name\" or \"type\"");
	e.owner = md_input_name(export->in, e.line, name, domain);
	e.type = md_type_find(md_str(type));
	if (e.owner != NULL && e.type != 0)
		md_input_unknown(export->in, &e, "ENSURE_ABSENT takes one of its records away");
	return e.owner != NULL;
}

/* NO_PURGE leaves what is not told: then it is no whole zone. */
static bool
is_partial(const json_t *domain)
{
	return json_is_true(json_object_get(domain, "keepunknown")) ||
	       json_is_true(json_object_get(domain, "ignore_external_dns"));
}

/* ---- IGNORE() ---- */

/* Where a version has patterns of what stays, and the keys of each. */
static const struct {
	const char *list, *label, *types, *target;
} ignores[] = {
	{ "unmanaged", "label_pattern", "rType_pattern", "target_pattern" },
	{ "ignored_names", "pattern", "types", "" }, /* until 3.2x */
	{ "ignored_targets", "", "type", "pattern" },
};

static const char *
pattern(struct md_export *export, const json_t *ignore, const char *key)
{
	const char *text = key[0] != '\0' ? md_export_field(export, ignore, key) : NULL;

	return text != NULL ? text : "";
}

static void
take_ignores(struct md_export *export, const json_t *domain)
{
	for (size_t i = 0; i < MD_COUNT(ignores); i++) {
		const json_t *list = json_object_get(domain, ignores[i].list);

		for (size_t j = 0; j < json_array_size(list); j++) {
			const json_t *one = json_array_get(list, j);

			MD_PUSH(export->in->mem, export->in->spared, export->in->nspared,
			        ((struct md_spared){
			                .label = pattern(export, one, ignores[i].label),
			                .types = pattern(export, one, ignores[i].types),
			                .target = pattern(export, one, ignores[i].target) }));
		}
	}
}

/* ---- domains ---- */

/* "example.com!internal": split horizon has a domain more than once; the first is judged. */
static bool
is_another_view(struct md_export *export, const json_t *domain, const char *named,
                const char *apex)
{
	struct md_input *in = export->in;

	if (strchr(named, '!') == NULL)
		return false;
	for (size_t i = 0; i < in->nwholes; i++)
		if (strcmp(in->wholes[i].apex, apex) == 0) {
			md_input_not_judged(
			        in, md_export_line(export, domain),
			        md_show(in->mem, md_str(named)),
			        md_printf(in->mem, "a second view of %s: the first is judged",
			                  apex));
			return true;
		}
	return false;
}

static bool
take_records(struct md_export *export, const json_t *domain, const char *apex)
{
	const json_t *records = md_export_list(export, domain, "records");
	const json_t *absent = json_object_get(domain, "recordsabsent");

	for (size_t i = 0; i < json_array_size(records); i++)
		if (!take_record(export, json_array_get(records, i), apex))
			return false;
	for (size_t i = 0; is_partial(domain) && i < json_array_size(absent); i++)
		if (!take_absent(export, json_array_get(absent, i), apex))
			return false;
	return records != NULL;
}

static bool
take_domain(struct md_export *export, const json_t *domain)
{
	const char *named = md_export_field(export, domain, "name"), *apex;
	const uint32_t line = md_export_line(export, domain);

	if (named == NULL)
		return md_input_wrong(export->in, line, "a domain without \"name\"");
	apex = md_input_name(export->in, line,
	                     md_strndup(export->in->mem, named, strcspn(named, "!")), ".");
	if (apex == NULL)
		return false;
	if (is_another_view(export, domain, named, apex))
		return true;
	if (!take_records(export, domain, apex))
		return false;
	if (is_partial(domain)) {
		md_input_changes(export->in);
		return true;
	}
	take_ignores(export, domain);
	md_input_zone(export->in, apex);
	return true;
}

bool
md_export_dnscontrol(struct md_export *export)
{
	const json_t *domains = md_export_list(export, export->root, "domains");

	for (size_t i = 0; i < json_array_size(domains); i++)
		if (!take_domain(export, json_array_get(domains, i)))
			return false;
	return domains != NULL;
}
