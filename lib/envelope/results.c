/* Who wrote an Authentication-Results field: the receiver, or anybody upstream? */
#include "envelope/results.h"

#include <string.h>

#include "base/name.h"
#include "domain/psl.h"

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

static bool
is_at_gmail(const struct md_authres *a, const struct md_received *edge)
{
	return md_eq_nocase(a->authserv_id, "mx.google.com") &&
	       md_eq_nocase(edge->by, "mx.google.com");
}

/*
 * Gmail writes its results right below its own Received field, in one field, with nothing but
 * Received-SPF between.  A forged field came with the message, so it stands below those.
 */
static bool
is_gmails(const struct md_authres *a, const struct md_received *edge)
{
	if (!is_at_gmail(a, edge) || a->field < edge->field)
		return false;
	for (const struct md_field *f = edge->field + 1; f < a->field; f++)
		if (!md_str_eq_nocase(f->name, "Received-SPF"))
			return false;
	return true;
}

/* Fields that come with a message, and that no receiver's server adds. */
static bool
came_with_it(const struct md_field *f)
{
	static const char *const names[] = {
		"Received",     "From",       "Sender",         "Reply-To",
		"To",           "Cc",         "Subject",        "Date",
		"Message-ID",   "References", "In-Reply-To",    "MIME-Version",
		"Content-Type", "User-Agent", "DKIM-Signature", "Content-Transfer-Encoding",
	};

	for (size_t i = 0; i < MD_COUNT(names); i++)
		if (md_str_eq_nocase(f->name, names[i]))
			return true;
	return md_str_starts_nocase(f->name, "List-");
}

enum { LOOKED_AT_MOST = 300 }; /* no server adds more fields than this */

static bool
any_came_with_it(const struct md_field *from, const struct md_field *to)
{
	for (const struct md_field *f = from; f < to; f++)
		if (f - from >= LOOKED_AT_MOST || came_with_it(f))
			return true;
	return false;
}

/*
 * Can a field of the receiver's name that stands below its edge be the sender's alone?  Not
 * right below another Received of that name, which tells of an earlier visit, and not at the
 * end of the header, where old milters add theirs.
 */
static bool
is_surely_forged(struct md_ctx *c, const struct md_authres *a, const struct md_received *edge)
{
	const struct md_message *m = md_subject(c)->message;
	const struct md_route *route = md_route(c);
	const struct md_received *above = NULL;

	for (size_t i = 0; i < route->n && route->hops[i]->field < a->field; i++)
		above = route->hops[i];
	if (above != NULL && bears_name_of(md_mem(c), a->authserv_id, above) &&
	    !any_came_with_it(above->field + 1, a->field))
		return above->field == edge->field && is_at_gmail(a, edge);
	return any_came_with_it(a->field + 1, m->fields + m->n);
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
	if (ours && !is_at_gmail(a, edge) && !any_came_with_it(edge->field + 1, a->field)) {
		*why = md_printf(
		        mem,
		        "stands right below the Received field of %s (line %zu), where "
		        "its milters write",
		        by, edge->field->line);
		return MD_RESULTS_LIKELY;
	}
	return ours && is_surely_forged(c, a, edge) ? MD_RESULTS_FORGED : MD_RESULTS_UPSTREAM;
}
