/* Writes facts files until nothing that is asked for is missing in them. */
#include "unit.h"

#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/name.h"

enum { ROUNDS_MAX = 40 }; /* each level of dependent questions takes one */

static void
write_listed(FILE *out, const struct record *records, size_t n, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(records[j].name, records[i].name) == 0 &&
		    strcmp(records[j].type, records[i].type) == 0)
			return; /* written with the first of them */
	fprintf(out, "{\"fact\":\"dns\",\"name\":\"%s\",\"type\":\"%s\",", records[i].name,
	        records[i].type);
	if (records[i].rdata == NULL) {
		fprintf(out, "\"why\":\"SERVFAIL\"}\n");
		return;
	}
	fprintf(out, "\"rdata\":[");
	for (size_t j = i; j < n; j++) {
		const char *quote = strcmp(records[i].type, "TXT") == 0 ? "\\\"" : "";

		if (strcmp(records[j].name, records[i].name) == 0 &&
		    strcmp(records[j].type, records[i].type) == 0)
			fprintf(out, "%s\"%s%s%s\"", j > i ? "," : "", quote, records[j].rdata,
			        quote);
	}
	fprintf(out, "]}\n");
}

/* RFC 8020: a name exists when it or one below it has records. */
static bool
exists(const char *name, const struct record *records, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (md_name_under(records[i].name, name))
			return true;
	return false;
}

/* Adds a line for each fact that was missing; how many there were. */
static size_t
write_missing(FILE *out, const struct md_report *report, const struct record *records, size_t n)
{
	size_t missing = 0;

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct md_dns *d = (const struct md_dns *)report->facts[i];

		if (d->fact.state != MD_UNKNOWN || !d->fact.by_choice)
			continue;
		fprintf(out,
		        "{\"fact\":\"dns\",\"name\":\"%s\",\"type\":\"TYPE%u\",\"rcode\":\"%s\"}"
		        "\n",
		        d->question.name, d->question.type,
		        exists(d->question.name, records, n) ? "NOERROR" : "NXDOMAIN");
		missing++;
	}
	return missing;
}

static void
examine(struct world *w, const struct md_check *check)
{
	const struct md_check *const checks[] = { check, NULL };
	struct md_run_options options = { .now = w->now };
	char *why = NULL;

	w->engine = md_engine_new(
	        &(struct md_engine_options){ .replay = w->path, .offline = true }, &why);
	if (w->engine == NULL)
		fail_msg("%s", why);
	if (w->message.octets != NULL)
		options.message = &w->message;
	else
		options.domain = "example.com";
	w->run = md_run_new(w->engine, checks, &options, &why);
	if (w->run == NULL)
		fail_msg("%s", why);
	while (!md_run_done(w->run))
		md_engine_step(w->engine, 0);
}

static void
open_it(struct world *w, const struct record *records, size_t n, void (*ask)(struct md_ctx *))
{
	const struct md_check check = { .name = "test", .title = "Test", .run = ask };
	FILE *out;
	int fd;

	strcpy(w->path, "/tmp/maildiag-test-XXXXXX");
	fd = mkstemp(w->path);
	assert_true(fd >= 0);
	out = fdopen(fd, "w");
	for (size_t i = 0; i < n; i++)
		write_listed(out, records, n, i);
	for (unsigned i = 0; i < ROUNDS_MAX; i++) {
		fflush(out);
		examine(w, &check);
		if (write_missing(out, md_run_report(w->run), records, n) == 0)
			break;
		md_run_free(w->run);
		md_engine_free(w->engine);
		w->run = NULL;
	}
	fclose(out);
	assert_non_null(w->run);
}

void
world_open(struct world *w, const struct record *records, size_t n,
           void (*ask)(struct md_ctx *))
{
	w->message = (struct md_message_source){ .octets = NULL };
	w->now = 0;
	open_it(w, records, n, ask);
}

void
world_open_message(struct world *w, struct md_str message, int64_t now,
                   const struct record *records, size_t n, void (*ask)(struct md_ctx *))
{
	w->message = (struct md_message_source){ .name = "test.eml",
		                                 .octets = message.p,
		                                 .len = message.len };
	w->now = now;
	open_it(w, records, n, ask);
}

void
world_close(struct world *w)
{
	md_run_free(w->run);
	md_engine_free(w->engine);
	unlink(w->path);
}

size_t
world_asked(const struct world *w, uint16_t type)
{
	const struct md_report *report = md_run_report(w->run);
	size_t n = 0;

	for (size_t i = 0; i < report->nfacts; i++)
		n += type == 0 ||
		     ((const struct md_dns *)report->facts[i])->question.type == type;
	return n;
}
