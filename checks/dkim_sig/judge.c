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

static bool
by_signer(const struct md_dkim_diagnosis *d)
{
	return d->n > 0 && d->changes[0].signer;
}

static bool
any_added(const struct md_dkim_diagnosis *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->changes[i].added)
			return true;
	return false;
}

/* All changes, a clause each. */
static void
list_changes(struct md_ctx *c, struct md_buf *line, const struct md_dkim_diagnosis *d)
{
	const char *fields = md_dkim_fields_added(md_mem(c), d);

	if (fields[0] != '\0')
		md_buf_item(line, "; ", "%s", fields);
	for (size_t i = 0; i < d->n; i++)
		if (fields[0] == '\0' || !d->changes[i].added)
			md_buf_item(line, "; ", "%s", d->changes[i].what);
}

/* The changes that were found, and what is sure where none was; "" for neither. */
static const char *
changes_text(struct md_ctx *c, const struct md_dkim_diagnosis *d)
{
	const struct md_dkim_verdict *v = d->verdict;
	struct md_buf line = { .mem = md_mem(c) };

	list_changes(c, &line, d);
	if (d->n > 0 && !by_signer(d) && d->body_broken == d->body_mended &&
	    d->header_broken == d->header_mended &&
	    (v->cause == MD_DKIM_BODY_HASH || v->cause == MD_DKIM_BODY_SHORTER ||
	     v->cause == MD_DKIM_HEADER_HASH))
		md_buf_printf(&line, "; with %s undone it verifies",
		              d->n > 1 ? "these changes" : "this");
	if (any_added(d))
		md_buf_printf(&line, "; h= lists what was not there, so that whoever adds it "
		                     "breaks the signature");
	if (d->sure[0] != '\0')
		md_buf_item(&line, "; ", "%s", d->sure);
	if (d->body_broken && !d->body_mended)
		md_buf_printf(&line, "; %s", hashes(c, v));
	return md_buf_str(&line);
}

/* A part of a message with one blank for each fold: what folding is, the words say. */
static const char *
unfolded(struct md_arena *mem, const char *part)
{
	struct md_buf out = { .mem = mem };

	while (*part != '\0') {
		if (!md_str_starts(md_str(part), "\\r\\n")) {
			md_buf_addc(&out, *part++);
			continue;
		}
		for (part += 4; *part == ' ' || md_str_starts(md_str(part), "\\t");)
			part += *part == ' ' ? 1 : 2;
		md_buf_addc(&out, ' ');
	}
	return md_buf_str(&out);
}

static bool
is_cut(const char *part)
{
	const size_t n = strlen(part);

	return n > 3 && strcmp(part + n - 3, "...") == 0;
}

/* To the finding just made: what the two forms of the first field changed do not share. */
static void
point(struct md_ctx *c, const struct md_dkim_diagnosis *d)
{
	const struct md_dkim_change *change = NULL;
	const char *before, *after;
	size_t first = 0, last = 0, nbefore, nafter;

	for (size_t i = 0; i < d->n && change == NULL; i++)
		if (!d->changes[i].body && d->changes[i].after[0] != '\0')
			change = &d->changes[i];
	if (change == NULL || change->before[0] == '\0')
		return;
	before = unfolded(md_mem(c), change->before);
	after = unfolded(md_mem(c), change->after);
	nbefore = strlen(before);
	nafter = strlen(after);
	while (first < nbefore && first < nafter && before[first] == after[first])
		first++;
	/* where a part was cut the ends of both tell nothing */
	if (is_cut(before) || is_cut(after))
		last = nafter > first ? nafter - first - 1 : 0;
	while (last + first < nbefore && last + first < nafter &&
	       before[nbefore - 1 - last] == after[nafter - 1 - last])
		last++;
	if (first < nbefore || first < nafter)
		md_point_shown(c, md_str(after), first, nafter - first - last);
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
rule_of(const struct md_dkim_verdict *v, const struct md_dkim_diagnosis *d)
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
		return d != NULL && by_signer(d) ? SIG_BODY_HASHED_WRONG : SIG_BODY_HASH;
	case MD_DKIM_HEADER_HASH:
		return v->recovery == MD_RECOVERY_WRONG_KEY ? SIG_WRONG_KEY : SIG_BAD;
	case MD_DKIM_SYNTAX:
	case MD_DKIM_ALGORITHM:
	case MD_DKIM_KEY_UNKNOWN:
	case MD_DKIM_BODY_ABSENT:
	case MD_DKIM_SOUND:
		break;
	}
	return SIG_SYNTAX;
}

const char *
md_dkim_sig_rule(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	return md_dkim_sig_rules[rule_of(v, diagnosis_of(c, v))].id;
}

/* Of a signature without a key that could be tried: what its bh= tells alone. */
static const char *
about_body(struct md_ctx *c, const struct md_dkim_verdict *v, const char *changes)
{
	if (!v->body_known)
		return "";
	if (v->body_sound)
		return "; the body is as it was signed";
	return md_printf(md_mem(c), "; besides, %s", changes);
}

/* What else is known of the signature: would it verify, were it not for the cause found? */
static const char *
besides(struct md_ctx *c, const struct md_dkim_verdict *v, const char *changes)
{
	switch (v->cause) {
	case MD_DKIM_FROM_UNSIGNED:
	case MD_DKIM_IDENTITY:
	case MD_DKIM_SHA1:
	case MD_DKIM_EXPIRED:
	case MD_DKIM_KEY_SHORT:
		if (!v->body_known)
			return "";
		if (v->published.key == NULL)
			return about_body(c, v, changes);
		if (v->body_sound && v->header_sound)
			return "; all else verifies";
		return md_printf(md_mem(c), "; it would not verify anyway%s%s",
		                 changes[0] != '\0' ? ": " : "", changes);
	case MD_DKIM_KEY_MISSING:
	case MD_DKIM_KEY_REVOKED:
	case MD_DKIM_KEY_FAULTY:
	case MD_DKIM_KEY_TYPE:
		return about_body(c, v, changes);
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

/* It passed at the receiver: what came after that is no fault of the signer's. */
static void
judge_held(struct md_ctx *c, const struct md_dkim_verdict *v, const char *now)
{
	const char *by = v->held->authserv_id;

	md_found(c, SIG_HELD, md_dkim_sig_name(c, v), "%s (line %zu) says dkim=pass%s; now: %s",
	         by[0] != '\0' ? md_show(md_mem(c), md_str(by)) : "the receiver",
	         v->held->field->line,
	         v->held_surely ? "" : ", in a field that could have come in with the message",
	         now);
}

static void
judge_rebuilt(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	md_gap(c, MD_LIMIT, MD_NO_RULE,
	       md_printf(md_mem(c), "signature of %s (line %zu)", v->signature->domain,
	                 v->field->line),
	       "%s makes messages anew, so none can be verified from its files", v->rebuilt);
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
	const bool changed = v->cause == MD_DKIM_BODY_HASH ||
	                     v->cause == MD_DKIM_BODY_SHORTER ||
	                     v->cause == MD_DKIM_HEADER_HASH;

	if (v->rebuilt != NULL && v->held == NULL) {
		judge_rebuilt(c, v);
		return;
	}
	if (!changed || text[0] == '\0')
		text = md_printf(md_mem(c), "%s%s", v->reason, besides(c, v, text));
	if (v->rebuilt != NULL)
		text = md_printf(md_mem(c), "%s has made the message anew", v->rebuilt);
	if (v->held != NULL)
		judge_held(c, v, text);
	else if (v->cause == MD_DKIM_KEY_UNKNOWN)
		judge_unknown(c, v, beside);
	else if (v->cause == MD_DKIM_BODY_ABSENT)
		md_gap(c, beside ? MD_LIMIT : MD_BLIND, MD_NO_RULE, name, "%s", v->reason);
	else if (beside)
		md_found(c, SIG_OTHER_BROKEN, name, "%s: %s", md_dkim_result_name(v->result),
		         text);
	else
		md_found(c, rule_of(v, d), name, "%s", text);
	if (d != NULL && !md_dkim_is_open(v)) {
		point(c, d);
		tell_unfinished(c, d, name);
	}
}
