/* Any bytes as a proposal of any format: refused with a reason, or records that are whole. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/wire.h"
#include "proposal/proposal.h"
#include "proposal/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char path[] = "example.com.yaml";

/* Of many records only the first, for the fuzzer's sake. */
enum { LOOKED_AT = 100 };

static void
is_whole(struct md_arena *mem, const struct md_rr *rr)
{
	struct md_rr again = *rr;
	const char *why;

	assert(md_name_fits(rr->owner) && rr->type != 0);
	assert(md_rr_parse(mem, md_rr_text(mem, rr), &again, &why));
	assert(md_rr_compare(rr, &again) == 0);
}

static void
look_at_changes(struct md_arena *mem, const struct md_proposal *p)
{
	for (size_t i = 0; i < p->nchanges && i < LOOKED_AT; i++) {
		const struct md_change *c = &p->changes[i];

		assert(md_name_fits(c->name) && strcmp(c->place.file, path) == 0);
		assert((c->kind == MD_CHANGE_SET) == (c->n > 0));
		assert((c->kind == MD_CHANGE_UNKNOWN || c->kind == MD_CHANGE_ALIAS) ==
		       (c->why[0] != '\0'));
		assert(md_proposal_covers(p, c->name, c->type) ==
		       (c->kind != MD_CHANGE_KEEP && c->kind != MD_CHANGE_ALIAS));
		for (size_t j = 0; j < c->n && j < LOOKED_AT; j++) {
			assert(c->rr[j].type == c->type);
			assert(strcmp(c->rr[j].owner, c->name) == 0);
			is_whole(mem, &c->rr[j]);
		}
	}
}

static void
look_at_zones(struct md_arena *mem, const struct md_proposal *p)
{
	static const uint16_t types[] = { MD_A, MD_MX, MD_TXT, MD_CNAME, MD_TLSA };

	for (size_t i = 0; i < p->nzones && i < LOOKED_AT; i++)
		for (size_t j = 0; j < sizeof(types) / sizeof(*types); j++) {
			const struct md_question q = { md_zone_apex(p->zones[i]), types[j], 0,
				                       "" };
			struct md_dns d = { .fact = { .why = "" }, .origin = "" };

			if (!md_proposal_covers(p, q.name, q.type)) { /* what stays */
				assert(p->nchanges > 0);
				continue;
			}
			md_proposal_find(p, mem, &q, &d);
			for (size_t k = 0; k < d.n && k < LOOKED_AT; k++)
				is_whole(mem, &d.rr[k]);
		}
}

static void
read_as(struct md_str text, enum md_zone_format format)
{
	struct md_arena *mem = md_arena_new();
	struct md_proposal_builder *b = md_proposal_new(mem);
	const char *why = NULL;
	const bool ok = md_proposal_add_text(
	        b, &(struct md_proposal_text){ path, text, format, NULL }, &why);
	const struct md_proposal *p = md_proposal_done(b);

	if (!ok) {
		assert(strncmp(why, path, strlen(path)) == 0 && why[strlen(path)] == ':');
		assert(strchr(why, '\n') == NULL);
		assert(p->nzones == 0 && p->nchanges == 0 && p->nfaults == 0);
	}
	for (size_t i = 0; i < p->nfaults; i++) {
		assert(strncmp(p->faults[i].rule, "zone.", 5) == 0);
		assert(p->faults[i].evidence[0] != '\0');
		assert(strchr(p->faults[i].evidence, '\n') == NULL);
		assert(strcmp(p->faults[i].place.file, path) == 0);
	}
	look_at_changes(mem, p);
	look_at_zones(mem, p);
	md_arena_free(mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_str text = { (const char *)data, size };

	/* By content, and as one of the formats although it may be another. */
	read_as(text, MD_ZONE_DETECT);
	read_as(text, (enum md_zone_format)(MD_ZONE_BIND + size % MD_ZONE_CLOUDFLARE));
	return 0;
}
