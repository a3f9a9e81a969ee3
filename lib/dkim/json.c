/* Signatures as JSON. */
#include "dkim/json.h"

#include "base/arena.h"
#include "json/write.h"

static void
put_signed_fields(struct md_json *j, const struct md_dkim_verdict *v)
{
	md_json_open(j, "signed_fields", '[');
	for (size_t i = 0; i < v->signature->nh; i++)
		md_json_octets(j, NULL, v->signature->h[i]);
	md_json_close(j, ']');
}

static void
put_body_hash(struct md_json *j, const struct md_dkim_verdict *v)
{
	md_json_open(j, "body_hash", '{');
	md_json_hex(j, "signed", v->signature->body_hash, v->signature->nbody_hash);
	md_json_hex(j, "computed", v->body_hash, v->nbody_hash);
	md_json_count(j, "canonical_length", v->body_length);
	if (v->signature->has_l)
		md_json_count(j, "l", v->signature->l);
	md_json_close(j, '}');
}

static void
put_key_bits(struct md_json *j, const struct md_dkim_key *key)
{
	if (key != NULL && key->bits > 0)
		md_json_count(j, "key_bits", key->bits);
	else
		md_json_null(j, "key_bits");
}

void
md_dkim_signature_json(struct md_json *j, const struct md_dkim_verdict *v)
{
	const struct md_dkim_signature *s = v->signature;

	md_json_text(j, "domain", s->domain);
	md_json_text(j, "selector", s->selector);
	md_json_octets(j, "algorithm", s->a);
	md_json_text(j, "canonicalization",
	             md_printf(j->text.mem, "%s/%s", md_canon_name(s->header_canon),
	                       md_canon_name(s->body_canon)));
	put_key_bits(j, v->published.key);
	md_json_clean(j, "result", md_dkim_result_name(v->result));
	md_json_text(j, "reason", v->reason);
	md_json_count(j, "line", v->field->line);
	if (s->identity != NULL)
		md_json_text(j, "identity", s->identity);
	put_signed_fields(j, v);
	if (v->body_known && !(j->brief && v->result == MD_DKIM_PASS))
		put_body_hash(j, v);
	if (s->t >= 0)
		md_json_time(j, "signed_at", s->t);
	if (s->x >= 0)
		md_json_time(j, "expires_at", s->x);
	if (v->held != NULL)
		md_json_bool(j, "passed_at_receiver", true);
	if (v->rebuilt != NULL)
		md_json_text(j, "made_anew_by", v->rebuilt);
	md_json_bool(j, "expired_since", v->expired_since);
	md_json_bool(j, "testing", v->testing);
}

/* Of receivers that run libopendkim; null where there is none (a gap says why). */
void
md_dkim_opinion_json(struct md_json *j, const struct md_dkim_opinions *all, size_t i)
{
	if (j->brief && (i >= all->n || !all->all[i].differs))
		return;
	if (i >= all->n || all->all[i].result[0] == '\0') {
		md_json_null(j, "second_opinion");
		return;
	}
	md_json_open(j, "second_opinion", '{');
	md_json_clean(j, "engine", all->fact->engine);
	md_json_text(j, "result", all->all[i].result);
	md_json_text(j, "detail", all->all[i].detail);
	md_json_bool(j, "differs", all->all[i].differs);
	md_json_text(j, "text", all->all[i].text);
	md_json_close(j, '}');
}
