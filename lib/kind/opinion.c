/* The kind of second opinions: a witness is called, and its questions are answered by the run.
 */
#include "kind/opinion.h"

#include <string.h>

#include "base/arena.h"
#include "doc/doc.h"
#include "fact/replay.h"
#include "kind/dns.h"
#include "kind/sources.h"
#include "mail/message.h"
#include "witness/witness.h"
#include "json/read.h"

enum {
	MOST_OF_A_MESSAGE = 32 << 20, /* octets: a witness has memory for a few copies */
	SECONDS = 5,                  /* a witness may think, and one that asks a server: */
	SECONDS_OF_A_FILTER = 35,
};

static const char lacking[] = "no second opinion: ", refused[] = "refused: ";

static const struct md_opinion *
opinion(const struct md_fact *fact)
{
	return (const struct md_opinion *)fact;
}

/* A server that the user named, and not a library that is run beside us. */
static bool
is_filter(const struct md_opinion *o)
{
	return strcmp(o->engine, "spamassassin") == 0 || strcmp(o->engine, "rspamd") == 0;
}

/* ---- questions ---- */

static size_t
hash(const void *question)
{
	const struct md_opinion *o = question;

	return md_str_hash(md_str(o->engine)) ^ md_str_hash(md_str(o->input));
}

static bool
same(const void *a, const void *b)
{
	const struct md_opinion *x = a, *y = b;

	return strcmp(x->engine, y->engine) == 0 && strcmp(x->input, y->input) == 0;
}

static const char *
words(struct md_arena *mem, const void *question)
{
	const struct md_opinion *o = question;

	if (!is_filter(o))
		return md_printf(mem, "the opinion of %s", o->engine);
	return md_printf(mem, "the score of %s at %s",
	                 strcmp(o->engine, "spamassassin") == 0 ? "SpamAssassin" : o->engine,
	                 md_opinion_value(mem, o->input, "server"));
}

/* ---- facts ---- */

static const void *
question_of(const struct md_fact *fact)
{
	return fact;
}

static struct md_fact *
blank(struct md_arena *mem, const void *question)
{
	const struct md_opinion *q = question;
	struct md_opinion *o = md_alloc(mem, sizeof(*o));

	*o = (struct md_opinion){
		.fact = { .kind = &md_opinion_kind, .why = "" },
		.engine = md_strdup(mem, q->engine),
		.input = md_strdup(mem, q->input),
		.message = q->message,
		.result = "",
		.detail = "",
	};
	return &o->fact;
}

static struct md_fact *
pack(const struct md_fact *fact)
{
	return &md_opinion_pack(opinion(fact))->fact;
}

static bool
equal(const struct md_fact *a, const struct md_fact *b)
{
	return md_opinion_same(opinion(a), opinion(b));
}

static bool
alike(const struct md_fact *a, const struct md_fact *b)
{
	return md_opinion_alike(opinion(a), opinion(b));
}

/* A library's opinion may be missing; the answer of a filter that the user named may not. */
static enum md_gap_kind
gap(const struct md_fact *fact)
{
	if (!is_filter(opinion(fact)))
		return MD_LIMIT;
	return fact->by_choice ? MD_BLIND : MD_INCONCLUSIVE;
}

/* Of "no second opinion: refused: why" only "why" for a filter: it gives no second opinion. */
static const char *
gap_why(const struct md_fact *fact)
{
	const char *why = fact->why;

	if (!is_filter(opinion(fact)))
		return why;
	if (md_str_starts(md_str(why), lacking))
		why += strlen(lacking);
	if (md_str_starts(md_str(why), refused))
		why += strlen(refused);
	return why;
}

static void
tell(struct md_doc *d, const struct md_fact *fact)
{
	const struct md_opinion *o = opinion(fact);
	const char *answer = o->fact.why;
	struct md_doc_text *line = md_doc_line(d, MD_WHOLE);

	if (o->fact.state == MD_PRESENT)
		answer = md_printf(d->mem, "%s (%s)", o->result, o->detail);
	md_doc_lead(d, line, MD_LABEL, md_printf(d->mem, "opinion of %s", o->engine));
	md_doc_lead(d, line, MD_PLAIN, md_printf(d->mem, ": %s", answer));
	md_doc_lead(d, line, MD_FAINT,
	            md_printf(d->mem, "  (asked for %s)", md_show(d->mem, md_str(o->input))));
}

static void
write(struct md_json *j, const struct md_fact *fact)
{
	md_opinion_put(j, opinion(fact));
}

static struct md_fact *
read(struct md_read *in, const struct md_members *line, const struct md_place *where)
{
	struct md_opinion *o = md_alloc(in->mem, sizeof(*o));

	(void)where;
	md_opinion_read(in, line, o);
	o->fact.kind = &md_opinion_kind;
	return &o->fact;
}

/* ---- fetching ---- */

struct opinion_fetch {
	struct md_fetch fetch;
	const struct md_requester *requester;
	void *arg;
	struct md_fetch **handle;
	const struct md_opinion *question;
	struct md_witness *witness; /* NULL once it is over */
};

static void
finish(struct opinion_fetch *f, struct md_fact *fact)
{
	f->witness = NULL;
	*f->handle = NULL;
	f->requester->done(f->arg, fact);
}

static void
finish_without(struct opinion_fetch *f, bool by_choice, const char *why)
{
	finish(f, md_fact_unknown(&md_opinion_kind, f->question, by_choice, why));
}

/*
 * There is no opinion where we were told not to fetch a fact that it needs: the witness would
 * speak of a failing DNS, which no receiver sees.
 */
static void
told(void *to, const struct md_fact *fact)
{
	struct opinion_fetch *f = to;
	struct md_arena *mem = f->requester->mem;

	if (f->witness == NULL)
		return; /* the witness has ended before this answer came */
	if (fact->state != MD_UNKNOWN || !fact->by_choice) {
		md_witness_tell(f->witness, (const struct md_dns *)fact);
		return;
	}
	md_witness_dismiss(f->witness);
	finish_without(f, false,
	               md_printf(mem, "it needs %s: %s",
	                         fact->kind->words(mem, fact->kind->question(fact)),
	                         fact->why));
}

static void
asks(void *arg, const struct md_question *question)
{
	struct opinion_fetch *f = arg;
	const struct md_fact *fact = f->requester->ask(f->arg, &md_dns_kind, question, told, f);

	if (fact != NULL)
		told(f, fact);
}

static void
ends(void *arg, const struct md_opinion *said)
{
	struct md_opinion o = *said;

	o.fact.kind = &md_opinion_kind;
	finish(arg, pack(&o.fact));
}

static void
cancel(struct md_fetch *fetch)
{
	struct opinion_fetch *f = (struct opinion_fetch *)fetch;

	if (f->witness != NULL)
		md_witness_dismiss(f->witness);
	f->witness = NULL;
}

/* The message as mail travels, for an input that names it; false and *why. */
static bool
attach(const struct opinion_fetch *f, struct md_witness_question *question, const char **why)
{
	const struct md_message *m = f->question->message;
	struct md_arena *mem = f->requester->mem;
	const char *named = md_opinion_value(mem, f->question->input, "message");

	if (named[0] == '\0')
		return true;
	*why = "the message is not at hand";
	if (m == NULL)
		return false;
	if (m->header.len + m->body.len > MOST_OF_A_MESSAGE) {
		*why = md_printf(mem, "the message is too large (over %d MB)",
		                 MOST_OF_A_MESSAGE >> 20);
		return false;
	}
	question->message[0] = m->header;
	question->message[1] = md_str("\r\n");
	question->message[2] = m->body;
	return strcmp(named, md_message_sha256(mem, m)) == 0;
}

static void
call(struct opinion_fetch *f)
{
	static const struct md_witness_calls calls = { .asks = asks, .ends = ends };
	const bool filter = is_filter(f->question);
	struct md_witness_question question = { .engine = f->question->engine,
		                                .input = f->question->input,
		                                .seconds = filter ? SECONDS_OF_A_FILTER
		                                                  : SECONDS };
	const char *why;

	if (attach(f, &question, &why))
		f->witness =
		        md_witness_call(f->requester->sources->witnesses, &question, &calls, f);
	else
		finish_without(f, false, why);
}

static void
fetch(const struct md_requester *requester, void *arg, const void *question,
      struct md_fetch **handle)
{
	const struct md_sources *s = requester->sources;
	struct opinion_fetch *f = md_alloc(requester->mem, sizeof(*f));
	struct md_fact *recorded =
	        s->replay != NULL ? md_replay_find(s->replay, &md_opinion_kind, question)
	                          : NULL;
	const bool filter = is_filter(question);

	*f = (struct opinion_fetch){ { cancel }, requester, arg, handle, question, NULL };
	*handle = &f->fetch;
	if (recorded != NULL)
		finish(f, recorded);
	else if (filter && s->resolver == NULL)
		finish_without(f, true, "offline");
	else if (requester->bulk && !filter)
		finish_without(f, true, "none is asked for when many are examined at once");
	else if (s->witnesses == NULL)
		finish_without(f, true, s->no_witness);
	else
		call(f);
}

const struct md_fact_kind md_opinion_kind = {
	.name = "opinion",
	.member = "opinions",
	.opinion = true,
	.per_side = true,
	.lacking = lacking,
	.hash = hash,
	.same = same,
	.words = words,
	.question = question_of,
	.blank = blank,
	.pack = pack,
	.equal = equal,
	.alike = alike,
	.gap = gap,
	.gap_why = gap_why,
	.tell = tell,
	.write = write,
	.read = read,
	.fetch = fetch,
};
