/* What the JSON renderers have in common. */
#include "json/tree.h"

#include <time.h>

#include "base/arena.h"
#include "json/escape.h"

void
md_json_put(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

void
md_json_put_text(struct md_arena *mem, json_t *object, const char *key, const char *text)
{
	md_json_put(object, key, json_string(md_escape(mem, md_str(text), true)));
}

void
md_json_put_octets(struct md_arena *mem, json_t *object, const char *key, struct md_str octets)
{
	md_json_put(object, key, json_string(md_show(mem, octets)));
}

void
md_json_put_count(json_t *object, const char *key, uint64_t n)
{
	md_json_put(object, key, n > INT64_MAX ? json_null() : json_integer((json_int_t)n));
}

void
md_json_put_bool(json_t *object, const char *key, bool value)
{
	md_json_put(object, key, json_boolean(value));
}

json_t *
md_json_time(int64_t now)
{
	const time_t seconds = (time_t)now;
	char buf[sizeof("-2147483648-12-31T23:59:59Z")];
	struct tm tm;

	if (now == -1 || gmtime_r(&seconds, &tm) == NULL ||
	    strftime(buf, sizeof(buf), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return json_null();
	return json_string(buf);
}

json_t *
md_json_hex(struct md_arena *mem, const unsigned char *octets, size_t n)
{
	struct md_buf text = { .mem = mem };

	for (size_t i = 0; i < n; i++)
		md_buf_printf(&text, "%02x", octets[i]);
	return json_string(md_buf_str(&text));
}
