/* Macro strings of SPF: their syntax and their expansion (RFC 7208 section 7). */
#ifndef MD_SPF_MACRO_H
#define MD_SPF_MACRO_H

#include <stdint.h>

#include "base/addr.h"
#include "base/str.h"

struct md_arena;

/*
 * Where a macro-string stands.  The letters c, r and t, and blanks, are for the text that
 * exp= leads to (RFC 7208 7.2, and explain-string in 7.1).
 */
enum md_spf_macro_place { MD_SPF_IN_RECORD, MD_SPF_IN_EXPLANATION };

/* One piece of a macro-string: a run of literal characters, or one macro-expand. */
struct md_spf_macro {
	size_t offset, len;  /* the piece, or, when there is a fault, the faulty part */
	char letter;         /* in lower case; '%', '_' or '-' for %%, %_ and %-; 0: literal */
	bool url;            /* the letter is upper case: its value is URL-escaped (7.3) */
	bool reverse, split; /* split: there are transformers or delimiters */
	unsigned keep;       /* so many parts on the right; 0 for all */
	struct md_str delimiters; /* empty: "." */
	/*
	 * NULL, or a sentence without its full stop, in mem; then letter is '%' for a bad
	 * macro, 0 for an octet that cannot stand there
	 */
	const char *fault;
};

/*
 * The piece of `text` that begins at *pos; false at the end.  Goes on after a fault, which is
 * reported as a piece.
 */
bool md_spf_macro_next(struct md_arena *mem, struct md_str text, enum md_spf_macro_place,
                       size_t *pos, struct md_spf_macro *);

/* Does a good macro-string use one of these letters (lower case: both cases are meant)? */
bool md_spf_macro_uses(struct md_str text, const char *letters);

/* What the letters stand for (RFC 7208 7.2).  Views of raw octets, not of DNS text. */
struct md_spf_macro_values {
	struct md_str local, sender_domain; /* l and o; s is both */
	struct md_str domain;               /* d: of the record that is evaluated */
	struct md_str helo;                 /* h */
	struct md_str validated;            /* p: "unknown" when there is none */
	struct md_str receiver;             /* r: "unknown" when there is none */
	struct md_addr ip; /* i, v and c; IPv4-mapped must be unwrapped before */
	int64_t now;       /* t */
};

/*
 * The expansion of a macro-string without faults (faulty pieces expand to nothing), in mem.
 * No name is judged here: it may be too long, or have empty labels.
 */
struct md_str md_spf_macro_expand(struct md_arena *mem, struct md_str text,
                                  enum md_spf_macro_place, const struct md_spf_macro_values *);

/*
 * RFC 7208 7.3: a name over 253 characters loses labels on the left until it fits; a final
 * dot is taken off.
 */
struct md_str md_spf_macro_fit(struct md_str name);

#endif
