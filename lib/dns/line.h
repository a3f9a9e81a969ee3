/* One line of a facts file: JSON on the one side, our types on the other (docs/FORMATS.md). */
#ifndef MD_FACTLINE_H
#define MD_FACTLINE_H

#include "fact/replay.h"
#include "witness/opinion.h"

enum md_factline_kind {
	MD_LINE_OTHER, /* a kind of fact that we do not know: to be passed over */
	MD_LINE_RUN,
	MD_LINE_DNS,
	MD_LINE_OPINION,
};

struct md_factline {
	enum md_factline_kind kind;
	struct md_replay_run run;
	struct md_dns dns; /* origin is NULL when the line does not tell */
	struct md_rr *rr;  /* dns.rr */
	struct md_opinion opinion;
};

/* Reads a line.  False and *why (in mem, without file and line) when it is malformed. */
bool md_factline_read(struct md_arena *mem, struct md_str text, struct md_factline *out,
                      const char **why);

#endif
