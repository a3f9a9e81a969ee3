/* Any text as a zone file: it is refused with a reason, or answers every question it covers. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/wire.h"
#include "zone/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_answer(struct md_arena *mem, const struct md_zone *z, const char *name, uint16_t type)
{
	const struct md_question q = { name, type, MD_DO, "" };
	struct md_dns d = { .fact = { .why = "" }, .origin = "" };
	const char *why;

	if (!md_zone_covers(z, name, type))
		return;
	assert(md_name_under(name, md_zone_apex(z)));
	md_zone_find(z, mem, &q, &d);
	assert((d.fact.state == MD_PRESENT) == (d.n > 0));
	assert((d.fact.state == MD_WANTED) == (d.naliases == 1));
	assert((d.fact.state == MD_UNKNOWN) == (d.fact.why[0] != '\0'));
	for (size_t i = 0; i < d.n; i++) {
		struct md_rr again = d.rr[i];

		assert(strcmp(d.rr[i].owner, name) == 0 && d.rr[i].line > 0);
		assert(md_rr_parse(mem, md_rr_text(mem, &d.rr[i]), &again, &why));
		assert(md_rr_compare(&d.rr[i], &again) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const below[] = { "a", "*", "b.a", "a.*", "c.b.a" };
	static const uint16_t types[] = { MD_A,   MD_NS, MD_CNAME, MD_SOA,  MD_MX,
		                          MD_TXT, MD_DS, MD_DNAME, MD_RRSIG };
	const struct md_str text = { (const char *)data, size };
	struct md_arena *mem = md_arena_new();
	const char *why = NULL;
	struct md_zone *z = md_zone_read(mem, "x.zone", text, &why);

	if (z == NULL)
		assert(strncmp(why, "x.zone:", 7) == 0);
	for (size_t i = 0; z != NULL && i < sizeof(types) / sizeof(*types); i++) {
		must_answer(mem, z, md_zone_apex(z), types[i]);
		for (size_t j = 0; j < sizeof(below) / sizeof(*below); j++) {
			const char *name = md_printf(mem, "%s.%s", below[j], md_zone_apex(z));

			name = md_name_normal(mem, md_str(name));
			if (md_name_fits(name))
				must_answer(mem, z, name, types[i]);
		}
	}
	md_zone_free(z);
	md_arena_free(mem);
	return 0;
}
