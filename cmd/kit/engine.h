/* The engine as the command line wants it: where answers come from, and how long to wait. */
#ifndef CLI_ENGINE_H
#define CLI_ENGINE_H

#include "maildiag.h"
#include "opt.h"

struct cli_sources {
	struct cli_strings resolver, zone;
	const char *replay, *record, *data;
	bool offline, no_second_opinion;
};
extern const struct cli_opt cli_source_options[];

/* What is 0 was not given. */
struct cli_patience {
	double timeout, query_timeout;
	unsigned tries, rate, jobs;
};
extern const struct cli_opt cli_patience_options[];

/* False after a message when one of --resolver is no address. */
bool cli_good_resolvers(const struct cli_sources *);

/* What the command line says of every engine but for zones. */
struct md_engine_options cli_engine_options(const struct cli_sources *,
                                            const struct cli_patience *);

/* An engine, NULL after a message. */
struct md_engine *cli_engine_new(const struct md_engine_options *);

/* Tells on stderr what is odd in the engine's zone files. */
void cli_engine_tell_warnings(const struct md_engine *);

#endif
