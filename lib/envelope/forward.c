/* Forwarding: by Gmail, with a rewritten reverse-path (SRS), and plain. */
#include "envelope/forward.h"

#include <string.h>

#include "base/name.h"

enum { MOST_EARLIER = 5 };

static const char *
host_of(struct md_arena *mem, const char *host)
{
	return host[0] != '\0' ? md_show(mem, md_str(host)) : "a host";
}

/* ---- with a reverse-path of the forwarder's ---- */

/* Gmail: "ann.b+caf_=ann=example.org@gmail.com", forwarded for ann.b to ann@example.org. */
static const struct md_forwarding *
by_gmail(struct md_ctx *c, const struct md_reverse_path *path)
{
	struct md_forwarding *f;
	const char *mark = strstr(path->local, "+caf_=");
	const char *user;

	if (mark == NULL || mark == path->local)
		return NULL;
	user = md_show(md_mem(c), (struct md_str){ path->local, (size_t)(mark - path->local) });
	f = md_alloc(md_mem(c), sizeof(*f));
	f->by = md_printf(md_mem(c), "Gmail for %s@%s", user,
	                  md_show(md_mem(c), md_str(path->domain)));
	f->how = md_printf(md_mem(c),
	                   "by %s: MAIL FROM has the mark caf_= of Gmail's forwarding", f->by);
	return f;
}

/* After "SRS0=HASH=TT=": "example.com=ann"; p is NULL where it is no SRS0. */
static struct md_str
srs_original(const char *local)
{
	struct md_str rest = md_str(local), piece;

	if (md_str_starts_nocase(rest, "SRS0") && rest.len > 4 &&
	    strchr("=+-", rest.p[4]) != NULL)
		rest = md_str_skip(rest, 5);
	else if (strstr(local, "+SRS=") != NULL) /* Microsoft */
		rest = md_str(strstr(local, "+SRS=") + 5);
	else
		return (struct md_str){ NULL, 0 };
	if (!md_str_cut(&rest, '=', &piece) || !md_str_cut(&rest, '=', &piece))
		return (struct md_str){ NULL, 0 };
	return rest;
}

/* The Sender Rewriting Scheme: "SRS0=HASH=TT=example.com=ann@forwarder.example". */
static const struct md_forwarding *
by_srs(struct md_ctx *c, const struct md_reverse_path *path)
{
	struct md_arena *mem = md_mem(c);
	struct md_str rest = srs_original(path->local), domain;
	const bool again = md_str_starts_nocase(md_str(path->local), "SRS1") &&
	                   strlen(path->local) > 4 && strchr("=+-", path->local[4]) != NULL;
	struct md_forwarding *f;

	if (!again && (rest.p == NULL || !md_str_cut(&rest, '=', &domain)))
		return NULL;
	f = md_alloc(mem, sizeof(*f));
	f->by = md_show(mem, md_str(path->domain));
	f->how =
	        again ? md_printf(mem, "by %s, and by another before: MAIL FROM is SRS1", f->by)
	              : md_printf(mem, "by %s: MAIL FROM was %s@%s before (SRS)", f->by,
	                          md_show(mem, rest), md_show(mem, domain));
	return f;
}

/* ---- plain ---- */

/* A host before the edge that SPF lets pass; NULL for none. */
static const struct md_received *
passing_hop(struct md_ctx *c, const struct md_envelope *e)
{
	const struct md_route *route = md_route(c);
	unsigned tried = 0;

	for (size_t i = 0; i < route->n && tried < MOST_EARLIER; i++) {
		const struct md_received *hop = route->hops[i];
		struct md_spf_query query = { .mail_from = e->mail_from, .helo = hop->helo };

		if (hop->field <= e->edge->field || !hop->has_ip || hop->submitted ||
		    md_addr_special(hop->ip) != NULL || md_addr_eq(hop->ip, e->ip))
			continue;
		query.ip = hop->ip;
		tried++;
		if (md_spf_check_host(c, &query)->result == MD_SPF_RESULT_PASS)
			return hop;
	}
	return NULL;
}

/* RFC 7208 D.2: the forwarder kept the reverse-path, and is not in its domain's record. */
static const struct md_forwarding *
plainly(struct md_ctx *c, const struct md_envelope *e, const struct md_spf_verdict *v)
{
	struct md_forwarding *f;
	const struct md_received *hop;

	if (e->edge == NULL || v->result == MD_SPF_RESULT_PASS ||
	    v->result == MD_SPF_RESULT_PERMERROR || v->result == MD_SPF_RESULT_NONE ||
	    v->result == MD_SPF_RESULT_TEMPERROR)
		return NULL;
	hop = passing_hop(c, e);
	if (hop == NULL)
		return NULL;
	f = md_alloc(md_mem(c), sizeof(*f));
	f->origin = hop;
	f->by = host_of(md_mem(c), hop->by);
	f->how = md_printf(
	        md_mem(c),
	        "by %s, whose Received field in line %zu says that it had the message "
	        "from %s, which may send for %s (who forges a message can write that "
	        "field, too)",
	        f->by, hop->field->line, md_addr_print(md_mem(c), hop->ip), v->domain);
	return f;
}

const struct md_forwarding *
md_forwarding_find(struct md_ctx *c, const struct md_envelope *e,
                   const struct md_spf_verdict *v)
{
	const struct md_forwarding *f;

	if (e->mail_from.null || !e->mail_from.given || strcmp(e->ip_from, "--ip") == 0)
		return NULL;
	f = by_gmail(c, &e->mail_from);
	if (f == NULL)
		f = by_srs(c, &e->mail_from);
	return f != NULL ? f : plainly(c, e, v);
}
