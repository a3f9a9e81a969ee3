/* A run over a facts file, offline, with a witness for second opinions. */
#include "unit.h"

#include "witnessed.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void
witnessed_facts(struct witnessed *f, const char *facts)
{
	FILE *out;
	int fd;

	strcpy(f->path, "/tmp/maildiag-test-XXXXXX");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	out = fdopen(fd, "w");
	fputs(facts, out);
	fclose(out);
}

void
witnessed_start(struct witnessed *f, const char *witness, const struct md_check *check,
                const struct md_run_options *options)
{
	static const struct md_check *checks[2];
	char *why = NULL;

	checks[0] = check;
	f->engine = md_engine_new(&(struct md_engine_options){ .replay = f->path,
	                                                       .offline = true,
	                                                       .witness = witness },
	                          &why);
	if (f->engine == NULL)
		fail_msg("%s", why);
	f->run = md_run_new(f->engine, checks, options, &why);
	if (f->run == NULL)
		fail_msg("%s", why);
}

void
witnessed_finish(struct witnessed *f)
{
	for (int i = 0; i < 20000 && !md_run_done(f->run); i++)
		md_engine_step(f->engine, -1);
	assert_true(md_run_done(f->run));
	f->report = md_run_report(f->run);
}

void
witnessed_done(struct witnessed *f)
{
	md_run_free(f->run);
	md_engine_free(f->engine);
	unlink(f->path);
}
