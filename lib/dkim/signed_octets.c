/* Canonicalises what one signature covers, as the verifier does. */
#include "dkim/signed_octets.h"

bool
md_canonical_octets(struct md_arena *mem, const struct md_message *m,
                    const struct md_field *field, enum md_signature_kind kind,
                    struct md_canonical out)
{
	const struct md_dkim_signature *s = md_dkim_signature_parse(mem, field->value, kind);
	const struct md_field **fields;

	if (s->faults.n > 0)
		return false;
	fields = md_signed_fields(mem, m, s, field);
	for (size_t i = 0; i < s->nh; i++)
		if (fields[i] != NULL)
			md_canon_field(s->header_canon, fields[i]->whole, out.header);
	md_canon_own_field(s->header_canon, field->whole, s->b, out.header);
	md_canon_body(s->body_canon, m->body, s->has_l ? s->l : UINT64_MAX, out.body);
	return true;
}
