/* What `maildiag spf` adds to the JSON report: evaluation, trace, and the tree's cost. */
#include "spf/json.h"

#include <stdint.h>

#include "json/write.h"

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
put_place(struct md_json *j, struct md_str record, size_t offset, size_t len)
{
	const struct md_str head = { record.p, offset }, part = { record.p + offset, len };

	md_json_count(j, "offset", shown_len(head));
	md_json_count(j, "length", shown_len(part));
}

static void
put_record(struct md_json *j, const struct md_spf *record)
{
	if (record != NULL)
		md_json_octets(j, "record", record->text);
	else
		md_json_null(j, "record");
}

/* ---- the trace ---- */

static void
put_lookup(struct md_json *j, const struct md_dns *dns)
{
	struct md_arena *mem = j->text.mem;

	md_json_open(j, NULL, '{');
	md_json_text(j, "name", dns->question.name);
	md_json_text(j, "type", md_type_name(mem, dns->question.type));
	md_json_clean(j, "state", md_state_name(dns->fact.state));
	if (dns->fact.state == MD_ABSENT)
		md_json_text(j, "rcode", md_rcode_name(mem, dns->rcode));
	if (dns->fact.state == MD_UNKNOWN)
		md_json_text(j, "why", dns->fact.why);
	md_json_open(j, "answer", '[');
	for (size_t i = 0; i < dns->n; i++)
		md_json_text(j, NULL, md_rr_text(mem, &dns->rr[i]));
	md_json_close(j, ']');
	if (dns->nattempts > 0) {
		const struct md_attempt *last = &dns->attempts[dns->nattempts - 1];

		md_json_text(j, "server", last->server);
		md_json_count(j, "microseconds", last->microseconds);
		md_json_count(j, "attempts", dns->nattempts);
	}
	md_json_close(j, '}');
}

static void
put_term(struct md_json *j, const struct md_spf_step *s)
{
	md_json_octets(j, "term", s->term->text);
	put_place(j, s->record->text, s->term->offset, s->term->text.len);
	if (s->number > 0)
		md_json_count(j, "number", s->number);
	if (s->target[0] != '\0')
		md_json_text(j, "target", s->target);
	md_json_bool(j, "matched", s->matched);
}

static void
put_step(struct md_json *j, const struct md_spf_step *s)
{
	md_json_open(j, NULL, '{');
	md_json_count(j, "depth", s->depth);
	md_json_text(j, "domain", s->owner);
	if (s->term == NULL)
		put_record(j, s->record);
	else
		put_term(j, s);
	md_json_open(j, "dns", '[');
	for (size_t i = 0; i < s->nlookups; i++)
		put_lookup(j, s->lookups[i]);
	md_json_close(j, ']');
	md_json_text(j, "outcome", s->outcome);
	md_json_count(j, "lookups", s->terms);
	md_json_count(j, "void_lookups", s->voids);
	md_json_close(j, '}');
}

static void
put_decisive(struct md_json *j, const struct md_spf_verdict *v)
{
	const struct md_excerpt *e = &v->decisive;

	if (e->text.p == NULL) {
		md_json_null(j, "decisive");
		return;
	}
	md_json_open(j, "decisive", '{');
	md_json_text(j, "domain", v->decisive_owner);
	md_json_octets(j, "text", e->text);
	put_place(j, e->text, e->offset, e->len);
	md_json_close(j, '}');
}

/* Of receivers that run libspf2; null where there is none (a gap says why). */
static void
put_opinion(struct md_json *j, const struct md_spf_opinion *opinion)
{
	if (opinion->fact->fact.state != MD_PRESENT) {
		md_json_null(j, "second_opinion");
		return;
	}
	md_json_open(j, "second_opinion", '{');
	md_json_clean(j, "engine", opinion->fact->engine);
	md_json_clean(j, "result", opinion->fact->result);
	md_json_text(j, "detail", opinion->fact->detail);
	md_json_count(j, "lookups", opinion->fact->lookups);
	md_json_bool(j, "differs", opinion->differs);
	md_json_text(j, "text", opinion->text);
	md_json_close(j, '}');
}

void
md_json_spf_asked(struct md_json *j, const struct md_spf_asked *asked,
                  const struct md_spf_limits *limits)
{
	const struct md_spf_verdict *v = asked->verdict;
	const char *other = md_spf_other_reading(j->text.mem, asked, limits);

	md_json_text(j, "ip", md_addr_print(j->text.mem, asked->ip));
	md_json_clean(j, "result", md_spf_result_name(v->result));
	md_json_text(j, "why", v->why);
	md_json_octets(j, "explanation", md_str(v->explanation));
	md_json_count(j, "lookups", v->terms);
	md_json_count(j, "void_lookups", v->voids);
	put_decisive(j, v);
	if (other[0] != '\0')
		md_json_text(j, "other_reading", other);
	if (!j->brief) {
		md_json_open(j, "trace", '[');
		for (size_t i = 0; i < v->nsteps; i++)
			put_step(j, &v->steps[i]);
		md_json_close(j, ']');
	}
	if (asked->opinion != NULL && (!j->brief || asked->opinion->differs))
		put_opinion(j, asked->opinion);
}

/* ---- the tree ---- */

static void put_node(struct md_json *, const char *key, const struct md_spf_tree *,
                     const struct md_spf_node *);

/* What a term costs: "void" for senders of IPv4, and for those of IPv6. */
static void
put_cost(struct md_json *j, const struct md_spf_tree *tree, const struct md_spf_visit *v)
{
	md_json_count(j, "number", v->number);
	md_json_count(j, "lookups", v->after - v->number + 1);
	md_json_count(j, "cumulative", v->after);
	md_json_count(j, "without", md_spf_without(tree, v));
	md_json_open(j, "void", '{');
	md_json_bool(j, "ipv4", v->is_void[0]);
	md_json_bool(j, "ipv6", v->is_void[1]);
	md_json_close(j, '}');
}

static void
put_visit(struct md_json *j, const struct md_spf_tree *tree, const struct md_spf_visit *v)
{
	md_json_open(j, NULL, '{');
	md_json_octets(j, "term", v->term->text);
	if (v->target[0] != '\0')
		md_json_text(j, "target", v->target);
	if (v->number > 0)
		put_cost(j, tree, v);
	if (v->naddresses > 0)
		md_json_open(j, "addresses", '[');
	for (size_t i = 0; i < v->naddresses; i++)
		md_json_clean(j, NULL, md_addr_print(j->text.mem, v->addresses[i]));
	if (v->naddresses > 0)
		md_json_close(j, ']');
	if (v->mx_hosts > 0)
		md_json_count(j, "mx_hosts", v->mx_hosts);
	if (v->unknown != NULL)
		md_json_text(j, "unknown", v->unknown->fact.why);
	if (v->child != NULL)
		put_node(j, "leads_to", tree, v->child);
	md_json_close(j, '}');
}

/* Void lookups, and the addresses that are covered: of IPv4 one by one, of IPv6 /64s. */
static void
put_families(struct md_json *j, const struct md_spf_node *n)
{
	md_json_open(j, "void_lookups", '{');
	md_json_count(j, "ipv4", n->voids[0]);
	md_json_count(j, "ipv6", n->voids[1]);
	md_json_close(j, '}');
	md_json_open(j, "covers", '{');
	md_json_count(j, "ipv4", n->ipv4);
	md_json_count(j, "ipv6_64", n->ipv6);
	md_json_close(j, '}');
}

static void
put_node(struct md_json *j, const char *key, const struct md_spf_tree *tree,
         const struct md_spf_node *n)
{
	static const char *const states[] = {
		[MD_SPF_NODE_SOUND] = "sound",      [MD_SPF_NODE_FAULTY] = "faulty",
		[MD_SPF_NODE_NONE] = "none",        [MD_SPF_NODE_SEVERAL] = "several",
		[MD_SPF_NODE_UNKNOWN] = "unknown",  [MD_SPF_NODE_LOOP] = "loop",
		[MD_SPF_NODE_SENDER] = "by-sender", [MD_SPF_NODE_IMPOSSIBLE] = "impossible",
	};

	md_json_open(j, key, '{');
	md_json_text(j, "domain", n->domain);
	md_json_clean(j, "state", states[n->state]);
	md_json_text(j, "provider", n->provider);
	put_record(j, n->record);
	md_json_bool(j, "repeated", n->repeated);
	if (n->unregistered[0] != '\0')
		md_json_text(j, "unregistered", n->unregistered);
	put_families(j, n);
	md_json_open(j, "terms", '[');
	for (size_t i = 0; i < n->n; i++)
		put_visit(j, tree, &n->visits[i]);
	md_json_close(j, ']');
	md_json_close(j, '}');
}

/* ---- the whole ---- */

static void
put_limits(struct md_json *j, const struct md_spf_limits *l)
{
	md_json_open(j, "limits", '{');
	md_json_count(j, "lookups", l->terms);
	md_json_count(j, "void_lookups", l->voids);
	md_json_count(j, "mx", l->mx_names);
	md_json_count(j, "ptr", l->ptr_names);
	md_json_close(j, '}');
}

/* Without a single address to judge, the worst case of the record counts. */
static void
put_worst_case(struct md_json *j, const struct md_spf_tree *tree)
{
	md_json_null(j, "result");
	md_json_null(j, "explanation");
	if (tree != NULL) {
		md_json_count(j, "lookups", tree->terms);
		md_json_count(j, "void_lookups", tree->voids[0]);
	} else {
		md_json_null(j, "lookups");
		md_json_null(j, "void_lookups");
	}
	md_json_open(j, "trace", '[');
	md_json_close(j, ']');
}

static void
put_evaluations(struct md_json *j, const struct md_spf_view *view)
{
	md_json_open(j, "evaluations", '[');
	for (size_t i = 0; i < view->n; i++) {
		md_json_open(j, NULL, '{');
		md_json_spf_asked(j, &view->asked[i], &view->limits);
		md_json_close(j, '}');
	}
	md_json_close(j, ']');
}

void
md_json_spf(struct md_json *j, const struct md_spf_view *view)
{
	if (view->n == 1)
		md_json_spf_asked(j, &view->asked[0], &view->limits);
	else
		put_worst_case(j, view->tree);
	if (view->n > 1)
		put_evaluations(j, view);
	put_limits(j, &view->limits);
	if (view->tree != NULL)
		put_node(j, "tree", view->tree, view->tree->root);
	else
		md_json_null(j, "tree");
}
