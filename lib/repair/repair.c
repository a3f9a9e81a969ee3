/* Diagnoses every failing signature: what was changed after it was made. */
#include "repair/repair.h"

#include <string.h>

#include "base/arena.h"
#include "repair/lines.h"
#include "repair/mend.h"
#include "repair/rewriters.h"

/* ---- what is sure though nothing was found ---- */

/* Why this field is likelier than others to have been changed; "" for no reason. */
static const char *
mark(const struct md_message *m, const struct md_field *f)
{
	const struct md_str value = f->value;
	const bool list = md_message_field(m, "List-Id", NULL) != NULL;

	if (md_str_eq_nocase(f->name, "Subject"))
		return memchr(value.p, '[', value.len) != NULL ? " (has a tag)" : "";
	if (md_str_eq_nocase(f->name, "From"))
		return memmem(value.p, value.len, " via ", 5) != NULL ? " (says \"via\")" : "";
	if (list &&
	    (md_str_eq_nocase(f->name, "Reply-To") || md_str_starts_nocase(f->name, "List-")))
		return " (mailing lists set it)";
	return "";
}

static void
list_fields(struct md_buf *line, const struct md_message *m, const struct md_dkim_verdict *v,
            bool marked)
{
	for (size_t i = 0; i < v->signature->nh && line->len < 600; i++) {
		const struct md_field *f = v->selected[i];
		const char *why = f != NULL ? mark(m, f) : "";

		if (f == NULL || (*why != '\0') != marked)
			continue;
		md_buf_printf(line, "%s%s%s", line->p[line->len - 1] == ' ' ? "" : ", ",
		              md_excerpt(line->mem, f->name), why);
	}
}

static const char *
sure_of_header(struct md_arena *mem, const struct md_message *m,
               const struct md_dkim_verdict *v)
{
	struct md_buf line = { .mem = mem };

	if (v->recovery == MD_RECOVERY_WRONG_KEY)
		return "the published key is not the one that signed, or b= is damaged: a changed "
		       "field cannot explain it";
	if (v->recovery != MD_RECOVERY_RIGHT_KEY)
		return "either a signed field was changed after signing, or another key signed: "
		       "Ed25519 cannot tell which";
	md_buf_add(&line,
	           md_str("the published key is the right one, so one of the signed fields "
	                  "was changed after signing: "));
	list_fields(&line, m, v, true);
	list_fields(&line, m, v, false);
	return md_buf_str(&line);
}

static const char *
sure_of_body(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	return md_printf(mem,
	                 "the body (now %llu octets canonical) was changed after signing%s",
	                 (unsigned long long)v->body_length,
	                 v->header_sound ? "; the signed header fields are as they were" : "");
}

/* Filters that rewrite links are seen by the links, also where these do not tell what was. */
static const char *
rewriter_seen(struct md_arena *mem, const struct md_message *m)
{
	size_t n;
	const char *by = md_link_rewriter(m->body, &n);

	if (by == NULL)
		return "";
	return md_printf(mem, "%s in it %s to %s, which rewrites links on the way",
	                 md_plural(mem, n, "link", "links"), n == 1 ? "leads" : "lead", by);
}

static const char *
what_is_sure(struct md_arena *mem, const struct md_message *m,
             const struct md_dkim_diagnosis *d)
{
	const bool body = d->body_broken && !d->body_mended;
	const bool header = d->header_broken && !d->header_mended;
	const struct md_dkim_verdict *v = d->verdict;
	const char *of_header = header ? sure_of_header(mem, m, v) : "";

	if (!body && header && !d->body_broken && v->body_known)
		return md_printf(mem, "%s; the body is as it was signed", of_header);
	if (!body)
		return of_header;
	return md_printf(mem, "%s%s%s%s%s", sure_of_body(mem, v),
	                 d->rewriter[0] != '\0' ? "; " : "", d->rewriter,
	                 *of_header != '\0' ? "; " : "", of_header);
}

/* ---- one signature ---- */

const char *
md_dkim_fields_added(struct md_arena *mem, const struct md_dkim_diagnosis *d)
{
	struct md_buf names = { .mem = mem };
	size_t n = 0, at = 0;

	for (size_t i = 0; i < d->n; i++)
		n += d->changes[i].added;
	if (n < 2)
		return "";
	for (size_t i = 0; i < d->n; i++)
		if (d->changes[i].added)
			md_buf_item(&names, ++at == n ? " and " : ", ", "%s",
			            md_show(mem, md_str(d->changes[i].name)));
	return md_printf(mem, "the fields %s were added after signing", md_buf_str(&names));
}

static const struct md_dkim_change *
kept(struct md_arena *mem, const struct md_mend *m)
{
	struct md_dkim_change *changes = md_alloc(mem, m->n * sizeof(*changes));

	for (size_t i = 0; i < m->n; i++) {
		changes[i] = m->changes[i];
		changes[i].name = md_strdup(mem, changes[i].body ? "" : changes[i].name);
		changes[i].what = md_strdup(mem, changes[i].what);
		changes[i].before = md_strdup(mem, changes[i].before);
		changes[i].after = md_strdup(mem, changes[i].after);
	}
	return changes;
}

const struct md_dkim_diagnosis *
md_dkim_repair(struct md_arena *mem, struct md_keyring *ring, const struct md_message *message,
               const struct md_dkim_verdict *v, struct md_budget *budget)
{
	struct md_arena *scratch = md_arena_new();
	struct md_dkim_diagnosis *d = md_alloc(mem, sizeof(*d));
	const struct md_dkim_key *key = v->published.key;
	struct md_mend m = {
		.mem = scratch,
		.ring = ring,
		.message = message,
		.field = v->field,
		.signature = v->signature,
		.key = { key != NULL ? key->octets : NULL, key != NULL ? key->noctets : 0 },
		.hash = md_algorithm_hash(v->signature->algorithm),
		.budget = budget,
	};

	const uint64_t kept_for_later = budget->kept, share = md_budget_open(budget);

	d->verdict = v;
	d->body_broken = v->body_known &&
	                 (v->cause == MD_DKIM_BODY_SHORTER ||
	                  v->nbody_hash != v->signature->nbody_hash ||
	                  memcmp(v->body_hash, v->signature->body_hash, v->nbody_hash) != 0);
	d->header_broken = !v->header_sound && m.key.n > 0;
	if (d->body_broken) {
		md_budget_keep(budget, kept_for_later + (d->header_broken ? share / 2 : 0));
		d->body_mended = md_mend_body(&m);
	}
	if (d->header_broken) {
		md_budget_keep(budget, kept_for_later);
		d->header_mended = md_mend_header(&m);
	}
	d->unfinished = m.unfinished;
	d->tried = m.tried;
	d->n = m.n;
	d->changes = kept(mem, &m);
	d->rewriter = d->body_broken && !d->body_mended ? rewriter_seen(mem, message) : "";
	d->sure = what_is_sure(mem, message, d);
	md_arena_free(scratch);
	return d;
}
