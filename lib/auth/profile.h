/* What large providers ask of senders, held against one message and its domain. */
#ifndef MD_PROFILE_H
#define MD_PROFILE_H

#include "ask.h"

enum md_requirement_state { MD_MET, MD_NOT_MET, MD_NOT_KNOWN };

struct md_requirement {
	const char *text; /* "SPF and DKIM pass" */
	bool bulk;        /* only above the provider's threshold */
	bool advised;     /* recommended, not required */
	enum md_requirement_state state;
	const char *why;    /* what was seen, or why it cannot be known from here: one line */
	const char *reply;  /* what the provider answers, "550-5.7.26"; "" when not published */
	const char *source; /* where it says so, and the date of that */
};

struct md_profile {
	const char *id, *name; /* "gmail", "Gmail" */
	const char *threshold; /* "about 5000 a day to personal accounts"; "" for none */
	size_t n;
	const struct md_requirement *all;
	enum md_requirement_state everyone, bulk; /* the worst of each kind of requirement */
	const char *outlook; /* "would accept", "would refuse: …": a clause */
};

struct md_profiles {
	size_t n;
	const struct md_profile *all;
};

/* Derived, from data file "profiles" and all other verdicts; those the subject names. */
const struct md_profiles *md_profiles(struct md_ctx *);

#endif
