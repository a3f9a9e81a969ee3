/* The check author's kit: the header that a file in checks/ needs, besides its parsers'. */
#ifndef MD_CHECK_H
#define MD_CHECK_H

#include "ask/ask.h"

/*
 * What a check cannot work without.  Where that is missing the check is skipped; the report
 * says so.
 */
enum md_needs {
	MD_NEED_NOTHING = 0, /* besides the domain */
	MD_NEED_HELO = 1,    /* --helo */
	MD_NEED_SENDER = 2,  /* one of --ip, --mail-from, --helo, --selector */
	MD_NEED_FILTER = 4,  /* --spamd or --rspamd */
};

/*
 * One independent module: a pure function from facts to findings.  run() may be called many
 * times for one report; only the last attempt, which waited for nothing, counts.
 */
struct md_check {
	const char *name, *title; /* "mta-sts", "MTA-STS" */
	const char *question;     /* what it answers: "Does mail have somewhere to go?" */
	unsigned needs;
	enum md_way way;
	/*
	 * What the report is about hangs on it: where no such check can tell anything, it is
	 * unknown, whatever the others saw.  Where no check says so, any of them decides.
	 */
	bool decides;
	/* text tells its findings in a part of its own (md_show_part), not one by one */
	bool tabled;
	/*
	 * The check judges each of its facts by itself.  So, in the gate, a gap that both sides
	 * have is not new because another fact has changed.
	 */
	bool facts_apart;
	/* asks third parties about the subject (DNSBLs): off in bulk unless named */
	bool third_party;
	const struct md_rule *rules;
	size_t nrules;
	void (*run)(struct md_ctx *);
};

#define MD_RULES(table) .rules = (table), .nrules = MD_COUNT(table)

/*
 * Rule number `rule` of this check's table holds for `subject` (a name, address, selector),
 * and here is the evidence: one line.  Foreign bytes go through md_show first; of more than
 * 4000 octets the beginning is kept, and it is said how much was cut.  A finding is
 * its rule and subject: the same again is dropped.
 */
void md_found(struct md_ctx *, unsigned rule, const char *subject, const char *fmt, ...)
        MD_PRINTF(4, 5);

/*
 * What is found from here on is about this record (NULL: none is said); about the place of a
 * name where one is missing or too many are.  The gate names file and line by it.  A check that
 * says nothing of it is taken to mean the record of the finding's subject, or of the domain,
 * that it has read.
 */
void md_at(struct md_ctx *, const struct md_rr *);
void md_at_name(struct md_ctx *, uint16_t type, const char *name);

/*
 * About the TXT record of the answer that begins so, in any case: of several the last in its
 * file, which is one too many; of none the place.
 */
void md_at_txt(struct md_ctx *, const struct md_dns *, const char *beginning);

/*
 * To the finding just made: the zone-file line to ask of somebody else ("whoever runs the
 * reverse zone"), in whose zone it belongs.
 */
void md_ask_of(struct md_ctx *, const char *whom, const char *fmt, ...) MD_PRINTF(3, 4);

/*
 * To the finding just made: what to change in the DNS, each call a change more.  `fmt` gives
 * rdata as in a zone file.  A check wishes as if its finding were the only one, and never for
 * a record that it does not know to be right: what becomes of the wishes of all, and whether
 * they hold, is the plan's to say.
 */
void md_wish_add(struct md_ctx *, const char *owner, uint16_t type, const char *fmt, ...)
        MD_PRINTF(4, 5);
void md_wish_remove(struct md_ctx *, const struct md_rr *);
void md_wish_replace(struct md_ctx *, const struct md_rr *, const char *fmt, ...)
        MD_PRINTF(3, 4);

/* To the finding just made: it hurts this mail, and not what its rule says. */
void md_hurts(struct md_ctx *, enum md_way);

/*
 * The finding just made follows from one of this rule, of any check: where the report has that,
 * it is told below it, and is a remark.
 */
void md_follows(struct md_ctx *, const char *rule);

/* The same, but it stands by itself where the other follows from a third in turn. */
void md_adds_to(struct md_ctx *, const char *rule);

/*
 * To the finding just made: the part of `text` that is meant, shown with a caret.  Of a text of
 * more than 4000 octets what stands around the part is kept.
 */
void md_point(struct md_ctx *, struct md_str text, size_t offset, size_t len);

/* The same for a text that was put into presentation form before: it is not escaped again. */
void md_point_shown(struct md_ctx *, struct md_str text, size_t offset, size_t len);

/*
 * Worth showing whatever the outcome.  The same label again adds a line; two blanks in front
 * of it for each level make the lines a tree, and text output draws its branches.
 */
void md_note(struct md_ctx *, const char *label, const char *fmt, ...) MD_PRINTF(3, 4);

/* One of the main facts of the domain, for tables of many.  The first told of each counts. */
void md_main(struct md_ctx *, enum md_main, const char *fmt, ...) MD_PRINTF(3, 4);

/* The report is to show this besides findings: it is in md_mem(), or derived. */
void md_show_part(struct md_ctx *, const struct md_report_part *, const void *);

/*
 * Something cannot be known, for a reason that is no single fact's state (else md_known).
 * `rule` explains it (severity MD_UNSURE), or MD_NO_RULE.
 */
#define MD_NO_RULE (~0u)
void md_gap(struct md_ctx *, enum md_gap_kind, unsigned rule, const char *fact, const char *fmt,
            ...) MD_PRINTF(5, 6);

/* As md_known, with the rule that explains such a gap. */
bool md_known_or(struct md_ctx *, const struct md_fact *, unsigned rule);

#endif
