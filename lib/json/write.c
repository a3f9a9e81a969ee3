/* JSON as it is written: on one line, member by member, without a tree in between. */
#include "json/write.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "json/escape.h"

/* Scores have two decimals: 2.4, not 2.3999999999999999. */
enum { DUMP = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(10) };

/* RFC 8259 section 7: how many octets of s may stand in a string as they are. */
static size_t
plain(const char *s)
{
	size_t n = 0;

	while ((unsigned char)s[n] >= 0x20 && s[n] != '"' && s[n] != '\\')
		n++;
	return n;
}

static void
add_escaped(struct md_buf *text, char c)
{
	if (c == '\n')
		md_buf_add(text, md_str("\\n"));
	else if ((unsigned char)c < 0x20)
		md_buf_printf(text, "\\u%04X", (unsigned char)c);
	else
		md_buf_add(text, (struct md_str){ (const char[]){ '\\', c }, 2 });
}

static void
quote(struct md_buf *text, const char *s)
{
	md_buf_addc(text, '"');
	while (*s != '\0') {
		const size_t n = plain(s);

		md_buf_add(text, (struct md_str){ s, n });
		s += n;
		if (*s != '\0')
			add_escaped(text, *s++);
	}
	md_buf_addc(text, '"');
}

/* What goes in front of any value. */
static void
begin(struct md_jsonl *j, const char *key)
{
	const char last = j->text.len > 0 ? j->text.p[j->text.len - 1] : '{';

	if (last != '{' && last != '[')
		md_buf_addc(&j->text, ',');
	if (key != NULL) {
		quote(&j->text, key);
		md_buf_addc(&j->text, ':');
	}
}

void
md_jsonl_open(struct md_jsonl *j, const char *key, char bracket)
{
	begin(j, key);
	md_buf_addc(&j->text, bracket);
}

void
md_jsonl_close(struct md_jsonl *j, char bracket)
{
	md_buf_addc(&j->text, bracket);
}

void
md_jsonl_text(struct md_jsonl *j, const char *key, const char *text)
{
	begin(j, key);
	quote(&j->text, md_escape(j->text.mem, md_str(text), true));
}

void
md_jsonl_clean(struct md_jsonl *j, const char *key, const char *text)
{
	begin(j, key);
	quote(&j->text, text);
}

void
md_jsonl_number(struct md_jsonl *j, const char *key, int64_t n)
{
	begin(j, key);
	md_buf_printf(&j->text, "%" PRId64, n);
}

void
md_jsonl_bool(struct md_jsonl *j, const char *key, bool value)
{
	begin(j, key);
	md_buf_add(&j->text, md_str(value ? "true" : "false"));
}

void
md_jsonl_null(struct md_jsonl *j, const char *key)
{
	begin(j, key);
	md_buf_add(&j->text, md_str("null"));
}

void
md_jsonl_value(struct md_jsonl *j, const char *key, json_t *value)
{
	char *text = json_dumps(value, DUMP);

	if (text == NULL)
		abort(); /* out of memory: the values are all well-formed */
	begin(j, key);
	md_buf_add(&j->text, md_str(text));
	free(text);
	json_decref(value);
}

void
md_jsonl_members(struct md_jsonl *j, json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) md_jsonl_value(j, key, json_incref(value));
	json_decref(object);
}
