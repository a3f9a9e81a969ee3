/* Memory that lives exactly as long as the run, the attempt or the report it belongs to. */
#ifndef MD_ARENA_H
#define MD_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#define MD_PRINTF(fmt, args) __attribute__((format(printf, fmt, args), nonnull(fmt)))

struct md_arena;

/* Allocation succeeds or ends the program (abort): no caller checks for NULL. */
struct md_arena *md_arena_new(void);

/* Runs what was deferred, newest first, and frees all memory.  NULL is fine. */
void md_arena_free(struct md_arena *);

/* As new, and cheaper than to free it and make another. */
void md_arena_clear(struct md_arena *);

/*
 * An arena that begins in what blocks of the lender have left over.  It ends, before the lender
 * does, by md_arena_free, as if it had never been, or by md_arena_keep: then its memory and
 * what was deferred are the lender's.
 */
struct md_arena *md_arena_branch(struct md_arena *lender);
void md_arena_keep(struct md_arena *branch);

/* Gives back what a branch has not used yet: for one that is to wait. */
void md_arena_settle(struct md_arena *branch);

/* Bytes handed out so far, for caps on what one run may hold. */
size_t md_arena_size(const struct md_arena *);

/* Zeroed, aligned for any type, freed with the arena. */
void *md_alloc(struct md_arena *, size_t size);

/*
 * Room for a text that grows: the `used` octets of `was`, which had room for `had`, and behind
 * them what was there, whatever that is.  It stays in its place when it is the newest.
 */
char *md_more_room(struct md_arena *, char *was, size_t used, size_t had, size_t room);

/* Copies; always NUL-terminated.  md_strndup may copy NULs within len. */
char *md_strdup(struct md_arena *, const char *s);
char *md_strndup(struct md_arena *, const char *s, size_t len);
/* Of a text of more than INT_MAX octets only the beginning, with "..." after it. */
char *md_vprintf(struct md_arena *, const char *fmt, va_list) MD_PRINTF(2, 0);
char *md_printf(struct md_arena *, const char *fmt, ...) MD_PRINTF(2, 3);

/* Run fn(arg) when the arena goes: for the odd handle that is not memory. */
void md_arena_defer(struct md_arena *, void (*fn)(void *), void *arg);

/* The child goes when the arena goes: its memory may be pointed to until then. */
void md_arena_adopt(struct md_arena *, struct md_arena *child);

/*
 * Room for one more element in an array that grows in an arena: *items has n elements of
 * `size` bytes; afterwards it has room for n + 1.  Old copies stay until the arena goes,
 * at most as much again as the array.  Start with NULL and 0.
 */
void *md_grow(struct md_arena *, void *items, size_t n, size_t size);

/* Appends to md_grow's array: MD_PUSH(mem, list->rr, list->n, rr). */
#define MD_PUSH(mem, items, n, item)                                                           \
	((items) = md_grow((mem), (items), (n), sizeof(*(items))), (items)[(n)++] = (item))

#endif
