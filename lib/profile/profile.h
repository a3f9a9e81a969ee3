/* What large providers ask of senders, held against one message and its domain. */
#ifndef MD_PROFILE_H
#define MD_PROFILE_H

#include "ask/ask.h"

enum md_requirement_state { MD_MET, MD_NOT_MET, MD_NOT_KNOWN };

/* What the provider says it does where a requirement is not met. */
enum md_effect { MD_EFFECT_NOT_SAID, MD_EFFECT_JUNK, MD_EFFECT_REFUSE };

struct md_requirement {
	const char *id; /* its key in the data file, "fcrdns:v6"; one with `bulk` a provider */
	const char *text; /* "SPF and DKIM pass" */
	bool bulk;        /* only above the provider's threshold */
	bool advised;     /* recommended, not required */
	enum md_effect effect;
	bool authenticates; /* SPF, DKIM or DMARC is to pass */
	bool untold;        /* no message can tell it: rates of complaints, consent */
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
	 * `everyone`: does the provider take this message?  It is judged by what is required of
	 * all senders with a published effect; `does` is the effect where that is not met.
	 * `bulk`: the worst state of what is required of bulk senders.  Both leave out what no
	 * message tells.
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

/* The providers that the subject names.  Derived from data file "profiles" and all verdicts. */
const struct md_profiles *md_profiles(struct md_ctx *);

/*
 * What is wrong with a text of this data file ("12: no such key of a requirement", the number
 * is the line's), or NULL.  In the arena.
 */
const char *md_profiles_fault(struct md_arena *, struct md_str file);

/*
 * Is a text from a user's folder (dir; NULL: the built-in text) sound?  False and *why when it
 * has words that we do not know: judging would leave those lines out in silence.
 */
bool md_profiles_good(struct md_arena *, struct md_str file, const char *dir, const char **why);

/* The ids of its providers, NULL-terminated. */
const char *const *md_profiles_ids(struct md_arena *, struct md_str file);

/* The part of a report that has them (tell.c). */
struct md_report_part;
extern const struct md_report_part md_part_profiles;

#endif
