/* Answers both sides of a proposal from one store. */
#include "kind/frozen.h"

#include "base/arena.h"
#include "fact/store.h"
#include "kind/dns.h"
#include "kind/sources.h"

struct frozen_fetch {
	struct md_fetch fetch;
	const struct md_requester *requester;
	void *arg;
	struct md_fetch **handle;
	struct md_entry *entry;
	struct md_requester base; /* asks the sources below */
	struct md_fetch *below;
};

static void
cancel(struct md_fetch *fetch)
{
	md_fetch_cancel(((struct frozen_fetch *)fetch)->below);
}

static void
freeze(void *arg, struct md_fact *fact)
{
	struct frozen_fetch *f = arg;

	if (f->entry->held == NULL) {
		md_store_put(f->requester->sources->frozen, f->entry, fact);
	} else {
		fact->pins++;
		md_fact_unpin(fact);
	}
	*f->handle = NULL;
	f->requester->done(f->arg, f->entry->held);
}

/* Lends the fact to the requester, whose memory goes with that, and drops it. */
static void
lend(void *arg, struct md_fact *fact)
{
	struct frozen_fetch *f = arg;
	const struct md_requester *requester = f->requester;
	void *to = f->arg;

	fact->pins++;
	*f->handle = NULL;
	requester->done(to, fact);
	md_fact_unpin(fact);
}

/*
 * Files say the same as often as they are asked: what they say need not be kept, as what comes
 * from the network must be, so that both sides see one world.
 */
static bool
is_of_files(const struct md_requester *requester, const struct md_fact_kind *kind)
{
	return kind == &md_dns_kind && requester->sources->base->resolver == NULL &&
	       !requester->sources->freezes_files;
}

static void
fetch_from_files(const struct md_requester *requester, void *arg,
                 const struct md_fact_kind *kind, const void *question,
                 struct md_fetch **handle)
{
	struct frozen_fetch *f = md_alloc(requester->mem, sizeof(*f));

	*f =
	        (struct frozen_fetch){ { cancel }, requester,  arg, handle,
		                       NULL,       *requester, NULL };
	f->base.sources = requester->sources->base;
	f->base.done = lend;
	f->base.ask = NULL;
	*handle = &f->fetch;
	kind->fetch(&f->base, f, kind->question(kind->blank(requester->mem, question)),
	            &f->below);
}

void
md_frozen_fetch(const struct md_requester *requester, void *arg,
                const struct md_fact_kind *kind, const void *question, struct md_fetch **handle)
{
	struct md_entry *e;
	struct frozen_fetch *f;

	if (is_of_files(requester, kind)) {
		fetch_from_files(requester, arg, kind, question, handle);
		return;
	}
	e = md_store_find(requester->sources->frozen, kind, question);
	if (e->held != NULL) {
		requester->done(arg, e->held);
		return;
	}
	f = md_alloc(requester->mem, sizeof(*f));
	*f = (struct frozen_fetch){ { cancel }, requester, arg, handle, e, *requester, NULL };
	f->base.sources = requester->sources->base;
	f->base.done = freeze;
	f->base.ask = NULL; /* both sides would see what one of them has asked */
	*handle = &f->fetch;
	kind->fetch(&f->base, f, e->question, &f->below);
}

void
md_fetch_fact(const struct md_requester *requester, void *arg, const struct md_fact_kind *kind,
              const void *question, struct md_fetch **handle)
{
	if (requester->sources->frozen != NULL && !kind->per_side)
		md_frozen_fetch(requester, arg, kind, question, handle);
	else
		kind->fetch(requester, arg, question, handle);
}
