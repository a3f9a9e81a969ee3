/* The identifiers of a message as JSON: signatures, chain, envelope. */
#include "render/json_message.h"

#include "arc/arc.h"
#include "base/arena.h"
#include "dkim/opinion.h"
#include "dmarc/message.h"
#include "envelope/envelope.h"
#include "profile/profile.h"
#include "render/json_spf.h"
#include "repair/signatures.h"
#include "spam/spam.h"
#include "json/tree.h"

/* ---- DKIM -------------------------------------------------------------------------------- */

static json_t *
change(struct md_arena *mem, const struct md_dkim_change *c)
{
	json_t *o = json_object();

	md_json_put(o, "part", json_string(c->body ? "body" : "header"));
	if (c->name[0] != '\0')
		md_json_put_text(mem, o, "field", c->name);
	if (c->line > 0)
		md_json_put_count(o, "line", c->line);
	md_json_put_text(mem, o, "what", c->what);
	md_json_put_text(mem, o, "before", c->before);
	md_json_put_text(mem, o, "after", c->after);
	return o;
}

static json_t *
diagnosis(struct md_arena *mem, const struct md_dkim_verdict *v,
          const struct md_dkim_diagnosis *d)
{
	static const char *const recoveries[] = {
		[MD_RECOVERY_NOT_TRIED] = "not-tried",
		[MD_RECOVERY_RIGHT_KEY] = "right-key",
		[MD_RECOVERY_WRONG_KEY] = "wrong-key",
	};
	json_t *o = json_object(), *changes = json_array();

	for (size_t i = 0; d != NULL && i < d->n; i++)
		json_array_append_new(changes, change(mem, &d->changes[i]));
	md_json_put_bool(o, "found", d != NULL && d->n > 0);
	md_json_put(o, "recovery", json_string(recoveries[v->recovery]));
	if (d != NULL)
		md_json_put_count(o, "tried", d->tried);
	md_json_put(o, "changes", changes);
	return o;
}

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

static json_t *
signature(struct md_arena *mem, const struct md_dkim_verdict *v)
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
static json_t *
dkim_opinion(struct md_arena *mem, const struct md_dkim_opinions *all, size_t i)
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

static json_t *
signatures(struct md_arena *mem, const struct md_signatures *shown)
{
	json_t *array = json_array();

	for (size_t i = 0; i < shown->verdicts->n; i++) {
		const struct md_dkim_verdict *v = &shown->verdicts->all[i];
		json_t *o = signature(mem, v);

		if (v->result != MD_DKIM_PASS)
			md_json_put(o, "diagnosis",
			            diagnosis(mem, v, &shown->diagnoses->all[i]));
		md_json_put(o, "second_opinion", dkim_opinion(mem, shown->opinions, i));
		json_array_append_new(array, o);
	}
	return array;
}

/* ---- ARC ------------------------------------------------------------------------ */

static json_t *
arc_set(struct md_arena *mem, const struct md_arc_set *set)
{
	json_t *o = json_object();

	md_json_put_count(o, "instance", set->instance);
	md_json_put_text(mem, o, "sealer", set->sealer);
	if (set->results != NULL)
		md_json_put_text(mem, o, "results",
		                 md_show(mem, md_str(md_field_text(mem, set->results->field))));
	if (set->message != NULL)
		md_json_put(o, "message_signature", signature(mem, set->message));
	if (set->seal != NULL) {
		md_json_put_octets(mem, o, "cv", set->seal->signature->cv);
		md_json_put(o, "seal", signature(mem, set->seal));
	}
	return o;
}

static json_t *
chain(struct md_arena *mem, const struct md_arc *arc)
{
	json_t *o = json_object(), *sets = json_array();

	for (size_t i = 0; i < arc->n; i++)
		json_array_append_new(sets, arc_set(mem, &arc->sets[i]));
	md_json_put(o, "result", json_string(md_arc_result_name(arc->result)));
	md_json_put_text(mem, o, "reason", arc->why);
	if (arc->failing_instance > 0)
		md_json_put_count(o, "failing_instance", arc->failing_instance);
	if (arc->failing_part[0] != '\0')
		md_json_put_text(mem, o, "failing_part", arc->failing_part);
	if (arc->oldest_pass > 0)
		md_json_put_count(o, "oldest_pass", arc->oldest_pass);
	md_json_put(o, "sets", sets);
	return o;
}

/* ---- the envelope, and SPF of it ------------------------------------------------ */

static json_t *
envelope(struct md_arena *mem, const struct md_envelope *e)
{
	json_t *o = json_object();

	md_json_put(o, "ip", e->has_ip ? json_string(md_addr_print(mem, e->ip)) : json_null());
	md_json_put_text(mem, o, "ip_from", e->ip_from);
	md_json_put_text(mem, o, "helo", e->helo);
	md_json_put_text(mem, o, "helo_from", e->helo_from);
	md_json_put_text(mem, o, "mail_from", e->mail_from);
	md_json_put_text(mem, o, "mail_from_from", e->mail_from_from);
	md_json_put(o, "received_at", md_json_time(e->received_at));
	md_json_put_text(mem, o, "edge", e->edge_why);
	return o;
}

static json_t *
spf(struct md_arena *mem, const struct md_report *report, const struct md_envelope_spf *spf)
{
	const struct md_envelope *envelope = md_report_part(report, &md_part_envelope);
	json_t *o = json_object();

	if (spf->verdict == NULL) {
		md_json_put(o, "result", json_null());
		md_json_put_text(mem, o, "why", spf->why);
		return o;
	}
	md_json_put_text(mem, o, "domain", spf->verdict->domain);
	md_json_spf_asked(mem, o,
	                  &(struct md_spf_asked){ .ip = envelope->ip,
	                                          .verdict = spf->verdict,
	                                          .opinion = spf->opinion },
	                  &report->subject->spf_limits);
	return o;
}

void
md_json_message(struct md_arena *mem, json_t *document, const struct md_report *report)
{
	const void *part;

	if ((part = md_report_part(report, &md_part_envelope)) != NULL)
		md_json_put(document, "envelope", envelope(mem, part));
	if ((part = md_report_part(report, &md_part_dkim)) != NULL)
		md_json_put(document, "dkim", signatures(mem, part));
	if ((part = md_report_part(report, &md_part_arc)) != NULL)
		md_json_put(document, "arc", chain(mem, part));
	if ((part = md_report_part(report, &md_part_envelope_spf)) != NULL)
		md_json_put(document, "spf", spf(mem, report, part));
	if ((part = md_report_part(report, &md_part_dmarc)) != NULL)
		md_json_put(document, "dmarc", md_json_dmarc(mem, part));
	if ((part = md_report_part(report, &md_part_route)) != NULL)
		md_json_put(document, "route", md_json_route(mem, part));
	if ((part = md_report_part(report, &md_part_profiles)) != NULL)
		md_json_put(document, "profiles", md_json_profiles(mem, part));
	if ((part = md_report_part(report, &md_part_spams)) != NULL)
		md_json_put(document, "spam", md_json_spams(mem, part));
}
