/* The second opinions of one run: witnesses called, their questions answered from its facts. */
#include <string.h>

#include "base/arena.h"
#include "fact/source.h"
#include "mail/message.h"
#include "run.h"

enum {
	MOST_OPINIONS = 1000,         /* of one run: as many as it may have sending addresses */
	MOST_OF_A_MESSAGE = 32 << 20, /* octets: a witness has memory for a few copies */
	SECONDS = 5,                  /* a witness may think, and one that asks a server: */
	SECONDS_OF_A_FILTER = 35,
};

/* A server that the user named, and not a library that is run beside us. */
static bool
is_filter(const struct md_asked_opinion *o)
{
	return strcmp(o->engine, "spamassassin") == 0 || strcmp(o->engine, "rspamd") == 0;
}

/* ---- what is known ---- */

static void
put(struct md_asked_opinion *o, const struct md_opinion *opinion)
{
	o->held = md_opinion_pack(opinion);
	o->held->fact.pins = 1;
	o->fact = o->held;
	o->witness = NULL;
	o->wants = NULL;
}

static void
put_unknown(struct md_asked_opinion *o, bool by_choice, const char *why)
{
	const struct md_opinion unknown = {
		.fact = { .state = MD_UNKNOWN,
		          .by_choice = by_choice,
		          .why = md_printf(o->run->mem, "no second opinion: %s", why) },
		.engine = o->engine,
		.input = o->input,
		.result = "",
		.detail = "",
	};

	put(o, &unknown);
}

/* ---- the witness's questions ---- */

/*
 * A fact that we were told not to fetch would make the witness speak of a failing DNS, which
 * no receiver sees: then there is no opinion.
 */
static void
answer(struct md_asked_opinion *o, const struct md_dns *fact)
{
	struct md_run *run = o->run;

	if (fact->fact.state != MD_UNKNOWN || !fact->fact.by_choice) {
		md_witness_tell(o->witness, fact);
		return;
	}
	md_witness_dismiss(o->witness);
	put_unknown(o, false,
	            md_printf(run->mem, "it needs %s: %s",
	                      md_question_text(run->mem, &fact->question), fact->fact.why));
	md_run_arrived(run, &o->waiting);
}

static void
asks(void *arg, const struct md_question *question)
{
	struct md_asked_opinion *o = arg;
	const struct md_entry *e = md_run_want(o->run, question);

	if (e->fact->fact.state != MD_WANTED) {
		answer(o, e->fact);
		return;
	}
	o->wants = e;
	md_run_dispatch(o->run); /* files answer at once, through md_opinions_tell */
	if (!o->run->dispatching)
		md_engine_arrived(o->run);
}

void
md_opinions_tell(struct md_run *run, const struct md_entry *e)
{
	for (struct md_asked_opinion *o = run->opinions; o != NULL; o = o->next) {
		if (o->wants != e)
			continue;
		o->wants = NULL;
		answer(o, e->fact);
	}
}

static void
ends(void *arg, const struct md_opinion *opinion)
{
	struct md_asked_opinion *o = arg;

	put(o, opinion);
	md_run_arrived(o->run, &o->waiting);
}

/* ---- from asking to the end ---- */

static const struct md_witness_calls calls = { .asks = asks, .ends = ends };

/* The message as mail travels, for an input that names it; false and *why. */
static bool
attach(struct md_asked_opinion *o, struct md_witness_question *question, const char **why)
{
	const struct md_message *m = o->run->subject.message;
	const char *named = md_opinion_message(o->run->mem, o->input);

	if (named[0] == '\0')
		return true;
	*why = "the message is not at hand";
	if (m == NULL)
		return false;
	if (m->header.len + m->body.len > MOST_OF_A_MESSAGE) {
		*why = md_printf(o->run->mem, "the message is too large (over %d MB)",
		                 MOST_OF_A_MESSAGE >> 20);
		return false;
	}
	question->message[0] = m->header;
	question->message[1] = md_str("\r\n");
	question->message[2] = m->body;
	return strcmp(named, md_message_sha256(o->run->mem, m)) == 0;
}

static void
call(struct md_asked_opinion *o, struct md_witnesses *witnesses)
{
	struct md_witness_question question = { .engine = o->engine,
		                                .input = o->input,
		                                .seconds = is_filter(o) ? SECONDS_OF_A_FILTER
		                                                        : SECONDS };
	const char *why;

	if (attach(o, &question, &why))
		o->witness = md_witness_call(witnesses, &question, &calls, o);
	else
		put_unknown(o, false, why);
}

static void
dispatch(struct md_asked_opinion *o)
{
	struct md_run *run = o->run;
	const struct md_replay *replay = md_engine_sources(run->engine, false)->replay;
	const struct md_opinion *recorded =
	        replay != NULL ? md_replay_opinion(replay, o->engine, o->input) : NULL;
	const char *why;
	struct md_witnesses *witnesses = md_engine_witnesses(run->engine, &why);

	run->open++;
	if (recorded != NULL)
		put(o, recorded);
	else if (is_filter(o) && md_engine_sources(run->engine, false)->resolver == NULL)
		put_unknown(o, true, "offline");
	else if (run->options.bulk && !is_filter(o))
		put_unknown(o, true, "none is asked for when many are examined at once");
	else if (witnesses == NULL)
		put_unknown(o, true, why);
	else
		call(o, witnesses);
	if (o->witness == NULL)
		md_run_arrived(run, &o->waiting);
}

void
md_opinions_dispatch(struct md_run *run)
{
	for (struct md_asked_opinion *o = run->opinions; o != NULL; o = o->next)
		if (o->fact->fact.state == MD_WANTED && o->witness == NULL)
			dispatch(o);
}

void
md_opinions_cancel(struct md_run *run)
{
	for (struct md_asked_opinion *o = run->opinions; o != NULL; o = o->next) {
		if (o->witness != NULL)
			md_witness_dismiss(o->witness);
		o->witness = NULL;
		o->wants = NULL;
	}
}

void
md_opinions_expire(struct md_run *run, const char *why)
{
	for (struct md_asked_opinion *o = run->opinions; o != NULL; o = o->next) {
		if (o->fact->fact.state == MD_WANTED)
			put_unknown(o, false, why);
		o->waiting = 0;
	}
}

void
md_opinions_done(struct md_run *run)
{
	for (struct md_asked_opinion *o = run->opinions; o != NULL; o = o->next)
		if (o->held != NULL)
			md_opinion_unpin(o->held);
}

static struct md_asked_opinion *
add(struct md_run *run, const char *engine, const char *input)
{
	struct md_asked_opinion *o = md_alloc(run->mem, sizeof(*o));
	struct md_opinion *wanted = md_alloc(run->mem, sizeof(*wanted));

	o->run = run;
	o->engine = md_strdup(run->mem, engine);
	o->input = md_strdup(run->mem, input);
	*wanted = (struct md_opinion){ .fact = { .kind = MD_FACT_OPINION, .why = "" },
		                       .engine = o->engine,
		                       .input = o->input,
		                       .result = "",
		                       .detail = "" };
	o->fact = wanted;
	*run->last_opinion = o;
	run->last_opinion = &o->next;
	run->nopinions++;
	return o;
}

static struct md_asked_opinion *
find(struct md_run *run, const char *engine, const char *input)
{
	struct md_asked_opinion *o = run->opinions;

	while (o != NULL && (strcmp(o->engine, engine) != 0 || strcmp(o->input, input) != 0))
		o = o->next;
	return o;
}

const struct md_opinion *
md_opinion(struct md_ctx *c, const char *engine, const char *input)
{
	static const struct md_opinion impossible = {
		.fact = { .kind = MD_FACT_OPINION,
		          .state = MD_UNKNOWN,
		          .why = "no second opinion: what it would be asked is not UTF-8" },
		.engine = "",
		.input = "{}",
		.result = "",
		.detail = "",
	};
	static const struct md_opinion too_many = {
		.fact = { .kind = MD_FACT_OPINION,
		          .state = MD_UNKNOWN,
		          .why = "no second opinion: this report asked for too many already" },
		.engine = "",
		.input = "{}",
		.result = "",
		.detail = "",
	};
	struct md_asked_opinion *o;

	if (input == NULL)
		return &impossible;
	o = find(c->run, engine, input);
	if (o == NULL && c->run->nopinions == MOST_OPINIONS)
		return &too_many;
	if (o == NULL)
		o = add(c->run, engine, input);
	if (o->fact->fact.state == MD_WANTED && c->run->expired)
		put_unknown(o, false, "the time for the report was over");
	if (o->fact->fact.state == MD_WANTED)
		md_wait_for(c, &o->waiting);
	return o->fact;
}

/* Of "no second opinion: refused: why" the end: it is no second one. */
static const char *
bare(const char *why)
{
	static const char *const before[] = { "no second opinion: ", "refused: " };

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if (md_str_starts(md_str(why), before[i]))
			why += strlen(before[i]);
	return why;
}

bool
md_known_filter(struct md_ctx *c, const struct md_opinion *o, const char *fact)
{
	struct md_gap gap = { .kind = o->fact.by_choice ? MD_BLIND : MD_INCONCLUSIVE,
		              .fact = fact,
		              .why = bare(o->fact.why) };

	if (o->fact.state == MD_UNKNOWN)
		md_gap_add(c, &gap);
	return o->fact.state == MD_PRESENT;
}

bool
md_known_opinion(struct md_ctx *c, const struct md_opinion *o)
{
	struct md_gap gap = { .kind = MD_LIMIT, .why = o->fact.why };

	if (o->fact.state == MD_UNKNOWN) {
		gap.fact = md_printf(c->mem, "the opinion of %s", o->engine);
		md_gap_add(c, &gap);
	}
	return o->fact.state == MD_PRESENT;
}
