/* Terraform's resources that are DNS records, by provider. */
#include <string.h>

#include "proposal/terraform.h"

enum { SRV = 33 };

#define AZURE "", "zone_name", "name"

static const struct md_terraform_type types[] = {
	{ "aws_route53_record", "", "type", "", "name", "records", MD_TF_EITHER, MD_TXT_INNER,
	  "", false, true },
	{ "google_dns_record_set", "", "type", "", "name", "rrdatas", MD_TF_WHOLE, MD_TXT_SHOWN,
	  "", false, true },
	{ "azurerm_dns_a_record", "A", AZURE, "records", MD_TF_BELOW, MD_TXT_RAW, "", false,
	  true },
	{ "azurerm_dns_aaaa_record", "AAAA", AZURE, "records", MD_TF_BELOW, MD_TXT_RAW, "",
	  false, true },
	{ "azurerm_dns_caa_record", "CAA", AZURE, "record", MD_TF_BELOW, MD_TXT_RAW,
	  "#flags tag \"value", false, true },
	{ "azurerm_dns_cname_record", "CNAME", AZURE, "record", MD_TF_BELOW, MD_TXT_RAW, "",
	  false, true },
	{ "azurerm_dns_mx_record", "MX", AZURE, "record", MD_TF_BELOW, MD_TXT_RAW,
	  "#preference exchange", false, true },
	{ "azurerm_dns_ns_record", "NS", AZURE, "records", MD_TF_BELOW, MD_TXT_RAW, "", false,
	  true },
	{ "azurerm_dns_ptr_record", "PTR", AZURE, "records", MD_TF_BELOW, MD_TXT_RAW, "", false,
	  true },
	{ "azurerm_dns_srv_record", "SRV", AZURE, "record", MD_TF_BELOW, MD_TXT_RAW,
	  "#priority #weight #port target", false, true },
	{ "azurerm_dns_txt_record", "TXT", AZURE, "record", MD_TF_BELOW, MD_TXT_RAW, "value",
	  false, true },
	{ "cloudflare_dns_record", "", "type", "", "name", "content", MD_TF_EITHER,
	  MD_TXT_EITHER, "", false, false },
	{ "cloudflare_record", "", "type", "", "name", "content", MD_TF_EITHER, MD_TXT_EITHER,
	  "", false, false },
	{ "digitalocean_record", "", "type", "domain", "name", "value", MD_TF_BELOW, MD_TXT_RAW,
	  "", false, false },
	{ "dnsimple_record", "", "type", "domain", "name", "value", MD_TF_BELOW, MD_TXT_EITHER,
	  "", false, false },
	{ "dnsimple_zone_record", "", "type", "zone_name", "name", "value", MD_TF_BELOW,
	  MD_TXT_EITHER, "", false, false },
	{ "gandi_livedns_record", "", "type", "zone", "name", "values", MD_TF_BELOW,
	  MD_TXT_SHOWN, "", true, true },
	{ "ovh_domain_zone_record", "", "fieldtype", "zone", "subdomain", "target", MD_TF_BELOW,
	  MD_TXT_EITHER, "", true, false },
	{ "powerdns_record", "", "type", "zone", "name", "records", MD_TF_WHOLE, MD_TXT_SHOWN,
	  "", false, true },
	{ "scaleway_domain_record", "", "type", "dns_zone", "name", "data", MD_TF_BELOW,
	  MD_TXT_EITHER, "", true, false },
};

const struct md_terraform_type *
md_terraform_type_find(const char *resource)
{
	for (size_t i = 0; i < MD_COUNT(types); i++)
		if (strcmp(types[i].resource, resource) == 0)
			return &types[i];
	return NULL;
}

/* Resources that hold a zone, or that prove and prepare what has no records of its own. */
static const char *const harmless[] = {
	"aws_acm_certificate",
	"aws_route53_health_check",
	"aws_route53_query_log",
	"aws_route53_vpc_association_authorization",
	"aws_route53_zone_association",
	"azurerm_private_dns_", /* no mail from outside asks there */
	"azurerm_dns_zone",
	"aws_route53_zone",
	"cloudflare_zone",
	"digitalocean_domain",
	"google_dns_managed_zone",
	"google_dns_policy",
	"google_dns_response_policy",
	"aws_service_discovery_private_dns_namespace",
	"aws_route53_resolver_",
	NULL,
};

bool
md_terraform_is_zone(const char *resource)
{
	static const char *const zones[] = { "azurerm_dns_zone",        "aws_route53_zone",
		                             "cloudflare_zone",         "digitalocean_domain",
		                             "google_dns_managed_zone", NULL };

	for (size_t i = 0; zones[i] != NULL; i++)
		if (strcmp(resource, zones[i]) == 0)
			return true;
	return false;
}

static bool
is_harmless(const char *resource)
{
	for (size_t i = 0; harmless[i] != NULL; i++) {
		const size_t n = strlen(harmless[i]);
		const bool family = harmless[i][n - 1] == '_';

		if (family ? strncmp(resource, harmless[i], n) == 0
		           : strcmp(resource, harmless[i]) == 0)
			return true;
	}
	return false;
}

bool
md_terraform_may_be_dns(const char *resource)
{
	/* Parts of the names that providers have for records; some stand within a word. */
	static const char *const parts[] = { "dns",         "_record",       "rrset",
		                             "route53",     "email_routing", "nameserver",
		                             "domain_zone", "zone_file",     NULL };

	if (is_harmless(resource))
		return false;
	for (size_t i = 0; parts[i] != NULL; i++)
		if (strstr(resource, parts[i]) != NULL)
			return true;
	return false;
}

static bool
is_cloudflare(const struct md_terraform_type *t)
{
	return strncmp(t->resource, "cloudflare", strlen("cloudflare")) == 0;
}

/* ---- values ---- */

/* One of a list: a text, or an object. */
static bool
take_element(struct md_export *export, const struct md_terraform_type *t, const json_t *value,
             const struct md_input_rr *e)
{
	const char *text = json_string_value(value);

	if (text == NULL && e->type == MD_TXT)
		text = md_export_field(export, value, t->plan);
	else if (text == NULL && t->plan[0] != '\0' && json_is_object(value))
		text = md_export_compose(export, value, t->plan);
	if (text == NULL)
		return md_input_wrong(export->in, e->line, "a value of %s cannot be read",
		                      e->owner);
	return md_input_value(export->in, e, t->form, text);
}

/* Numbers of an MX, SRV or CAA that stand in fields of their own, before the value. */
static bool
take_single(struct md_export *export, const struct md_terraform_type *t, const json_t *values,
            const struct md_input_rr *e)
{
	const char *value = md_export_field(export, values, t->values_key), *whole = NULL;
	const bool apart = value != NULL && strchr(value, ' ') == NULL;

	if (value == NULL)
		return md_input_wrong(export->in, e->line, "\"%s\" is missing", t->values_key);
	if (apart && e->type == MD_MX)
		whole = md_printf(export->in->mem, "#priority %s", t->values_key);
	else if (apart && e->type == SRV)
		whole = md_printf(export->in->mem, "#priority #weight #port %s", t->values_key);
	else if (apart && e->type == MD_CAA)
		whole = md_printf(export->in->mem, "#flags tag \"%s", t->values_key);
	if (whole != NULL)
		value = md_export_compose(export, values, whole);
	return value != NULL && md_input_value(export->in, e, t->form, value);
}

/* Why the records are not those of the values; NULL when they are. */
static const char *
made_elsewhere(const json_t *values)
{
	const json_t *set = json_object_get(values, "set_identifier");
	const json_t *resource = json_object_get(values, "target_resource_id");

	if (json_array_size(json_object_get(values, "alias")) > 0 ||
	    json_string_length(resource) > 0)
		return "an alias: the provider fills it in";
	if (json_string_length(set) > 0)
		return "one of several sets: the provider chooses among them";
	return NULL;
}

bool
md_terraform_values(struct md_export *export, const struct md_terraform_type *t,
                    const json_t *values, struct md_input_rr *e)
{
	const json_t *list = json_object_get(values, t->values_key);
	const char *why = made_elsewhere(values);

	if (why != NULL) {
		md_input_unknown(export->in, e, why);
		return true;
	}
	if (!t->below)
		e->origin = NULL;
	if (is_cloudflare(t))
		return md_export_cloudflare_rr(export, values, e);
	if (!json_is_array(list))
		return take_single(export, t, values, e);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!take_element(export, t, json_array_get(list, i), e))
			return false;
	return true;
}

/* ---- known after apply ---- */

/* after_unknown has true in the place of each value that is not known. */
static bool
holds_true(json_t *mark)
{
	if (json_is_true(mark))
		return true;
	for (size_t i = 0; i < json_array_size(mark); i++)
		if (holds_true(json_array_get(mark, i)))
			return true;
	for (void *at = json_object_iter(mark); at != NULL;
	     at = json_object_iter_next(mark, at))
		if (holds_true(json_object_iter_value(at)))
			return true;
	return false;
}

bool
md_terraform_field_unknown(const json_t *after_unknown, const char *key)
{
	return holds_true(json_object_get(after_unknown, key));
}

bool
md_terraform_unknown(const struct md_terraform_type *t, const json_t *after,
                     const json_t *after_unknown)
{
	const json_t *fields = json_object_get(after, "data");

	if (md_terraform_field_unknown(after_unknown, "priority"))
		return true;
	/* Cloudflare's provider makes the content of the fields, and knows it only then. */
	if (is_cloudflare(t) && (json_array_size(fields) > 0 || json_object_size(fields) > 0))
		return md_terraform_field_unknown(after_unknown, "data");
	if (is_cloudflare(t) && json_is_string(json_object_get(after, "value")))
		return false;
	return md_terraform_field_unknown(after_unknown, t->values_key);
}
