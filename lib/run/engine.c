/* The engine, opened and closed: the sources that all its runs share. */
#include "run/engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sys/epoll.h>
#include <unistd.h>

#include "ask/datafile.h"
#include "dkim/crypto.h"
#include "fact/cache.h"
#include "kind/kinds.h"
#include "profile/profile.h"
#include "witness/path.h"

/*
 * Memory for the facts that runs in bulk share, about 10,000 of them.  What many domains have
 * in common is used often, and so stays.  A larger cache would only add names that are asked
 * for twice, and the resolver keeps those, too.
 */
enum { CACHE_BYTES = 4 << 20 };

/* How many blocking fetches run at once: they spend most of their time waiting. */
enum { MOST_THREADS = 64 };

static bool
open_files(struct md_engine *e, const struct md_engine_options *o, const char **why)
{
	size_t n = 0;

	e->datafiles = md_datafiles_open(e->mem, o->data_dir, why);
	if (e->datafiles == NULL ||
	    !md_profiles_good(e->mem, md_datafiles_find(e->datafiles, "profiles"), o->data_dir,
	                      why))
		return false;
	if (o->replay != NULL) {
		e->replay = md_replay_open(e->mem, o->replay, e->kinds, why);
		if (e->replay == NULL)
			return false;
	}
	while (o->zones != NULL && o->zones[n] != NULL)
		n++;
	e->zones = md_alloc(e->mem, (n + 1) * sizeof(*e->zones));
	for (size_t i = 0; i < n; i++) {
		e->zones[i] = md_zone_open(e->mem, o->zones[i], why);
		if (e->zones[i] == NULL)
			return false;
	}
	e->sources.replay = e->replay;
	e->sources.zones = e->zones;
	e->sources.nzones = n;
	e->sources.given = o->given;
	return true;
}

/* A word of facts files that is taken: "run" is their first line. */
static bool
is_taken(const struct md_fact_kind *const *kinds, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return true;
	return strcmp(name, "run") == 0;
}

/* Our kinds of facts, and then the caller's own. */
static bool
take_kinds(struct md_engine *e, const struct md_fact_kind *const *more, const char **why)
{
	const struct md_fact_kind **all = NULL;
	size_t n = 0;

	e->kinds = md_kinds;
	if (more == NULL)
		return true;
	for (size_t i = 0; md_kinds[i] != NULL; i++)
		MD_PUSH(e->mem, all, n, md_kinds[i]);
	for (; *more != NULL; more++) {
		if (is_taken(all, n, (*more)->name)) {
			*why = md_printf(e->mem, "the name of a kind of fact is taken: %s",
			                 (*more)->name);
			return false;
		}
		MD_PUSH(e->mem, all, n, *more);
	}
	MD_PUSH(e->mem, all, n, NULL);
	e->kinds = all;
	return true;
}

/* The caller's proposal, over a base that both sides share. */
static void
lay_over(struct md_engine *e, const struct md_proposal *proposal)
{
	if (proposal == NULL)
		return;
	md_store_init(&e->frozen, e->mem);
	e->base = e->sources;
	e->base.base = &e->sources;
	e->base.frozen = &e->frozen;
	e->proposed = e->base;
	e->proposed.proposal = proposal;
}

static bool
watch(struct md_engine *e, int fd, const char **why)
{
	struct epoll_event event = { .events = EPOLLIN };

	if (epoll_ctl(e->fd, EPOLL_CTL_ADD, fd, &event) == 0)
		return true;
	*why = strerror(errno);
	return false;
}

static bool
open_descriptor(struct md_engine *e, const char **why)
{
	const int fault = md_loop_open(&e->loop);

	if (fault != 0) {
		*why = strerror(fault);
		return false;
	}
	e->fd = epoll_create1(EPOLL_CLOEXEC);
	if (e->fd < 0)
		*why = strerror(errno);
	return e->fd >= 0 && watch(e, e->loop.fd, why);
}

static bool
open_network(struct md_engine *e, const struct md_engine_options *o, const char **why)
{
	const struct md_resolver_options options = {
		.servers = o->resolvers,
		.query_timeout = o->query_timeout,
		.tries = o->tries,
		.rate = o->rate,
		.patience = o->patience,
	};

	if (o->offline)
		return true;
	e->sources.loop = &e->loop;
	e->sources.pool = md_pool_new(e->mem, &e->loop, MOST_THREADS, why);
	if (e->sources.pool == NULL)
		return false;
	e->outage_clock.patience = (int64_t)(o->patience * 1000);
	e->resolver = md_resolver_new(e->mem, &options, why);
	e->sources.resolver = e->resolver;
	return e->resolver != NULL && watch(e, md_resolver_fd(e->resolver), why);
}

static bool
open_witnesses(struct md_engine *e, const struct md_engine_options *o, const char **why)
{
	const char *program = o->witness != NULL ? o->witness : md_witness_program(e->mem);

	if (program == NULL || program[0] == '\0') {
		e->sources.no_witness =
		        program == NULL ? "maildiag-witness is not installed" : "not wished";
		return true;
	}
	e->witnesses = md_witnesses_new(e->mem, program, why);
	e->sources.witnesses = e->witnesses;
	return e->witnesses != NULL && watch(e, md_witnesses_fd(e->witnesses), why);
}

struct md_engine *
md_engine_new(const struct md_engine_options *o, char **why)
{
	struct md_arena *mem = md_arena_new();
	struct md_engine *e = md_alloc(mem, sizeof(*e));
	const char *reason = "";

	e->mem = mem;
	e->fd = e->loop.fd = -1;
	e->keyring = md_keyring_new();
	for (size_t i = 0; i <= MD_RUN_TAKEN; i++)
		TAILQ_INIT(&e->by_phase[i]);
	TAILQ_INIT(&e->by_deadline);
	e->cache = md_cache_new(CACHE_BYTES);
	if (!take_kinds(e, o->kinds, &reason) || !open_files(e, o, &reason) ||
	    !open_descriptor(e, &reason) || !open_network(e, o, &reason) ||
	    !open_witnesses(e, o, &reason)) {
		*why = strdup(reason);
		md_engine_free(e);
		return NULL;
	}
	lay_over(e, o->proposal);
	return e;
}

void
md_engine_free(struct md_engine *e)
{
	if (e == NULL)
		return;
	md_cache_free(e->cache);
	if (e->proposed.proposal != NULL)
		md_store_done(&e->frozen);
	md_keyring_free(e->keyring);
	md_witnesses_free(e->witnesses);
	md_pool_free(e->sources.pool);
	md_resolver_free(e->resolver);
	for (size_t i = 0; e->zones != NULL && e->zones[i] != NULL; i++)
		md_zone_free(e->zones[i]);
	md_replay_free(e->replay);
	if (e->loop.fd >= 0)
		md_loop_close(&e->loop);
	if (e->fd >= 0)
		close(e->fd);
	md_arena_free(e->mem);
}

static struct md_cache *
cache_of(const struct md_engine *e)
{
	/* the two sides of a proposal must not share facts */
	return e->proposed.proposal == NULL ? e->cache : NULL;
}

const struct md_sources *
md_engine_sources(const struct md_engine *e, bool proposed)
{
	if (e->proposed.proposal == NULL)
		return &e->sources;
	return proposed ? &e->proposed : &e->base;
}

const struct md_fact_kind *const *
md_engine_kinds(const struct md_engine *e)
{
	return e->kinds;
}

void
md_engine_lend(const struct md_engine *e, struct md_asking *asking)
{
	asking->cache = asking->bulk ? cache_of(e) : NULL;
	asking->keyring = e->keyring;
	asking->datafiles = e->datafiles;
}

const char *const *
md_engine_resolvers(const struct md_engine *e)
{
	static const char *const none[] = { NULL };

	return e->resolver != NULL ? md_resolver_servers(e->resolver) : none;
}

const char *const *
md_engine_warnings(const struct md_engine *e, size_t zone)
{
	return zone < e->sources.nzones ? md_zone_warnings(e->zones[zone]) : NULL;
}
