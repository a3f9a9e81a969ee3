/* Signatures as JSON. */
#include "dkim/json.h"

#include "base/arena.h"
#include "json/tree.h"

static json_t *
signed_fields(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	json_t *array = json_array();

	for (size_t i = 0; i < v->signature->nh; i++)
		json_array_append_new(array, json_string(md_show(mem, v->signature->h[i])));
	return array;
}

static json_t *
body_hash(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	json_t *o = json_object();

	md_json_put(o, "signed",
	            md_json_hex(mem, v->signature->body_hash, v->signature->nbody_hash));
	md_json_put(o, "computed", md_json_hex(mem, v->body_hash, v->nbody_hash));
	md_json_put_count(o, "canonical_length", v->body_length);
	if (v->signature->has_l)
		md_json_put_count(o, "l", v->signature->l);
	return o;
}

json_t *
md_dkim_signature_json(struct md_arena *mem, const struct md_dkim_verdict *v)
{
	const struct md_dkim_signature *s = v->signature;
	const struct md_dkim_key *key = v->published.key;
	json_t *o = json_object();

	md_json_put_text(mem, o, "domain", s->domain);
	md_json_put_text(mem, o, "selector", s->selector);
	md_json_put_octets(mem, o, "algorithm", s->a);
	md_json_put_text(mem, o, "canonicalization",
	                 md_printf(mem, "%s/%s", md_canon_name(s->header_canon),
	                           md_canon_name(s->body_canon)));
	md_json_put(o, "key_bits",
	            key != NULL && key->bits > 0 ? json_integer((json_int_t)key->bits)
	                                         : json_null());
	md_json_put(o, "result", json_string(md_dkim_result_name(v->result)));
	md_json_put_text(mem, o, "reason", v->reason);
	md_json_put_count(o, "line", v->field->line);
	if (s->identity != NULL)
		md_json_put_text(mem, o, "identity", s->identity);
	md_json_put(o, "signed_fields", signed_fields(mem, v));
	if (v->body_known)
		md_json_put(o, "body_hash", body_hash(mem, v));
	if (s->t >= 0)
		md_json_put(o, "signed_at", md_json_time(s->t));
	if (s->x >= 0)
		md_json_put(o, "expires_at", md_json_time(s->x));
	md_json_put_bool(o, "expired_since", v->expired_since);
	md_json_put_bool(o, "testing", v->testing);
	return o;
}

/* Of receivers that run libopendkim; null where there is none (a gap says why). */
json_t *
md_dkim_opinion_json(struct md_arena *mem, const struct md_dkim_opinions *all, size_t i)
{
	json_t *o;

	if (i >= all->n || all->all[i].result[0] == '\0')
		return json_null();
	o = json_object();
	md_json_put(o, "engine", json_string(all->fact->engine));
	md_json_put_text(mem, o, "result", all->all[i].result);
	md_json_put_text(mem, o, "detail", all->all[i].detail);
	md_json_put_bool(o, "differs", all->all[i].differs);
	md_json_put_text(mem, o, "text", all->all[i].text);
	return o;
}
