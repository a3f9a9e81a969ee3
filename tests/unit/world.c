/* Writes facts files until nothing that is asked for is missing in them. */
#include "unit.h"

#include "world.h"

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
open_it(struct world *w, const struct record *records, size_t n, void (*ask)(struct md_ctx *))
{
	struct md_run_options options = { .now = w->now };
	size_t missing = 1;

	w->check = (struct md_check){ .name = "test", .title = "Test", .run = ask };
	if (w->message.octets != NULL)
		options.message = &w->message;
	else
		options.domain = "example.com";
	offline_open(&w->known, "");
	for (size_t i = 0; i < n; i++)
		write_listed(w->known.file, records, n, i);
	for (unsigned i = 0; i < ROUNDS_MAX && missing > 0; i++) {
		offline_run(&w->known, &w->check, &options);
		missing = write_missing(w->known.file, w->known.report, records, n);
	}
	assert_int_equal(missing, 0);
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
	offline_close(&w->known);
}

size_t
world_asked(const struct world *w, uint16_t type)
{
	const struct md_report *report = w->known.report;
	size_t n = 0;

	for (size_t i = 0; i < report->nfacts; i++)
		n += type == 0 ||
		     ((const struct md_dns *)report->facts[i])->question.type == type;
	return n;
}
