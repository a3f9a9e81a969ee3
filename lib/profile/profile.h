/* What large providers ask of senders, held against one message and its domain. */
#ifndef MD_PROFILE_H
#define MD_PROFILE_H

#include "ask/ask.h"

enum md_requirement_state { MD_MET, MD_NOT_MET, MD_NOT_KNOWN };

/* What the provider says it does where a requirement is not met. */
enum md_effect { MD_EFFECT_NOT_SAID, MD_EFFECT_JUNK, MD_EFFECT_REFUSE };

struct md_requirement {
	const char *text; /* "SPF and DKIM pass" */
	bool bulk;        /* only above the provider's threshold */
	bool advised;     /* recommended, not required */
	enum md_effect effect;
	bool untold; /* no message can tell it: rates of complaints, consent */
	enum md_requirement_state state;
	const char *why;   /* what was seen, or why it cannot be known from here: one line */
	const char *reply; /* what the provider answers, "550-5.7.26"; "" when not published */
	/* where it says so, the date of that, and "(unverified)" when only others tell of it */
	const char *source;
};

struct md_profile {
	const char *id, *name; /* "gmail", "Gmail" */
	const char *threshold; /* "about 5000 a day to personal accounts"; "" for none */
	size_t n;
	const struct md_requirement *all;
	/*
	 * Everyone: does it take this very message?  By what is required of all, with an effect
	 * that is published; `does` says which where it is not met.  Bulk: the worst of what is
	 * required of bulk senders.  What no message tells is left out of both.
	 */
	enum md_requirement_state everyone, bulk;
	enum md_effect does;
	const char *outlook; /* "would accept", "would refuse: …": a clause */
};

struct md_profiles {
	size_t n;
	const struct md_profile *all;
	const char *bulk_sign; /* the field that makes it look like bulk mail; "" for none */
};

/* Derived, from data file "profiles" and all other verdicts; those the subject names. */
const struct md_profiles *md_profiles(struct md_ctx *);

/*
 * What is wrong with a text of this data file ("12: no such key of a requirement", the number
 * is the line's), or NULL.  In the arena.
 */
const char *md_profiles_fault(struct md_arena *, struct md_str file);

/*
 * Is a text from the folder of a user sound?  What it says in words that we do not know would
 * be left out in silence, so that it is refused at the start: false and *why.  NULL: ours.
 */
bool md_profiles_good(struct md_arena *, struct md_str file, const char *dir, const char **why);

/* The ids of its providers, NULL-terminated. */
const char *const *md_profiles_ids(struct md_arena *, struct md_str file);

/* The part of a report that has them (tell.c). */
struct md_report_part;
extern const struct md_report_part md_part_profiles;

#endif
