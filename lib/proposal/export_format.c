/* Which format an export in JSON has, and its reader. */
#include "proposal/export.h"

static bool
has(const json_t *object, const char *key)
{
	return json_object_get(object, key) != NULL;
}

/* Terraform's own file, which is for Terraform alone: another form, and what was, no change. */
static bool
is_state(const json_t *root)
{
	return !has(root, "format_version") && has(root, "terraform_version") &&
	       has(root, "lineage") && json_is_array(json_object_get(root, "resources"));
}

static enum md_zone_format
detect(const json_t *root)
{
	const json_t *one = json_is_array(root) ? json_array_get(root, 0) : NULL;

	if (has(root, "resource_changes") || has(root, "planned_values") ||
	    has(root, "terraform_version") ||
	    (has(root, "format_version") && has(root, "values")))
		return MD_ZONE_TERRAFORM;
	if (has(root, "ResourceRecordSets") || has(root, "Changes") || has(root, "ChangeBatch"))
		return MD_ZONE_ROUTE53;
	if (has(root, "rrsets"))
		return MD_ZONE_POWERDNS;
	if (has(root, "domains"))
		return MD_ZONE_DNSCONTROL;
	if (json_is_array(json_object_get(root, "result")) ||
	    (has(one, "type") && has(one, "content")))
		return MD_ZONE_CLOUDFLARE;
	return MD_ZONE_DETECT;
}

bool
md_input_json(struct md_input *in, enum md_zone_format format)
{
	struct md_export export;

	if (!md_export_read(&export, in))
		return false;
	if (is_state(export.root))
		return md_input_wrong(in, 0,
		                      "a state of Terraform (terraform.tfstate) and no plan: "
		                      "give what \"terraform show -json PLAN\" prints");
	switch (format != MD_ZONE_DETECT ? format : detect(export.root)) {
	case MD_ZONE_DNSCONTROL:
		return md_export_dnscontrol(&export);
	case MD_ZONE_TERRAFORM:
		return md_export_terraform(&export);
	case MD_ZONE_ROUTE53:
		return md_export_route53(&export);
	case MD_ZONE_POWERDNS:
		return md_export_powerdns(&export);
	case MD_ZONE_CLOUDFLARE:
		return md_export_cloudflare(&export);
	default:
		return md_input_wrong(in, 0,
		                      "this JSON is neither of dnscontrol print-ir nor of "
		                      "terraform show -json, Route 53, PowerDNS or Cloudflare");
	}
}
