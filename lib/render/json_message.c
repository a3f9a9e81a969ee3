/* The identifiers of a message as JSON: signatures, chain, envelope. */
#include "render/json_message.h"

#include "arc/arc.h"
#include "base/arena.h"
#include "dkim/opinion.h"
#include "envelope/envelope.h"
#include "render/json_spf.h"
#include "repair/repair.h"
#include "json/write.h"

/* ---- DKIM ---- */

static void
put_change(struct md_json *j, const struct md_dkim_change *c)
{
	md_json_open(j, NULL, '{');
	md_json_clean(j, "part", c->body ? "body" : "header");
	if (c->name[0] != '\0')
		md_json_text(j, "field", c->name);
	if (c->line > 0)
		md_json_count(j, "line", c->line);
	md_json_text(j, "what", c->what);
	md_json_text(j, "before", c->before);
	md_json_text(j, "after", c->after);
	md_json_close(j, '}');
}

static void
put_diagnosis(struct md_json *j, const struct md_dkim_verdict *v,
              const struct md_dkim_diagnosis *d)
{
	static const char *const recoveries[] = {
		[MD_RECOVERY_NOT_TRIED] = "not-tried",
		[MD_RECOVERY_RIGHT_KEY] = "right-key",
		[MD_RECOVERY_WRONG_KEY] = "wrong-key",
	};

	md_json_open(j, "diagnosis", '{');
	md_json_bool(j, "found", d != NULL && d->n > 0);
	md_json_clean(j, "recovery", recoveries[v->recovery]);
	if (d != NULL)
		md_json_count(j, "tried", d->tried);
	md_json_open(j, "changes", '[');
	for (size_t i = 0; d != NULL && i < d->n; i++)
		put_change(j, &d->changes[i]);
	md_json_close(j, ']');
	md_json_close(j, '}');
}

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

/* The members of a signature's object. */
static void
put_signature(struct md_json *j, const struct md_dkim_verdict *v)
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
	if (v->body_known)
		put_body_hash(j, v);
	if (s->t >= 0)
		md_json_time(j, "signed_at", s->t);
	if (s->x >= 0)
		md_json_time(j, "expires_at", s->x);
	md_json_bool(j, "expired_since", v->expired_since);
	md_json_bool(j, "testing", v->testing);
}

/* Of receivers that run libopendkim; null where there is none (a gap says why). */
static void
put_opinion(struct md_json *j, const struct md_dkim_opinions *all, size_t i)
{
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

static void
put_signatures(struct md_json *j, const struct md_shown *shown)
{
	md_json_open(j, "dkim", '[');
	for (size_t i = 0; i < shown->dkim->n; i++) {
		const struct md_dkim_verdict *v = &shown->dkim->all[i];
		const bool diagnosed = shown->diagnoses != NULL && i < shown->diagnoses->n;

		md_json_open(j, NULL, '{');
		put_signature(j, v);
		if (v->result != MD_DKIM_PASS)
			put_diagnosis(j, v, diagnosed ? &shown->diagnoses->all[i] : NULL);
		if (shown->dkim_opinions != NULL)
			put_opinion(j, shown->dkim_opinions, i);
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}

/* ---- ARC ---- */

static void
put_arc_set(struct md_json *j, const struct md_arc_set *set)
{
	md_json_open(j, NULL, '{');
	md_json_count(j, "instance", set->instance);
	md_json_text(j, "sealer", set->sealer);
	if (set->results != NULL)
		md_json_octets(j, "results",
		               md_str(md_field_text(j->text.mem, set->results->field)));
	if (set->message != NULL) {
		md_json_open(j, "message_signature", '{');
		put_signature(j, set->message);
		md_json_close(j, '}');
	}
	if (set->seal != NULL) {
		md_json_octets(j, "cv", set->seal->signature->cv);
		md_json_open(j, "seal", '{');
		put_signature(j, set->seal);
		md_json_close(j, '}');
	}
	md_json_close(j, '}');
}

static void
put_chain(struct md_json *j, const struct md_arc *arc)
{
	md_json_open(j, "arc", '{');
	md_json_clean(j, "result", md_arc_result_name(arc->result));
	md_json_text(j, "reason", arc->why);
	if (arc->failing_instance > 0)
		md_json_count(j, "failing_instance", arc->failing_instance);
	if (arc->failing_part[0] != '\0')
		md_json_text(j, "failing_part", arc->failing_part);
	if (arc->oldest_pass > 0)
		md_json_count(j, "oldest_pass", arc->oldest_pass);
	md_json_open(j, "sets", '[');
	for (size_t i = 0; i < arc->n; i++)
		put_arc_set(j, &arc->sets[i]);
	md_json_close(j, ']');
	md_json_close(j, '}');
}

/* ---- the envelope, and SPF of it ---- */

static void
put_envelope(struct md_json *j, const struct md_envelope *e)
{
	md_json_open(j, "envelope", '{');
	if (e->has_ip)
		md_json_clean(j, "ip", md_addr_print(j->text.mem, e->ip));
	else
		md_json_null(j, "ip");
	md_json_text(j, "ip_from", e->ip_from);
	md_json_text(j, "helo", e->helo);
	md_json_text(j, "helo_from", e->helo_from);
	md_json_text(j, "mail_from", e->mail_from);
	md_json_text(j, "mail_from_from", e->mail_from_from);
	md_json_time(j, "received_at", e->received_at);
	md_json_text(j, "edge", e->edge_why);
	md_json_close(j, '}');
}

static void
put_spf(struct md_json *j, const struct md_report *report)
{
	const struct md_shown *shown = &report->shown;
	const struct md_envelope_spf *spf = shown->envelope_spf;

	md_json_open(j, "spf", '{');
	if (spf->verdict == NULL) {
		md_json_null(j, "result");
		md_json_text(j, "why", spf->why);
	} else {
		md_json_text(j, "domain", spf->verdict->domain);
		md_json_spf_asked(j,
		                  &(struct md_spf_asked){ .ip = shown->envelope->ip,
		                                          .verdict = spf->verdict,
		                                          .opinion = spf->opinion },
		                  &report->subject->spf_limits);
	}
	md_json_close(j, '}');
}

void
md_json_message(struct md_json *j, const struct md_report *report)
{
	const struct md_shown *shown = &report->shown;

	if (shown->envelope != NULL)
		put_envelope(j, shown->envelope);
	if (shown->dkim != NULL)
		put_signatures(j, shown);
	if (shown->arc != NULL)
		put_chain(j, shown->arc);
	if (shown->envelope != NULL && shown->envelope_spf != NULL)
		put_spf(j, report);
	if (shown->dmarc != NULL)
		md_json_dmarc(j, shown->dmarc);
	if (shown->route != NULL)
		md_json_route(j, shown->route);
	if (shown->profiles != NULL)
		md_json_profiles(j, shown->profiles);
	if (shown->spams != NULL)
		md_json_spams(j, shown->spams);
}
