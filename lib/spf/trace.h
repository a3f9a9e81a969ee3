/* What one evaluation of check_host() carries; for lib/spf alone. */
#ifndef MD_SPF_EVAL_H
#define MD_SPF_EVAL_H

#include "record/spf/macro.h"
#include "spf/check_host.h"

/* Temporary and permanent errors end the whole evaluation (RFC 7208 5). */
enum md_spf_match {
	MD_SPF_NO_MATCH,
	MD_SPF_MATCH,
	MD_SPF_MATCH_TEMPERROR,
	MD_SPF_MATCH_PERMERROR
};

struct md_spf_eval {
	struct md_ctx *c;
	struct md_arena *mem;
	struct md_spf_limits limits;
	struct md_spf_macro_values values; /* its domain is that of the record at hand */
	struct md_spf_verdict *verdict;
	size_t step;      /* at hand, in verdict->steps */
	bool void_lookup; /* the term at hand had one already */
	unsigned nested;  /* records under evaluation */
};

/*
 * The trace.  A step begins with what is known, and ends with its outcome and the counts so
 * far.  Pointers to steps move when another one begins.
 */
size_t md_spf_step_begin(struct md_spf_eval *, struct md_spf_step);
void md_spf_step_end(struct md_spf_eval *, size_t step, const char *outcome);
struct md_spf_step *md_spf_step_at(struct md_spf_eval *, size_t step);

/* The first reason stays. */
void md_spf_blame(struct md_spf_eval *, const char *fmt, ...) MD_PRINTF(2, 3);

/* A wanted or unknown fact ends the evaluation; returns MD_SPF_MATCH_TEMPERROR. */
enum md_spf_match md_spf_unanswered(struct md_spf_eval *, const struct md_dns *);

/* Asks, for the step at hand.  MD_SPF_NO_MATCH: *fact is present or absent, go on. */
enum md_spf_match md_spf_look(struct md_spf_eval *, uint16_t type, const char *name,
                              const struct md_dns **fact);

/* Counts a lookup that found nothing (RFC 7208 4.6.4): no match, or one too many. */
enum md_spf_match md_spf_count_void(struct md_spf_eval *, const struct md_dns *fact);

/*
 * The domain that a term is about, its macros expanded, as raw octets; it may be impossible
 * as a name.  The record's own domain for a term without domain-spec.
 */
struct md_str md_spf_target(struct md_spf_eval *, struct md_str domain_spec);

/* Macros expanded with the values at hand; asks for names of the client where p is used. */
struct md_str md_spf_expand(struct md_spf_eval *, struct md_str, enum md_spf_macro_place);

/* The first question of every term within the limit, so that all are under way at once. */
void md_spf_ask_ahead(struct md_spf_eval *, const struct md_spf *);

/* The mechanisms but include: do they match?  target is DNS text (md_show). */
enum md_spf_match md_spf_match_term(struct md_spf_eval *, const struct md_spf_term *,
                                    const char *target);

/*
 * RFC 7208 7.3: the macro p, a validated name of the client, best one of the record's domain;
 * "unknown" when there is none.
 */
struct md_str md_spf_validated_name(struct md_spf_eval *);

/* Address records for the client's family. */
uint16_t md_spf_address_type(const struct md_spf_eval *);

#endif
