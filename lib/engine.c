/* The engine: any number of runs on one thread, over one set of sources. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sys/epoll.h>
#include <sys/queue.h>
#include <unistd.h>

#include "auth/dkim_crypto.h"
#include "auth/profile.h"
#include "datafile.h"
#include "fact/cache.h"
#include "fact/source.h"
#include "run.h"
#include "witness_path.h"

/* Arrivals within this time are taken together: a level of questions costs one attempt. */
enum { TOGETHER_MS = 2 };

/*
 * Runs are begun in small lots, so that those of the first are known to ask much before all
 * are begun: about so many questions each at once.
 */
enum { MOST_READY = 64, FIRST_QUESTIONS = 8 };

/* Facts that runs in bulk share. */
enum { CACHE_BYTES = 16 << 20 };

TAILQ_HEAD(md_runs, md_run);

struct md_engine {
	struct md_arena *mem;
	struct md_sources sources;
	struct md_sources base, proposed; /* the two sides of a proposal, over the sources */
	struct md_store frozen;
	struct md_replay *replay;
	struct md_zone **zones;
	struct md_resolver *resolver;   /* NULL: offline */
	struct md_witnesses *witnesses; /* NULL: no_witness tells why */
	const char *no_witness;
	struct md_datafiles *datafiles;
	struct md_cache *cache;
	struct md_keyring *keyring;
	struct md_runs by_phase[MD_RUN_TAKEN + 1];
	size_t nready;
	struct md_runs by_deadline;
	int fd; /* an epoll descriptor that watches those of resolver and witnesses */
};

int64_t
md_engine_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

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
		e->replay = md_replay_open(e->mem, o->replay, why);
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
	e->fd = epoll_create1(EPOLL_CLOEXEC);
	if (e->fd < 0)
		*why = strerror(errno);
	return e->fd >= 0;
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
	e->resolver = md_resolver_new(e->mem, &options, why);
	e->sources.resolver = e->resolver;
	return e->resolver != NULL && watch(e, md_resolver_fd(e->resolver), why);
}

static bool
open_witnesses(struct md_engine *e, const struct md_engine_options *o, const char **why)
{
	const char *program = o->witness != NULL ? o->witness : md_witness_program(e->mem);

	if (program == NULL || program[0] == '\0') {
		e->no_witness =
		        program == NULL ? "maildiag-witness is not installed" : "not wished";
		return true;
	}
	e->witnesses = md_witnesses_new(e->mem, program, why);
	return e->witnesses != NULL && watch(e, md_witnesses_fd(e->witnesses), why);
}

struct md_engine *
md_engine_new(const struct md_engine_options *o, char **why)
{
	struct md_arena *mem = md_arena_new();
	struct md_engine *e = md_alloc(mem, sizeof(*e));
	const char *reason = "";

	e->mem = mem;
	e->fd = -1;
	e->keyring = md_keyring_new();
	for (size_t i = 0; i <= MD_RUN_TAKEN; i++)
		TAILQ_INIT(&e->by_phase[i]);
	TAILQ_INIT(&e->by_deadline);
	e->cache = md_cache_new(CACHE_BYTES);
	if (!open_files(e, o, &reason) || !open_descriptor(e, &reason) ||
	    !open_network(e, o, &reason) || !open_witnesses(e, o, &reason)) {
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
	md_resolver_free(e->resolver);
	for (size_t i = 0; e->zones != NULL && e->zones[i] != NULL; i++)
		md_zone_free(e->zones[i]);
	md_replay_free(e->replay);
	if (e->fd >= 0)
		close(e->fd);
	md_arena_free(e->mem);
}

struct md_cache *
md_engine_cache(const struct md_engine *e)
{
	return e->proposed.proposal == NULL ? e->cache : NULL; /* two sides, two truths */
}

const struct md_sources *
md_engine_sources(const struct md_engine *e, bool proposed)
{
	if (e->proposed.proposal == NULL)
		return &e->sources;
	return proposed ? &e->proposed : &e->base;
}

struct md_witnesses *
md_engine_witnesses(const struct md_engine *e, const char **why)
{
	*why = e->no_witness;
	return e->witnesses;
}

struct md_keyring *
md_engine_keyring(const struct md_engine *e)
{
	return e->keyring;
}

struct md_str
md_engine_datafile(const struct md_engine *e, const char *name)
{
	return md_datafiles_find(e->datafiles, name);
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

/* ---- runs and their phases ------------------------------------------------ */

static void
leave_phase(struct md_run *run)
{
	TAILQ_REMOVE(&run->engine->by_phase[run->phase], run, queue);
	run->engine->nready -= run->phase == MD_RUN_READY;
}

static void
enter_phase(struct md_run *run, enum md_phase phase)
{
	run->phase = phase;
	TAILQ_INSERT_TAIL(&run->engine->by_phase[phase], run, queue);
	run->engine->nready += phase == MD_RUN_READY;
}

static void
enter(struct md_run *run, enum md_phase phase)
{
	leave_phase(run);
	enter_phase(run, phase);
}

/* Timeouts are mostly alike: the place is found from the end at once. */
static void
insert_by_deadline(struct md_engine *e, struct md_run *run)
{
	struct md_run *before = TAILQ_LAST(&e->by_deadline, md_runs);

	while (before != NULL && before->deadline > run->deadline)
		before = TAILQ_PREV(before, md_runs, by_deadline);
	if (before == NULL)
		TAILQ_INSERT_HEAD(&e->by_deadline, run, by_deadline);
	else
		TAILQ_INSERT_AFTER(&e->by_deadline, before, run, by_deadline);
}

void
md_engine_add(struct md_engine *e, struct md_run *run)
{
	run->engine = e;
	run->started = md_engine_clock();
	run->deadline = run->started + (int64_t)(run->options.timeout * 1000);
	enter_phase(run, MD_RUN_READY);
	insert_by_deadline(e, run);
}

void
md_engine_remove(struct md_run *run)
{
	leave_phase(run);
	if (run->phase < MD_RUN_DONE)
		TAILQ_REMOVE(&run->engine->by_deadline, run, by_deadline);
}

void
md_engine_arrived(struct md_run *run)
{
	const enum md_urgency urgency = md_run_urgency(run);

	if (urgency == MD_NOW && run->phase != MD_RUN_READY) {
		enter(run, MD_RUN_READY);
	} else if (urgency == MD_SOON && run->phase == MD_RUN_WAITING) {
		run->due = md_engine_clock() + TOGETHER_MS;
		enter(run, MD_RUN_SOON);
	}
}

/* What a new run will ask is known when it was attempted; until then this is a guess. */
bool
md_engine_busy(const struct md_engine *e)
{
	const long ahead = (long)e->nready * FIRST_QUESTIONS;

	if (e->resolver != NULL && md_resolver_silent(e->resolver))
		return !TAILQ_EMPTY(&e->by_deadline); /* one may try */
	return e->nready >= MOST_READY ||
	       (e->resolver != NULL && md_resolver_room(e->resolver) < ahead);
}

struct md_run *
md_engine_next_done(struct md_engine *e)
{
	struct md_run *run = TAILQ_FIRST(&e->by_phase[MD_RUN_DONE]);

	if (run != NULL)
		enter(run, MD_RUN_TAKEN);
	return run;
}

/* ---- the loop -------------------------------------------------------------- */

int
md_engine_fd(const struct md_engine *e)
{
	return e->fd;
}

static int
sooner(int a, int64_t b)
{
	if (b < 0)
		b = 0;
	if (b > INT_MAX)
		b = INT_MAX;
	return a < 0 || b < a ? (int)b : a;
}

int
md_engine_timeout(const struct md_engine *e)
{
	const struct md_run *soon = TAILQ_FIRST(&e->by_phase[MD_RUN_SOON]);
	const struct md_run *first = TAILQ_FIRST(&e->by_deadline);
	const int64_t now = md_engine_clock();
	int ms = e->resolver != NULL ? md_resolver_timeout(e->resolver) : -1;
	const int witness_ms = e->witnesses != NULL ? md_witnesses_timeout(e->witnesses) : -1;

	if (!TAILQ_EMPTY(&e->by_phase[MD_RUN_READY]))
		return 0;
	if (witness_ms >= 0)
		ms = sooner(ms, witness_ms);
	if (soon != NULL)
		ms = sooner(ms, soon->due - now);
	if (first != NULL)
		ms = sooner(ms, first->deadline - now);
	return ms;
}

static void
attempt_ready(struct md_engine *e)
{
	struct md_run *run;

	while ((run = TAILQ_FIRST(&e->by_phase[MD_RUN_READY])) != NULL) {
		enter(run, MD_RUN_WAITING);
		if (!md_run_attempt(run))
			continue;
		TAILQ_REMOVE(&e->by_deadline, run, by_deadline);
		md_run_cancel_fetches(run); /* asked ahead, and not needed after all */
		md_run_finish(run, e->resolver != NULL ? md_engine_clock() - run->started : 0);
		enter(run, MD_RUN_DONE);
	}
}

static void
make_due(struct md_engine *e)
{
	const int64_t now = md_engine_clock();
	struct md_run *run;

	while ((run = TAILQ_FIRST(&e->by_phase[MD_RUN_SOON])) != NULL && run->due <= now)
		enter(run, MD_RUN_READY);
	TAILQ_FOREACH(run, &e->by_deadline, by_deadline)
	{
		if (run->deadline > now)
			break;
		if (run->expired)
			continue;
		md_run_expire(run);
		enter(run, MD_RUN_READY);
	}
}

void
md_engine_step(struct md_engine *e, int ms)
{
	struct pollfd fd = { .fd = md_engine_fd(e), .events = POLLIN };
	const int due = md_engine_timeout(e);

	if (due < 0 && TAILQ_EMPTY(&e->by_deadline))
		return; /* nothing is under way: nothing would ever wake us */
	if (due >= 0)
		ms = ms < 0 || due < ms ? due : ms;
	poll(&fd, 1, ms);
	if (e->resolver != NULL)
		md_resolver_step(e->resolver);
	if (e->witnesses != NULL)
		md_witnesses_step(e->witnesses);
	make_due(e);
	attempt_ready(e);
}
