/* Words and specials of address lists (RFC 5322 3.2): private to address*.c. */
#ifndef MD_ADDRESS_PIECES_H
#define MD_ADDRESS_PIECES_H

#include "base/str.h"

struct md_arena;

/* What a piece of the text is; specials are their own character. */
enum { MD_END, MD_ATOM, MD_QUOTED, MD_LITERAL };

struct md_piece {
	int kind;
	struct md_str raw; /* without quotes or brackets */
	bool spaced;       /* blanks or a comment before it */
};

struct md_pieces {
	struct md_piece *p;
	size_t n;
};

struct md_pieces_scan {
	struct md_arena *mem;
	struct md_str rest;
	struct md_piece next;
	struct md_str comment; /* the last one, without its parentheses */
	const char *fault;     /* a clause; "" for none yet */
	/* room for the pieces of one element, used for each in turn */
	struct md_piece *pieces;
	size_t room;
	bool cut; /* a limit was met */
};

/* RFC 5321 4.5.3.1 allows an address some 300 octets; a name of so many words is none. */
enum { MD_PIECES_MOST = 1000 };

/* The first fault is told: later ones are often its consequence. */
void md_pieces_fault(struct md_pieces_scan *, const char *clause);

/* Reads the next piece; blanks, folds and comments before it are skipped. */
void md_pieces_advance(struct md_pieces_scan *);

/*
 * The pieces before the next of these specials, or the end; valid until the next call.  Beyond
 * MD_PIECES_MOST they are passed over, which is a fault.
 */
struct md_pieces md_pieces_until(struct md_pieces_scan *, const char *specials);
bool md_pieces_at(const struct md_pieces_scan *, const char *specials); /* or at the end */

bool md_piece_is_word(const struct md_piece *);

size_t md_pieces_find(struct md_pieces, int kind); /* all.n when there is none */
size_t md_pieces_count(struct md_pieces, int kind);
struct md_pieces md_pieces_part(struct md_pieces, size_t from, size_t to);

/*
 * As text: the meaning, quotes and escapes undone, `blanks` between words that had some; or as
 * written, without blanks.  A NUL, which no C string holds, is U+FFFD.
 */
const char *md_pieces_text(struct md_arena *, struct md_pieces, bool blanks);
const char *md_pieces_written(struct md_arena *, struct md_pieces);

#endif
