/* The DMARC policy record: RFC 9989's grammar, and what a reader of RFC 7489 makes of it. */
#ifndef MD_RECORD_DMARC_H
#define MD_RECORD_DMARC_H

#include "base/str.h"
#include "record/mailto.h"

struct md_arena;

/* The registered tags (RFC 9989 9.3), the three historic ones last. */
enum md_dmarc_tag {
	MD_DMARC_V,
	MD_DMARC_P,
	MD_DMARC_SP,
	MD_DMARC_NP,
	MD_DMARC_ADKIM,
	MD_DMARC_ASPF,
	MD_DMARC_PSD,
	MD_DMARC_T,
	MD_DMARC_FO,
	MD_DMARC_RUA,
	MD_DMARC_RUF,
	MD_DMARC_PCT,
	MD_DMARC_RF,
	MD_DMARC_RI,
	MD_DMARC_NTAGS, /* also: a tag that is not registered */
};

const char *md_dmarc_tag_name(enum md_dmarc_tag);

/* The registered name that a typing error would turn into this one, or NULL. */
const char *md_dmarc_nearest_tag(struct md_str name);

/* A policy asked for, weakest first.  Absent and invalid differ: RFC 9989 4.10.1. */
enum md_dmarc_request {
	MD_DMARC_ABSENT,
	MD_DMARC_INVALID,
	MD_DMARC_NONE,
	MD_DMARC_QUARANTINE,
	MD_DMARC_REJECT,
};

const char *md_dmarc_request_name(enum md_dmarc_request);

enum md_dmarc_fault_kind {
	MD_DMARC_SYNTAX,    /* not a tag by RFC 9989 4.8: this part is dropped */
	MD_DMARC_VALUE,     /* a registered tag with a value that it cannot have */
	MD_DMARC_DUPLICATE, /* the tag stood before: the first is used here */
	MD_DMARC_UNKNOWN,   /* not registered: ignored */
	MD_DMARC_CASE,      /* a tag name in capitals: used, but see md_dmarc_parse */
};

struct md_dmarc_fault {
	enum md_dmarc_fault_kind kind;
	enum md_dmarc_tag tag; /* MD_DMARC_NTAGS when it is about none */
	struct md_str at;      /* the octets at fault, within the record */
	const char *says;      /* one clause; no foreign octets in it */
	const char *nearest;   /* of an unknown tag: the name it may stand for; or NULL */
};

enum { MD_DMARC_FAULTS_MAX = 32 };

struct md_dmarc {
	struct md_str text; /* the whole record, as given */
	/* of its first occurrence; p is NULL when absent */
	struct md_str value[MD_DMARC_NTAGS];
	struct md_str name[MD_DMARC_NTAGS]; /* where the tag's name stands */
	enum md_dmarc_request p, sp, np;
	bool adkim_strict, aspf_strict, testing; /* adkim=s, aspf=s, t=y */
	char psd;                                /* 'y', 'n', or 'u' (also the default) */
	bool p_is_second;                        /* RFC 7489 6.4 has p right after v */
	unsigned pct; /* RFC 7489 6.3, for its readers alone; 100 when absent or invalid */
	struct md_uris rua, ruf;
	const char *fo_fault; /* what is wrong with fo's value; "" */
	size_t nfaults;
	const struct md_dmarc_fault *faults; /* in the record's order, the first 32 */
};

/* Does the text begin as a DMARC record must? */
enum md_dmarc_start {
	MD_DMARC_OTHER,  /* something else: it does not count (RFC 9989 4.10 step 2) */
	MD_DMARC_RECORD, /* "v=DMARC1" and then the end or a semicolon, blanks allowed */
	MD_DMARC_BROKEN, /* meant as a DMARC record, but not one: ignored as a whole (4.7) */
};

/* Of a broken start *says is a clause that tells what is wrong, and *at where. */
enum md_dmarc_start md_dmarc_starts(struct md_str text, const char **says, struct md_str *at);

/*
 * Reads a record (RFC 9989 sections 4.7 and 4.8) and goes on after every fault; a text that is
 * no record by md_dmarc_starts is read all the same.  All views are into the text.
 *
 * Where the standard is in doubt: a repeated tag makes a whole tag-list invalid by RFC 6376
 * 3.2, while RFC 9989 4.8 drops the bad part: the first one is used.  Tag names are
 * case-sensitive by RFC 6376 3.2, while ABNF literals are not: capitals are accepted.
 */
const struct md_dmarc *md_dmarc_parse(struct md_arena *, struct md_str text);

/* Whose mail is it?  The record's own name's, or that of a name below it. */
enum md_dmarc_scope { MD_DMARC_SELF, MD_DMARC_SUBDOMAIN, MD_DMARC_NONEXISTENT };

/*
 * The policy that the record asks for (RFC 9989 4.10.1 and 4.7), t=y applied: none, quarantine
 * or reject; MD_DMARC_ABSENT when it is as if there was no record.  *tag says which tag
 * decides; MD_DMARC_V when none does, but a valid rua= turns a missing or invalid p= (or an
 * invalid sp= or np=) into none.
 */
enum md_dmarc_request md_dmarc_policy_of(const struct md_dmarc *, enum md_dmarc_scope,
                                         enum md_dmarc_tag *tag);

/* The same for a reader of RFC 7489 (6.3, 6.6.3): no np, no t, pct for the caller to see. */
enum md_dmarc_request md_dmarc_policy_of_7489(const struct md_dmarc *, enum md_dmarc_scope);

/* A change to a record: this tag gets this value, or goes when the value is NULL. */
struct md_dmarc_edit {
	const char *tag, *value;
};

/*
 * The record as its owner must have meant it, with n edits: v and p first, then the other
 * tags in their order; ":" for "=" and missing semicolons put right, a value that cannot be
 * replaced by its nearest word if there is one and else dropped (p=none, if it is p's), URI
 * lists by md_uris_mend, of repeated tags the first (of lists all).  Unregistered tags stay,
 * but for those that are a typing error away from one with such a value ("ru=mailto:…");
 * historic ones too.
 */
const char *md_dmarc_mend(struct md_arena *, struct md_str text,
                          const struct md_dmarc_edit *edits, size_t n);

#endif
