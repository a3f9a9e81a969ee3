/* Reads lists of mailboxes (RFC 5322 3.4, 4.4), as tolerant as receivers are. */
#include "mail/address.h"

#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "mail/address_pieces.h"
#include "mail/mime.h"

enum { MAILBOXES_MOST = 10000 };

static const char *
display_name(struct md_pieces_scan *s, struct md_pieces name)
{
	const char *text = md_pieces_text(s->mem, name, true);

	return md_mime_words(s->mem, md_str_trim(md_str(text), " \t"));
}

/* ---- one address (3.4.1) ---- */

/* Words with single dots between them? */
static bool
is_dotted(struct md_pieces all)
{
	for (size_t i = 0; i < all.n; i++)
		if (i % 2 == 0 ? !md_piece_is_word(&all.p[i]) : all.p[i].kind != '.')
			return false;
	return all.n % 2 == 1;
}

/* "" where receivers would not agree which domain it is: "a@exa mple.com". */
static const char *
domain_of(struct md_pieces_scan *s, struct md_pieces domain)
{
	const char *why, *name = NULL;

	if (domain.n == 1 && domain.p[0].kind == MD_LITERAL)
		return "";
	if (domain.n > 1 && domain.p[domain.n - 1].kind == '.') {
		md_pieces_fault(s, "a domain that ends in a dot");
		domain.n--;
	}
	if (is_dotted(domain))
		name = md_name_from_user(s->mem, md_pieces_written(s->mem, domain), &why);
	if (name == NULL)
		md_pieces_fault(s, "a domain that is no domain name");
	return name != NULL ? name : "";
}

/* Local part, "@" and domain, and nothing else. */
static void
read_spec(struct md_pieces_scan *s, struct md_pieces spec, struct md_mailbox *m)
{
	const size_t at = md_pieces_find(spec, '@');
	const struct md_pieces local = md_pieces_part(spec, 0, at);

	m->text = md_pieces_written(s->mem, spec);
	m->local = md_pieces_text(s->mem, local, false);
	m->domain = "";
	if (at == spec.n) {
		md_pieces_fault(s, "no @ in an address");
	} else if (md_pieces_count(spec, '@') > 1) {
		/* Whose it is nobody can tell. */
		md_pieces_fault(s, "an address with several @");
	} else if (at == 0) {
		md_pieces_fault(s, "nothing before the @");
	} else if (at + 1 == spec.n) {
		md_pieces_fault(s, "nothing after the @");
	} else {
		if (!is_dotted(local))
			md_pieces_fault(s, "a local part with a misplaced dot, blank or mark");
		m->domain = domain_of(s, md_pieces_part(spec, at + 1, spec.n));
	}
}

/* Where an address without angle brackets begins: words with no dot between are a name. */
static size_t
bare_begin(struct md_pieces all)
{
	const size_t at = md_pieces_find(all, '@');
	size_t i = at;

	while (i > 0 &&
	       (i == at || !md_piece_is_word(&all.p[i - 1]) || !md_piece_is_word(&all.p[i])))
		i--;
	return i;
}

/* RFC 5322 4.4: in old mail the name is a comment behind the address. */
static struct md_mailbox
bare_mailbox(struct md_pieces_scan *s, struct md_pieces all)
{
	struct md_mailbox m = { .name = "", .local = "", .domain = "", .text = "" };
	const struct md_piece comment = { .kind = MD_QUOTED, .raw = s->comment };
	size_t begin;

	if (md_pieces_find(all, '@') == all.n) {
		md_pieces_fault(s, is_dotted(all) ? "an address without @ and domain"
		                                  : "no address");
		m.local = m.text = md_pieces_text(s->mem, all, true);
		return m;
	}
	begin = bare_begin(all);
	if (begin > 0) {
		md_pieces_fault(s, "a name and an address without angle brackets around it");
		m.name = display_name(s, md_pieces_part(all, 0, begin));
	} else {
		m.name = display_name(s,
		                      (struct md_pieces){ (struct md_piece[]){ comment }, 1 });
	}
	read_spec(s, md_pieces_part(all, begin, all.n), &m);
	return m;
}

/* ---- the list ---- */

/* RFC 5322 4.4: a source route, "@a,@b:", is ignored. */
static struct md_pieces
without_route(struct md_pieces_scan *s, struct md_pieces spec)
{
	const size_t colon = md_pieces_find(spec, ':');

	if (colon < spec.n && spec.p[0].kind == '@')
		return md_pieces_part(spec, colon + 1, spec.n);
	if (colon < spec.n)
		md_pieces_fault(s, "a colon inside angle brackets");
	return spec;
}

/* From the "<" on. */
static struct md_mailbox
angle_mailbox(struct md_pieces_scan *s, struct md_pieces name)
{
	struct md_mailbox m = { .local = "", .domain = "", .text = "" };
	struct md_pieces spec;

	if (md_pieces_count(name, '@') > 0)
		md_pieces_fault(s, "an @ outside quotes before the angle brackets");
	m.name = display_name(s, name);
	md_pieces_advance(s);
	spec = md_pieces_until(s, s->next.kind == '@' ? "<>" : "<>,;");
	if (s->next.kind == '>')
		md_pieces_advance(s);
	else
		md_pieces_fault(s, "an angle bracket that is not closed");
	spec = without_route(s, spec);
	if (spec.n == 0)
		md_pieces_fault(s, "empty angle brackets");
	else
		read_spec(s, spec, &m);
	return m;
}

struct list {
	struct md_mailboxes *found;
	struct md_mailbox *all;
	bool in_group, separated;
};

static void
add(struct md_pieces_scan *s, struct list *list, struct md_mailbox m)
{
	if (!list->separated)
		md_pieces_fault(s, "two addresses without a comma between them");
	list->separated = false;
	MD_PUSH(s->mem, list->all, list->found->n, m);
}

/* What stands before a separator; of it nothing is left. */
static void
read_element(struct md_pieces_scan *s, struct list *list)
{
	struct md_pieces words;

	s->comment.len = 0;
	words = md_pieces_until(s, list->in_group ? "<>,;" : "<>,;:");
	if (s->next.kind == '<') {
		add(s, list, angle_mailbox(s, words));
	} else if (s->next.kind == ':' && words.n > 0 && md_pieces_count(words, '@') == 0) {
		list->found->groups = list->in_group = list->separated = true;
		md_pieces_advance(s);
	} else if (s->next.kind == ':') {
		md_pieces_fault(s, "a stray colon");
		md_pieces_advance(s);
		if (words.n > 0)
			add(s, list, bare_mailbox(s, words));
	} else if (words.n > 0 && !list->separated && md_pieces_count(words, '@') == 0) {
		md_pieces_fault(s, "text after an address");
	} else if (words.n > 0) {
		add(s, list, bare_mailbox(s, words));
	}
}

static void
read_separator(struct md_pieces_scan *s, struct list *list)
{
	if (s->next.kind == ';' && !list->in_group)
		md_pieces_fault(s, "a semicolon where a comma belongs");
	if (s->next.kind == ';')
		list->in_group = false;
	list->separated = true;
	md_pieces_advance(s);
}

const struct md_mailboxes *
md_mailboxes_parse(struct md_arena *mem, struct md_str value)
{
	struct md_mailboxes *found = md_alloc(mem, sizeof(*found));
	struct md_pieces_scan s = {
		.mem = mem, .rest = value, .comment = { "", 0 }, .fault = ""
	};
	struct list list = { .found = found, .separated = true };

	md_pieces_advance(&s);
	while (s.next.kind != MD_END && found->n < MAILBOXES_MOST) {
		if (md_pieces_at(&s, ",;"))
			read_separator(&s, &list);
		else if (s.next.kind == '>') {
			md_pieces_fault(&s, "an angle bracket that was never opened");
			md_pieces_advance(&s);
		} else
			read_element(&s, &list);
	}
	if (s.next.kind != MD_END) {
		s.cut = true;
		s.fault = md_printf(mem, "more than %d addresses", MAILBOXES_MOST);
	}
	if (list.in_group)
		md_pieces_fault(&s, "a group that does not end in a semicolon");
	if (found->n == 0 && !found->groups)
		md_pieces_fault(&s, "no address");
	found->all = list.all;
	found->cut = s.cut;
	found->fault = s.fault;
	return found;
}
