/*
 * libmaildiag: will mail from and to a domain arrive, what is wrong, and how do we know?
 *
 * An engine holds any number of runs on one thread; a run examines one subject with the
 * checks it is given and ends in a report; a renderer turns the report into bytes.
 *
 *	struct md_engine *e = md_engine_new(&(struct md_engine_options){ 0 }, &why);
 *	struct md_run_options o = { .domain = "example.com" };
 *	struct md_run *r = md_run_new(e, md_checks(), &o, &why);
 *
 *	while (!md_run_done(r))
 *		md_engine_step(e, -1);
 *	md_render("text", md_run_report(r), &style, stdout);
 *
 * Strings given in options are copied.  Strings got from a report live as long as its run.
 * The library never prints, never exits (save for memory), and keeps no "last error":
 * fallible functions return NULL and set *why to a malloc'd sentence that is yours to free.
 */
#ifndef MAILDIAG_H
#define MAILDIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define MD_API __attribute__((visibility("default")))

struct md_engine;
struct md_run;
struct md_report;
struct md_check;
struct md_finding;
struct md_rule;
struct md_proposal;
struct md_gate_watch;
struct md_fact_kind;

/* ---- checks: the modules ---- */

/* The checks of a domain, NULL-terminated, in the order of its report. */
MD_API const struct md_check *const *md_checks(void);

/* The checks of a message, NULL-terminated, in the order of its report. */
MD_API const struct md_check *const *md_checks_message(void);

/* The checks of a domain on each side of a proposal: "zone" looks at what the gate compares. */
MD_API const struct md_check *const *md_checks_gate(void);

/* Those of a sample message there: signatures, sender, and DMARC. */
MD_API const struct md_check *const *md_checks_gate_message(void);

/* Those of domains, then those of messages, then "zone" for the gate's own rules. */
MD_API const struct md_check *const *md_checks_all(void);

/* The spf check alone; its report also has an evaluation for each address, and the tree. */
MD_API const struct md_check *const *md_checks_spf(void);
MD_API const struct md_check *md_check_find(const char *name); /* or NULL */
MD_API const char *md_check_name(const struct md_check *);
MD_API const char *md_check_title(const struct md_check *);

/* ---- the engine ---- */

/* Zero means the default everywhere. */
struct md_engine_options {
	/* NULL-terminated "ADDR", "ADDR:PORT", "[V6]:PORT"; NULL: /etc/resolv.conf */
	const char *const *resolvers;
	const char *const *zones; /* NULL-terminated zone files laid over the DNS */
	const char *replay;       /* facts file to answer from first */
	/* what is there, in place of the DNS, or NULL; must outlive the engine */
	const struct md_proposal *given;
	/* what runs with .proposed see in front of it all, or NULL; must outlive the engine */
	const struct md_proposal *proposal;
	bool offline;         /* never touch the network */
	double query_timeout; /* seconds per attempt; default: resolv.conf's timeout, else 2 */
	/* per question, over all resolvers; default: resolv.conf's attempts for each, else 4 */
	unsigned tries;
	/* questions a second over all servers, retries and TCP counted; 0: no limit */
	unsigned rate;
	/* Seconds to hold questions while none of the resolvers answers, before they are
	 * refused unasked until one does; 0: each question has its tries and fails. */
	double patience;
	/* Kinds of facts that the caller's own checks ask for; NULL-terminated; or NULL. */
	const struct md_fact_kind *const *kinds;
	const char *data_dir; /* files here (dnsbl.tsv, …) replace the built-in ones */
	/*
	 * asked now and then while a check computes long: not 0 ends that as soon as may be,
	 * and the report says what was left out; called on the engine's thread; or NULL
	 */
	int (*interrupted)(void);
	/*
	 * the program maildiag-witness, for second opinions; NULL: the one installed with the
	 * program that runs; "": ask for none
	 */
	const char *witness;
};

MD_API struct md_engine *md_engine_new(const struct md_engine_options *, char **why);
MD_API void md_engine_free(struct md_engine *); /* NULL is fine; runs must be freed before */

/* Becomes readable when md_engine_step has something to do; ms until it must be called anyway
 * (-1: never). */
MD_API int md_engine_fd(const struct md_engine *);
MD_API int md_engine_timeout(const struct md_engine *);

/* Waits at most `ms` (-1: as long as it takes) and does what is due.  Never blocks else. */
MD_API void md_engine_step(struct md_engine *, int ms);

/*
 * More questions wait than the servers take now (their windows are full, the rate is used up,
 * or none of them answers), or runs that have just been made: begin no more before the next
 * step.  While no resolver answers (.patience) one run at a time may try.  Whoever heeds this
 * may have thousands of runs under way and floods no resolver.
 */
MD_API bool md_engine_busy(const struct md_engine *);

/*
 * The servers asked, NULL-terminated; what is odd in zone file number `zone`, or NULL
 * past the last.
 */
MD_API const char *const *md_engine_resolvers(const struct md_engine *);
MD_API const char *const *md_engine_warnings(const struct md_engine *, size_t zone);

/* The next run that is done and has not been returned here before, or NULL. */
MD_API struct md_run *md_engine_next_done(struct md_engine *);

/* ---- a run ---- */

/* RFC 7208 4.6.4.  Zero means the default of the RFC, which stands behind each. */
struct md_spf_limits {
	unsigned terms;     /* 10 terms that query the DNS */
	unsigned voids;     /* 2 terms whose queries find nothing */
	unsigned mx_names;  /* 10 address lookups for an mx */
	unsigned ptr_names; /* 10 names of a ptr or %{p} */
};

/* A saved message to examine, with the checks of md_checks_message. */
struct md_message_source {
	const char *name;   /* to call it by: "saved.eml" */
	const char *octets; /* not copied: must outlive the run */
	size_t len;
	/* newest Received fields that are the receiver's own; 0: find out */
	unsigned trusted_hops;
	/* NULL-terminated providers to hold it against; NULL: all */
	const char *const *profiles;
	const char *spamd, *rspamd; /* "HOST:PORT" and URL of spam filters to ask; or NULL */
};

struct md_run_options {
	const char *domain; /* as a person types it; required, unless: */
	const struct md_message_source *message;
	const char *const *ips;       /* NULL-terminated sending addresses, or NULL */
	const char *mail_from, *helo; /* or NULL */
	const char *const *selectors; /* NULL-terminated DKIM selectors, or NULL */
	const char *const *ignore;    /* NULL-terminated "RULE" or "RULE@SUBJECT", or NULL */
	double timeout;               /* seconds for the whole report; default 60 */
	bool proposed;                /* judge the engine's proposal, not what is there */
	bool bulk;                    /* ask only what is needed, not ahead */
	const char *spf_record; /* judge by this instead of the domain's SPF record; or NULL */
	struct md_spf_limits spf_limits;
	/*
	 * take domain and mail_from as they are, even where SPF can only say "none" (RFC
	 * 7208 4.3)
	 */
	bool any_sender;
	/* take facts from this run, which is done and must outlive this one; or NULL */
	const struct md_run *known;
	/* what the gate looks at besides; must outlive the run; or NULL */
	const struct md_gate_watch *watch;
	int64_t now; /* seconds since 1970 to judge at; 0: now, or the replay file's */
	void *user;  /* yours: md_run_user */
};

/* `checks` is NULL-terminated and must outlive the run. */
MD_API struct md_run *md_run_new(struct md_engine *, const struct md_check *const *checks,
                                 const struct md_run_options *, char **why);
MD_API bool md_run_done(const struct md_run *);
MD_API const struct md_report *md_run_report(const struct md_run *); /* NULL until done */
MD_API void *md_run_user(const struct md_run *);

/* Writes every fact as JSON lines (docs/FORMATS.md); false and errno when that fails. */
MD_API bool md_run_record(const struct md_run *, FILE *);

/*
 * Adds to the report of a run that is done a plan of cure: what to publish and remove, proved
 * by judging the same facts with it, and what the report would be then; and to each finding
 * its share.  Costs some dozen times what judging has cost; asks nobody.  Renderers show it.
 */
MD_API void md_run_plan(struct md_run *);

/* Questions answered and still open, for a progress line. */
MD_API void md_run_progress(const struct md_run *, size_t *answered, size_t *open);
MD_API void md_run_free(struct md_run *); /* cancels it when it is not done */

/* ---- the report ---- */

/* "pass", "info", "warn", "unknown", "fail"; *complete: nothing inconclusive. */
MD_API const char *md_report_verdict(const struct md_report *, bool *complete);

/* Walks the findings in report order, without the ignored: start with NULL, ends with NULL. */
MD_API const struct md_finding *md_report_next(const struct md_report *,
                                               const struct md_finding *after);
MD_API const char *md_finding_rule(const struct md_finding *);
MD_API const char *md_finding_severity(const struct md_finding *);
MD_API const char *md_finding_title(const struct md_finding *);
MD_API const char *md_finding_subject(const struct md_finding *);
MD_API const char *md_finding_evidence(const struct md_finding *);
MD_API const char *md_finding_fix(const struct md_finding *);
MD_API const char *md_finding_record(const struct md_finding *); /* "" for none */
MD_API const char *md_finding_reference(const struct md_finding *);

/* ---- renderers ---- */

/* Text of many messages: a report each, or a line each in a table, the first with a heading.
 * Of csv the first line alone has the heading. */
enum md_table { MD_TABLE_NONE, MD_TABLE_FIRST, MD_TABLE_MORE };

struct md_style {
	unsigned columns; /* 0: 80 */
	bool colour, quiet, verbose;
	bool utf8;  /* box drawing and dashes; else ASCII */
	bool brief; /* JSON leaves the facts out */
	enum md_table table;
};

/*
 * "text" (people), "json" (one object), "jsonl" (the same on one line), of a domain's report
 * "csv" (one line with the verdict and the main facts), and of a report of the spf command
 * "zone" (the record flattened, as zone-file lines); false: no such format.
 */
MD_API bool md_render(const char *format, const struct md_report *, const struct md_style *,
                      FILE *);

MD_API const char *md_version(void);

#endif
