/* Takes tag=value lists apart (RFC 6376 3.2), and goes on after an error. */
#include "record/tags.h"

#include <string.h>

struct md_str
md_tag_trim(struct md_str s)
{
	return md_str_trim(s, " \t\r\n");
}

struct md_tags
md_tags(struct md_str text)
{
	return (struct md_tags){ .text = text };
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* RFC 6376 2.8: FWS = [*WSP CRLF] 1*WSP; so a line end counts when a blank follows it. */
static bool
is_fold(struct md_str s, size_t i)
{
	return i + 2 < s.len && s.p[i] == '\r' && s.p[i + 1] == '\n' && is_blank(s.p[i + 2]);
}

/* The first octet that tag-value does not allow, or s.len. */
static size_t
bad_in_value(struct md_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (is_fold(s, i))
			i += 2;
		else if (!is_blank(s.p[i]) && (s.p[i] < 0x21 || s.p[i] > 0x7e))
			return i;
	}
	return s.len;
}

/* RFC 6376 3.2: tag-name = ALPHA *ALNUMPUNC; ALNUMPUNC = ALPHA / DIGIT / "_" */
static size_t
bad_in_name(struct md_str s)
{
	size_t i = 0;

	while (i < s.len &&
	       (md_is_alpha(s.p[i]) || (i > 0 && (md_is_digit(s.p[i]) || s.p[i] == '_'))))
		i++;
	return i;
}

static void
blame(struct md_tag *tag, enum md_tag_fault fault, size_t at, size_t len)
{
	tag->fault = fault;
	tag->fault_at = at;
	tag->fault_len = len;
}

/* Splits a piece that is not blank at its first "="; `text` is the whole list. */
static void
split(struct md_tag *tag, struct md_str text, struct md_str piece)
{
	const size_t equals = md_str_find(piece, '=');
	const struct md_str after = md_str_skip(piece, equals + 1);
	size_t bad;

	tag->name = md_tag_trim((struct md_str){ piece.p, equals });
	tag->name_at = (size_t)(tag->name.p - text.p);
	tag->value = md_tag_trim(after);
	if (tag->value.len == 0) /* not at the end of the blanks that may follow */
		tag->value.p = after.p;
	tag->value_at = (size_t)(tag->value.p - text.p);

	if (equals == piece.len) {
		blame(tag, MD_TAG_NO_EQUALS, tag->name_at, tag->name.len);
		return;
	}
	if (tag->name.len == 0) {
		blame(tag, MD_TAG_NO_NAME, (size_t)(piece.p - text.p) + equals, 1);
		return;
	}
	bad = bad_in_name(tag->name);
	if (bad < tag->name.len) {
		blame(tag, MD_TAG_BAD_NAME, tag->name_at + bad, 1);
		return;
	}
	bad = bad_in_value(tag->value);
	if (bad < tag->value.len)
		blame(tag, MD_TAG_BAD_VALUE, tag->value_at + bad, 1);
}

static bool
is_repeated(struct md_tags *list, struct md_str name)
{
	for (size_t i = 0; i < list->nseen; i++)
		if (list->seen[i].len == name.len &&
		    memcmp(list->seen[i].p, name.p, name.len) == 0)
			return true;
	if (list->nseen < MD_TAGS_REMEMBERED)
		list->seen[list->nseen++] = name;
	return false;
}

bool
md_tag_next(struct md_tags *list, struct md_tag *tag)
{
	const size_t at = list->at;
	const struct md_str rest = md_str_skip(list->text, at);
	const struct md_str piece = { rest.p, md_str_find(rest, ';') };
	const bool last = piece.len == rest.len;

	*tag = (struct md_tag){ .fault = MD_TAG_OK };
	if (last && md_tag_trim(piece).len == 0)
		return false;
	list->at = last ? list->text.len : at + piece.len + 1;
	if (md_tag_trim(piece).len == 0) {
		tag->name = tag->value = (struct md_str){ piece.p, 0 };
		tag->name_at = tag->value_at = at;
		blame(tag, MD_TAG_EMPTY, at + piece.len, 1);
		return true;
	}
	split(tag, list->text, piece);
	if (tag->name.len > 0)
		tag->repeated = is_repeated(list, tag->name);
	return true;
}

const char *
md_tag_fault_text(enum md_tag_fault fault)
{
	switch (fault) {
	case MD_TAG_EMPTY:
		return "is a semicolon too many";
	case MD_TAG_NO_EQUALS:
		return "has no \"=\"";
	case MD_TAG_NO_NAME:
		return "has no name before the \"=\"";
	case MD_TAG_BAD_NAME:
		return "has a name with a character that names cannot have";
	case MD_TAG_BAD_VALUE:
		return "has a value with a character that values cannot have";
	case MD_TAG_OK:
		break;
	}
	return "is well formed";
}
