/* An SPF record flattened: the same senders by ip4 and ip6 alone, where that is possible. */
#include "spf/flat.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_OCTETS = 450, MOST_INCLUDES = 9 };

struct network {
	struct md_addr addr; /* host bits clear */
	unsigned prefix;
};

struct flattening {
	struct md_arena *mem;
	const struct md_spf_tree *tree;
	struct md_spf_flat *flat;
	struct network *networks;
	size_t n;
	struct md_spf_flat_record records[MOST_INCLUDES + 1];
};

/* ---- can it be done? ---- */

static bool refuse(struct flattening *, const char *fmt, ...) MD_PRINTF(2, 3);

static bool
refuse(struct flattening *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	f->flat->refused = md_vprintf(f->mem, fmt, ap);
	va_end(ap);
	return false;
}

static bool
is_sound(struct flattening *f, const struct md_spf_node *node)
{
	static const char *const why[] = {
		[MD_SPF_NODE_FAULTY] = "the record there has a syntax error",
		[MD_SPF_NODE_NONE] = "there is no SPF record there",
		[MD_SPF_NODE_SEVERAL] = "there are several SPF records there",
		[MD_SPF_NODE_UNKNOWN] = "it could not be looked up",
		[MD_SPF_NODE_LOOP] = "it is a loop",
		[MD_SPF_NODE_SENDER] = "it depends on the message",
		[MD_SPF_NODE_IMPOSSIBLE] = "that is no possible name",
	};

	f->flat->unknown = node->state == MD_SPF_NODE_UNKNOWN;
	return node->state == MD_SPF_NODE_SOUND ||
	       refuse(f, "%s: %s", md_spf_node_path(f->mem, node), why[node->state]);
}

/* Does the term say, for each address by itself, that the sender passes? */
static bool
is_plain(struct flattening *f, const struct md_spf_node *node, const struct md_spf_visit *visit)
{
	const struct md_spf_term *term = visit->term;
	const char *text = md_show(f->mem, term->text);

	if (term->kind != MD_SPF_REDIRECT && term->qualifier != '+')
		return refuse(f, "%s of %s: its addresses do not pass, and their place counts",
		              text, node->domain);
	if (term->kind == MD_SPF_PTR || term->kind == MD_SPF_EXISTS ||
	    (visit->number > 0 && visit->target[0] == '\0'))
		return refuse(f, "%s of %s depends on the message, not on addresses alone",
		              text, node->domain);
	f->flat->unknown = visit->unknown != NULL;
	if (visit->unknown != NULL)
		return refuse(f, "%s of %s could not be looked up: %s", text, node->domain,
		              visit->unknown->fact.why);
	if (visit->mx_hosts > f->tree->limits.mx_names)
		return refuse(f, "%s of %s has more than %u MX hosts", text, node->domain,
		              f->tree->limits.mx_names);
	return true;
}

/* ---- networks ---- */

static void
clear_host_bits(struct network *net)
{
	for (unsigned bit = net->prefix; bit < md_addr_bits(net->addr); bit++)
		net->addr.bytes[bit / 8] &= (uint8_t) ~(0x80u >> bit % 8);
}

static void
add(struct flattening *f, struct md_addr addr, const struct md_spf_term *term)
{
	struct network net = { addr, addr.family == 4 ? term->prefix4 : term->prefix6 };

	clear_host_bits(&net);
	MD_PUSH(f->mem, f->networks, f->n, net);
}

static bool collect(struct flattening *, const struct md_spf_node *);

static bool
collect_term(struct flattening *f, const struct md_spf_node *node,
             const struct md_spf_visit *visit)
{
	if (!is_plain(f, node, visit))
		return false;
	if (visit->child != NULL)
		return collect(f, visit->child);
	if (visit->term->kind == MD_SPF_IP4 || visit->term->kind == MD_SPF_IP6)
		add(f, visit->term->network, visit->term);
	for (size_t i = 0; i < visit->naddresses; i++)
		add(f, visit->addresses[i], visit->term);
	return true;
}

static bool
collect(struct flattening *f, const struct md_spf_node *node)
{
	if (!is_sound(f, node))
		return false;
	for (size_t i = 0; i < node->n; i++) {
		const struct md_spf_visit *visit = &node->visits[i];

		if (!md_spf_reached(node->record, visit->term))
			continue;
		if (visit->term->kind == MD_SPF_ALL && visit->term->qualifier == '+')
			return refuse(f, "+all of %s lets everybody pass", node->domain);
		if (visit->term->kind != MD_SPF_ALL && !collect_term(f, node, visit))
			return false;
	}
	return true;
}

static int
by_address(const void *a, const void *b)
{
	const struct network *x = a, *y = b;
	int order;

	if (x->addr.family != y->addr.family)
		return x->addr.family < y->addr.family ? -1 : 1;
	order = memcmp(x->addr.bytes, y->addr.bytes, md_addr_bits(x->addr) / 8);
	return order != 0 ? order : (x->prefix > y->prefix) - (x->prefix < y->prefix);
}

static bool
contains(const struct network *outer, const struct network *inner)
{
	return outer->prefix <= inner->prefix &&
	       md_addr_in(inner->addr, outer->addr, outer->prefix);
}

/* The two halves of one network? */
static bool
are_halves(const struct network *a, const struct network *b)
{
	return a->prefix == b->prefix && a->prefix > 0 &&
	       md_addr_in(a->addr, b->addr, a->prefix - 1);
}

/* Sorted, then each taken into the one before where it lies in it or completes it. */
static void
merge(struct flattening *f)
{
	struct network *kept = f->networks;
	size_t n = 0;

	if (f->n > 0)
		qsort(kept, f->n, sizeof(*kept), by_address);
	for (size_t i = 0; i < f->n; i++) {
		if (n > 0 && contains(&kept[n - 1], &kept[i]))
			continue;
		kept[n++] = kept[i];
		while (n > 1 && are_halves(&kept[n - 2], &kept[n - 1])) {
			n--;
			kept[n - 1].prefix--;
			clear_host_bits(&kept[n - 1]);
		}
	}
	f->n = f->flat->nnetworks = n;
}

/* ---- records ---- */

static const char *
network_term(struct md_arena *mem, const struct network *net)
{
	const char *addr = md_addr_print(mem, net->addr);

	if (net->prefix == md_addr_bits(net->addr))
		return md_printf(mem, " ip%u:%s", (unsigned)net->addr.family, addr);
	return md_printf(mem, " ip%u:%s/%u", (unsigned)net->addr.family, addr, net->prefix);
}

/* What becomes of a sender whom nothing matches (RFC 7208 4.7), and its explanation. */
static const char *
ending(struct flattening *f)
{
	const struct md_spf *last = f->tree->last->record, *own = f->tree->root->record;
	const char qualifier = last->all != NULL ? last->all->qualifier : '?';

	f->flat->exp_lost = last != own && last->exp != NULL;
	if (last != own || own->exp == NULL)
		return md_printf(f->mem, " %call", qualifier);
	/*
	 * A sound term is ASCII; what must be escaped in a zone file is so when it is written.
	 */
	return md_printf(f->mem, " %s %call",
	                 md_strndup(f->mem, own->exp->text.p, own->exp->text.len), qualifier);
}

/* As many networks from *next on as fit into a record at this name. */
static const char *
fill(struct flattening *f, const char *owner, const char *end, size_t *next)
{
	const size_t taken = strlen(owner) + strlen(end);
	const size_t room = taken < MOST_OCTETS ? MOST_OCTETS - taken : 0;
	struct md_buf out = { .mem = f->mem };

	md_buf_printf(&out, "v=spf1");
	for (; *next < f->n; ++*next) {
		const char *term = network_term(f->mem, &f->networks[*next]);

		if (out.len + strlen(term) > room)
			break;
		md_buf_printf(&out, "%s", term);
	}
	md_buf_printf(&out, "%s", end);
	return md_buf_str(&out);
}

static void
add_record(struct flattening *f, const char *owner, const char *text)
{
	f->records[f->flat->nrecords++] = (struct md_spf_flat_record){ owner, text };
}

/* One record if it is short enough, else one that includes others. */
static void
write_records(struct flattening *f)
{
	const char *domain = f->tree->root->domain, *end = ending(f);
	struct md_buf own = { .mem = f->mem };
	size_t next = 0;
	const char *all = fill(f, domain, end, &next);

	if (next == f->n) {
		add_record(f, domain, all);
		return;
	}
	md_buf_printf(&own, "v=spf1");
	next = 0;
	for (unsigned i = 1; next < f->n && i <= MOST_INCLUDES; i++) {
		const char *owner = md_printf(f->mem, "_flat%u.%s", i, domain);

		md_buf_printf(&own, " include:%s", owner);
		add_record(f, owner, fill(f, owner, " -all", &next));
	}
	md_buf_printf(&own, "%s", end);
	if (next < f->n)
		refuse(f, "%zu networks do not fit into %d records of %d octets", f->n,
		       MOST_INCLUDES, MOST_OCTETS);
	else if (own.len + strlen(domain) > MOST_OCTETS)
		refuse(f, "the name %s is too long for includes below it", domain);
	add_record(f, domain, md_buf_str(&own));
}

const struct md_spf_flat *
md_spf_flatten(struct md_arena *mem, const struct md_spf_tree *tree)
{
	struct md_spf_flat *flat = md_alloc(mem, sizeof(*flat));
	struct flattening f = { .mem = mem, .tree = tree, .flat = flat };

	struct md_spf_flat_record *records;

	flat->refused = "";
	if (tree->cut[0] != '\0') {
		refuse(&f, "%s", tree->cut);
	} else if (collect(&f, tree->root)) {
		merge(&f);
		write_records(&f);
	}
	records = md_alloc(mem, sizeof(f.records));
	memcpy(records, f.records, sizeof(f.records));
	flat->records = records;
	return flat;
}
