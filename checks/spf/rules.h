/* The rules of the spf check, and the files that it is made of. */
#ifndef MD_CHECKS_SPF_H
#define MD_CHECKS_SPF_H

#include "ask/check.h"
#include "spf/check_host.h"
#include "spf/tree.h"

enum {
	SPF_MISSING,
	SPF_MISSING_SUBDOMAIN,
	SPF_WRONG_PLACE,
	SPF_MULTIPLE,
	SPF_LEADING_SPACE,
	SPF_NONSENDING_NOT_STRICT,
	SPF_STRING_JOIN_SPACE,
	SPF_SYNTAX,
	SPF_UNKNOWN_MECHANISM,
	SPF_TERM_WITH_IP,
	SPF_MACRO_SYNTAX,
	SPF_LOOKUP_LIMIT,
	SPF_VOID_LOOKUPS,
	SPF_INCLUDE_TAKEOVER,
	SPF_INCLUDE_NONE,
	SPF_INCLUDE_PERMERROR,
	SPF_REDIRECT_NONE,
	SPF_LOOP,
	SPF_MX_TOO_MANY,
	SPF_PLUS_ALL,
	SPF_PERMITS_NOBODY,
	SPF_SENDERS_NOT_PASSED,
	SPF_IP_NOT_COVERED,
	SPF_SECOND_BROKEN,
	SPF_PROVIDER_MISSING,
	SPF_TERM_WRONG_TYPE,
	SPF_LOOKUP_NEAR_LIMIT,
	SPF_VOID_LOOKUPS_V6,
	SPF_REDIRECT_IGNORED,
	SPF_MODIFIER_WITHOUT_EFFECT,
	SPF_FOREIGN_MODIFIER,
	SPF_TERMS_AFTER_ALL,
	SPF_NO_TERMINAL,
	SPF_NEUTRAL_ALL,
	SPF_PTR,
	SPF_PTR_INCLUDED,
	SPF_RANGE_WIDE,
	SPF_PRIVATE_RANGE,
	SPF_RECORD_LONG,
	SPF_TYPE99,
	SPF_HARDFAIL_EARLY_REJECT,
	SPF_HOST_BITS_SET,
	SPF_TERM_VOID,
	SPF_EVAL_IP,
	SPF_SOFTFAIL_WITH_DMARC,
	SPF_TREE_TEMPERROR,
	MD_SPF_RULES,
};

/* rules.c */
extern const struct md_rule md_spf_rules[MD_SPF_RULES];

/* The domain's one SPF record, as the files below look at it. */
struct md_spf_exam {
	const struct md_spf_published *published;
	const struct md_spf_tree *tree;
};

/*
 * A hostile record has thousands of terms that something is wrong with: so many are shown one
 * by one.
 */
enum { MD_SPF_MOST_SHOWN = 50 };

/* absent.c: no SPF record at the domain, or more than one. */
void md_spf_judge_absence(struct md_ctx *, const struct md_dns *txt);
void md_spf_judge_several(struct md_ctx *, const struct md_dns *txt);

/* The record that a look-alike was meant to be; NULL when that is not known. */
const char *md_spf_text_meant(struct md_ctx *, struct md_str txt);

/* "v=spf1 " and these terms, when that is sound and names a sender or an end; else NULL. */
const char *md_spf_terms_meant(struct md_ctx *, struct md_str terms);

/* second.c: a broken record beside the one that counts. */
void md_spf_judge_second(struct md_ctx *, const struct md_spf_exam *);

/* place.c: is the record of a domain that has none at a wrong name? */
bool md_spf_judge_place(struct md_ctx *, const struct md_dns *txt);

/* record.c: the record as text, its strings, size and faulty terms; obsolete kinds. */
void md_spf_judge_text(struct md_ctx *, const struct md_spf_exam *);
void md_spf_judge_obsolete(struct md_ctx *, const struct md_dns *txt);

/* The strings of a record joined with the blanks that were meant; NULL if nothing sound is. */
const char *md_spf_rejoined(struct md_ctx *, const struct md_rr *);

/* What an edited record is without, or what is done to it. */
enum md_spf_edit {
	MD_SPF_MENDED = 1,      /* faulty terms as they were meant: of a faulty record alone */
	MD_SPF_NOT_DEAD = 2,    /* includes that lead to no record */
	MD_SPF_NOT_VOID = 4,    /* hosts without an address */
	MD_SPF_NOT_PRIVATE = 8, /* networks that are not on the Internet */
	MD_SPF_NOT_EVERYBODY = 16,  /* ranges of all addresses; and +all becomes ~all */
	MD_SPF_NOT_TWICE = 32,      /* terms that stand there before */
	MD_SPF_PLAIN_NETWORKS = 64, /* without host bits */
	MD_SPF_ALL_LAST = 128,
	MD_SPF_WITH_ALL = 256, /* ~all is added */
	MD_SPF_NO_ALL = 512,   /* so that redirect counts */
};

/*
 * wish.c, each to the finding just made: the domain's record edited so; another text in its
 * place, or in that of a given record; one more record; and one in place of all SPF records.
 * Nothing where the records stand in somebody else's zone.
 */
void md_spf_wish_edited(struct md_ctx *, const struct md_spf_exam *, unsigned edits);
void md_spf_wish_record(struct md_ctx *, const char *record);
void md_spf_wish_instead(struct md_ctx *, const struct md_rr *, const char *record);
void md_spf_wish_new(struct md_ctx *, const char *record);
void md_spf_wish_one(struct md_ctx *, const struct md_dns *txt, const char *record);

/* The address in the domain's record, or the provider whose it is. */
void md_spf_wish_address(struct md_ctx *, const struct md_spf_exam *, struct md_addr ip);

/* policy.c: how the record ends, and what becomes of senders whom nothing matches. */
void md_spf_judge_policy(struct md_ctx *, const struct md_spf_exam *);

/*
 * exists.c: why this term lets everybody pass, in words; NULL for all other terms, and where
 * that is not proved.
 */
const char *md_spf_why_exists_for_all(struct md_ctx *, const struct md_spf_node *,
                                      const struct md_spf_visit *);

/* Whom the record lets pass. */
void md_spf_judge_ranges(struct md_ctx *, const struct md_spf_exam *);

/*
 * nobody.c: does nobody pass, though the domain seems to send?  And does its record, or the one
 * it redirects to, name senders all the same: then each term is told, and why it does not do.
 */
bool md_spf_is_nobody(struct md_ctx *, const struct md_spf_exam *);
bool md_spf_judge_nobody(struct md_ctx *, const struct md_spf_exam *);

/*
 * meant.c: what an include or redirect to nothing was probably meant to be, in words ("" for a
 * riddle), and, to the finding just made, the change that makes it so.  Is nothing else to be
 * proposed?
 */
const char *md_spf_what_was_meant(struct md_ctx *, const struct md_spf_node *);
bool md_spf_wish_meant(struct md_ctx *, const struct md_spf_exam *, const struct md_spf_node *);

/* foreign.c: tags of other records, and redirect misspelt. */
void md_spf_judge_foreign(struct md_ctx *, const struct md_spf_exam *);

/* provider.c: are the domain's mailboxes at a provider that the record does not permit? */
void md_spf_judge_provider(struct md_ctx *, const struct md_spf_exam *);

/*
 * dead.c: terms whose names have no records, and such as anybody could register.
 *
 * Is it known that a, mx or exists matches nobody, because there is nothing at its name?  Why
 * ("has no MX record"), and the term of the other kind that would match ("a:mail.example.com";
 * NULL for none).
 */
void md_spf_judge_dead_terms(struct md_ctx *, const struct md_spf_exam *);
bool md_spf_judge_takeover(struct md_ctx *, const struct md_spf_exam *);
bool md_spf_is_dead(struct md_ctx *, const struct md_spf_visit *);
const char *md_spf_why_dead(struct md_ctx *, const struct md_spf_visit *);
const char *md_spf_other_kind(struct md_ctx *, const struct md_spf_visit *);

/* The record of a node with those other terms in their places. */
const char *md_spf_with_other_kinds(struct md_ctx *, const struct md_spf_node *);

/* limits.c: what evaluation costs, and the records that this one leads to. */
void md_spf_judge_cost(struct md_ctx *, const struct md_spf_exam *);
void md_spf_judge_includes(struct md_ctx *, const struct md_spf_exam *);

/* notes.c: the tree with its counts, as notes, and the sums. */
void md_spf_note_tree(struct md_ctx *, const struct md_spf_tree *);
void md_spf_note_cost(struct md_ctx *, const struct md_spf_tree *);

/*
 * senders.c: the addresses of --ip, and the domain of --mail-from.  exam may be NULL.  The
 * results themselves are told where no view shows them.
 */
void md_spf_judge_senders(struct md_ctx *, const struct md_spf_exam *);
void md_spf_tell_results(struct md_ctx *);

#endif
