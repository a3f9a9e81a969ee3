/* Cloudflare: the list of a zone's records, and how one of its records is told. */
#include <string.h>

#include "base/name.h"
#include "proposal/export.h"

enum { USUAL_TTL = 300, AUTOMATIC = 1 };

/* Types whose fields are told in "data", where there is no "content". */
static const struct {
	uint16_t type;
	const char *plan;
} plans[] = {
	{ MD_TLSA, "#usage #selector #matching_type certificate" },
	{ MD_CAA, "#flags tag \"value|content" },
	{ MD_DS, "#key_tag #algorithm #digest_type digest" },
	{ 33, "#priority #weight #port target" }, /* SRV */
};

static bool
take_data(struct md_export *export, const json_t *fields, const struct md_input_rr *e)
{
	for (size_t i = 0; i < MD_COUNT(plans); i++)
		if (plans[i].type == e->type) {
			const char *rdata = md_export_compose(export, fields, plans[i].plan);

			return rdata != NULL && md_input_record(export->in, e, rdata);
		}
	md_input_unknown(export->in, e, "records of this type are not read from Cloudflare");
	return true;
}

bool
md_export_cloudflare_rr(struct md_export *export, const json_t *record, struct md_input_rr *e)
{
	const char *content = md_export_field(export, record, "content");
	const char *priority = md_export_field(export, record, "priority");
	const json_t *fields = json_object_get(record, "data");

	if (e->ttl == AUTOMATIC)
		e->ttl = USUAL_TTL;
	if (json_is_true(json_object_get(record, "proxied"))) {
		md_input_alias(export->in, e,
		               "proxied: Cloudflare answers with its own addresses");
		return true;
	}
	if (content == NULL) /* the Terraform provider's name until version 4 */
		content = md_export_field(export, record, "value");
	if (json_is_array(fields)) /* a block of Terraform */
		fields = json_array_get(fields, 0);
	if (json_object_size(fields) > 0)
		return take_data(export, fields, e);
	if (content == NULL)
		return md_input_wrong(export->in, e->line, "a record without \"content\"");
	if (e->type == MD_MX)
		content = md_printf(export->in->mem, "%s %s", priority != NULL ? priority : "0",
		                    content);
	return md_input_value(export->in, e, MD_TXT_EITHER, content);
}

static bool
take_record(struct md_export *export, const json_t *record)
{
	const char *name = md_export_field(export, record, "name");
	const char *type = md_export_field(export, record, "type");
	struct md_input_rr e = { .line = md_export_line(export, record),
		                 .ttl = md_export_field_count(export, record, "ttl",
		                                              USUAL_TTL) };

	if (name == NULL || type == NULL)
		return md_input_wrong(export->in, e.line,
		                      "a record without \"name\" or \"type\"");
	e.owner = md_input_name(export->in, e.line, name, ".");
	e.type = md_input_type(export->in, e.line, type);
	return e.owner != NULL && e.type != 0 && md_export_cloudflare_rr(export, record, &e);
}

/* The zone of a list: what it says itself, --origin, or the name that all others are below. */
static const char *
find_apex(struct md_export *export, const json_t *list)
{
	const char *said = md_export_field(export, json_array_get(list, 0), "zone_name");
	const char *apex = export->in->origin;

	if (said != NULL)
		return md_input_name(export->in, 0, said, ".");
	if (apex == NULL)
		apex = md_zone_find_apex(NULL, export->in->rr, export->in->n);
	for (size_t i = 0; apex != NULL && i < export->in->n; i++)
		if (!md_name_under(export->in->rr[i].owner, apex))
			apex = NULL;
	if (apex == NULL)
		md_input_wrong(export->in, 0, "nothing tells which zone it is: --origin does");
	return apex;
}

/* RFC 1034 3.6.2 allows none at the apex; Cloudflare answers with what it leads to. */
static void
flatten_apex(struct md_input *in, const char *apex)
{
	size_t kept = 0;

	for (size_t i = 0; i < in->n; i++) {
		const struct md_rr *rr = &in->rr[i];

		if (rr->type == MD_CNAME && strcmp(rr->owner, apex) == 0)
			md_input_alias(in,
			               &(struct md_input_rr){ .owner = apex, .line = rr->line },
			               "a CNAME at the apex: Cloudflare answers with what it "
			               "leads to");
		else
			in->rr[kept++] = in->rr[i];
	}
	in->n = kept;
}

/* "per_page" records at a time, of "total_count". */
static bool
is_whole(struct md_export *export, size_t n)
{
	const json_t *told = json_object_get(export->root, "result_info");

	return md_export_field_count(export, told, "total_count", 0) <= n;
}

bool
md_export_cloudflare(struct md_export *export)
{
	const json_t *list = json_is_array(export->root)
	                             ? export->root
	                             : md_export_list(export, export->root, "result");
	const char *apex;

	if (list == NULL)
		return false;
	if (!is_whole(export, json_array_size(list)))
		return md_input_wrong(
		        export->in, 0,
		        "only a page of the zone's records (result_info): ask for "
		        "all with per_page");
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!take_record(export, json_array_get(list, i)))
			return false;
	apex = find_apex(export, list);
	if (apex == NULL)
		return false;
	flatten_apex(export->in, apex);
	md_input_zone(export->in, apex);
	return true;
}
