/* Terms of SPF that match nobody: their names have no records, or anybody could register them.
 */
#include <string.h>

#include "base/name.h"
#include "domain/psl.h"
#include "domain/registered.h"
#include "rules.h"

/* Each costs questions, and a hostile record has thousands of terms. */
enum { MOST_DEAD = 20, MOST_ASKED = 20 };

/* ---- terms whose name has nothing ---- */

bool
md_spf_is_dead(struct md_ctx *c, const struct md_spf_visit *visit)
{
	if (visit->number == 0 || visit->target[0] == '\0' || visit->unknown != NULL ||
	    visit->naddresses > 0)
		return false;
	if (visit->term->kind == MD_SPF_EXISTS)
		return visit->is_void[0];
	if (visit->term->kind != MD_SPF_A && visit->term->kind != MD_SPF_MX)
		return false;
	/* In bulk the tree does not ask for IPv6 where that cannot exceed the limit. */
	if (visit->term->kind == MD_SPF_A)
		return visit->is_void[0] &&
		       (visit->is_void[1] ||
		        md_dns_aside(c, MD_AAAA, visit->target)->fact.state == MD_ABSENT);
	return visit->mx_hosts == 0 ? visit->is_void[0]
	                            : visit->is_void[0] == visit->is_void[1];
}

static bool
is_missing(const struct md_dns *fact)
{
	return fact->fact.state == MD_ABSENT && fact->rcode == MD_NXDOMAIN;
}

/* Has the host an address, of whichever family?  No gap when that is not known. */
static bool
has_address(struct md_ctx *c, const char *name)
{
	return md_dns_aside(c, MD_A, name)->fact.state == MD_PRESENT ||
	       md_dns_aside(c, MD_AAAA, name)->fact.state == MD_PRESENT;
}

const char *
md_spf_other_kind(struct md_ctx *c, const struct md_spf_visit *visit)
{
	const struct md_str text = visit->term->text;
	const size_t colon = md_str_find(text, ':');
	const char *name;

	if (colon == text.len || visit->term->qualifier != '+' || !md_spf_is_dead(c, visit))
		return NULL;
	if (is_missing(md_dns(c, visit->term->kind == MD_SPF_MX ? MD_MX : MD_A, visit->target)))
		return NULL;
	if (visit->term->kind == MD_SPF_MX && visit->mx_hosts == 0 &&
	    has_address(c, visit->target))
		name = "a";
	else if (visit->term->kind == MD_SPF_A &&
	         md_dns_aside(c, MD_MX, visit->target)->fact.state == MD_PRESENT)
		name = "mx";
	else
		return NULL;
	return md_printf(md_mem(c), "%s%s", name, md_show(md_mem(c), md_str_skip(text, colon)));
}

const char *
md_spf_why_dead(struct md_ctx *c, const struct md_spf_visit *visit)
{
	const bool by_mx = visit->term->kind == MD_SPF_MX;
	const struct md_dns *fact = md_dns(c, by_mx ? MD_MX : MD_A, visit->target);

	if (fact->rcode == MD_NXDOMAIN)
		return "does not exist (NXDOMAIN)";
	if (!by_mx)
		return "has no address";
	return fact->n > 0 ? "has no MX host with an address" : "has no MX record";
}

const char *
md_spf_with_other_kinds(struct md_ctx *c, const struct md_spf_node *node)
{
	struct md_buf out = { .mem = md_mem(c) };
	const bool few = node->n <= MOST_DEAD;

	md_buf_printf(&out, "v=spf1");
	for (size_t i = 0; i < node->n; i++) {
		const char *other = few ? md_spf_other_kind(c, &node->visits[i]) : NULL;

		md_buf_addc(&out, ' ');
		md_buf_add(&out, other != NULL ? md_str(other) : node->visits[i].term->text);
	}
	return md_buf_str(&out);
}

/* A bare "a" or "mx" is often there for no reason but habit. */
static bool
is_named(const struct md_spf_term *term)
{
	return term->domain.len > 0;
}

/* The dead terms of the domain's own record, and of others of its organisation. */
static void
judge_node(struct md_ctx *c, const struct md_spf_node *node, struct md_buf *dead,
           unsigned *left)
{
	for (size_t i = 0; i < node->n; i++) {
		const struct md_spf_visit *visit = &node->visits[i];
		const char *text = md_show(md_mem(c), visit->term->text), *other;

		if (!is_named(visit->term) || !md_spf_is_dead(c, visit))
			continue;
		if (*left == 0)
			return;
		(*left)--;
		other = md_spf_other_kind(c, visit);
		if (other == NULL) {
			md_buf_item(dead, "; ", "%s: %s%s", text,
			            strstr(text, visit->target) != NULL
			                    ? ""
			                    : md_printf(md_mem(c), "%s ", visit->target),
			            md_spf_why_dead(c, visit));
			continue;
		}
		md_found(c, SPF_TERM_WRONG_TYPE, text, "%s %s; probably meant: %s",
		         visit->target, md_spf_why_dead(c, visit), other);
		md_point(c, node->record->text, visit->term->offset, visit->term->text.len);
		if (node->parent == NULL && node->n <= MOST_DEAD)
			md_spf_wish_record(c, md_spf_with_other_kinds(c, node));
	}
}

void
md_spf_judge_dead_terms(struct md_ctx *c, const struct md_spf_exam *exam)
{
	const struct md_spf_tree *tree = exam->tree;
	struct md_buf dead = { .mem = md_mem(c) };
	unsigned left = MOST_DEAD;

	for (size_t i = 0; tree->cut[0] == '\0' && left > 0 && i < tree->nnodes; i++)
		if (md_name_under(tree->nodes[i]->domain, md_subject(c)->organisation))
			judge_node(c, tree->nodes[i], &dead, &left);
	/* Too many of them are a finding that names them all. */
	if (dead.len > 0 && tree->voids[0] <= tree->limits.voids)
		md_found(c, SPF_TERM_VOID, md_domain(c), "%s (%u of %u void lookups used)",
		         md_buf_str(&dead), tree->voids[0], tree->limits.voids);
}

/* ---- names that anybody could register ---- */

struct search {
	struct md_ctx *c;
	const struct md_spf_exam *exam;
	unsigned asked;
	bool found;
};

/* NULL beyond the bound of all trees, which the tree itself has told of. */
static const struct md_dns *
look(struct search *s, uint16_t type, const char *name)
{
	return md_spf_affords(s->c, type, name) ? md_dns(s->c, type, name) : NULL;
}

/* A gap would add nothing: that the name is missing is told anyway. */
static void
judge_name(struct search *s, const struct md_spf_node *node, const struct md_spf_term *term,
           const char *name)
{
	const char *domain;

	if (!md_name_fits(name) || md_name_labels(name) < 2 || s->asked++ >= MOST_ASKED)
		return;
	if (!md_spf_affords(s->c, MD_NS, md_psl_organisational(name)))
		return;
	domain = md_unregistered_aside(s->c, name);
	if (domain == NULL)
		return;
	s->found = true;
	md_found(s->c, SPF_INCLUDE_TAKEOVER, name, "%s > %s: %s is not registered",
	         md_spf_node_path(md_mem(s->c), node), md_show(md_mem(s->c), term->text),
	         domain);
}

static void
judge_host(struct search *s, const struct md_spf_node *node, const struct md_spf_term *term,
           const char *host)
{
	const struct md_dns *a = look(s, MD_A, host);

	if (a != NULL && is_missing(a))
		judge_name(s, node, term, a->canonical);
}

static void
judge_hosts(struct search *s, const struct md_spf_node *node, const struct md_spf_visit *visit)
{
	const struct md_dns *mx;

	if (visit->term->kind != MD_SPF_MX) {
		judge_host(s, node, visit->term, visit->target);
		return;
	}
	mx = look(s, MD_MX, visit->target);
	if (mx == NULL)
		return;
	if (is_missing(mx))
		judge_name(s, node, visit->term, mx->canonical);
	for (size_t i = 0; i < mx->n && i < s->exam->tree->limits.mx_names; i++)
		if (md_name_labels(mx->rr[i].mx.exchange) >= 2)
			judge_host(s, node, visit->term, mx->rr[i].mx.exchange);
}

/* What follows the last macro is the same for every sender: "%{i}._spf.example.net". */
static void
judge_tail(struct search *s, const struct md_spf_node *node, const struct md_spf_term *term)
{
	struct md_str tail = term->domain;

	while (md_str_find(tail, '}') < tail.len)
		tail = md_str_skip(tail, md_str_find(tail, '}') + 1);
	if (!md_str_starts(tail, ".") || md_str_find(tail, '%') < tail.len)
		return;
	judge_name(s, node, term, md_name_normal(md_mem(s->c), md_str_skip(tail, 1)));
}

static void
judge_visit(struct search *s, const struct md_spf_node *node, const struct md_spf_visit *visit)
{
	const struct md_spf_term *term = visit->term;

	if (visit->number == 0 || (term->qualifier != '+' && term->kind != MD_SPF_REDIRECT) ||
	    term->kind == MD_SPF_PTR)
		return;
	if (visit->target[0] == '\0')
		judge_tail(s, node, term);
	else if (visit->naddresses == 0 && term->kind != MD_SPF_INCLUDE &&
	         term->kind != MD_SPF_REDIRECT && md_name_fits(visit->target))
		judge_hosts(s, node, visit);
}

bool
md_spf_judge_takeover(struct md_ctx *c, const struct md_spf_exam *exam)
{
	struct search s = { .c = c, .exam = exam };

	for (size_t i = 0; i < exam->tree->nnodes; i++) {
		const struct md_spf_node *node = exam->tree->nodes[i];

		for (size_t j = 0; node->passes && j < node->n; j++)
			judge_visit(&s, node, &node->visits[j]);
	}
	return s.found;
}
