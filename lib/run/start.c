/* Starting a run: what the caller gave, checked and copied; and the run seen from outside. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/name.h"
#include "domain/provider.h"
#include "domain/psl.h"
#include "fact/replay.h"
#include "mail/message.h"
#include "run/run.h"

enum {
	MOST_CHECKS = 60, /* a bit each in md_entry.waiting */
	MOST_SENDERS = 1000,
	/* RFC 5321 4.5.3.1 has 256 octets; a macro in somebody's record may repeat it often. */
	MOST_OF_A_PATH = 1000,
};

/* The run that an attempt of ours is of: its asking is its first member. */
static struct md_run *
run_of(const struct md_ctx *c)
{
	return (struct md_run *)c->asking;
}

static size_t
count(const char *const *list)
{
	size_t n = 0;

	while (list != NULL && list[n] != NULL)
		n++;
	return n;
}

static const char *const *
copy_list(struct md_arena *mem, const char *const *list)
{
	const size_t n = count(list);
	const char **copy = md_alloc(mem, (n + 1) * sizeof(*copy));

	for (size_t i = 0; i < n; i++)
		copy[i] = md_strdup(mem, list[i]);
	return copy;
}

static bool
read_ips(struct md_run *run, const char *const *ips, const char **why)
{
	const size_t n = count(ips);
	struct md_addr *addrs = md_alloc(run->asking.mem, (n + 1) * sizeof(*addrs));

	for (size_t i = 0; i < n; i++) {
		if (!md_addr_parse(md_str(ips[i]), &addrs[i])) {
			*why = md_printf(run->asking.mem, "%s is not an IP address",
			                 md_quote(run->asking.mem, md_str(ips[i])));
			return false;
		}
		addrs[i] = md_addr_from_mapped(addrs[i]);
	}
	run->asking.subject.ips = addrs;
	run->asking.subject.nips = n;
	if (n > MOST_SENDERS)
		*why = md_printf(run->asking.mem, "more than %d sending addresses",
		                 MOST_SENDERS);
	return n <= MOST_SENDERS;
}

/* A DKIM selector is one or more labels (RFC 6376 3.1): what can stand before _domainkey. */
static bool
read_selectors(struct md_run *run, const char *const *selectors, const char **why)
{
	const char **copy = md_alloc(run->asking.mem, (count(selectors) + 1) * sizeof(*copy));

	for (size_t i = 0; i < count(selectors); i++) {
		copy[i] = md_name_normal(run->asking.mem, md_str(selectors[i]));
		if (!md_name_fits(copy[i]) || copy[i][0] == '.') {
			*why = md_printf(run->asking.mem, "%s is not a DKIM selector",
			                 md_quote(run->asking.mem, md_str(selectors[i])));
			return false;
		}
	}
	run->asking.subject.selectors = copy;
	run->asking.subject.nselectors = count(selectors);
	return true;
}

/* An empty option means the null path, as "<>" does; without the option the path is unknown. */
static bool
read_mail_from(struct md_run *run, const char *given, const char **why)
{
	struct md_arena *mem = run->asking.mem;
	struct md_reverse_path *path = &run->asking.subject.mail_from;
	const char *domain;

	if (given == NULL) {
		*path = md_reverse_path_read(mem, "");
		return true;
	}
	*path = md_reverse_path_read(mem, given[0] != '\0' ? given : "<>");
	if (!path->given || path->null)
		return true;
	domain = md_name_from_user(mem, path->domain, why);
	if (domain == NULL && path->domain[0] == '\0')
		*why = md_printf(mem, "%s has no domain", md_quote(mem, md_str(given)));
	if (domain == NULL)
		return run->options.any_sender;
	*path = md_reverse_path_spelled(mem, path, domain);
	return true;
}

/* What the replay file was recorded with counts where the caller says nothing. */
static void
take_recorded(struct md_run_options *o, const struct md_sources *sources)
{
	const struct md_replay_run *recorded;

	if (sources->replay == NULL)
		return;
	recorded = md_replay_run(sources->replay);
	if (o->now == 0)
		o->now = recorded->now;
	if (o->ips == NULL)
		o->ips = recorded->ips;
	if (o->selectors == NULL)
		o->selectors = recorded->selectors;
	if (o->mail_from == NULL)
		o->mail_from = recorded->mail_from;
	if (o->helo == NULL)
		o->helo = recorded->helo;
}

static unsigned
limit(unsigned wished, unsigned rfc)
{
	return wished > 0 ? wished : rfc;
}

static void
read_spf(struct md_run *run, const struct md_run_options *o)
{
	if (o->spf_record != NULL)
		run->asking.subject.spf_record = md_strdup(run->asking.mem, o->spf_record);
	run->asking.subject.spf_limits = (struct md_spf_limits){
		.terms = limit(o->spf_limits.terms, 10),
		.voids = limit(o->spf_limits.voids, 2),
		.mx_names = limit(o->spf_limits.mx_names, 10),
		.ptr_names = limit(o->spf_limits.ptr_names, 10),
	};
}

static bool
read_domain(struct md_run *run, const struct md_run_options *o, const char **why)
{
	struct md_arena *mem = run->asking.mem;

	run->asking.subject.kind = &md_subject_domain;
	run->asking.subject.domain = md_name_from_user(mem, o->domain, why);
	if (run->asking.subject.domain == NULL && o->any_sender) {
		run->asking.subject.domain =
		        md_name_normal(mem, md_str(md_show(mem, md_str(o->domain))));
		run->roleless = true;
	}
	run->asking.subject.organisation = md_psl_organisational(run->asking.subject.domain);
	return run->asking.subject.domain != NULL;
}

static bool
read_message(struct md_run *run, const struct md_message_source *source, const char **why)
{
	const struct md_str raw = { source->octets, source->len };
	struct md_subject *s = &run->asking.subject;

	s->kind = &md_subject_message;
	s->domain = s->organisation = "";
	s->message_name = md_strdup(run->asking.mem, source->name);
	s->trusted_hops = source->trusted_hops;
	s->profiles =
	        source->profiles != NULL ? copy_list(run->asking.mem, source->profiles) : NULL;
	s->spamd = md_strdup(run->asking.mem, source->spamd != NULL ? source->spamd : "");
	s->rspamd = md_strdup(run->asking.mem, source->rspamd != NULL ? source->rspamd : "");
	s->message = md_message_read(run->asking.mem, raw, why);
	if (s->message == NULL)
		*why = md_printf(run->asking.mem, "%s: %s", s->message_name, *why);
	return s->message != NULL;
}

static bool
is_short(struct md_run *run, const char *what, const char *text, const char **why)
{
	if (text == NULL || strlen(text) <= MOST_OF_A_PATH)
		return true;
	*why = md_printf(run->asking.mem, "the %s is longer than %d octets", what,
	                 MOST_OF_A_PATH);
	return false;
}

static bool
read_subject(struct md_run *run, const struct md_run_options *o, const char **why)
{
	if (!is_short(run, "reverse-path", o->mail_from, why) ||
	    !is_short(run, "HELO name", o->helo, why))
		return false;
	run->asking.subject.helo = md_strdup(run->asking.mem, o->helo != NULL ? o->helo : "");
	run->asking.subject.message_name = run->asking.subject.spamd =
	        run->asking.subject.rspamd = "";
	run->asking.subject.watch = o->watch;
	read_spf(run, o);
	return (o->message != NULL ? read_message(run, o->message, why)
	                           : read_domain(run, o, why)) &&
	       read_ips(run, o->ips, why) && read_selectors(run, o->selectors, why) &&
	       read_mail_from(run, o->mail_from, why);
}

/* Role and providers are told by a task of its own: it asks for facts like any check. */
static void
tell_role(struct md_ctx *c)
{
	static const struct md_role_view untold = { .role = MD_ROLE_UNKNOWN, .why = "" };

	struct md_run *run = run_of(c);
	const bool told = run->asking.subject.kind->has_role && !run->roleless;

	run->role = told ? md_role(c) : &untold;
	/* told of the same facts as the role */
	run->providers = told ? md_providers(c) : NULL;
}

static const struct md_check role_task = { .name = "role", .title = "Role", .run = tell_role };

bool
md_run_make_tasks(struct md_run *run, const struct md_check *const *checks, const char **why)
{
	size_t n = 0;

	while (checks[n] != NULL)
		n++;
	if (n == 0 || n > MOST_CHECKS) {
		*why = n == 0 ? "no checks to run" : "too many checks";
		return false;
	}
	run->tasks = md_alloc(run->asking.mem, (n + 1) * sizeof(*run->tasks));
	run->ntasks = n + 1;
	for (size_t i = 0; i <= n; i++) {
		run->tasks[i].check = i < n ? checks[i] : &role_task;
		run->tasks[i].bit = (unsigned)i;
	}
	return true;
}

struct md_run *
md_run_new(struct md_engine *engine, const struct md_check *const *checks,
           const struct md_run_options *options, char **why)
{
	struct md_arena *mem = md_arena_new();
	struct md_run *run = md_alloc(mem, sizeof(*run));
	const char *reason = "";

	run->asking.mem = mem;
	run->options = *options;
	run->asking.subject.now_given = options->now != 0;
	take_recorded(&run->options, md_engine_sources(engine, options->proposed));
	if (!read_subject(run, &run->options, &reason) ||
	    !md_run_make_tasks(run, checks, &reason)) {
		*why = strdup(reason);
		md_arena_free(mem);
		return NULL;
	}
	run->options.ignore = copy_list(mem, options->ignore);
	run->options.timeout = options->timeout > 0 ? options->timeout : 60;
	if (run->options.now == 0)
		run->options.now = time(NULL);
	run->engine = engine;
	run->asking.now = run->options.now;
	run->asking.bulk = run->options.bulk;
	run->asking.known = options->known != NULL ? &options->known->asking.store : NULL;
	md_store_init(&run->asking.store, mem);
	md_engine_lend(engine, &run->asking);
	md_run_make_requester(run);
	md_engine_add(engine, run);
	return run;
}

bool
md_run_done(const struct md_run *run)
{
	return run->report != NULL;
}

const struct md_report *
md_run_report(const struct md_run *run)
{
	return run->report;
}

void *
md_run_user(const struct md_run *run)
{
	return run->options.user;
}

void
md_run_progress(const struct md_run *run, size_t *answered, size_t *open)
{
	*open = run->open;
	*answered = run->asking.store.n - run->open;
}

/* The first line of a facts file. */
static void
record_run(const struct md_run *run, FILE *out)
{
	const struct md_subject *s = &run->asking.subject;
	struct md_arena *mem = md_arena_new();
	const char **ips = md_alloc(mem, (s->nips + 1) * sizeof(*ips));

	for (size_t i = 0; i < s->nips; i++)
		ips[i] = md_addr_print(mem, s->ips[i]);
	md_replay_write_run(out, &(struct md_replay_run){
	                                 .domain = s->domain,
	                                 .now = run->asking.now,
	                                 .ips = ips,
	                                 .mail_from = s->mail_from.text,
	                                 .helo = s->helo,
	                                 .selectors = s->selectors,
	                         });
	md_arena_free(mem);
}

bool
md_run_record(const struct md_run *run, FILE *out)
{
	const struct md_fact_kind *const *kind = md_engine_kinds(run->engine);
	const struct md_store *store = &run->asking.store;

	record_run(run, out);
	for (; *kind != NULL; kind++)
		for (size_t i = 0; i < store->n; i++)
			if (store->entries[i]->held != NULL &&
			    store->entries[i]->held->kind == *kind)
				md_replay_write(out, store->entries[i]->held);
	return fflush(out) == 0 && ferror(out) == 0;
}

void
md_run_free(struct md_run *run)
{
	if (run == NULL)
		return;
	md_run_cancel_fetches(run);
	if (!run->apart)
		md_engine_remove(run);
	md_store_done(&run->asking.store);
	md_arena_free(run->asking.mem);
}
