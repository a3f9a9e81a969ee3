/* Why a signature does not verify: one rule for each cause, and what shows it. */
#include <string.h>

#include "base/base64.h"
#include "rules.h"

/* ---- which change broke it ---- */

/* "bh=..., computed ..." */
static const char *
hashes(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const struct md_dkim_signature *s = v->signature;

	return md_printf(md_mem(c), "bh=%s, computed %s",
	                 md_base64_encode(md_mem(c), s->body_hash, s->nbody_hash),
	                 md_base64_encode(md_mem(c), v->body_hash, v->nbody_hash));
}

/* The diagnosis of this signature, or NULL. */
static const struct md_dkim_diagnosis *
diagnosis_of(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const struct md_dkim_diagnoses *all = md_dkim_diagnose(c);

	for (size_t i = 0; i < all->n; i++)
		if (all->all[i].verdict->field == v->field)
			return &all->all[i];
	return NULL;
}

/* The changes that were found, and what is sure where none was; "" for neither. */
static const char *
changes_text(struct md_ctx *c, const struct md_dkim_diagnosis *d)
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
		md_buf_printf(&line, "; %s", hashes(c, d->verdict));
	return md_buf_str(&line);
}

/* To the finding just made: what the two forms of the first field changed do not share. */
static void
point(struct md_ctx *c, const struct md_dkim_diagnosis *d)
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

/* ---- the causes ---- */

const char *
md_dkim_sig_name(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const char *name = md_dkim_key_name(md_mem(c), v->signature);

	if (name[0] != '\0')
		return name;
	return md_printf(md_mem(c), "DKIM-Signature in line %zu", v->field->line);
}

static unsigned
rule_of(const struct md_dkim_verdict *v)
{
	switch (v->cause) {
	case MD_DKIM_FROM_UNSIGNED:
		return SIG_FROM_UNSIGNED;
	case MD_DKIM_IDENTITY:
		return SIG_IDENTITY;
	case MD_DKIM_SHA1:
		return SIG_SHA1;
	case MD_DKIM_EXPIRED:
		return SIG_EXPIRED;
	case MD_DKIM_KEY_MISSING:
		return SIG_KEY_MISSING;
	case MD_DKIM_KEY_REVOKED:
		return SIG_KEY_REVOKED;
	case MD_DKIM_KEY_FAULTY:
	case MD_DKIM_KEY_TYPE:
		return SIG_KEY_UNUSABLE;
	case MD_DKIM_KEY_SHORT:
		return SIG_KEY_SHORT;
	case MD_DKIM_BODY_HASH:
	case MD_DKIM_BODY_SHORTER:
		return SIG_BODY_HASH;
	case MD_DKIM_HEADER_HASH:
		return v->recovery == MD_RECOVERY_WRONG_KEY ? SIG_WRONG_KEY : SIG_BAD;
	case MD_DKIM_SYNTAX:
	case MD_DKIM_ALGORITHM:
	case MD_DKIM_KEY_UNKNOWN:
	case MD_DKIM_SOUND:
		break;
	}
	return SIG_SYNTAX;
}

/* What else is known of the signature: is the cause found the only one? */
static const char *
besides(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	switch (v->cause) {
	case MD_DKIM_BODY_HASH:
		return md_printf(md_mem(c), "; %s; %s", hashes(c, v),
		                 v->header_sound ? "the header verifies"
		                                 : "the header does not verify either");
	case MD_DKIM_HEADER_HASH:
		return "; the body is as it was signed";
	case MD_DKIM_FROM_UNSIGNED:
	case MD_DKIM_IDENTITY:
	case MD_DKIM_SHA1:
	case MD_DKIM_EXPIRED:
	case MD_DKIM_KEY_SHORT:
		if (!v->body_known)
			return "";
		return v->body_sound && v->header_sound ? "; all else verifies"
		                                        : "; it would not verify anyway";
	default:
		return "";
	}
}

/* An unknown key is no failure, and does not matter beside a good signature. */
static void
judge_unknown(struct md_ctx *c, const struct md_dkim_verdict *v, bool beside)
{
	const struct md_dns *txt = v->published.txt;

	if (!beside)
		md_known_or(c, &txt->fact, SIG_KEY_UNKNOWN);
	else if (txt->fact.state == MD_UNKNOWN)
		md_gap(c, MD_LIMIT, SIG_KEY_UNKNOWN,
		       md_question_text(md_mem(c), &txt->question), "%s", txt->fact.why);
}

/* What the search has left out. */
static void
tell_unfinished(struct md_ctx *c, const struct md_dkim_diagnosis *d, const char *name)
{
	if (d->unfinished)
		md_gap(c, MD_LIMIT, MD_NO_RULE, name,
		       "not every likely change was tried (%u were): %s", d->tried,
		       d->stopped ? "the report was to end, by its time or an interrupt"
		                  : "the work spent on one message is bounded");
}

void
md_dkim_sig_broken(struct md_ctx *c, const struct md_dkim_verdict *v, bool beside)
{
	const struct md_dkim_diagnosis *d = diagnosis_of(c, v);
	const char *text = d != NULL ? changes_text(c, d) : "";
	const char *name = md_dkim_sig_name(c, v);

	if (text[0] == '\0')
		text = md_printf(md_mem(c), "%s%s", v->reason, besides(c, v));
	if (v->cause == MD_DKIM_KEY_UNKNOWN)
		judge_unknown(c, v, beside);
	else if (beside)
		md_found(c, SIG_OTHER_BROKEN, name, "%s: %s", md_dkim_result_name(v->result),
		         text);
	else
		md_found(c, rule_of(v), name, "%s", text);
	if (d != NULL && v->cause != MD_DKIM_KEY_UNKNOWN) {
		point(c, d);
		tell_unfinished(c, d, name);
	}
}
