/*
 * What is said between us and a witness, a JSON object a line: a question to it (and the
 * octets of a message, if it is about one), its questions to the DNS, our answers (lines of a
 * facts file), and what it ends with.
 */
#ifndef MD_TESTIMONY_H
#define MD_TESTIMONY_H

#include "dns/dns.h"
#include "witness/opinion.h"

/* The longest line that a witness may say, its newline included. */
enum { MD_TESTIMONY_LINE = 1 << 16 };

enum md_testimony_kind {
	MD_TESTIMONY_ASK,     /* question: answer it */
	MD_TESTIMONY_OPINION, /* result, detail and lookups: it is done */
	MD_TESTIMONY_REFUSED, /* detail: why it would not try */
};

struct md_testimony {
	enum md_testimony_kind kind;
	struct md_question question; /* its name in canonical text */
	const char *result, *detail;
	size_t nparts;
	const char *const *parts;
	unsigned lookups;
};

/* Reads a line of a witness.  False and *why (in mem) when it makes no sense. */
bool md_testimony_read(struct md_arena *mem, struct md_str line, struct md_testimony *out,
                       const char **why);

/*
 * The line that begins it all, newline included; input is canonical JSON.  The octets of a
 * message of this length follow it at once, if that is not 0.
 */
const char *md_testimony_begin(struct md_arena *mem, const char *engine, const char *input,
                               size_t message);

/* The line that answers a question, newline included. */
const char *md_testimony_answer(struct md_arena *mem, const struct md_dns *);

#endif
