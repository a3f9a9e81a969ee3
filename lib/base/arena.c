/* Memory that lives exactly as long as what it belongs to: blocks, freed all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The first block comes with the arena: most attempts of most checks need no more, and malloc
 * has 1 KiB at hand (glibc keeps what was freed of up to 1032 octets in lists of its own).
 */
#ifdef MAILDIAG_DEBUG_ARENA
enum { WITH_FIRST = 0, NEXT_BLOCK = 0, LAST_BLOCK = 0 }; /* each its own, to be watched */
#else
enum { WITH_FIRST = 1024, NEXT_BLOCK = 2048, LAST_BLOCK = 65536 };
#endif

/* What it hands out follows it. */
struct block {
	alignas(max_align_t) struct block *next;
	size_t used, size;
};

struct deferred {
	struct deferred *next;
	void (*fn)(void *);
	void *arg;
};

struct md_arena {
	struct block *blocks;
	struct deferred *deferred;
	size_t size, block_size;
	struct block first; /* not in the list of blocks to free; empty when each has its own */
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

struct md_arena *
md_arena_new(void)
{
	const size_t whole =
	        WITH_FIRST > sizeof(struct md_arena) ? WITH_FIRST : sizeof(struct md_arena);
	struct md_arena *a = must(malloc(whole));

	*a = (struct md_arena){ .block_size = NEXT_BLOCK };
	a->first.size = whole - sizeof(*a);
	a->blocks = &a->first;
	return a;
}

size_t
md_arena_size(const struct md_arena *a)
{
	return a->size;
}

static struct block *
add_block(struct md_arena *a, size_t need)
{
	const size_t room = need > a->block_size ? need : a->block_size;
	struct block *b = must(malloc(sizeof(*b) + room));

	b->used = 0;
	b->size = room;
	b->next = a->blocks;
	a->blocks = b;
	if (a->block_size != LAST_BLOCK)
		a->block_size *= 2;
	return b;
}

/* Octets that hold whatever was there. */
static void *
take(struct md_arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct block *b = a->blocks;
	void *p;

	if (size > SIZE_MAX / 2)
		must(NULL);
	if (WITH_FIRST > 0) /* exact sizes otherwise, so that one byte too far is seen */
		size = (size + align - 1) / align * align;
	if (WITH_FIRST == 0 || b->size - b->used < size)
		b = add_block(a, size);
	p = (char *)(b + 1) + b->used;
	b->used += size;
	a->size += size;
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

char *
md_vprintf(struct md_arena *a, const char *fmt, va_list ap)
{
	const struct block *b = a->blocks;
	const size_t room = WITH_FIRST > 0 ? b->size - b->used : 0;
	char *next = (char *)(a->blocks + 1) + b->used, *s;
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

void
md_arena_clear(struct md_arena *a)
{
	run_deferred(a);
	while (a->blocks != &a->first) {
		struct block *b = a->blocks;

		a->blocks = b->next;
		free(b);
	}
	a->first.used = 0;
	a->deferred = NULL;
	a->size = 0;
	a->block_size = NEXT_BLOCK;
}

void
md_arena_free(struct md_arena *a)
{
	if (a == NULL)
		return;
	md_arena_clear(a);
	free(a);
}
