/* Values of records as the formats of providers have them, into what zone files say. */
#include <string.h>

#include "proposal/read.h"

static bool
is_quoted(const char *value)
{
	const size_t len = strlen(value);

	return len > 1 && value[0] == '"' && value[len - 1] == '"';
}

bool
md_input_value(struct md_input *in, const struct md_input_rr *e, enum md_txt_form form,
               const char *value)
{
	if (e->type != MD_TXT && e->type != MD_SPF)
		return md_input_record(in, e, value);
	switch (form) {
	case MD_TXT_RAW:
		return md_input_txt(in, e, md_str(value));
	case MD_TXT_CUT:
		return md_input_long_txt(in, e, value);
	case MD_TXT_EITHER:
		return is_quoted(value) ? md_input_long_txt(in, e, value)
		                        : md_input_txt(in, e, md_str(value));
	case MD_TXT_INNER:
		if (!is_quoted(value))
			value = md_printf(in->mem, "\"%s\"", value);
		return md_input_record(in, e, value);
	case MD_TXT_SHOWN:
		break;
	}
	return md_input_record(in, e, value);
}

/* The first of "a|b" that there is, or NULL. */
static const char *
field(struct md_input *in, struct md_str keys, md_field_fn *get, void *from)
{
	const char *value = NULL;
	struct md_str key;

	while (value == NULL && md_str_cut(&keys, '|', &key))
		value = get(from, md_strndup(in->mem, key.p, key.len));
	return value;
}

/* No blank, quote, comment or parenthesis can hide in it. */
static bool
is_word(const char *s)
{
	return s[0] != '\0' && strpbrk(s, " \t\r\n\"();") == NULL;
}

const char *
md_input_compose(struct md_input *in, uint32_t line, const char *plan, md_field_fn *get,
                 void *from)
{
	struct md_buf rdata = { .mem = in->mem };
	struct md_str rest = md_str(plan), part;

	while (md_str_cut(&rest, ' ', &part)) {
		const char kind = part.p[0];
		const struct md_str keys = md_str_skip(part, kind == '#' || kind == '"');
		const char *value = field(in, keys, get, from);

		if (value == NULL && kind == '#')
			value = "0";
		if (value == NULL) {
			md_input_wrong(in, line, "\"%.*s\" is missing", MD_FMT(keys));
			return NULL;
		}
		if (kind == '"') {
			value = md_quote(in->mem, md_str(value));
		} else if (!is_word(value)) {
			md_input_wrong(in, line, "\"%.*s\" is %s: no single word", MD_FMT(keys),
			               md_excerpt(in->mem, md_str(value)));
			return NULL;
		}
		md_buf_item(&rdata, " ", "%s", value);
	}
	return md_buf_str(&rdata);
}
