/* Writes a DMARC record as its owner must have meant it, with changes. */
#include "record/dmarc.h"

#include <string.h>

#include "base/arena.h"
#include "record/txt_meant.h"

enum { TAGS_MAX = 64, LIST_MAX = 2048 /* octets of a list that is still added to */ };

struct tag {
	struct md_str name, value; /* an empty value: left out */
	bool guessed;              /* it stood without its "=": one with it counts first */
};

struct draft {
	struct md_arena *mem;
	size_t n;
	struct tag *tag;
};

static const char *const requests[] = { "none", "quarantine", "reject", NULL };
static const char *const modes[] = { "r", "s", NULL };
static const char *const flags[] = { "y", "n", NULL };
static const char *const psd_flags[] = { "y", "n", "u", NULL };

/* The words that a tag's value is one of. */
static const struct {
	const char *tag;
	const char *const *words;
} choices[] = {
	{ "p", requests }, { "sp", requests }, { "np", requests },   { "adkim", modes },
	{ "aspf", modes }, { "t", flags },     { "psd", psd_flags },
};

static struct tag *
find(const struct draft *d, const char *name)
{
	for (size_t i = 0; i < d->n; i++)
		if (md_str_eq(d->tag[i].name, name))
			return &d->tag[i];
	return NULL;
}

static bool
is_registered(struct md_str name)
{
	for (unsigned i = 0; i < MD_DMARC_NTAGS; i++)
		if (md_str_eq_nocase(name, md_dmarc_tag_name((enum md_dmarc_tag)i)))
			return true;
	return false;
}

/* Of report addresses: who writes the tag twice means both. */
static bool
is_list(struct md_str name)
{
	return md_str_eq(name, "rua") || md_str_eq(name, "ruf");
}

static struct md_str
joined(struct md_arena *mem, struct md_str list, struct md_str more)
{
	struct md_buf both = { .mem = mem };

	if (list.len > LIST_MAX ||
	    (list.len >= more.len && memmem(list.p, list.len, more.p, more.len) != NULL))
		return list;
	md_buf_add(&both, list);
	md_buf_addc(&both, ',');
	md_buf_add(&both, more);
	return md_buf_view(&both);
}

static void
add(struct draft *d, struct md_str name, struct md_str value, bool guessed)
{
	const struct tag t = { md_str(md_str_lower(d->mem, name)), value, guessed };
	struct tag *before = find(d, t.name.p);

	if (before == NULL && d->n < TAGS_MAX)
		MD_PUSH(d->mem, d->tag, d->n, t);
	else if (before != NULL && is_list(t.name))
		*before = (struct tag){ t.name, joined(d->mem, before->value, value), false };
	else if (before != NULL && before->guessed && !guessed)
		*before = t;
}

/* A name and its "=", or a ":" that stands for it; the length of both, or 0. */
static size_t
name_and_sign(struct md_str s, struct md_str *name)
{
	size_t i = 0;

	while (i < s.len && md_is_alpha(s.p[i]))
		i++;
	*name = (struct md_str){ s.p, i };
	if (i == 0)
		return 0;
	while (i < s.len && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	if (i == s.len)
		return 0;
	return s.p[i] == '=' || (s.p[i] == ':' && is_registered(*name)) ? i + 1 : 0;
}

/* Where a value ends: at the next registered tag after a blank or comma, or with the text. */
static size_t
value_end(struct md_str s)
{
	for (size_t i = 1; i < s.len; i++) {
		struct md_str name;

		if ((s.p[i - 1] == ' ' || s.p[i - 1] == '\t' || s.p[i - 1] == ',') &&
		    name_and_sign(md_str_skip(s, i), &name) > 0 && is_registered(name))
			return i;
	}
	return s.len;
}

static bool
is_printable(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] < 0x20 || s.p[i] > 0x7e)
			return false;
	return true;
}

/* "rua=mailto:a;mailto:b": the second belongs to the list before it. */
static void
join_to_list(struct draft *d, struct md_str uri)
{
	struct tag *last = d->n > 0 ? &d->tag[d->n - 1] : NULL;

	if (last != NULL && is_list(last->name))
		last->value = joined(d->mem, last->value, uri);
}

/* What stands between two semicolons: one tag, or several without semicolons between. */
static void
read_piece(struct draft *d, struct md_str piece)
{
	piece = md_str_trim(piece, " \t\"");
	if (md_str_starts_nocase(piece, "mailto:")) {
		join_to_list(d, piece);
		return;
	}
	while (piece.len > 0) {
		struct md_str name, value;
		const size_t start = name_and_sign(piece, &name);
		char sign;

		if (start == 0)
			return;
		sign = piece.p[start - 1];
		piece = md_str_skip(piece, start);
		value = (struct md_str){ piece.p, value_end(piece) };
		piece = md_str_skip(piece, value.len);
		value = md_str_trim(value, " \t\",");
		if (value.len > 0 && is_printable(value))
			add(d, name, value, sign != '=');
	}
}

/* One of the words, or the nearest of them; "" for what cannot be guessed. */
static const char *
choose(struct md_str value, const char *const *words)
{
	const char *nearest;

	for (size_t i = 0; words[i] != NULL; i++)
		if (md_str_eq_nocase(value, words[i]))
			return words[i];
	/* Of one-letter words any other letter is near. */
	nearest = words == requests ? md_nearest(value, words) : NULL;
	return nearest != NULL ? nearest : "";
}

/* The options that can stand, 1 rather than 0. */
static const char *
mend_fo(struct md_arena *mem, struct md_str value)
{
	struct md_buf out = { .mem = mem };

	value = md_str(md_str_lower(mem, value));
	for (const char *option = "10ds"; *option != '\0'; option++) {
		const bool has = md_str_find(value, *option) < value.len;

		if (!has || (*option == '0' && out.len > 0))
			continue;
		if (out.len > 0)
			md_buf_addc(&out, ':');
		md_buf_addc(&out, *option);
	}
	return md_buf_str(&out);
}

static const char *
mend_value(struct md_arena *mem, struct tag t)
{
	const char *word;

	for (size_t i = 0; i < MD_COUNT(choices); i++) {
		if (!md_str_eq(t.name, choices[i].tag))
			continue;
		word = choose(t.value, choices[i].words);
		/* RFC 9989 4.10.1: as it stands all counts as none; to drop it would be
		 * stricter */
		return *word == '\0' && choices[i].words == requests ? "none" : word;
	}
	if (md_str_eq(t.name, "rua") || md_str_eq(t.name, "ruf"))
		return md_uris_mend(mem, t.value);
	if (md_str_eq(t.name, "fo"))
		return mend_fo(mem, t.value);
	return md_strndup(mem, t.value.p, t.value.len);
}

static void
edit(struct draft *d, const struct md_dmarc_edit *e)
{
	const struct md_str value = e->value != NULL ? md_str(e->value) : md_str("");
	struct tag *t = find(d, e->tag);

	if (t != NULL)
		t->value = value;
	else
		add(d, md_str(e->tag), value, false);
}

static void
write_tag(struct md_buf *out, struct tag t)
{
	md_buf_printf(out, "; %.*s=", MD_FMT(t.name));
	md_buf_add(out, t.value);
}

/* "ru=mailto:…" was meant as rua, if there is none and the value fits; else no one reads it. */
static void
mend_name(struct draft *d, struct tag *t)
{
	const char *name, *value = "";

	if (is_registered(t->name))
		return;
	name = md_dmarc_nearest_tag(t->name);
	if (name != NULL && find(d, name) == NULL)
		value = mend_value(d->mem, (struct tag){ md_str(name), t->value, false });
	if (*value != '\0')
		t->name = md_str(name);
	t->value = md_str(value);
}

const char *
md_dmarc_mend(struct md_arena *mem, struct md_str text, const struct md_dmarc_edit *edits,
              size_t n)
{
	struct draft d = { .mem = mem };
	struct md_buf out = { .mem = mem };
	struct md_str piece;
	const struct tag *p;
	const char *plain;

	plain = md_txt_meant(mem, text); /* typographic quotation marks and blanks */
	text = md_str_trim(plain != NULL ? md_str(plain) : text, " \t\"'");
	while (md_str_cut(&text, ';', &piece))
		read_piece(&d, piece);
	for (size_t i = 0; i < d.n; i++)
		d.tag[i].value = md_str(mend_value(mem, d.tag[i]));
	for (size_t i = 0; i < d.n; i++)
		mend_name(&d, &d.tag[i]);
	for (size_t i = 0; i < n; i++)
		edit(&d, &edits[i]);

	md_buf_printf(&out, "v=DMARC1");
	p = find(&d, "p");
	if (p != NULL && p->value.len > 0)
		write_tag(&out, *p);
	else
		md_buf_printf(&out, "; p=none");
	for (size_t i = 0; i < d.n; i++)
		if (d.tag[i].value.len > 0 && !md_str_eq(d.tag[i].name, "v") &&
		    !md_str_eq(d.tag[i].name, "p"))
			write_tag(&out, d.tag[i]);
	return md_buf_str(&out);
}
