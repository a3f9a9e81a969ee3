/* An engine with a zone, and runs of it from beginning to end. */
#include "judged.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct md_engine *
engine_with_zone(const char *zone)
{
	char path[] = "/tmp/maildiag-fuzz-XXXXXX", *why = NULL;
	const char *const zones[] = { path, NULL };
	const int fd = mkstemp(path);
	struct md_engine *engine;

	assert(fd >= 0 && write(fd, zone, strlen(zone)) == (ssize_t)strlen(zone));
	close(fd);
	engine = md_engine_new(
	        &(struct md_engine_options){ .zones = zones, .offline = true, .witness = "" },
	        &why);
	unlink(path);
	assert(engine != NULL);
	return engine;
}

struct md_run *
judged(struct md_engine *engine, const struct md_check *const *checks,
       const struct md_run_options *options)
{
	char *why = NULL;
	struct md_run *run = md_run_new(engine, checks, options, &why);

	assert((run == NULL) == (why != NULL));
	free(why);
	while (run != NULL && !md_run_done(run))
		md_engine_step(engine, 0);
	return run;
}
