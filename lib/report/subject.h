/* What a report is about: kinds of subjects, and one subject. */
#ifndef MD_SUBJECT_H
#define MD_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/addr.h"
#include "base/reverse_path.h"
#include "maildiag.h"

struct md_message;
struct md_subject;

/* How subjects of a kind differ; how they are told is in render/subjects.h. */
struct md_subject_kind {
	const char *name; /* in JSON */
	bool has_role;    /* what it is for is asked, and whose services it uses */
	/*
	 * Facts, and what is the same in every report, are most of it: JSON has them, and text
	 * names what was not asked, for those who want all (-v).
	 */
	bool terse;
	const char *(*title)(const struct md_subject *); /* what to call it by */
};

extern const struct md_subject_kind md_subject_domain, md_subject_message;

struct md_subject {
	const struct md_subject_kind *kind;
	const struct md_message *message; /* NULL: a domain */
	const char *message_name;         /* "saved.eml", "inbox:17"; "" for a domain */
	unsigned trusted_hops;       /* Received fields of the receiver's own; 0: find out */
	const char *const *profiles; /* providers to hold it against; NULL: all */
	const char *spamd, *rspamd;  /* filters to ask; "" for none */
	bool now_given;              /* the user said at which time to judge */
	const char *domain;          /* canonical text, A-labels; "" for a message */
	const char *organisation;    /* its organisational domain by the Public Suffix List */
	size_t nips;                 /* sending addresses */
	const struct md_addr *ips;
	struct md_reverse_path mail_from; /* its domain canonical, if it can be a name */
	const char *helo;                 /* "" when not given */
	size_t nselectors;
	const char *const *selectors;
	const char *spf_record;            /* judged instead of what is published; or NULL */
	struct md_spf_limits spf_limits;   /* none is 0 */
	const struct md_gate_watch *watch; /* what the gate looks at besides; or NULL */
};

/* What to call it by in a list of several. */
const char *md_subject_title(const struct md_subject *);

#endif
