/* Reads the fields of MTA-STS and TLS-RPT records. */
#include "record/fields.h"

#include "base/arena.h"

enum { LONGEST_NAME = 32 };

/* sts-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".") */
static bool
is_name(struct md_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.p[i];

		if (!md_is_alnum(c) && (i == 0 || (c != '_' && c != '-' && c != '.')))
			return false;
	}
	return name.len > 0 && name.len <= LONGEST_NAME;
}

/* sts-ext-value = 1*(%x21-3A / %x3C / %x3E-7E): no "=", ";", space or control character */
static size_t
bad_in_value(struct md_str value)
{
	size_t i = 0;

	while (i < value.len && value.p[i] > 0x20 && value.p[i] < 0x7f && value.p[i] != '=')
		i++;
	return i;
}

/* What is wrong with a field's outer form; *at points to it.  NULL when it is sound. */
static const char *
fault_of(const struct md_fields *f, const struct md_tag *tag, struct md_str *at)
{
	*at = tag->name;
	if (tag->fault == MD_TAG_EMPTY) {
		*at = (struct md_str){ tag->name.p, 0 };
		return "there is a semicolon too many";
	}
	if (tag->fault == MD_TAG_NO_EQUALS)
		return "is no field: it has no \"=\"";
	if (!is_name(tag->name))
		return "is no name of a field";
	if (tag->value_at != tag->name_at + tag->name.len + 1)
		return "has a blank beside its \"=\"";
	if (md_str_eq(tag->name, f->own))
		return NULL;
	if (tag->value.len == 0)
		return "has no value";
	if (bad_in_value(tag->value) < tag->value.len) {
		*at = (struct md_str){ tag->value.p + bad_in_value(tag->value), 1 };
		return "has a value with a character that values cannot have";
	}
	return NULL;
}

static const char *
say(const struct md_fields *f, const struct md_tag *tag, const char *why)
{
	if (tag->fault == MD_TAG_EMPTY)
		return why;
	return md_printf(f->mem, "\"%s\" %s", md_show(f->mem, tag->name), why);
}

static struct md_str
after_blanks(struct md_str s)
{
	while (s.len > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = md_str_skip(s, 1);
	return s;
}

/* Judges the version and goes behind it; also where only its semicolon lacks. */
static void
take_version(const struct md_fields *f, struct md_tags *list, struct md_faults *faults)
{
	const struct md_str text = list->text;
	const struct md_str piece = { text.p, md_str_find(text, ';') };
	const struct md_str more = md_str_skip(piece, md_str(f->version).len);
	const struct md_str field = after_blanks(more);
	struct md_tag version;

	if (!md_str_starts(piece, f->version)) {
		md_faults_add(faults, text, piece,
		              md_printf(f->mem, "it does not begin with \"%s;\"", f->version));
	} else if (field.len > 0 && field.len < more.len) {
		md_faults_add(faults, text, (struct md_str){ more.p, 0 },
		              md_printf(f->mem, "a \";\" is missing after \"%s\"", f->version));
		list->at = (size_t)(field.p - text.p);
		return;
	} else if (field.len > 0) {
		md_faults_add(
		        faults, text, piece,
		        md_printf(f->mem, "the version is not exactly \"%s\"", f->version));
	}
	md_tag_next(list, &version);
}

void
md_fields_read(const struct md_fields *f, struct md_str text, struct md_faults *faults)
{
	struct md_tags list = md_tags(text);
	struct md_tag tag;

	take_version(f, &list, faults);
	while (md_tag_next(&list, &tag)) {
		struct md_str at;
		const char *why = fault_of(f, &tag, &at);

		if (why != NULL)
			md_faults_add(faults, text, at, say(f, &tag, why));
		else
			f->take(f->arg, &tag);
	}
}
