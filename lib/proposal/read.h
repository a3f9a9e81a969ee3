/* What the readers of the formats share. */
#ifndef MD_PROPOSAL_READ_H
#define MD_PROPOSAL_READ_H

#include "base/arena.h"
#include "base/index.h"
#include "proposal/proposal.h"
#include "proposal/spared.h"
#include "zone/zone.h"

/* Where everything taken must live. */
struct md_arena *md_proposal_mem(const struct md_proposal_builder *);

/* Where the records of whole zones lie until md_proposal_done; their texts do not. */
struct md_arena *md_proposal_records(struct md_proposal_builder *);

/*
 * What stays of the answer that is there now, where the proposal does not cover its name and
 * type: not an alias that is taken away, nor what a whole zone that leaves some records alone
 * does not leave.
 */
struct md_dns md_proposal_kept(const struct md_proposal *, struct md_arena *,
                               const struct md_dns *base);

/*
 * The zone that a path tells: "example.com.zone", "db.example.com", "example.com._0_base.yaml",
 * "$example.com.yaml", or its folder: "example.com/anything", "example.com./www.yaml".
 * Canonical text; NULL when it tells none.
 */
const char *md_proposal_zone_named(struct md_arena *, const char *path);

/* The folder of md_proposal_set_root, or NULL. */
const char *md_proposal_root(const struct md_proposal_builder *);

/* A file that is in memory; path is for messages and places, and no $INCLUDE is followed. */
struct md_proposal_text {
	const char *path;
	struct md_str text;
	enum md_zone_format format;
	const char *origin; /* or NULL */
};

/* As md_proposal_add_file. */
bool md_proposal_add_text(struct md_proposal_builder *, const struct md_proposal_text *,
                          const char **why);

/* ---- an input on its way: nothing reaches the builder before all of it is sound ---- */

/* A whole zone that was read. */
struct md_whole {
	const char *apex;
	size_t n;
	const struct md_rr *rr;
	size_t nspared; /* what it leaves as it is */
	const struct md_spared *spared;
};

struct md_input;

/* Takes a whole zone of an input, or a part of one: those with the same apex are one zone. */
void md_proposal_take_whole(struct md_proposal_builder *, const struct md_input *,
                            const struct md_whole *);

/* Takes the changes of an input. */
void md_proposal_take_changes(struct md_proposal_builder *, const struct md_input *);

struct md_input {
	struct md_arena *mem;
	struct md_arena *scratch; /* of the text, and of records on their way */
	struct md_arena *records; /* of whole zones: md_proposal_records */
	const char *path;
	struct md_str text;
	const char *origin; /* canonical, or NULL */
	const char *guess;  /* the zone that the file's name tells, canonical, or NULL */
	const char *folder; /* its real path; NULL: nothing is included */
	const char *root;   /* what is included stays below it */
	const char *why;    /* what was wrong first: "FILE:LINE: …"; NULL: nothing */

	size_t n; /* records since the last md_input_zone or md_input_changes */
	struct md_rr *rr;
	size_t nall; /* records in all */
	size_t nwholes;
	struct md_whole *wholes;
	size_t nchanges, nsettled; /* settled: of a zone or changes that were whole before */
	struct md_change *changes;
	struct md_index lenient; /* names whose CNAME may stand beside others, as was said */
	size_t nfaults;
	struct md_input_fault *faults;
	size_t nnot_judged;
	struct md_not_judged *not_judged;
	size_t nspared; /* for the next md_input_zone */
	struct md_spared *spared;
	size_t nfiles; /* of a zone file and what it includes, or of md_input_within */
	struct md_zone_file *files;
};

/* Says what is wrong, when nothing was before; line 0: nowhere.  Always false. */
bool md_input_wrong(struct md_input *, uint32_t line, const char *fmt, ...) MD_PRINTF(3, 4);

/* The line that stands for a line (0: none) of an object with a name of its own. */
uint32_t md_input_within(struct md_input *, uint32_t line, const char *what);

/* The file and line of a line of the input. */
struct md_place md_input_place(const struct md_input *, uint32_t line);

/* Of what a record is made. */
struct md_input_rr {
	const char *owner; /* canonical text */
	uint16_t type;
	uint32_t ttl, line;
	const char *origin; /* completes names in rdata that lack their final dot; NULL: "." */
};

/*
 * The name that a text means: "@" and "" are the origin; with a final dot it is complete, else
 * below the origin.  NULL, and why, when it is none.
 */
const char *md_input_name(struct md_input *, uint32_t line, const char *text,
                          const char *origin);

/* The type that a text names; 0, and why, when it is none. */
uint16_t md_input_type(struct md_input *, uint32_t line, const char *text);

/* Adds a record: of rdata in presentation form, or of a TXT's octets. */
bool md_input_record(struct md_input *, const struct md_input_rr *, const char *rdata);
bool md_input_txt(struct md_input *, const struct md_input_rr *, struct md_str octets);

/* Adds a TXT in presentation form, its strings of any length. */
bool md_input_long_txt(struct md_input *, const struct md_input_rr *, const char *shown);

/* Adds a record as it is.  False and why when there are too many. */
bool md_input_add(struct md_input *, const struct md_rr *);

/* Notes what is passed over, when there is not too much of it. */
void md_input_not_judged(struct md_input *, uint32_t line, const char *what, const char *why);

/* Adds what is no record: an RRset that goes, or that will be known only later. */
void md_input_unset(struct md_input *, const struct md_input_rr *);
void md_input_unknown(struct md_input *, const struct md_input_rr *, const char *why);

/* An RRset that stays as it is. */
void md_input_keep(struct md_input *, const struct md_input_rr *);

/*
 * A name whose addresses the provider takes from elsewhere: of single changes they are unknown,
 * of a whole zone those that it has now.
 */
void md_input_alias(struct md_input *, const struct md_input_rr *, const char *why);

/* The records added since the last of these calls are a whole zone; or so many changes. */
void md_input_zone(struct md_input *, const char *apex);
void md_input_changes(struct md_input *);

/* Faults of the records of a zone, or of single ones (apex NULL): see judge.c. */
void md_input_judge(struct md_input *, const char *apex);
void md_input_judge_names(struct md_input *, const struct md_rr *const *sorted,
                          const char *apex); /* sorted: all records by owner */
/* Whether name servers load a zone file: see loads.c. */
void md_input_judge_loading(struct md_input *, const struct md_rr *const *sorted,
                            const char *apex);
void md_input_fault(struct md_input *, const struct md_rr *, const char *rule,
                    const char *evidence);

/* ---- values as the formats have them ---- */

/* How a format writes the text of a TXT. */
enum md_txt_form {
	MD_TXT_SHOWN,  /* as in zone files, each string in quotes */
	MD_TXT_RAW,    /* as it is, however long */
	MD_TXT_CUT,    /* as in zone files, but the provider cuts strings that are too long */
	MD_TXT_EITHER, /* as CUT when it begins with a quote, else as it is */
	MD_TXT_INNER,  /* as in zone files without the outermost quotes */
};

/* Adds a record of a value: a TXT's text in its form, all else as in zone files. */
bool md_input_value(struct md_input *, const struct md_input_rr *, enum md_txt_form,
                    const char *value);

/* The text of a field, or NULL. */
typedef const char *md_field_fn(void *from, const char *key);

/*
 * rdata out of fields.  The plan names them: "#key" is a number, 0 when it is missing, "key" a
 * word, "\"key" a string that is put in quotes; "a|b" is b where there is no a.  NULL and why
 * when a field is missing or is no single word.
 */
const char *md_input_compose(struct md_input *, uint32_t line, const char *plan, md_field_fn *,
                             void *from);

/* ---- one reader a format: false and in->why when it cannot be read ---- */

bool md_input_bind(struct md_input *);
bool md_input_octodns(struct md_input *);
bool md_input_json(struct md_input *, enum md_zone_format); /* MD_ZONE_DETECT: any of them */
bool md_input_any(struct md_input *);                       /* by its content */

#endif
