/*
 * Any bytes as a message with ARC fields, the key of its sealer known: results keep together.
 *
 * The corpus has chains that pass, so that what is changed in them reaches the cryptography.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "arc/arc.h"
#include "ask/check.h"
#include "judged.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The key that the chains of the corpus are sealed with. */
static const char zone[] =
        "$ORIGIN .\n$TTL 300\n. IN SOA ns.invalid. h.invalid. 1 2 3 4 5\n. IN NS ns.invalid.\n"
        "fuzz._domainkey.example.org. IN TXT \"k=rsa; p=\" "
        "\"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDBVOTu3MEY6QWZfznDiyk7MEhO\" "
        "\"oDyyk/UyY4RSHLB6Kz6p8E3ueZbGLB/YB9JaR5GzYjjGa+mEge9sISrOZN9f5WzN\" "
        "\"ovnnBLfjilGyWX/GUMJp9qkNU8YxVretrJLmfNhAlsUcGIG19xLb3KXQ0fhdVNAa\" "
        "\"esfRCGtJn0gI5EOlNwIDAQAB\" "
        "\n";

static void
must_keep_together(const struct md_arc *arc, const struct md_message *m)
{
	const size_t fields = md_message_count(m, "ARC-Seal") +
	                      md_message_count(m, "ARC-Message-Signature") +
	                      md_message_count(m, "ARC-Authentication-Results");
	unsigned last = 0;

	assert((arc->result == MD_ARC_NONE) == (fields == 0));
	assert((arc->result == MD_ARC_FAIL || arc->result == MD_ARC_TEMPERROR) ==
	       (arc->why[0] != '\0'));
	assert(arc->n <= MD_ARC_MOST && arc->oldest_pass <= MD_ARC_MOST);
	for (size_t i = 0; i < arc->n; i++) {
		const struct md_arc_set *set = &arc->sets[i];

		assert(set->instance > last && set->instance <= MD_ARC_MOST);
		last = set->instance;
		if (arc->result != MD_ARC_PASS)
			continue;
		assert(set->instance == i + 1 && set->results != NULL && set->message != NULL);
		assert(set->seal->result == MD_DKIM_PASS && strcmp(set->sealer, "") != 0);
	}
	if (arc->result == MD_ARC_PASS)
		assert(arc->n > 0 && arc->oldest_pass > 0 &&
		       arc->sets[arc->n - 1].message->result == MD_DKIM_PASS);
}

static void
validate(struct md_ctx *c)
{
	const struct md_arc *arc = md_arc_validate(c);

	if (!md_waiting(c))
		must_keep_together(arc, md_subject(c)->message);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct md_check arc = { .name = "arc", .title = "ARC", .run = validate };
	static const struct md_check *const checks[] = { &arc, NULL };
	static struct md_engine *engine; /* takes time to make */
	const struct md_message_source message = { .name = "fuzz",
		                                   .octets = (const char *)data,
		                                   .len = size };

	if (engine == NULL)
		engine = engine_with_zone(zone);
	md_run_free(judged(engine, checks,
	                   &(struct md_run_options){ .message = &message, .now = 1795246000 }));
	return 0;
}
