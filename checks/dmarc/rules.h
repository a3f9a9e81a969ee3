/* The rules of the dmarc check, for the files that it is made of. */
#ifndef MD_CHECKS_DMARC_H
#define MD_CHECKS_DMARC_H

#include "ask/check.h"
#include "dmarc/dmarc.h"

enum {
	DMARC_MISSING,
	DMARC_ALIAS_TAKEOVER,
	DMARC_MULTIPLE,
	DMARC_WRONG_PLACE,
	DMARC_VERSION,
	DMARC_SYNTAX,
	DMARC_P_MISSING,
	DMARC_P_IMPLIED_NONE,
	DMARC_SP_NP_INVALID,
	DMARC_P_ORDER,
	DMARC_TAG_DUPLICATE,
	DMARC_TAG_UNKNOWN,
	DMARC_TAG_CASE,
	DMARC_TAG_REMOVED,
	DMARC_PCT_PARTIAL,
	DMARC_INHERITED,
	DMARC_REGISTRY_ONLY,
	DMARC_ALIAS,
	DMARC_TEST_MODE,
	DMARC_POLICY_NONE,
	DMARC_ENFORCED,
	DMARC_SP_WEAKER,
	DMARC_NP_UNSET,
	DMARC_NP_WILDCARD,
	DMARC_SP_ON_SUBDOMAIN,
	DMARC_PSD_MISUSE,
	DMARC_PSD_PARENT_UNFLAGGED,
	DMARC_TOO_MANY_LABELS,
	DMARC_TREEWALK_PSL_DIFFER,
	DMARC_MIDLEVEL_NOT_INHERITED,
	DMARC_RUA_MISSING,
	DMARC_RUA_INVALID,
	DMARC_RUA_PARTLY_IGNORED,
	DMARC_RUA_UNAUTHORISED,
	DMARC_RUA_TAKEOVER,
	DMARC_RUA_NO_MX,
	DMARC_RUF_FO,
	MD_DMARC_RULES,
};

extern const struct md_rule md_dmarc_rules[MD_DMARC_RULES];

/* absent.c: why the domain itself has no record that counts. */
void md_dmarc_judge_absence(struct md_ctx *, const struct md_dmarc_place *own);

/* record.c: the text of the record that applies. */
void md_dmarc_judge_record(struct md_ctx *, const struct md_dmarc_place *);

/* policy.c: is it the record of a registry above the domain, which is not its owner's? */
bool md_dmarc_is_registrys(struct md_ctx *, const struct md_dmarc_place *);

/* policy.c: the record is an alias of a name outside the organisation. */
void md_dmarc_judge_alias(struct md_ctx *, const struct md_dmarc_place *);

/* policy.c: what the record asks for, and whether it means what it seems to. */
void md_dmarc_judge_own_policy(struct md_ctx *, const struct md_dmarc_discovery *);
void md_dmarc_judge_policy(struct md_ctx *, const struct md_dmarc_walk *);

/* tree.c: the names on the way up to the top-level domain. */
void md_dmarc_judge_tree(struct md_ctx *, const struct md_dmarc_walk *);

/* reports.c: where reports are sent. */
void md_dmarc_judge_reports(struct md_ctx *, const struct md_dmarc_place *);

/* ---- for all of them (say.c) ---- */

/* "_dmarc.example.com", and "_dmarc.example.com #2" for the second finding of one rule. */
const char *md_dmarc_subject(struct md_ctx *, const char *domain, unsigned nth);

/*
 * To the finding just made: this text in place of the place's record, or of `rr`, a text that
 * is none; where there is neither (NULL) as a new one.  Nothing where the name is an alias: its
 * record stands in somebody else's zone.
 */
void md_dmarc_wish(struct md_ctx *, const struct md_dmarc_place *, const struct md_rr *rr,
                   const char *text);

/*
 * The same: the place's record, mended, with one tag set to the value, or taken out (NULL);
 * without a tag (NULL) mended only.
 */
void md_dmarc_wish_with(struct md_ctx *, const struct md_dmarc_place *, const char *tag,
                        const char *value);

/* " (alias of NAME)" when the record stands elsewhere; else "". */
const char *md_dmarc_alias(struct md_ctx *, const struct md_dmarc_place *);

/* The URI of a mailbox that the domain can have, "mailto:dmarc@…"; NULL when it has no MX. */
const char *md_dmarc_mailbox(struct md_ctx *, const char *domain);

/* As md_show and md_quote, for evidence: of a long text the first 300 octets, and "…". */
const char *md_dmarc_show(struct md_ctx *, struct md_str);
const char *md_dmarc_quote(struct md_ctx *, struct md_str);

/* To the finding just made: a caret under a part of the place's record. */
void md_dmarc_point(struct md_ctx *, const struct md_dmarc_place *, struct md_str at);

#endif
