/* Answers both sides of a proposal from one store. */
#include "kind/frozen.h"

#include "base/arena.h"
#include "fact/store.h"
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

void
md_frozen_fetch(const struct md_requester *requester, void *arg,
                const struct md_fact_kind *kind, const void *question, struct md_fetch **handle)
{
	struct md_entry *e = md_store_find(requester->sources->frozen, kind, question);
	struct frozen_fetch *f;

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
