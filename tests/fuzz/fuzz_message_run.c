/* Any octets as a message, all checks and every format: it ends, bounded, in printable text. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "maildiag.h"
#include "rendered.h"

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
	if (run != NULL)
		must_render(md_run_report(run), 1000000 + 20 * size);
	md_run_free(run);
	free(why);
	md_engine_free(engine);
	return 0;
}
