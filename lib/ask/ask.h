/*
 * Asking for facts: what a check and the verdicts under it (lib/spf, ...) know of the world.
 *
 * A fact that is not there yet reads as MD_WANTED and marks this attempt as waiting; the
 * whole attempt is thrown away and made again when facts have arrived (run.c).  So: no
 * statics, no clock, no randomness, no I/O; ask in any order, as far ahead as you like.
 */
#ifndef MD_ASK_H
#define MD_ASK_H

#include "ask/datafile.h"
#include "base/arena.h"
#include "dns/dns.h"
#include "fact/kind.h"
#include "report/report.h"
#include "witness/opinion.h"

struct md_ctx;
struct md_keyring;

struct md_arena *md_mem(struct md_ctx *); /* lives as long as what is found with it */
const struct md_subject *md_subject(const struct md_ctx *);
const char *md_domain(const struct md_ctx *); /* md_subject(c)->domain */
int64_t md_now(const struct md_ctx *);        /* seconds since 1970, the same for a whole run */

/*
 * Is it worth asking ahead?  True in a single report, where round trips cost time; false in
 * bulk, where questions cost.
 */
bool md_eager(const struct md_ctx *);

/*
 * The fact of a question of any kind, its texts in canonical form.  Never NULL: at first it is
 * wanted.  Each kind has a verb of its own, such as these:
 */
const struct md_fact *md_ask(struct md_ctx *, const struct md_fact_kind *,
                             const void *question);

/*
 * Never NULL.  `name` in any case, with or without its final dot; one that cannot be in the
 * DNS (a label too long, over 253 in all) is unknown, with that as the reason.
 */
const struct md_dns *md_dns(struct md_ctx *, uint16_t type, const char *name);
const struct md_dns *md_dns_at(struct md_ctx *, uint16_t type, const char *fmt, ...)
        MD_PRINTF(3, 4);
const struct md_dns *md_dns_ask(struct md_ctx *, const struct md_question *);

/*
 * May this be asked by who follows what a stranger wrote?  True `most` times a run, all
 * attempts taken together, and for whatever was asked before.
 */
bool md_dns_afford(struct md_ctx *, uint16_t type, const char *name, unsigned most);

/*
 * The same for what only adds a finding: in the gate a change of it is no reason to ask again
 * what the check could not know on either side.
 */
const struct md_dns *md_dns_aside(struct md_ctx *, uint16_t type, const char *name);

/*
 * What another verifier, run beside us as a witness, concludes of the same facts.  Never NULL.
 * `engine` is "libspf2" or the like; `input` is made by md_opinion_input, and NULL when there
 * can be no opinion.  An opinion is no evidence about the domain, only about receivers that run
 * this engine: a missing one is a limit.  A spam filter that the user named is asked in the
 * same way; a missing answer of the filter is inconclusive, unless by choice.
 */
const struct md_opinion *md_opinion(struct md_ctx *, const char *engine, const char *input);

/*
 * Do we know?  Otherwise false: wanted (decide nothing now), or unknown, and then the result
 * records the gap, once per fact.  To judge an unknown yourself look at fact.state instead.
 */
bool md_known(struct md_ctx *, const struct md_fact *);

/*
 * The same for a fact on which the check's answer does not depend.  Where the user wished that
 * the fact is not asked for, the gap is a limit, and does not make the check unknown.
 */
bool md_known_aside(struct md_ctx *, const struct md_fact *);

/* Are both address lookups of a host known?  When one has addresses the other matters less. */
bool md_known_host(struct md_ctx *, const struct md_dns *a, const struct md_dns *aaaa);

/* Is any fact of this attempt still wanted?  What is found then will be thrown away. */
bool md_waiting(const struct md_ctx *);

/*
 * A pure result shared by the checks of a run: computed by fn(c, arg), kept for the run
 * under (fn, arg) once nothing it asked for was wanted, and given back from then on; the
 * gaps met on the way are recorded with every check that uses it.  fn allocates with
 * md_mem(c), and finds nothing.
 */
typedef const void *md_derive_fn(struct md_ctx *c, const char *arg);
const void *md_derive(struct md_ctx *, md_derive_fn *fn, const char *arg);

/* The same, but no gaps are recorded: for a result that only adds to what is said anyway. */
const void *md_derive_aside(struct md_ctx *, md_derive_fn *fn, const char *arg);

/*
 * Is the run to end: is its time over, or has the caller asked for it?  For what computes long;
 * what ends by it is a gap.  This alone lets time into a check, so it decides nothing else.
 * Costs a look at the clock.
 */
bool md_stopped(const struct md_ctx *);

/* Keys and hashes ready for use (dkim/crypto.h): the engine's, kept from run to run. */
struct md_keyring *md_keyring(const struct md_ctx *);

/* The text of a data file by its short name ("dnsbl", "selectors"): ours, or the user's. */
struct md_str md_datafile(const struct md_ctx *, const char *name);

/* What a reader makes of that text, once for all runs of an engine (ask/datafile.h). */
const void *md_datafile_read(const struct md_ctx *, const char *name, md_datafile_reader *);

#endif
