/* What `maildiag spf` adds to the JSON report: evaluation, trace, and the tree's cost. */
#include "spf/json.h"

#include <stdint.h>

#include "json/escape.h"
#include "json/tree.h"

/* Octets of the text as md_show has it: a record may have thousands of terms to be placed. */
static size_t
shown_len(struct md_str s)
{
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++)
		len += s.p[i] == '\\' ? 2u : s.p[i] < ' ' || s.p[i] > '~' ? 4u : 1u;
	return len;
}

/* Where in the record's text, as it is shown, the part stands. */
static void
set_place(json_t *object, struct md_str record, size_t offset, size_t len)
{
	const struct md_str head = { record.p, offset }, part = { record.p + offset, len };

	md_json_put_count(object, "offset", shown_len(head));
	md_json_put_count(object, "length", shown_len(part));
}

/* ---- the trace ----------------------------------------------------------------- */

static json_t *
lookup(struct md_arena *mem, const struct md_dns *dns)
{
	static const char *const states[] = { "wanted", "present", "absent", "unknown" };
	json_t *o = json_object(), *answer = json_array();

	md_json_put_text(mem, o, "name", dns->question.name);
	md_json_put_text(mem, o, "type", md_type_name(mem, dns->question.type));
	md_json_put(o, "state", json_string(states[dns->fact.state]));
	if (dns->fact.state == MD_ABSENT)
		md_json_put_text(mem, o, "rcode", md_rcode_name(mem, dns->rcode));
	if (dns->fact.state == MD_UNKNOWN)
		md_json_put_text(mem, o, "why", dns->fact.why);
	for (size_t i = 0; i < dns->n; i++)
		json_array_append_new(
		        answer, json_string(md_escape(mem, md_str(md_rr_text(mem, &dns->rr[i])),
		                                      true)));
	md_json_put(o, "answer", answer);
	if (dns->nattempts > 0) {
		const struct md_attempt *last = &dns->attempts[dns->nattempts - 1];

		md_json_put_text(mem, o, "server", last->server);
		md_json_put_count(o, "microseconds", last->microseconds);
		md_json_put_count(o, "attempts", dns->nattempts);
	}
	return o;
}

static json_t *
step(struct md_arena *mem, const struct md_spf_step *s)
{
	json_t *o = json_object(), *lookups = json_array();

	md_json_put_count(o, "depth", s->depth);
	md_json_put_text(mem, o, "domain", s->owner);
	if (s->term == NULL) {
		md_json_put(o, "record",
		            s->record != NULL ? json_string(md_show(mem, s->record->text))
		                              : json_null());
	} else {
		md_json_put(o, "term", json_string(md_show(mem, s->term->text)));
		set_place(o, s->record->text, s->term->offset, s->term->text.len);
		if (s->number > 0)
			md_json_put_count(o, "number", s->number);
		if (s->target[0] != '\0')
			md_json_put_text(mem, o, "target", s->target);
		md_json_put(o, "matched", json_boolean(s->matched));
	}
	for (size_t i = 0; i < s->nlookups; i++)
		json_array_append_new(lookups, lookup(mem, s->lookups[i]));
	md_json_put(o, "dns", lookups);
	md_json_put_text(mem, o, "outcome", s->outcome);
	md_json_put_count(o, "lookups", s->terms);
	md_json_put_count(o, "void_lookups", s->voids);
	return o;
}

static json_t *
decisive(struct md_arena *mem, const struct md_spf_verdict *v)
{
	const struct md_excerpt *e = &v->decisive;
	json_t *o;

	if (e->text.p == NULL)
		return json_null();
	o = json_object();
	md_json_put_text(mem, o, "domain", v->decisive_owner);
	md_json_put(o, "text", json_string(md_show(mem, e->text)));
	set_place(o, e->text, e->offset, e->len);
	return o;
}

/* Of receivers that run libspf2; null where there is none (a gap says why). */
static json_t *
second_opinion(struct md_arena *mem, const struct md_spf_opinion *opinion)
{
	json_t *o;

	if (opinion->fact->fact.state != MD_PRESENT)
		return json_null();
	o = json_object();
	md_json_put(o, "engine", json_string(opinion->fact->engine));
	md_json_put(o, "result", json_string(opinion->fact->result));
	md_json_put_text(mem, o, "detail", opinion->fact->detail);
	md_json_put_count(o, "lookups", opinion->fact->lookups);
	md_json_put(o, "differs", json_boolean(opinion->differs));
	md_json_put_text(mem, o, "text", opinion->text);
	return o;
}

void
md_json_spf_asked(struct md_arena *mem, json_t *o, const struct md_spf_asked *asked,
                  const struct md_spf_limits *limits)
{
	const struct md_spf_verdict *v = asked->verdict;
	const char *other = md_spf_other_reading(mem, asked, limits);
	json_t *trace = json_array();

	for (size_t i = 0; i < v->nsteps; i++)
		json_array_append_new(trace, step(mem, &v->steps[i]));
	md_json_put_text(mem, o, "ip", md_addr_print(mem, asked->ip));
	md_json_put(o, "result", json_string(md_spf_result_name(v->result)));
	md_json_put_text(mem, o, "why", v->why);
	md_json_put(o, "explanation", json_string(md_show(mem, md_str(v->explanation))));
	md_json_put_count(o, "lookups", v->terms);
	md_json_put_count(o, "void_lookups", v->voids);
	md_json_put(o, "decisive", decisive(mem, v));
	if (other[0] != '\0')
		md_json_put_text(mem, o, "other_reading", other);
	md_json_put(o, "trace", trace);
	if (asked->opinion != NULL)
		md_json_put(o, "second_opinion", second_opinion(mem, asked->opinion));
}

/* ---- the tree ------------------------------------------------------------------- */

/* What counts for senders of IPv4, and for those of IPv6. */
static json_t *
families(json_t *ipv4, json_t *ipv6)
{
	json_t *o = json_object();

	md_json_put(o, "ipv4", ipv4);
	md_json_put(o, "ipv6", ipv6);
	return o;
}

static json_t *node(struct md_arena *, const struct md_spf_tree *, const struct md_spf_node *);

static json_t *
visit(struct md_arena *mem, const struct md_spf_tree *tree, const struct md_spf_visit *v)
{
	json_t *o = json_object(), *addresses = json_array();

	md_json_put(o, "term", json_string(md_show(mem, v->term->text)));
	if (v->target[0] != '\0')
		md_json_put_text(mem, o, "target", v->target);
	if (v->number > 0) {
		md_json_put_count(o, "number", v->number);
		md_json_put_count(o, "lookups", v->after - v->number + 1);
		md_json_put_count(o, "cumulative", v->after);
		md_json_put_count(o, "without", md_spf_without(tree, v));
		md_json_put(o, "void",
		            families(json_boolean(v->is_void[0]), json_boolean(v->is_void[1])));
	}
	for (size_t i = 0; i < v->naddresses; i++)
		json_array_append_new(addresses,
		                      json_string(md_addr_print(mem, v->addresses[i])));
	if (v->naddresses > 0)
		json_object_set(o, "addresses", addresses);
	json_decref(addresses);
	if (v->mx_hosts > 0)
		md_json_put_count(o, "mx_hosts", v->mx_hosts);
	if (v->unknown != NULL)
		md_json_put_text(mem, o, "unknown", v->unknown->fact.why);
	if (v->child != NULL)
		md_json_put(o, "leads_to", node(mem, tree, v->child));
	return o;
}

static json_t *
node(struct md_arena *mem, const struct md_spf_tree *tree, const struct md_spf_node *n)
{
	static const char *const states[] = {
		[MD_SPF_NODE_SOUND] = "sound",      [MD_SPF_NODE_FAULTY] = "faulty",
		[MD_SPF_NODE_NONE] = "none",        [MD_SPF_NODE_SEVERAL] = "several",
		[MD_SPF_NODE_UNKNOWN] = "unknown",  [MD_SPF_NODE_LOOP] = "loop",
		[MD_SPF_NODE_SENDER] = "by-sender", [MD_SPF_NODE_IMPOSSIBLE] = "impossible",
	};
	json_t *o = json_object(), *terms = json_array(), *covered = json_object();

	md_json_put_text(mem, o, "domain", n->domain);
	md_json_put(o, "state", json_string(states[n->state]));
	md_json_put_text(mem, o, "provider", n->provider);
	md_json_put(o, "record",
	            n->record != NULL ? json_string(md_show(mem, n->record->text))
	                              : json_null());
	md_json_put(o, "repeated", json_boolean(n->repeated));
	if (n->unregistered[0] != '\0')
		md_json_put_text(mem, o, "unregistered", n->unregistered);
	md_json_put(o, "void_lookups",
	            families(json_integer(n->voids[0]), json_integer(n->voids[1])));
	md_json_put_count(covered, "ipv4", n->ipv4);
	md_json_put_count(covered, "ipv6_64", n->ipv6);
	md_json_put(o, "covers", covered);
	for (size_t i = 0; i < n->n; i++)
		json_array_append_new(terms, visit(mem, tree, &n->visits[i]));
	md_json_put(o, "terms", terms);
	return o;
}

/* ---- the whole ------------------------------------------------------------------- */

static json_t *
limits_json(const struct md_spf_limits *l)
{
	json_t *o = json_object();

	md_json_put_count(o, "lookups", l->terms);
	md_json_put_count(o, "void_lookups", l->voids);
	md_json_put_count(o, "mx", l->mx_names);
	md_json_put_count(o, "ptr", l->ptr_names);
	return o;
}

/* Without a single address to judge, the worst case of the record counts. */
static void
set_worst_case(json_t *o, const struct md_spf_tree *tree)
{
	md_json_put(o, "result", json_null());
	md_json_put(o, "explanation", json_null());
	md_json_put(o, "lookups", tree != NULL ? json_integer(tree->terms) : json_null());
	md_json_put(o, "void_lookups",
	            tree != NULL ? json_integer(tree->voids[0]) : json_null());
	md_json_put(o, "trace", json_array());
}

void
md_json_spf(struct md_arena *mem, json_t *document, const struct md_spf_view *view)
{
	json_t *evaluations = json_array();

	if (view->n == 1)
		md_json_spf_asked(mem, document, &view->asked[0], &view->limits);
	else
		set_worst_case(document, view->tree);
	for (size_t i = 0; i < view->n && view->n > 1; i++) {
		json_t *o = json_object();

		md_json_spf_asked(mem, o, &view->asked[i], &view->limits);
		json_array_append_new(evaluations, o);
	}
	if (view->n > 1)
		json_object_set(document, "evaluations", evaluations);
	json_decref(evaluations);
	md_json_put(document, "limits", limits_json(&view->limits));
	md_json_put(document, "tree",
	            view->tree != NULL ? node(mem, view->tree, view->tree->root) : json_null());
}
