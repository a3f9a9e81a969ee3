/* Any bytes as an MTA-STS, TLS-RPT or BIMI record: faults and values lie inside the text. */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "record/bimi.h"
#include "record/mta_sts.h"
#include "record/tls_rpt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_inside(struct md_str part, struct md_str text)
{
	assert(part.p >= text.p && part.len <= text.len);
	assert((size_t)(part.p - text.p) <= text.len - part.len);
}

static void
must_stand_inside(const struct md_faults *faults, struct md_str text)
{
	assert(faults->n <= MD_FAULTS_MOST);
	for (size_t i = 0; i < faults->n; i++) {
		assert(faults->list[i].at <= text.len);
		assert(faults->list[i].len <= text.len - faults->list[i].at);
		assert(faults->list[i].why[0] != '\0');
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	const struct md_str text = { (const char *)data, size };
	const struct md_mta_sts sts = md_mta_sts_parse(mem, text);
	const struct md_tls_rpt rpt = md_tls_rpt_parse(mem, text);
	const struct md_bimi bimi = md_bimi_parse(mem, text);

	must_stand_inside(&sts.faults, text);
	must_stand_inside(&rpt.faults, text);
	must_stand_inside(&bimi.faults, text);
	must_be_inside(sts.id, text);
	must_be_inside(bimi.logo, text);
	must_be_inside(bimi.evidence, text);
	for (size_t i = 0; i < rpt.n; i++) {
		must_be_inside(rpt.uri[i].text, text);
		assert(rpt.uri[i].host[0] != '\0');
	}
	if (sts.faults.n == 0)
		assert(md_str_starts(text, "v=STSv1") && sts.id.len >= 1 && sts.id.len <= 32);
	if (rpt.faults.n == 0)
		assert(md_str_starts(text, "v=TLSRPTv1") && rpt.n > 0);
	if (bimi.faults.n == 0)
		assert(md_bimi_starts(text));
	md_arena_free(mem);
	return 0;
}
