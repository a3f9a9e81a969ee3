/* The toy kind: a descriptor, and a fetch that waits on a thread or on a timer of its own. */
#include "toy_kind.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>

#include "base/arena.h"
#include "doc/doc.h"
#include "fact/replay.h"
#include "kind/sources.h"
#include "net/io.h"
#include "net/pool.h"
#include "json/read.h"
#include "json/write.h"

static atomic_uint worked;

unsigned
toy_worked(void)
{
	return atomic_load(&worked);
}

static const struct toy *
toy(const struct md_fact *fact)
{
	return (const struct toy *)fact;
}

/* ---- questions and facts ---- */

static size_t
hash(const void *question)
{
	return md_str_hash(md_str(((const struct toy_question *)question)->word));
}

static bool
same(const void *a, const void *b)
{
	return strcmp(((const struct toy_question *)a)->word,
	              ((const struct toy_question *)b)->word) == 0;
}

static const char *
words(struct md_arena *mem, const void *question)
{
	return md_printf(mem, "letters of %s", ((const struct toy_question *)question)->word);
}

static const void *
question_of(const struct md_fact *fact)
{
	return &toy(fact)->question;
}

static struct md_fact *
blank(struct md_arena *mem, const void *question)
{
	struct toy *t = md_alloc(mem, sizeof(*t));

	t->fact.kind = &toy_kind;
	t->fact.why = "";
	t->question = *(const struct toy_question *)question;
	t->question.word = md_strdup(mem, t->question.word);
	return &t->fact;
}

static struct md_fact *
pack(const struct md_fact *fact)
{
	const struct toy *from = toy(fact);
	const size_t word = strlen(from->question.word) + 1, why = strlen(fact->why) + 1;
	struct toy *to = malloc(sizeof(*to) + word + why);
	char *texts = (char *)(to + 1);

	*to = *from;
	to->fact.pins = 0;
	to->fact.bytes = sizeof(*to) + word + why;
	to->question.word = memcpy(texts, from->question.word, word);
	to->fact.why = memcpy(texts + word, fact->why, why);
	return &to->fact;
}

static bool
alike(const struct md_fact *a, const struct md_fact *b)
{
	return a->state == b->state && toy(a)->letters == toy(b)->letters;
}

static int64_t
lifetime(const struct md_fact *fact)
{
	return fact->state == MD_PRESENT ? MD_FOR_GOOD : 0;
}

static enum md_gap_kind
gap(const struct md_fact *fact)
{
	return fact->by_choice ? MD_BLIND : MD_INCONCLUSIVE;
}

/* ---- in words, and in facts files ---- */

static void
tell(struct md_doc *d, const struct md_fact *fact)
{
	md_doc_say(d, MD_WHOLE, words(d->mem, &toy(fact)->question));
}

static void
write(struct md_json *j, const struct md_fact *fact)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "fact", "toy");
	md_json_text(j, "word", toy(fact)->question.word);
	if (fact->state == MD_PRESENT)
		md_json_number(j, "letters", toy(fact)->letters);
	else
		md_json_text(j, "why", fact->why);
	md_json_close(j, '}');
}

static struct md_fact *
read(struct md_read *in, const struct md_members *line, const struct md_place *where)
{
	const struct toy_question q = { .word = md_read_text(in, line, "word", "") };
	struct toy *t = (struct toy *)blank(in->mem, &q);

	(void)where;
	t->fact.why = md_read_text(in, line, "why", "");
	t->letters = (unsigned)md_read_number(in, line, "letters", 1000, 0);
	t->fact.state = t->fact.why[0] != '\0' ? MD_UNKNOWN : MD_PRESENT;
	return &t->fact;
}

/* ---- fetching ---- */

struct toy_fetch {
	struct md_fetch fetch;
	struct md_arena *mem;
	const struct md_requester *requester;
	void *arg;
	struct md_fetch **handle;
	struct toy_question question;
	struct md_work *work;
	unsigned letters;
};

/* On a thread: sees nothing but its argument. */
static void
count(struct md_work *w, void *arg)
{
	struct toy_fetch *f = arg;

	atomic_fetch_add(&worked, 1);
	for (unsigned i = 0; i < f->question.takes; i++)
		if (!md_work_pause(w, 1))
			return;
	f->letters = (unsigned)strlen(f->question.word);
}

static void
counted(void *arg, enum md_work_end how)
{
	struct toy_fetch *f = arg;
	struct toy t = { .fact = { .kind = &toy_kind, .state = MD_PRESENT, .why = "" },
		         .question = f->question };
	struct md_fact *fact;

	if (how == MD_WORK_DONE) {
		t.letters = f->letters;
		fact = pack(&t.fact);
	} else {
		fact = md_fact_unknown(&toy_kind, &f->question, false, "nobody counts so long");
	}
	*f->handle = NULL;
	f->requester->done(f->arg, fact);
}

static void
drop(void *arg)
{
	md_arena_free(((struct toy_fetch *)arg)->mem);
}

static void
cancel(struct md_fetch *fetch)
{
	md_pool_cancel(((struct toy_fetch *)fetch)->work);
}

/* ---- the same by a descriptor ---- */

struct timer {
	struct md_io io;
	struct toy_fetch *fetch;
	struct md_loop *loop;
};

struct timed_fetch {
	struct toy_fetch toy; /* first, so that it is a fetch */
	struct timer *timer;
};

static void
end_timer(struct timed_fetch *f)
{
	md_io_close(f->timer->loop, &f->timer->io);
	drop(f);
}

static void
rung(struct md_io *io, uint32_t events)
{
	struct timed_fetch *f = (struct timed_fetch *)((struct timer *)io)->fetch;

	(void)events;
	f->toy.letters = (unsigned)strlen(f->toy.question.word);
	counted(f, MD_WORK_DONE);
	end_timer(f);
}

static void
cancel_timer(struct md_fetch *fetch)
{
	end_timer((struct timed_fetch *)fetch);
}

static void
fetch_by_timer(const struct toy_fetch *like, struct md_loop *loop)
{
	const struct itimerspec when = { .it_value.tv_nsec =
		                                 1 + like->question.takes * 1000000L };
	struct timed_fetch *f = md_alloc(like->mem, sizeof(*f));
	const int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	f->toy = *like;
	f->toy.fetch.cancel = cancel_timer;
	*f->toy.handle = &f->toy.fetch;
	f->timer = md_io_new(sizeof(*f->timer), fd);
	f->timer->io.ready = rung;
	f->timer->fetch = &f->toy;
	f->timer->loop = loop;
	timerfd_settime(fd, 0, &when, NULL);
	md_io_add(loop, &f->timer->io, EPOLLIN);
}

static void
fetch(const struct md_requester *requester, void *arg, const void *question,
      struct md_fetch **handle)
{
	const struct md_sources *s = requester->sources;
	struct md_arena *mem = md_arena_new();
	struct toy_fetch *f = md_alloc(mem, sizeof(*f));
	struct md_fact *recorded =
	        s->replay != NULL ? md_replay_find(s->replay, &toy_kind, question) : NULL;

	if (recorded != NULL || s->pool == NULL) {
		md_arena_free(mem);
		requester->done(arg, recorded != NULL ? recorded
		                                      : md_fact_unknown(&toy_kind, question,
		                                                        true, "offline"));
		return;
	}
	*f = (struct toy_fetch){ .fetch = { cancel },
		                 .mem = mem,
		                 .requester = requester,
		                 .arg = arg,
		                 .handle = handle };
	f->question = *(const struct toy_question *)question;
	f->question.word = md_strdup(mem, f->question.word);
	if (f->question.by_descriptor) {
		fetch_by_timer(f, s->loop);
		return;
	}
	*handle = &f->fetch;
	f->work = md_pool_start(s->pool, &(struct md_job){ .arg = f,
	                                                   .milliseconds = f->question.patience,
	                                                   .work = count,
	                                                   .done = counted,
	                                                   .drop = drop });
}

const struct md_fact_kind toy_kind = {
	.name = "toy",
	.member = "toys",
	.hash = hash,
	.same = same,
	.words = words,
	.question = question_of,
	.blank = blank,
	.pack = pack,
	.equal = alike,
	.alike = alike,
	.lifetime = lifetime,
	.gap = gap,
	.tell = tell,
	.write = write,
	.read = read,
	.fetch = fetch,
};
