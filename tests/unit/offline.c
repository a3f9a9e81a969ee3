/* A run over a temporary file of facts or of a zone, offline. */
#include "unit.h"

#include "offline.h"

#include <stdlib.h>
#include <unistd.h>

enum { STEPS_MAX = 20000 };

/* ---- short lines ---- */

static void
put_quoted(FILE *out, struct md_str s)
{
	fputc('"', out);
	for (size_t i = 0; i < s.len; i++)
		fprintf(out, "%s%c", s.p[i] == '"' || s.p[i] == '\\' ? "\\" : "", s.p[i]);
	fputc('"', out);
}

/* The first record, and those of the lines behind it that begin as its line does. */
static void
put_records(FILE *out, struct md_str record, struct md_str start, struct md_str *rest)
{
	struct md_str line;

	fputs("\"rdata\":[", out);
	put_quoted(out, record);
	while (rest->len > start.len && memcmp(rest->p, start.p, start.len) == 0) {
		md_str_cut(rest, '\n', &line);
		fputc(',', out);
		put_quoted(out, md_str_skip(line, start.len));
	}
	fputc(']', out);
}

static void
put_short(FILE *out, struct md_str line, struct md_str *rest)
{
	struct md_str tail = line, name, type, start = line;

	assert_true(md_str_cut(&tail, ' ', &name) && md_str_cut(&tail, ' ', &type));
	start.len -= tail.len;
	fprintf(out, "{\"fact\":\"dns\",\"name\":\"%.*s\",\"type\":\"%.*s\",", MD_FMT(name),
	        MD_FMT(type));
	if (md_str_eq(tail, "NXDOMAIN"))
		fputs("\"rcode\":\"NXDOMAIN\"", out);
	else if (md_str_eq(tail, "NODATA"))
		fputs("\"rcode\":\"NOERROR\"", out);
	else if (md_str_starts(tail, "? "))
		fprintf(out, "\"why\":\"%.*s\"", MD_FMT(md_str_skip(tail, 2)));
	else
		put_records(out, tail, start, rest);
	fputs("}\n", out);
}

static void
put_facts(FILE *out, const char *facts)
{
	struct md_str rest = md_str(facts), line;

	while (md_str_cut(&rest, '\n', &line))
		if (md_str_starts(line, "{"))
			fprintf(out, "%.*s\n", MD_FMT(line));
		else if (line.len > 0)
			put_short(out, line, &rest);
}

/* ---- the file, and runs over it ---- */

static void
open_file(struct offline *f)
{
	int fd;

	memset(f, 0, sizeof(*f));
	strcpy(f->path, "/tmp/maildiag-test-XXXXXX");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	f->file = fdopen(fd, "w");
	assert_non_null(f->file);
	f->with.offline = true;
	f->most_steps = STEPS_MAX;
}

void
offline_open(struct offline *f, const char *facts)
{
	open_file(f);
	put_facts(f->file, facts);
	f->with.replay = f->path;
}

void
offline_open_zone(struct offline *f, const char *zone)
{
	open_file(f);
	fputs(zone, f->file);
	f->zones[0] = f->path;
	f->with.zones = f->zones;
}

static void
forget(struct offline *f)
{
	md_run_free(f->run);
	md_engine_free(f->engine);
	f->run = NULL;
	f->engine = NULL;
	f->report = NULL;
}

bool
offline_start(struct offline *f, const struct md_check *const *checks,
              const struct md_run_options *options)
{
	char *why = NULL;

	forget(f);
	assert_int_equal(fflush(f->file), 0);
	f->engine = md_engine_new(&f->with, &why);
	if (f->engine == NULL)
		fail_msg("%s", why);
	f->run = md_run_new(f->engine, checks, options, &why);
	free(why);
	return f->run != NULL;
}

void
offline_finish(struct offline *f)
{
	for (unsigned i = 0; i < f->most_steps && !md_run_done(f->run); i++)
		md_engine_step(f->engine, -1);
	assert_true(md_run_done(f->run));
	f->report = md_run_report(f->run);
}

void
offline_run(struct offline *f, const struct md_check *check,
            const struct md_run_options *options)
{
	f->single[0] = check;
	assert_true(offline_start(f, f->single, options));
	offline_finish(f);
}

void
offline_close(struct offline *f)
{
	forget(f);
	fclose(f->file);
	unlink(f->path);
}
