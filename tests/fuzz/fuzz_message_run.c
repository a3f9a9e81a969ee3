/* Any octets as a message, all checks and every format: it ends, bounded, in printable text. */
#include <stdint.h>

#include "judged.h"
#include "rendered.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A sender with all that it needs, so that checks go on behind their first question. */
static const char zone[] =
        "$ORIGIN author.example.\n$TTL 3600\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n@ MX 10 mx\n"
        "mx A 192.0.2.1\n@ TXT \"v=spf1 ip4:192.0.2.1 exists:%{l}.x.author.example -all\"\n"
        "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@author.example\"\n"
        "s._domainkey TXT \"v=DKIM1; k=ed25519; "
        "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_message_source source = { .name = "fuzz.eml",
		                                  .octets = (const char *)data,
		                                  .len = size };
	static struct md_engine *engine; /* takes time to make */
	struct md_run *run;

	if (engine == NULL)
		engine = engine_with_zone(zone);
	run = judged(engine, md_checks_message(),
	             &(struct md_run_options){
	                     .message = &source, .now = 1794650000, .any_sender = true });
	if (run != NULL)
		must_render(md_run_report(run), 1000000 + 20 * size);
	md_run_free(run);
	return 0;
}
