/* Memory that lives exactly as long as what it belongs to: blocks, freed all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/join.h"

/*
 * The first block comes with the arena, and those that follow are half as large as all that was
 * handed out before.  malloc has 1 KiB at hand (glibc keeps what was freed of up to 1032 octets
 * in lists of its own).
 */
#ifdef MAILDIAG_DEBUG_ARENA
enum { WITH_FIRST = 0, LEAST_BLOCK = 1, MOST_BLOCK = 1 }; /* each its own, to be watched */
#else
enum { WITH_FIRST = 1024, LEAST_BLOCK = 1008, MOST_BLOCK = 65536 };
#endif

/* Less room than this is not worth lending. */
enum { LEAST_REST = 128 };

/* What it hands out follows it. */
struct block {
	alignas(max_align_t) struct block *next;
};

/* Room that nobody uses, at its beginning. */
struct rest {
	alignas(max_align_t) struct rest *next;
	size_t len;
};

struct deferred {
	struct deferred *next;
	void (*fn)(void *);
	void *arg;
};

struct md_arena {
	alignas(max_align_t) char *next; /* what is handed out next */
	size_t left;                     /* octets there, of whole alignments */
	size_t size;
	struct block *blocks; /* to free; the first is none of them */
	struct deferred *deferred;
	struct rest *rests;      /* of its blocks, for its branches */
	struct md_arena *lender; /* of a branch, or NULL; and the rest that it has lent */
	struct rest *lent;
	size_t lent_len;
};

static void *
must(void *p)
{
	if (p == NULL) {
		fputs("maildiag: out of memory\n", stderr);
		abort();
	}
	return p;
}

/* All but the first block, which follows it. */
static void
begin(struct md_arena *a, size_t whole)
{
	*a = (struct md_arena){ .next = (char *)(a + 1), .left = whole - sizeof(*a) };
}

static size_t
with_first(void)
{
	return WITH_FIRST > sizeof(struct md_arena) ? WITH_FIRST : sizeof(struct md_arena);
}

struct md_arena *
md_arena_new(void)
{
	struct md_arena *a = must(malloc(with_first()));

	begin(a, with_first());
	return a;
}

size_t
md_arena_size(const struct md_arena *a)
{
	return a->size;
}

static char *
add_block(struct md_arena *a, size_t room)
{
	struct block *b = must(malloc(sizeof(*b) + room));

	b->next = a->blocks;
	a->blocks = b;
	return (char *)(b + 1);
}

/* Exact sizes when each has its own block, so that one byte too far is seen. */
static size_t
aligned(size_t size)
{
	const size_t align = alignof(max_align_t);

	return WITH_FIRST > 0 ? (size + align - 1) / align * align : size;
}

static size_t
next_room(const struct md_arena *a)
{
	const size_t room = aligned(a->size / 2);

	if (room < LEAST_BLOCK)
		return LEAST_BLOCK;
	return room < MOST_BLOCK ? room : MOST_BLOCK;
}

/* Octets that hold whatever was there. */
static void *
take(struct md_arena *a, size_t size)
{
	char *p;

	if (size > SIZE_MAX / 2)
		must(NULL);
	size = aligned(size);
	if (WITH_FIRST == 0 || a->left < size) {
		const size_t room = next_room(a);

		a->left = size > room ? size : room;
		a->next = add_block(a, a->left);
	}
	p = a->next;
	a->next += size;
	a->left -= size;
	a->size += size;
	return p;
}

char *
md_more_room(struct md_arena *a, char *was, size_t used, size_t had, size_t room)
{
	char *p;

	had = aligned(had);
	if (was != NULL && was + had == a->next && aligned(room) - had <= a->left) {
		take(a, aligned(room) - had);
		return was;
	}
	p = take(a, room);
	if (was != NULL)
		memcpy(p, was, used);
	return p;
}

void *
md_alloc(struct md_arena *a, size_t size)
{
	return memset(take(a, size), 0, size);
}

char *
md_strdup(struct md_arena *a, const char *s)
{
	return md_strndup(a, s, strlen(s));
}

char *
md_strndup(struct md_arena *a, const char *s, size_t len)
{
	char *copy = take(a, len + 1);

	if (len > 0) /* s may be NULL then */
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

/*
 * A text that vsnprintf cannot count (over INT_MAX octets) is no reason to end a run over many:
 * its beginning has to do.
 */
MD_PRINTF(2, 0)
static char *
beginning(struct md_arena *a, const char *fmt, va_list ap)
{
	enum { ENOUGH = 65536 };
	char *s = md_alloc(a, ENOUGH + 1);

	vsnprintf(s, ENOUGH + 1, fmt, ap);
	memcpy(s + ENOUGH - 3, "...", 4);
	return s;
}

MD_PRINTF(2, 0)
static char *
print(struct md_arena *a, const char *fmt, va_list ap)
{
	const size_t room = WITH_FIRST > 0 ? a->left : 0;
	char *next = a->next, *s;
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(room > 0 ? next : NULL, room, fmt, ap);
	if (len < 0) {
		s = beginning(a, fmt, again);
	} else {
		s = take(a, (size_t)len + 1);
		if ((size_t)len >= room) /* else it is printed already, where it belongs */
			vsnprintf(s, (size_t)len + 1, fmt, again);
	}
	va_end(again);
	return s;
}

char *
md_vprintf(struct md_arena *a, const char *fmt, va_list ap)
{
	va_list measured;
	size_t len;
	char *s;

	va_copy(measured, ap);
	len = md_join_len(fmt, measured);
	va_end(measured);
	if (len == MD_NO_JOIN)
		return print(a, fmt, ap);
	s = take(a, len + 1);
	md_join(s, fmt, ap);
	return s;
}

char *
md_printf(struct md_arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = md_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}

void *
md_grow(struct md_arena *a, void *items, size_t n, size_t size)
{
	void *more;

	/* Capacities are 0, 4, 8, 16, ...: full exactly when n is 0 or a power of two >= 4. */
	if (n > 0 && (n < 4 || (n & (n - 1)) != 0))
		return items;
	if (n > SIZE_MAX / 4 / size)
		must(NULL);
	more = md_alloc(a, (n == 0 ? 4 : 2 * n) * size);
	if (n > 0)
		memcpy(more, items, n * size);
	return more;
}

void
md_arena_defer(struct md_arena *a, void (*fn)(void *), void *arg)
{
	struct deferred *d = md_alloc(a, sizeof(*d));

	*d = (struct deferred){ a->deferred, fn, arg };
	a->deferred = d;
}

static void
free_child(void *child)
{
	md_arena_free(child);
}

void
md_arena_adopt(struct md_arena *a, struct md_arena *child)
{
	md_arena_defer(a, free_child, child);
}

static void
run_deferred(struct md_arena *a)
{
	for (struct deferred *d = a->deferred; d != NULL; d = d->next)
		d->fn(d->arg);
}

static void
free_blocks(struct md_arena *a)
{
	while (a->blocks != NULL) {
		struct block *b = a->blocks;

		a->blocks = b->next;
		free(b);
	}
}

void
md_arena_clear(struct md_arena *a)
{
	run_deferred(a);
	free_blocks(a);
	begin(a, with_first());
}

/* ---- branches ---- */

static void
add_rest(struct md_arena *lender, void *room, size_t len)
{
	struct rest *r = room;

	if (len < LEAST_REST)
		return;
	*r = (struct rest){ lender->rests, len };
	lender->rests = r;
}

static void
borrow(struct md_arena *a, struct md_arena *lender)
{
	if (lender->rests == NULL)
		add_rest(lender, add_block(lender, LEAST_BLOCK), LEAST_BLOCK);
	a->lent = lender->rests;
	lender->rests = a->lent->next;
	a->next = (char *)a->lent;
	a->lent_len = a->left = a->lent->len;
}

struct md_arena *
md_arena_branch(struct md_arena *lender)
{
	struct md_arena *a = must(malloc(sizeof(*a)));

	*a = (struct md_arena){ .lender = lender };
	if (WITH_FIRST > 0)
		borrow(a, lender);
	return a;
}

void
md_arena_settle(struct md_arena *a)
{
	if (a->blocks != NULL || a->left < LEAST_REST)
		return;
	a->lent_len -= a->left;
	add_rest(a->lender, a->next, a->left);
	a->left = 0;
}

void
md_arena_keep(struct md_arena *a)
{
	struct md_arena *lender = a->lender;
	struct block **blocks = &a->blocks;
	struct deferred **deferred = &a->deferred;

	while (*blocks != NULL)
		blocks = &(*blocks)->next;
	*blocks = lender->blocks;
	lender->blocks = a->blocks;
	while (*deferred != NULL)
		deferred = &(*deferred)->next;
	*deferred = lender->deferred;
	lender->deferred = a->deferred;
	lender->size += a->size;
	add_rest(lender, a->next, a->left);
	free(a);
}

void
md_arena_free(struct md_arena *a)
{
	if (a == NULL)
		return;
	run_deferred(a);
	free_blocks(a);
	if (a->lender != NULL)
		add_rest(a->lender, a->lent, a->lent_len);
	free(a);
}
