/* Examines every domain before and after the change, many at a time, and compares the two. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../kit/interrupt.h"
#include "../kit/say.h"
#include "base/confine.h"
#include "gate.h"
#include "gate/differs.h"
#include "gate/judge_changes.h"
#include "gate/look.h"

/* MOST_PLANNED: of more domains no plans are made, which would cost too much. */
enum { LARGEST_MESSAGE = 64 << 20, MOST_PLANNED = 16 };

/* A domain or a sample message, before and after. */
struct pair {
	struct pair *next;
	struct md_arena *mem;
	struct md_gate_watch watch;
	struct md_message_source message;
	struct md_run *sides[2];
	unsigned open; /* sides that are not done */
};

struct judging {
	struct cli_gate *gate;
	struct md_engine *engine;
	struct pair *first, **last;
	size_t started, open, most;
	int64_t now;
};

/* ---- what is looked at ---- */

/* Words, each once, whatever their case. */
struct words {
	struct md_arena *mem;
	struct md_index known;
	struct cli_strings all;
};

static void
add_word(struct words *words, const char *word)
{
	if (md_index_add(&words->known, md_str(md_str_lower(words->mem, md_str(word)))))
		MD_PUSH(words->mem, words->all.p, words->all.n, word);
}

/* The selectors that options and configuration name: these are in use. */
static struct words
named_selectors(const struct cli_gate *gate, struct md_arena *mem)
{
	const struct cli_strings *given = &gate->set->wishes.sender.selector;
	struct words words = { .mem = mem, .known = { .mem = mem } };

	for (size_t i = 0; i < given->n; i++)
		add_word(&words, given->p[i]);
	for (size_t i = 0; i < gate->config->nselectors; i++)
		add_word(&words, gate->config->selectors[i]);
	return words;
}

/* The sender that --ip, --mail-from and --helo describe. */
static struct md_expected_sender
sender_of_options(const struct cli_sender *given, struct md_arena *mem, const char *domain)
{
	struct md_addr *ips = md_alloc(mem, (given->ip.n + 1) * sizeof(*ips));

	for (size_t i = 0; i < given->ip.n; i++)
		md_addr_parse(md_str(given->ip.p[i]), &ips[i]);
	return (struct md_expected_sender){
		.name = "--ip",
		.domain = domain,
		.nips = given->ip.n,
		.ips = ips,
		.provider = "",
		.mail_from = md_reverse_path_read(
		        mem, given->mail_from != NULL ? given->mail_from : ""),
		.helo = given->helo != NULL ? given->helo : "",
		.dkim_domain = "",
		.selector = given->selector.n > 0 ? given->selector.p[0] : "",
		.may_sign = true,
	};
}

static void
watch(const struct cli_gate *gate, struct pair *pair, const char *domain)
{
	const struct cli_sender *given = &gate->set->wishes.sender;
	const struct cli_strings used = named_selectors(gate, pair->mem).all;
	const struct md_found_keys keys = md_found_keys_of(&gate->found, domain);
	struct words words = named_selectors(gate, pair->mem);
	struct md_expected_sender *senders = NULL;
	size_t n = 0;

	for (size_t i = 0; i < keys.n; i++)
		add_word(&words, keys.selectors[i]);
	for (size_t i = 0; i < gate->config->nsenders; i++)
		MD_PUSH(pair->mem, senders, n, gate->config->senders[i]);
	if (given->ip.n > 0)
		MD_PUSH(pair->mem, senders, n, sender_of_options(given, pair->mem, domain));
	pair->watch = (struct md_gate_watch){
		.nsenders = n,
		.senders = senders,
		.nselectors = words.all.n,
		.selectors = words.all.p,
		.nused = used.n,
		.used = used.p,
		.apex = md_found_apex(gate->proposal, domain),
	};
}

/* ---- starting ---- */

static bool
start(struct judging *j, struct pair *pair, const struct md_check *const *checks,
      struct md_run_options *options)
{
	char *why = NULL;

	options->user = pair;
	options->now = j->now;
	for (size_t side = 0; side < 2; side++) {
		options->proposed = side == 1;
		pair->sides[side] = md_run_new(j->engine, checks, options, &why);
		if (pair->sides[side] == NULL) {
			cli_say("%s", why);
			free(why);
			return false;
		}
		pair->open++;
	}
	return true;
}

static bool
start_domain(struct judging *j, struct pair *pair, const char *domain)
{
	const struct cli_gate *gate = j->gate;
	struct md_run_options options = cli_common_options(&gate->set->wishes);
	struct cli_strings selectors = named_selectors(gate, pair->mem).all;

	watch(gate, pair, domain);
	MD_PUSH(pair->mem, selectors.p, selectors.n, NULL);
	options.domain = domain;
	options.ips = gate->set->wishes.sender.ip.p;
	options.selectors = selectors.p;
	options.ignore = NULL; /* rows are ignored, not findings */
	options.bulk = gate->domains.n > 1;
	options.watch = &pair->watch;
	return start(j, pair, gate->checking.checks, &options);
}

/* A message that the settings name: a regular file, below the root of the settings' file. */
static bool
read_message(const struct cli_gate *gate, struct md_arena *mem, const char *path,
             struct md_str *text, const char **why)
{
	const char *root = gate->set->root != NULL ? md_confine_folder(mem, gate->set->root)
	                                           : md_confine_root(mem, gate->config->path);
	const char *real, *wrong = "no such folder";

	if (root != NULL && md_confine(mem, root, path, &real, &wrong) == MD_CONFINED)
		return md_confined_read(mem, real, LARGEST_MESSAGE, text, why);
	*why = md_printf(mem, "%s: %s", path,
	                 wrong[0] != '\0' ? wrong
	                                  : md_printf(mem,
	                                              "leads out of %s (--root names "
	                                              "another folder)",
	                                              root));
	return false;
}

static bool
start_message(struct judging *j, struct pair *pair, size_t number)
{
	const char *path = j->gate->config->messages[number];
	const struct md_place named = j->gate->config->message_places[number];
	struct md_run_options options = { .timeout = j->gate->set->wishes.patience.timeout };
	const char *why = "";
	struct md_str text;

	if (!read_message(j->gate, pair->mem, path, &text, &why)) {
		cli_say("%s:%u: messages: %s", named.file, named.line, why);
		return false;
	}
	pair->message =
	        (struct md_message_source){ .name = path, .octets = text.p, .len = text.len };
	options.message = &pair->message;
	return start(j, pair, md_checks_gate_message(), &options);
}

static bool
start_next(struct judging *j)
{
	const struct cli_gate *gate = j->gate;
	struct md_arena *mem = md_arena_new();
	struct pair *pair = md_alloc(mem, sizeof(*pair));
	const size_t number = j->started++;

	pair->mem = mem;
	*j->last = pair;
	j->last = &pair->next;
	j->open++;
	if (number < gate->domains.n)
		return start_domain(j, pair, gate->domains.p[number]);
	return start_message(j, pair, number - gate->domains.n);
}

/* ---- judging ---- */

/*
 * A live base gives answers, no faults: a fault is old when the answer at its name is the same
 * before and after.
 */
static void
note_unchanged(struct cli_gate *gate, const struct md_gate_sides *sides)
{
	for (size_t i = 0; gate->faulty.n > 0 && i < sides->proposed->nfacts; i++) {
		const struct md_fact *fact = sides->proposed->facts[i];
		const char *name, *key;
		uint16_t type;

		if (fact->kind->name_in_dns == NULL)
			continue;
		name = fact->kind->name_in_dns(fact->kind->question(fact), &type);
		key = cli_gate_fault_key(sides->mem, name, type);
		if (md_index_has(&gate->faulty, md_str(key)) && md_gate_is_same(sides, fact))
			md_index_add(&gate->unchanged, md_str(key));
	}
}

static void
judge(struct judging *j, const struct pair *pair)
{
	struct md_gate_sides sides = cli_gate_sides_of(j->gate);

	sides.mem = pair->mem;
	sides.base = md_run_report(pair->sides[0]);
	sides.proposed = md_run_report(pair->sides[1]);
	sides.facts_before = md_gate_facts_of(pair->mem, sides.base);
	sides.now = sides.proposed->now;
	if (pair->message.octets != NULL) {
		md_gate_sample(&sides, j->gate->rows);
		return;
	}
	note_unchanged(j->gate, &sides);
	if (j->gate->domains.n <= MOST_PLANNED)
		md_run_plan(pair->sides[1]);
	md_gate_compare(&sides, j->gate->rows);
	md_gate_changes(&sides, &pair->watch, j->gate->rows);
	md_gate_senders(&sides, j->gate->rows);
	md_gate_verdicts(&sides, j->gate->rows);
}

static void
drop(struct pair *pair)
{
	md_run_free(pair->sides[0]);
	md_run_free(pair->sides[1]);
	md_arena_free(pair->mem);
}

/* Judges pairs that are done, in their order, up to the first that is not. */
static void
judge_done(struct judging *j)
{
	struct md_run *run;

	while ((run = md_engine_next_done(j->engine)) != NULL)
		((struct pair *)md_run_user(run))->open--;
	while (j->first != NULL && j->first->open == 0) {
		struct pair *pair = j->first;

		judge(j, pair);
		j->first = pair->next;
		if (j->first == NULL)
			j->last = &j->first;
		drop(pair);
		j->open--;
	}
}

static bool
judge_all(struct judging *j)
{
	const struct cli_gate *gate = j->gate;
	const size_t n = gate->domains.n + gate->config->nmessages;

	while (j->started < n || j->open > 0) {
		while (j->open < j->most && j->started < n)
			if (!start_next(j))
				return false;
		md_engine_step(j->engine, 1000);
		judge_done(j);
		if (cli_interrupts() > 0) {
			cli_say("interrupted");
			return false;
		}
	}
	return true;
}

/* ---- the whole ---- */

static struct md_engine *
open_engine(const struct cli_gate *gate)
{
	const struct cli_wishes *wishes = &gate->set->wishes;
	struct md_engine_options options =
	        cli_engine_options(&wishes->sources, &wishes->patience);

	options.zones = NULL;
	options.given = gate->before;
	if (gate->base_facts != NULL)
		options.replay = gate->base_facts;
	options.proposal = gate->proposal;
	options.witness = "";
	return cli_engine_new(&options);
}

bool
cli_gate_judge(struct cli_gate *gate)
{
	const unsigned jobs = gate->set->wishes.patience.jobs;
	struct judging j = { .gate = gate, .most = jobs > 0 ? jobs : CLI_JOBS };
	bool judged;

	j.last = &j.first;
	/* Both sides are judged at the same time; recorded facts bring their own. */
	if (gate->base_facts == NULL && gate->set->wishes.sources.replay == NULL)
		j.now = time(NULL);
	j.engine = open_engine(gate);
	if (j.engine == NULL)
		return false;
	judged = judge_all(&j);
	if (judged)
		cli_gate_add_others(gate);
	for (struct pair *pair = j.first, *next; pair != NULL; pair = next) {
		next = pair->next;
		drop(pair);
	}
	md_engine_free(j.engine);
	return judged;
}
