/* What became of each attempt, and of the whole question, in words. */
#include "resolver/outcome.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

static void
add_strays(struct md_buf *b, const unsigned strays[MD_STRAYS])
{
	static const char *const what[MD_STRAYS] = {
		[MD_STRAY_ID] = "with a wrong id",
		[MD_STRAY_QUESTION] = "to another question",
		[MD_STRAY_LATE] = "that came too late",
	};

	for (unsigned i = 0; i < MD_STRAY_GARBAGE; i++) {
		if (strays[i] > 0)
			md_buf_printf(b, "; dropped %u %s %s", strays[i],
			              strays[i] == 1 ? "reply" : "replies", what[i]);
	}
	if (strays[MD_STRAY_GARBAGE] > 0) /* whose it was cannot be told */
		md_buf_printf(b, "; dropped what was no DNS reply");
}

const char *
md_outcome_text(struct md_arena *mem, const struct md_outcome *o, double seconds)
{
	struct md_buf b = { .mem = mem };

	switch (o->kind) {
	case MD_OUTCOME_RCODE:
	case MD_OUTCOME_NOTED:
		md_buf_printf(&b, "%s", o->what);
		if (o->more[0] != '\0')
			md_buf_printf(&b, " (%s)", o->more);
		break;
	case MD_OUTCOME_TCP:
		md_buf_printf(&b, "TCP %s", o->what);
		break;
	case MD_OUTCOME_REFERRAL:
		md_buf_printf(&b, "a referral to other servers");
		break;
	case MD_OUTCOME_MALFORMED:
		md_buf_printf(&b, "unreadable: %s", o->what);
		break;
	case MD_OUTCOME_UNREACHABLE:
		md_buf_printf(&b, "%s", o->what);
		break;
	case MD_OUTCOME_SILENCE:
		md_buf_printf(&b, "no answer within %g s", seconds);
		break;
	}
	add_strays(&b, o->strays);
	return md_buf_str(&b);
}

/* The attempts that ended alike. */
struct group {
	const struct md_outcome *first;
	const char *more;
	size_t n, nservers;
	const char **servers;
	unsigned strays[MD_STRAYS];
};

/* A server that fails the same way twice may explain it at greater length once. */
static bool
alike(const struct md_outcome *a, const struct md_outcome *b)
{
	return a->kind == b->kind && strcmp(a->what, b->what) == 0 &&
	       (strcmp(a->more, b->more) == 0 || strcmp(a->server, b->server) == 0);
}

static void
add_server(struct md_arena *mem, struct group *g, const char *server)
{
	for (size_t i = 0; i < g->nservers; i++)
		if (strcmp(g->servers[i], server) == 0)
			return;
	MD_PUSH(mem, g->servers, g->nservers, server);
}

/* o[first] and those like it; they are told of now. */
static struct group
gather(struct md_arena *mem, const struct md_outcome *o, size_t n, size_t first, bool *told)
{
	struct group g = { .first = &o[first], .more = "" };

	for (size_t i = first; i < n; i++) {
		if (told[i] || !alike(&o[i], g.first))
			continue;
		told[i] = true;
		g.n++;
		if (strlen(o[i].more) > strlen(g.more))
			g.more = o[i].more;
		add_server(mem, &g, o[i].server);
		for (unsigned s = 0; s < MD_STRAYS; s++)
			g.strays[s] += o[i].strays[s];
	}
	return g;
}

/* "a", "a and b", "a, b and c". */
static const char *
listed(struct md_arena *mem, const struct group *g)
{
	struct md_buf b = { .mem = mem };

	for (size_t i = 0; i < g->nservers; i++) {
		if (i > 0)
			md_buf_printf(&b, i + 1 == g->nservers ? " and " : ", ");
		md_buf_printf(&b, "%s", g->servers[i]);
	}
	return md_buf_str(&b);
}

static void
add_silence(struct md_buf *b, const struct group *g, double seconds)
{
	md_buf_printf(b, "no answer from %s within %g s%s", listed(b->mem, g), seconds,
	              g->nservers > 1 ? " each" : "");
	if (g->n > 1)
		md_buf_printf(b, " (%zu tries)", g->n);
	add_strays(b, g->strays);
}

static void
add_clause(struct md_buf *b, const struct group *g, double seconds)
{
	const char *who = listed(b->mem, g), *what = g->first->what;

	switch (g->first->kind) {
	case MD_OUTCOME_RCODE:
		md_buf_printf(b, "%s from %s", what, who);
		if (g->more[0] != '\0')
			md_buf_printf(b, " (%s)", g->more);
		break;
	case MD_OUTCOME_TCP:
		md_buf_printf(b, "truncated over UDP, and TCP to %s %s", who, what);
		break;
	case MD_OUTCOME_REFERRAL:
		md_buf_printf(b, "only a referral to other servers from %s", who);
		break;
	case MD_OUTCOME_MALFORMED:
		md_buf_printf(b, "unreadable answer from %s: %s", who, what);
		break;
	case MD_OUTCOME_UNREACHABLE:
		md_buf_printf(b, "%s cannot be asked: %s", who, what);
		break;
	case MD_OUTCOME_SILENCE:
		add_silence(b, g, seconds);
		break;
	case MD_OUTCOME_NOTED:
		break;
	}
}

const char *
md_outcome_explain(struct md_arena *mem, const struct md_outcome *o, size_t n, double seconds)
{
	bool *told = md_alloc(mem, n * sizeof(*told));
	struct md_buf b = { .mem = mem };

	for (unsigned kind = 0; kind < MD_OUTCOME_NOTED; kind++) {
		for (size_t i = 0; i < n; i++) {
			struct group g;

			if (o[i].kind != kind || told[i])
				continue;
			g = gather(mem, o, n, i, told);
			if (b.len > 0)
				md_buf_printf(&b, "; ");
			add_clause(&b, &g, seconds);
		}
	}
	return md_buf_str(&b);
}
