/* Zone files (RFC 1035 5.1) as proposals: with $INCLUDE, and strictly placed. */
#include "proposal/read.h"
#include "zone/read.h"

bool
md_input_bind(struct md_input *in)
{
	struct md_zone_reader r;
	struct md_rr rr;

	md_zone_read_init(&r, in->mem, in->path, in->text);
	r.origin = in->origin;
	r.folder = in->folder;
	while (md_zone_read_next(&r, &rr))
		MD_PUSH(in->mem, in->rr, in->n, rr);
	in->files = r.files;
	in->nfiles = r.nfiles;
	for (size_t i = 0; i < r.nfaults; i++)
		MD_PUSH(in->mem, in->faults, in->nfaults, r.faults[i]);
	if (in->why == NULL)
		in->why = r.why;
	if (in->why != NULL)
		return false;
	if (in->n == 0)
		return md_input_wrong(in, 0, "no records in it");
	md_input_zone(in, md_zone_find_apex(in->origin != NULL ? in->origin : r.first_origin,
	                                    in->rr, in->n));
	return true;
}
