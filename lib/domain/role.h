/* What a domain is for: the records of a parked domain are judged by other rules. */
#ifndef MD_ROLE_H
#define MD_ROLE_H

#include "ask/ask.h"

/*
 * Derived (md_derive) from MX, A/AAAA and SPF of the subject.  Full: it has an MX host, or an
 * address as its implicit MX.  Sends only: null MX or nothing at all to receive with, and its
 * SPF permits somebody, or the user says how it sends (--ip, --mail-from, --helo, --selector).
 * Parked: it does not receive, and has no SPF record or exactly "v=spf1 -all"; DMARC proves
 * nothing here. Unknown while a fact that decides is, when the domain does not exist, and when
 * its SPF leaves open whether it sends.  `why` is the evidence in one line.
 */
struct md_role_view {
	enum md_role role;
	const char *why;
};

const struct md_role_view *md_role(struct md_ctx *);

/*
 * Whom does an SPF record let pass, at a glance and without following it?  Somebody (a term
 * with qualifier + or a redirect); nobody, being exactly "v=spf1 -all"; or it does not say.
 */
enum md_spf_stance { MD_STANCE_NONE, MD_STANCE_REFUSES, MD_STANCE_OPEN, MD_STANCE_PERMITS };

enum md_spf_stance md_spf_stance(struct md_arena *, struct md_str record);

#endif
