/* What libopendkim must not see: signatures that it writes beyond its memory for. */
#include "base/arena.h"
#include "guard.h"
#include "mail/message.h"
#include "record/tags.h"

/* Of a longer one z= may not fit where it is decoded to. */
enum { LONGEST_SIGNATURE = 32 << 10 };

static struct md_str
signed_names(const struct md_field *signature)
{
	struct md_tags tags = md_tags(signature->value);
	struct md_tag tag;

	while (md_tag_next(&tags, &tag))
		if (md_str_eq(tag.name, "h"))
			return tag.value;
	return (struct md_str){ "", 0 };
}

/* How often h= names a field; NULL: any. */
static size_t
times_named(struct md_str h, const char *name)
{
	struct md_str piece;
	size_t n = 0;

	while (md_str_cut(&h, ':', &piece))
		n += name == NULL || md_str_eq_nocase(md_tag_trim(piece), name);
	return n;
}

static bool
names_all_and_more(struct md_arena *mem, const struct md_message *m,
                   const struct md_field *signature)
{
	const struct md_str h = signed_names(signature);

	if (times_named(h, NULL) <= m->n)
		return false;
	for (size_t i = 0; i < m->n; i++) {
		const char *name = md_strndup(mem, m->fields[i].name.p, m->fields[i].name.len);

		if (times_named(h, name) < md_message_count(m, name))
			return false;
	}
	return true;
}

const char *
guard_signatures(struct md_arena *mem, const struct md_message *m)
{
	const struct md_field *f = NULL;

	while ((f = md_message_field(m, "DKIM-Signature", f)) != NULL) {
		if (f->whole.len > LONGEST_SIGNATURE)
			return md_printf(mem, "a signature is longer than %d octets",
			                 LONGEST_SIGNATURE);
		if (names_all_and_more(mem, m, f))
			return "a signature names every field of the header, and more: "
			       "libopendkim would write beyond its memory";
	}
	return NULL;
}
