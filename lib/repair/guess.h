/* Guesses at what a header field held before it was changed, and how one is added. */
#ifndef MD_REPAIR_GUESS_H
#define MD_REPAIR_GUESS_H

#include "mail/message.h"

/* How likely a change is: combinations of changes are tried from the likeliest. */
enum md_guess_rank { MD_GUESS_KNOWN, MD_GUESS_LIKELY, MD_GUESS_FAIR, MD_GUESS_FAR };

/* One guess.  The search tries it, and only what verifies is ever told. */
struct md_guess {
	enum md_guess_rank rank;
	struct md_str whole; /* the field as it may have been, without its last CRLF */
	const char *what;    /* what happened after signing then, a clause */
};

/* No field gets more: work is bounded whatever a message holds. */
enum { MD_GUESSES_MOST = 400 };

struct md_guesses {
	struct md_arena *mem;
	const struct md_message *message;
	struct md_str name, value; /* of the field; value is empty for one that is missing */
	const char *domain;        /* d= of the signature */
	struct md_budget *budget;  /* pays for each; NULL: nothing is counted */
	struct md_guess *all;
	size_t n;
};

struct md_budget;

/* Is there room for one more?  Otherwise it need not be put together. */
bool md_guess_room(const struct md_guesses *);

/* Pays for one of so many octets; false when it cannot be afforded. */
bool md_guess_pay(struct md_guesses *, size_t octets);

/* Adds one whole field, without its last CRLF, for which there is room, and which is paid. */
void md_guess_add_whole(struct md_guesses *, enum md_guess_rank, struct md_str whole,
                        const char *what);

/* Adds one: the field's name, ":" and this value. */
void md_guess_add(struct md_guesses *, enum md_guess_rank, struct md_str value, const char *fmt,
                  ...) __attribute__((format(printf, 4, 5)));

/* A field of the first MIME part in the body: a list that wraps a message leaves the
 * original's there.  p is NULL for none. */
struct md_str md_guess_inner(const struct md_message *, const char *name);

/* The value without part [at, at + len), which is inside it. */
struct md_str md_guess_without(struct md_arena *, struct md_str value, size_t at, size_t len);

#endif
