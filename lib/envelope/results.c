/* Who wrote an Authentication-Results field: the receiver, or anybody upstream? */
#include <string.h>

#include "base/name.h"
#include "domain/psl.h"
#include "rules.h"

/* RFC 8601 5: "SHOULD be a common token used throughout the ADMD": mostly its domain. */
static bool
same_organisation(struct md_arena *mem, const char *id, const char *host)
{
	const char *a = md_name_normal(mem, md_str(id));
	const char *b = md_name_normal(mem, md_str(host));

	return id[0] != '\0' && host[0] != '\0' &&
	       (strcmp(a, b) == 0 || (md_name_labels(a) > 1 && md_psl_same_organisation(a, b)));
}

/* Microsoft's receivers leave the authserv-id out. */
static bool
bears_name_of(struct md_arena *mem, const char *id, const struct md_received *hop)
{
	return same_organisation(mem, id[0] != '\0' ? id : "outlook.com", hop->by);
}

/* Of the hosts that received the message, from the trusted edge on. */
static bool
is_receivers(struct md_ctx *c, const char *id, const struct md_received *edge)
{
	const struct md_route *route = md_route(c);

	for (size_t i = 0; i < route->n; i++) {
		if (bears_name_of(md_mem(c), id, route->hops[i]))
			return true;
		if (route->hops[i]->field == edge->field)
			break;
	}
	return false;
}

/*
 * Gmail writes its results right below its own Received field, with nothing but Received-SPF
 * between.  A forged field came with the message, so it stands below those.
 */
static bool
is_gmails(const struct md_authres *a, const struct md_received *edge)
{
	if (!md_eq_nocase(a->authserv_id, "mx.google.com") ||
	    !md_eq_nocase(edge->by, "mx.google.com") || a->field < edge->field)
		return false;
	for (const struct md_field *f = edge->field + 1; f < a->field; f++)
		if (!md_str_eq_nocase(f->name, "Received-SPF"))
			return false;
	return true;
}

enum md_results_trust
md_results_trust(struct md_ctx *c, const struct md_authres *a, const char **why)
{
	struct md_arena *mem = md_mem(c);
	const struct md_received *edge = md_envelope(c)->edge;
	const char *by = edge != NULL && edge->by[0] != '\0' ? md_show(mem, md_str(edge->by))
	                                                     : "the receiver";
	bool ours;

	if (edge == NULL) {
		*why = "cannot be told from a forged one: no Received field names the receiver";
		return MD_RESULTS_UPSTREAM;
	}
	if (is_gmails(a, edge)) {
		*why = md_printf(
		        mem,
		        "stands right below the Received field of %s (line %zu), where "
		        "Gmail writes its own",
		        by, edge->field->line);
		return MD_RESULTS_TRUSTED;
	}
	ours = is_receivers(c, a->authserv_id, edge);
	*why = md_printf(mem, "stands %s the Received field of %s (line %zu)%s",
	                 a->field < edge->field ? "above" : "below", by, edge->field->line,
	                 ours ? "" : ", under another name");
	if (a->field < edge->field)
		return ours ? MD_RESULTS_TRUSTED : MD_RESULTS_NAMELESS;
	return ours ? MD_RESULTS_FORGED : MD_RESULTS_UPSTREAM;
}
