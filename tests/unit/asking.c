/* What the tests of the resolver share: asking, running, and what came of it. */
#include "unit.h"

#include "asking.h"

#include <poll.h>
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/str.h"

void
note(void *arg, const struct md_resolved *resolved)
{
	struct seen *s = arg;
	const struct md_attempt *a = resolved->attempts;

	s->calls++;
	s->answered = resolved->reply != NULL;
	s->rcode = s->answered ? resolved->reply->rcode : -1;
	s->n = s->answered ? resolved->reply->n : 0;
	s->nattempts = resolved->nattempts;
	snprintf(s->why, sizeof(s->why), "%s", resolved->why);
	if (s->nattempts == 0)
		return;
	snprintf(s->first, sizeof(s->first), "%s", a[0].outcome);
	snprintf(s->last, sizeof(s->last), "%s", a[s->nattempts - 1].outcome);
	s->tcp = a[s->nattempts - 1].tcp;
	s->truncated = a[0].truncated;
}

struct md_resolver *
new_resolver(struct md_arena *mem, const char *const *servers)
{
	const struct md_resolver_options o = { .servers = servers,
		                               .query_timeout = WAIT,
		                               .tries = 4 };
	const char *why = "";
	struct md_resolver *r = md_resolver_new(mem, &o, &why);

	assert_string_equal(why, "");
	assert_non_null(r);
	return r;
}

uint64_t
ask(struct md_resolver *r, const char *name, const char *server, struct seen *s)
{
	const struct md_question q = { .name = name, .type = MD_A, .server = server };

	return md_resolver_ask(r, &q, note, s);
}

double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
run(struct md_resolver *r, struct faulty *servers, size_t n, double longest)
{
	const double end = seconds() + longest;

	while (md_resolver_timeout(r) >= 0 && seconds() < end) {
		struct pollfd p = { .fd = md_resolver_fd(r), .events = POLLIN };
		const int ms = md_resolver_timeout(r);

		poll(&p, 1, ms < 5 ? ms : 5);
		md_resolver_step(r);
		for (size_t i = 0; i < n; i++)
			faulty_step(&servers[i]);
	}
}

const char *
expected(struct md_arena *mem, const char *text, const struct faulty *servers)
{
	struct md_buf b = { .mem = mem };

	for (; *text != '\0'; text++) {
		if (*text == '@')
			md_buf_printf(&b, "%s", servers[*++text - '1'].name);
		else
			md_buf_addc(&b, *text);
	}
	return md_buf_str(&b);
}

void
open_pair(struct pair *p, const char *script)
{
	p->mem = md_arena_new();
	faulty_open(&p->server, script, NULL);
	p->resolver = new_resolver(p->mem, (const char *[]){ p->server.name, NULL });
}

void
close_pair(struct pair *p)
{
	md_resolver_free(p->resolver);
	faulty_close(&p->server);
	md_arena_free(p->mem);
}
