/* The guesses about a header field, by its name. */
#include "repair/field.h"

#include <string.h>

#include "base/arena.h"
#include "dkim/canon.h"

static const struct {
	const char *name;
	void (*guess)(struct md_guesses *);
} kinds[] = {
	{ "Subject", md_guess_subject },
	{ "From", md_guess_from },
	{ "To", md_guess_addresses },
	{ "Cc", md_guess_addresses },
	{ "Reply-To", md_guess_addresses },
	{ "Sender", md_guess_addresses },
	{ "Date", md_guess_date },
	{ "Content-Type", md_guess_content_type },
	{ "Content-Transfer-Encoding", md_guess_transfer_encoding },
	{ "MIME-Version", md_guess_mime_version },
	{ "Message-ID", md_guess_message_id },
	{ "In-Reply-To", md_guess_message_id },
};

/* ---- by name ---- */

static void
put(void *arg, const char *octets, size_t len)
{
	md_buf_add(arg, (struct md_str){ octets, len });
}

static struct md_str
relaxed(struct md_arena *mem, struct md_str whole)
{
	struct md_buf text = { .mem = mem };

	md_canon_field(MD_RELAXED, whole, (struct md_sink){ put, &text });
	return md_buf_view(&text);
}

/* What differs in its layout only is not for these guesses to explain. */
static void
drop_same(struct md_guesses *g)
{
	struct md_buf whole = { .mem = g->mem };
	struct md_str now;
	size_t n = 0;

	md_buf_add(&whole, g->name);
	md_buf_addc(&whole, ':');
	md_buf_add(&whole, g->value);
	now = relaxed(g->mem, (struct md_str){ whole.p, whole.len });
	for (size_t i = 0; i < g->n; i++) {
		const struct md_str was = relaxed(g->mem, g->all[i].whole);

		if (was.len != now.len || memcmp(was.p, now.p, was.len) != 0)
			g->all[n++] = g->all[i];
	}
	g->n = n;
}

void
md_guess_field(struct md_guesses *g)
{
	for (size_t i = 0; i < MD_COUNT(kinds); i++)
		if (md_str_eq_nocase(g->name, kinds[i].name))
			kinds[i].guess(g);
	md_guess_cut(g);
	drop_same(g);
}

static void
lost_as(struct md_guesses *g, const char *name, enum md_guess_rank rank, struct md_str value)
{
	const struct md_str in_h = g->name;

	/* spelt as in h=, and as mostly */
	for (int i = 0; i < 2; i++) {
		md_guess_add(g, rank, value, "the field %s (%s) was removed after signing",
		             name, md_excerpt(g->mem, md_str_trim(value, " \t\r\n")));
		g->name = md_str(name);
	}
	g->name = in_h;
}

static void
lost_values(struct md_guesses *g, const char *name, enum md_guess_rank rank,
            const char *const *values)
{
	const struct md_str inner = md_guess_inner(g->message, name);

	if (!md_str_eq_nocase(g->name, name))
		return;
	if (inner.p != NULL)
		lost_as(g, name, MD_GUESS_KNOWN, inner);
	for (; *values != NULL; values++)
		lost_as(g, name, rank, md_str(*values));
}

/* Fields that other fields still tell, or that have few values. */
void
md_guess_lost(struct md_guesses *g)
{
	static const char *const versions[] = { " 1.0", NULL };
	static const char *const encodings[] = { " 7bit", " 8bit", " quoted-printable",
		                                 " base64", NULL };
	static const char *const types[] = { " text/plain", " text/plain; charset=utf-8",
		                             " text/plain; charset=us-ascii",
		                             " text/plain; charset=\"utf-8\"", NULL };
	const struct md_field *from = md_message_field(g->message, "From", NULL);

	lost_values(g, "MIME-Version", MD_GUESS_KNOWN, versions);
	lost_values(g, "Content-Transfer-Encoding", MD_GUESS_LIKELY, encodings);
	lost_values(g, "Content-Type", MD_GUESS_FAIR, types);
	if (from != NULL &&
	    (md_str_eq_nocase(g->name, "Reply-To") || md_str_eq_nocase(g->name, "Sender")))
		md_guess_add(g, MD_GUESS_FAR, from->value,
		             "the field %.*s, the same as From, was removed after signing",
		             MD_FMT(g->name));
}
