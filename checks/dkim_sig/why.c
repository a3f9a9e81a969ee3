/* Which change broke a signature: the diagnosis as evidence. */
#include <string.h>

#include "base/base64.h"
#include "rules.h"

const char *
md_dkim_sig_hashes(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const struct md_dkim_signature *s = v->signature;

	return md_printf(md_mem(c), "bh=%s, computed %s",
	                 md_base64_encode(md_mem(c), s->body_hash, s->nbody_hash),
	                 md_base64_encode(md_mem(c), v->body_hash, v->nbody_hash));
}

const struct md_dkim_diagnosis *
md_dkim_sig_diagnosis(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const struct md_dkim_diagnoses *all = md_dkim_diagnose(c);

	for (size_t i = 0; i < all->n; i++)
		if (all->all[i].verdict->field == v->field)
			return &all->all[i];
	return NULL;
}

const char *
md_dkim_sig_why(struct md_ctx *c, const struct md_dkim_diagnosis *d)
{
	struct md_buf line = { .mem = md_mem(c) };

	for (size_t i = 0; i < d->n; i++)
		md_buf_item(&line, "; ", "%s", d->changes[i].what);
	if (d->n > 0 && d->body_broken == d->body_mended &&
	    d->header_broken == d->header_mended)
		md_buf_printf(&line, "; with %s undone it verifies",
		              d->n > 1 ? "these changes" : "this");
	if (d->sure[0] != '\0')
		md_buf_item(&line, "; ", "%s", d->sure);
	if (d->body_broken && !d->body_mended)
		md_buf_printf(&line, "; %s", md_dkim_sig_hashes(c, d->verdict));
	return md_buf_str(&line);
}

void
md_dkim_sig_point(struct md_ctx *c, const struct md_dkim_diagnosis *d)
{
	const struct md_dkim_change *change = NULL;
	size_t first = 0, last = 0, nbefore, nafter;

	for (size_t i = 0; i < d->n && change == NULL; i++)
		if (!d->changes[i].body && d->changes[i].after[0] != '\0')
			change = &d->changes[i];
	if (change == NULL || change->before[0] == '\0')
		return;
	nbefore = strlen(change->before);
	nafter = strlen(change->after);
	while (first < nbefore && first < nafter &&
	       change->before[first] == change->after[first])
		first++;
	while (last + first < nbefore && last + first < nafter &&
	       change->before[nbefore - 1 - last] == change->after[nafter - 1 - last])
		last++;
	md_point(c, md_str(change->after), first, nafter - first - last);
}
