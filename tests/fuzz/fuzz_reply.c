/* Any bytes as a DNS message: what is read is kept whole, its text means the same record. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "dns/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_read_back(struct md_arena *mem, const struct md_rr *rr)
{
	const char *text = md_rr_text(mem, rr), *why = "";
	struct md_rr again = { .owner = rr->owner, .type = rr->type, .ttl = rr->ttl };

	assert(md_rr_parse(mem, text, &again, &why));
	assert(strcmp(md_rr_text(mem, &again), text) == 0);
	if (rr->type != MD_TXT &&
	    rr->type != MD_SPF) /* no string and an empty one look alike */
		assert(md_rr_compare(rr, &again) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	struct md_dns d = { .fact = { .state = MD_PRESENT, .why = "" },
		            .question = { "x", MD_ANY, 0, "" },
		            .canonical = "x",
		            .origin = "network" };
	struct md_reply reply;
	const char *why = NULL;

	if (md_reply_parse(mem, data, size, &reply, &why)) {
		struct md_dns *kept, *again;

		d.n = reply.n;
		d.rr = reply.rr;
		kept = md_dns_pack(&d);
		again = md_dns_pack(kept);
		assert(again->fact.bytes <= kept->fact.bytes);
		md_fact_unpin(&again->fact);
		for (size_t i = 0; i < kept->n; i++)
			must_read_back(mem, &kept->rr[i]);
		for (size_t i = 1; i < kept->n; i++)
			assert(md_rr_compare(&kept->rr[i - 1], &kept->rr[i]) < 0);
		md_fact_unpin(&kept->fact);
	} else {
		assert(why != NULL);
	}
	md_arena_free(mem);
	return 0;
}
