/* Why a signature does not verify: one rule for each cause, and what shows it. */
#include "base/base64.h"
#include "dkim_sig.h"

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

/* What else is known of it: is the cause found the only trouble? */
static const char *
besides(struct md_ctx *c, const struct md_dkim_verdict *v)
{
	const struct md_dkim_signature *s = v->signature;

	switch (v->cause) {
	case MD_DKIM_BODY_HASH:
		return md_printf(md_mem(c), "; bh=%s, computed %s; %s",
		                 md_base64_encode(md_mem(c), s->body_hash, s->nbody_hash),
		                 md_base64_encode(md_mem(c), v->body_hash, v->nbody_hash),
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

/* An unknown key is no failure; and beside a good signature nothing hangs on it. */
static void
judge_unknown(struct md_ctx *c, const struct md_dkim_verdict *v, bool beside)
{
	const struct md_dns *txt = v->published.txt;

	if (!beside)
		md_known_or(c, txt, SIG_KEY_UNKNOWN);
	else if (txt->fact.state == MD_UNKNOWN)
		md_gap(c, MD_LIMIT, SIG_KEY_UNKNOWN,
		       md_question_text(md_mem(c), &txt->question), "%s", txt->fact.why);
}

void
md_dkim_sig_broken(struct md_ctx *c, const struct md_dkim_verdict *v, bool beside)
{
	const char *text = md_printf(md_mem(c), "%s%s", v->reason, besides(c, v));
	const char *name = md_dkim_sig_name(c, v);

	if (v->cause == MD_DKIM_KEY_UNKNOWN)
		judge_unknown(c, v, beside);
	else if (beside)
		md_found(c, SIG_OTHER_BROKEN, name, "%s: %s", md_dkim_result_name(v->result),
		         text);
	else
		md_found(c, rule_of(v), name, "%s", text);
}
