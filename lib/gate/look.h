/* What the gate looks at on each side of a change, besides what the checks of the report do. */
#ifndef MD_GATE_LOOK_H
#define MD_GATE_LOOK_H

#include "gate/config.h"
#include "record/dmarc.h"
#include "spf/check_host.h"

/* What a run is told to look at (md_run_options.watch). */
struct md_gate_watch {
	size_t nsenders;
	const struct md_expected_sender *senders; /* those of other domains are passed over */
	size_t nselectors;
	const char *const *selectors; /* named by the user, or found in base or proposal */
	size_t nused;                 /* of these the ones that are known to be in use */
	const char *const *used;
	const char *apex; /* of the zone in which the domain lies; "" when not known */
};

enum md_watched_kind {
	MD_WATCHED_MX,
	MD_WATCHED_SPF,
	MD_WATCHED_DKIM,
	MD_WATCHED_DMARC,
	MD_WATCHED_MTA_STS,
	MD_WATCHED_TLS_RPT,
	MD_WATCHED_TLSA,
	MD_WATCHED_ADDRESS,
	MD_WATCHED_SOA,
};

/* Records of a kind at a name. */
struct md_watched {
	enum md_watched_kind kind;
	const char *about; /* the domain, selector or host it belongs to */
	const struct md_dns *fact;
	size_t n;             /* how many of the records are of the kind */
	struct md_str record; /* the first of them, of TXT kinds; else p is NULL */
};

/* Does the sender pass, or can it not be told? */
enum md_passes { MD_PASSES_NOT, MD_PASSES, MD_PASSES_UNKNOWN };

/* An address of an expected sender, and how its mail fares. */
struct md_sender_seen {
	const struct md_expected_sender *sender;
	struct md_addr ip;
	bool addressed; /* false: nothing is known of addresses, only how it signs */
	const struct md_spf_verdict *spf; /* when addressed */
	const char *spf_record;           /* of the domain that was checked; "" for none */
	bool signs;
	const char *key_name; /* where its key stands */
	enum md_passes dkim;
	const char *dkim_why; /* in one line */
	enum md_passes dmarc;
};

struct md_zone_seen {
	size_t n;
	const struct md_watched *all;
	size_t nsenders;
	const struct md_sender_seen *senders;
	/* in force, by RFC 9989 or, where that is not known, RFC 7489; ABSENT also when not
	 * known */
	enum md_dmarc_request policy;
};

struct md_ctx;

/* The run of md_check_zone: asks, and shows what it saw as md_part_zone.  Finds nothing. */
void md_gate_look(struct md_ctx *);

/*
 * What was seen of a kind about a name, or NULL.  Both sides look at much the same in the same
 * order: *next is where the last one was found, 0 at first.
 */
const struct md_watched *md_watched_find(const struct md_zone_seen *, const struct md_watched *,
                                         size_t *next);

/* The part that has it: no report tells it, two are compared by it. */
struct md_report_part;
extern const struct md_report_part md_part_zone;

/* What was seen on a side; NULL when nothing was to be looked at. */
struct md_report;
const struct md_zone_seen *md_gate_seen(const struct md_report *);

#endif
