/* What trace fields tell of the handover of a message; each part says which field told it. */
#include "envelope/envelope.h"

#include <inttypes.h>
#include <string.h>

#include "base/name.h"
#include "envelope/edge.h"
#include "mail/authres.h"
#include "mail/received_spf.h"

static const void *
derive_route(struct md_ctx *c, const char *arg)
{
	const struct md_message *message = md_subject(c)->message;
	struct md_route *route = md_alloc(md_mem(c), sizeof(*route));
	const struct md_received **hops = NULL;
	const struct md_field *field = NULL;

	(void)arg;
	while ((field = md_message_field(message, "Received", field)) != NULL) {
		if (route->n == MD_HOPS_MOST)
			route->nomitted++;
		else
			MD_PUSH(md_mem(c), hops, route->n, md_received_parse(md_mem(c), field));
	}
	route->hops = hops;
	return route;
}

const struct md_route *
md_route(struct md_ctx *c)
{
	return md_derive(c, derive_route, "");
}

int64_t
md_hop_delay(const struct md_route *route, size_t i)
{
	if (i + 1 >= route->n || !route->hops[i]->date.valid || !route->hops[i + 1]->date.valid)
		return MD_NO_DELAY;
	return route->hops[i]->date.seconds - route->hops[i + 1]->date.seconds;
}

/* ---- sources of the envelope ---- */

/* What the parts are put together from. */
struct telling {
	struct md_ctx *c;
	struct md_arena *mem;
	struct md_envelope *envelope;
	struct md_edge edge;
	const struct md_received_spf *spf; /* the receiver's, newest; NULL for none */
};

static const char *
at_line(const struct telling *t, const char *what, const struct md_field *field)
{
	return md_printf(t->mem, "%s (line %zu)", what, field->line);
}

static const char *
at_edge(const struct telling *t)
{
	const char *by = t->edge.hop->by;

	return at_line(
	        t,
	        by[0] != '\0' ? md_printf(t->mem, "Received of %s", md_show(t->mem, md_str(by)))
	                      : "Received",
	        t->edge.hop->field);
}

/* Only what stands above the edge was written by the receiver. */
static const struct md_received_spf *
receivers_spf(const struct telling *t)
{
	const struct md_field *field =
	        md_message_field(md_subject(t->c)->message, "Received-SPF", NULL);

	if (field == NULL || t->edge.limit == NULL || field > t->edge.limit)
		return NULL;
	return md_received_spf_parse(t->mem, field);
}

/* A property of SPF's result in the receiver's newest Authentication-Results, or NULL. */
static const char *
receivers_authres(const struct telling *t, const char *property, const struct md_field **field)
{
	const struct md_message *message = md_subject(t->c)->message;

	*field = NULL;
	while ((*field = md_message_field(message, "Authentication-Results", *field)) != NULL &&
	       t->edge.limit != NULL && *field < t->edge.limit) {
		const struct md_authres *ar = md_authres_parse(t->mem, *field, false);

		for (size_t i = 0; i < ar->n; i++) {
			const char *value = md_authres_value(&ar->results[i], "smtp", property);

			if (strcmp(ar->results[i].method, "spf") == 0 && value != NULL)
				return value;
		}
	}
	return NULL;
}

static void
tell_ip(const struct telling *t)
{
	const struct md_subject *subject = md_subject(t->c);
	struct md_envelope *e = t->envelope;

	e->has_ip = true;
	if (subject->nips > 0) {
		e->ip = subject->ips[0];
		e->ip_from = "--ip";
	} else if (t->edge.hop != NULL && t->edge.hop->has_ip) {
		e->ip = t->edge.hop->ip;
		e->ip_from = at_edge(t);
	} else if (t->spf != NULL && t->spf->has_ip) {
		e->ip = t->spf->ip;
		e->ip_from = at_line(t, "Received-SPF", t->spf->field);
	} else {
		e->has_ip = false;
	}
}

static void
tell_helo(const struct telling *t)
{
	const struct md_subject *subject = md_subject(t->c);
	struct md_envelope *e = t->envelope;
	const struct md_field *field;
	const char *helo;

	if (subject->helo[0] != '\0') {
		e->helo = subject->helo;
		e->helo_from = "--helo";
	} else if (t->edge.hop != NULL && t->edge.hop->helo[0] != '\0') {
		e->helo = t->edge.hop->helo;
		e->helo_from = at_edge(t);
	} else if (t->spf != NULL && t->spf->helo[0] != '\0') {
		e->helo = t->spf->helo;
		e->helo_from = at_line(t, "Received-SPF", t->spf->field);
	} else if ((helo = receivers_authres(t, "helo", &field)) != NULL) {
		e->helo = helo;
		e->helo_from = at_line(t, "Authentication-Results", field);
	}
}

/* "<a@example.com>", "a@example.com" or "<>"; NULL when it is no path. */
static const char *
path_of(struct md_arena *mem, struct md_str s)
{
	const char *path;

	s = md_str_trim(s, " \t\r\n");
	if (md_str_eq(s, "<>"))
		return "<>";
	s = md_str_trim(s, "<>");
	if (s.len > 0 && s.p[0] == '@') /* a source route: RFC 5321 C, RFC 5322 4.4 */
		s = md_str_skip(s, md_str_find(s, ':') + 1);
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '<' || s.p[i] == '>')
			return NULL;
	path = md_strndup(mem, s.len > 0 ? s.p : "", s.len);
	return path[0] != '\0' ? path : NULL;
}

/* RFC 7208 4.3: SPF is asked for the A-labels of an internationalized domain. */
static struct md_reverse_path
with_a_labels(struct md_arena *mem, struct md_reverse_path path)
{
	const char *why, *domain;
	bool ascii = true;

	for (const char *p = path.domain; *p != '\0'; p++)
		ascii = ascii && (unsigned char)*p < 0x80;
	domain = ascii ? NULL : md_name_from_user(mem, path.domain, &why);
	return domain != NULL ? md_reverse_path_spelled(mem, &path, domain) : path;
}

/* Takes a path from a trace field, where "" is the null path. */
static bool
take_path(const struct telling *t, const char *path, const char *from)
{
	if (path == NULL)
		return false;
	t->envelope->mail_from = with_a_labels(
	        t->mem, md_reverse_path_read(t->mem, path[0] != '\0' ? path : "<>"));
	t->envelope->mail_from_from = from;
	return true;
}

static const char *
domain_of(const struct telling *t, const char *path)
{
	const struct md_reverse_path read = md_reverse_path_read(t->mem, path);

	return md_name_normal(t->mem, md_str(read.domain));
}

/*
 * Does the receiver say of another domain that it was MAIL FROM's?  Microsoft's receivers write
 * Return-Path below their Received field, where a sender's would stand, too.
 */
static bool
is_contradicted(const struct telling *t, const struct md_field *field, const char *path)
{
	const struct md_field *where;
	const char *theirs;

	if (t->edge.limit == NULL || field < t->edge.limit || strcmp(path, "<>") == 0)
		return false;
	theirs = receivers_authres(t, "mailfrom", &where);
	if (theirs == NULL && t->spf != NULL)
		theirs = t->spf->envelope_from;
	return theirs != NULL && theirs[0] != '\0' && strcmp(theirs, "<>") != 0 &&
	       strcmp(domain_of(t, theirs), domain_of(t, path)) != 0;
}

/* RFC 5321 4.4: the final delivery adds one Return-Path, and takes off any other. */
static bool
take_return_path(const struct telling *t)
{
	const struct md_field *field =
	        md_message_field(md_subject(t->c)->message, "Return-Path", NULL);
	const char *path = field != NULL ? path_of(t->mem, field->value) : NULL;

	return path != NULL && !is_contradicted(t, field, path) &&
	       take_path(t, path, at_line(t, "Return-Path", field));
}

static void
tell_mail_from(const struct telling *t)
{
	const struct md_subject *subject = md_subject(t->c);
	const struct md_field *field;
	const char *path;

	if (subject->mail_from.given) {
		t->envelope->mail_from = subject->mail_from;
		t->envelope->mail_from_from = "--mail-from";
		return;
	}
	if (t->edge.hop != NULL && take_path(t, t->edge.hop->envelope_from, at_edge(t)))
		return;
	if (take_return_path(t))
		return;
	if (t->spf != NULL &&
	    take_path(t, t->spf->envelope_from, at_line(t, "Received-SPF", t->spf->field)))
		return;
	path = receivers_authres(t, "mailfrom", &field);
	if (path != NULL)
		take_path(t, path_of(t->mem, md_str(path)),
		          at_line(t, "Authentication-Results", field));
}

/*
 * When the receiver took the message over: the date of the edge, or the nearest date above it;
 * without an edge the newest date.
 */
static int64_t
receipt(const struct md_route *route, const struct md_received *edge)
{
	int64_t seconds = -1;

	for (size_t i = 0; i < route->n; i++) {
		if (route->hops[i]->date.valid && route->hops[i]->date.seconds >= 0 &&
		    (edge != NULL || seconds < 0))
			seconds = route->hops[i]->date.seconds;
		if (route->hops[i] == edge)
			break;
	}
	return seconds;
}

/* RFC 3464, RFC 3834 5: a report of delivery, or what says that it is automatic. */
static bool
is_automatic(const struct md_message *m)
{
	const struct md_field *submitted = md_message_field(m, "Auto-Submitted", NULL);
	const struct md_field *type = md_message_field(m, "Content-Type", NULL);

	return (submitted != NULL &&
	        !md_str_eq_nocase(md_str_trim(submitted->value, " \t\r\n"), "no")) ||
	       (type != NULL &&
	        md_str_starts_nocase(md_str_trim(type->value, " \t\r\n"), "multipart/report"));
}

static const void *
derive_envelope(struct md_ctx *c, const char *arg)
{
	const struct md_route *route = md_route(c);
	struct md_envelope *e = md_alloc(md_mem(c), sizeof(*e));
	struct telling t = { c, md_mem(c), e, md_edge_find(c, route), NULL };

	(void)arg;
	t.spf = receivers_spf(&t);
	e->edge = t.edge.hop;
	e->edge_why = t.edge.why;
	e->ip_from = e->helo = e->helo_from = e->mail_from_from = "";
	e->mail_from = md_reverse_path_read(t.mem, "");
	tell_ip(&t);
	tell_helo(&t);
	tell_mail_from(&t);
	e->received_at = receipt(route, t.edge.hop);
	e->bounce = e->mail_from.null && is_automatic(md_subject(c)->message);
	return e;
}

const struct md_envelope *
md_envelope(struct md_ctx *c)
{
	return md_derive(c, derive_envelope, "");
}

int64_t
md_receipt(struct md_ctx *c, const char **from)
{
	const int64_t received_at = md_envelope(c)->received_at;

	*from = md_subject(c)->now_given ? "--now" : "now";
	if (md_subject(c)->now_given || received_at < 0)
		return md_now(c);
	*from = "the time of receipt";
	return received_at;
}

const char *
md_envelope_age(struct md_ctx *c, const struct md_envelope *e)
{
	enum { RECENT = 3, A_DAY = 24 * 60 * 60 };
	const int64_t days = (md_now(c) - e->received_at) / A_DAY;

	/* With --now the time of today is not known. */
	if (e->received_at < 0 || md_subject(c)->now_given || days < RECENT)
		return "";
	return md_printf(md_mem(c), "; by the records of today, %" PRId64 " days after receipt",
	                 days);
}
