/* SPF records: every term with its place and its fault, whether or not it is ever reached. */
#ifndef MD_SPF_H
#define MD_SPF_H

#include <stdint.h>

#include "base/addr.h"
#include "base/str.h"

struct md_arena;

/* The eight mechanisms, then the modifiers. */
enum md_spf_kind {
	MD_SPF_ALL,
	MD_SPF_INCLUDE,
	MD_SPF_A,
	MD_SPF_MX,
	MD_SPF_PTR,
	MD_SPF_IP4,
	MD_SPF_IP6,
	MD_SPF_EXISTS,
	MD_SPF_REDIRECT,
	MD_SPF_EXP,
	MD_SPF_UNKNOWN_MODIFIER, /* legal and without effect (RFC 7208 6) */
	MD_SPF_UNKNOWN_TERM,     /* always faulty */
};

enum md_spf_fault {
	MD_SPF_SOUND,
	MD_SPF_SYNTAX,
	MD_SPF_UNKNOWN_NAME, /* no mechanism has this name, and it is not name=value */
	MD_SPF_HAS_IP,       /* an address where only a domain can stand */
	MD_SPF_BAD_MACRO,
};

struct md_spf_term {
	enum md_spf_kind kind;
	char qualifier;     /* '+' (also when none is written), '-', '~', '?'; 0: a modifier */
	struct md_str text; /* the whole term, within the record */
	size_t offset;      /* of text, in octets from the start of the record */
	struct md_str domain;     /* domain-spec, or an unknown modifier's value; empty: none */
	struct md_addr network;   /* ip4 and ip6: as written, host bits and all */
	uint8_t prefix4, prefix6; /* 32 and 128 where none is written */

	enum md_spf_fault fault;
	/* within the record; len 0: something is missing there */
	size_t fault_offset, fault_len;
	const char *why;   /* a sentence without its full stop; "" when sound */
	const char *meant; /* the sound term it was probably meant to be; or NULL */
};

struct md_spf {
	struct md_str text;
	size_t n;
	const struct md_spf_term *terms; /* in the order of the record */
	size_t nfaults;                  /* terms with a fault; any makes a permerror (4.6) */
	/* The first sound one of each, or NULL. */
	const struct md_spf_term *all, *redirect, *exp;
};

/*
 * RFC 7208 4.5: does this joined TXT begin with a version section of exactly "v=spf1" (in any
 * case, section 12), ended by a space or by the end?  All others are no SPF records.
 */
bool md_spf_is_record(struct md_str txt);

/*
 * Why a TXT that its author took for an SPF record is none ("v=spf1 must be followed by a
 * blank, not by ;"), and where; NULL for texts that are SPF records or nothing of the kind.
 */
const char *md_spf_lookalike(struct md_arena *, struct md_str txt, size_t *offset);

/*
 * Parses a record that md_spf_is_record accepts, by the grammar of RFC 7208 section 12.  Goes
 * on after a fault.  Never NULL; views into the text, all else in mem.
 */
const struct md_spf *md_spf_parse(struct md_arena *mem, struct md_str record);

/* Has the record a term of this text, in any case (RFC 5234 2.3)? */
bool md_spf_has_term(const struct md_spf *, struct md_str text);

/* Does evaluation query the DNS for it, so that it counts against the limit (4.6.4)? */
bool md_spf_counts(const struct md_spf_term *);

/*
 * Is it evaluated for a sender that nothing before it matches?  Not so terms after "all",
 * redirect beside "all" (RFC 7208 5.1, 6.1), exp, unknown modifiers and faulty terms.
 */
bool md_spf_reached(const struct md_spf *, const struct md_spf_term *);

/* ip4 or ip6, sound, and not of prefix length 0?  And then its prefix length. */
bool md_spf_is_network(const struct md_spf_term *);
unsigned md_spf_prefix(const struct md_spf_term *);

/* Does it let everybody pass by itself, or only addresses that are not on the Internet? */
bool md_spf_is_everybody(const struct md_spf_term *);
bool md_spf_is_private(const struct md_spf_term *);

/* The term with the network that its host bits hide, in mem; NULL when there are none. */
const char *md_spf_clear_host_bits(struct md_arena *, const struct md_spf_term *);

/*
 * The record that a text is, or was meant to be by its author (md_spf_lookalike); NULL for
 * others, and for what cannot be read.  Its terms may be faulty.
 */
const struct md_spf *md_spf_meant(struct md_arena *, struct md_str txt);

/*
 * "include:NAME" where somebody wrote "include=NAME", which is legal and does nothing (6): a
 * text as long as that of the term; NULL for all other terms.
 */
const char *md_spf_mechanism_meant(struct md_arena *, const struct md_spf_term *);

/* Is it a qualifier alone, which a blank has cut off from the mechanism behind it? */
bool md_spf_is_sign(const struct md_spf_term *);

/*
 * The record with every faulty term as it was meant; NULL when one of them is a riddle.  Term
 * by term the same, but that a sign and the mechanism behind it become one.
 */
const char *md_spf_mended(struct md_arena *, const struct md_spf *);

/*
 * RFC 3.3: strings are joined without a blank.  The index (from 1) of the string that should
 * have begun with one, so that two terms became one; 0 when the joints are good.
 */
size_t md_spf_bad_joint(struct md_arena *, const struct md_str *strings, size_t n);

/* The strings joined with a blank at each such place; NULL when the joints are good. */
const char *md_spf_rejoin(struct md_arena *, const struct md_str *strings, size_t n);

#endif
