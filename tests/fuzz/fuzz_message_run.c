/* Any octets as a message, all checks and every format: it ends, bounded, in printable text. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "maildiag.h"
#include "rows/notices.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A sender with all that it needs, so that checks go on behind their first question. */
static const char zone[] =
        "$ORIGIN author.example.\n$TTL 3600\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n@ MX 10 mx\n"
        "mx A 192.0.2.1\n@ TXT \"v=spf1 ip4:192.0.2.1 exists:%{l}.x.author.example -all\"\n"
        "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@author.example\"\n"
        "s._domainkey TXT \"v=DKIM1; k=ed25519; "
        "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n";

static struct md_engine *
engine_with_zone(void)
{
	char path[] = "/tmp/maildiag-fuzz-XXXXXX", *why = NULL;
	const char *zones[] = { path, NULL };
	FILE *out = fdopen(mkstemp(path), "w");
	struct md_engine *engine;

	fputs(zone, out);
	fclose(out);
	engine = md_engine_new(
	        &(struct md_engine_options){ .zones = zones, .offline = true, .witness = "" },
	        &why);
	unlink(path);
	assert(engine != NULL);
	return engine;
}

/* Nothing that a terminal obeys, and in proportion to what was given. */
static void
check_octets(const char *text, size_t len, size_t given)
{
	assert(len < 1000000 + 20 * given);
	for (size_t i = 0; i < len; i++)
		assert(((unsigned char)text[i] >= 0x20 && text[i] != 0x7f) || text[i] == '\n');
}

static void
render(const struct md_report *report, size_t given)
{
	static const char *const formats[] = { "text", "json", "jsonl", "csv" };

	for (size_t i = 0; i < 8; i++) {
		const struct md_style style = { .utf8 = i % 2 == 0, .verbose = i >= 4 };
		char *text = NULL;
		size_t len = 0;
		FILE *out = open_memstream(&text, &len);

		md_render(formats[i % 4], report, &style, out);
		fclose(out);
		check_octets(text, len, given);
		free(text);
	}
}

static void
render_rows(const struct md_report *report, size_t given)
{
	for (const char *const *format = md_notices_formats; *format != NULL; format++) {
		struct md_arena *mem = md_arena_new();
		struct md_notices *rows = md_notices_new(mem);
		char *text = NULL;
		size_t len = 0;
		FILE *out = open_memstream(&text, &len);

		md_notices_add_report(rows, report, "warn");
		md_notices_render(*format, rows, out);
		fclose(out);
		check_octets(text, len, given);
		free(text);
		md_arena_free(mem);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_message_source source = { .name = "fuzz.eml",
		                                  .octets = (const char *)data,
		                                  .len = size };
	struct md_engine *engine = engine_with_zone();
	char *why = NULL;
	struct md_run *run =
	        md_run_new(engine, md_checks_message(),
	                   &(struct md_run_options){
	                           .message = &source, .now = 1794650000, .any_sender = true },
	                   &why);

	while (run != NULL && !md_run_done(run))
		md_engine_step(engine, 0);
	if (run != NULL) {
		render(md_run_report(run), size);
		render_rows(md_run_report(run), size);
	}
	md_run_free(run);
	free(why);
	md_engine_free(engine);
	return 0;
}
