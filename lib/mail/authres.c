/* Reads Authentication-Results as they are written, not only as RFC 8601 2.2 has them. */
#include "mail/authres.h"

#include <string.h>

#include "mail/words.h"

/* More is no verdict of a receiver: what is beyond is left out, and that is the fault. */
enum { RESULTS_MOST = 100, PROPERTIES_MOST = 100 };

/* "method", "method/1" or "ptype.property": RFC 8601 2.2 allows CFWS around their signs. */
static const char *
take_key(struct md_field_words *r)
{
	struct md_buf out = { .mem = r->mem };

	md_words_keyword(r, &out);
	for (;;) {
		const char last = out.len > 0 ? out.p[out.len - 1] : '\0';
		const size_t before = out.len;

		md_words_skip(r);
		if (last != '.' && last != '/' && !md_words_next_is(r, '.') &&
		    !md_words_next_is(r, '/'))
			break;
		md_words_keyword(r, &out);
		if (out.len == before)
			break;
	}
	return md_buf_str(&out);
}

/* What was read since, to be shown. */
static const char *
since(struct md_field_words *r, struct md_str before)
{
	return md_excerpt(r->mem, (struct md_str){ before.p, before.len - r->s.len });
}

/* Everything up to the semicolon of the next result. */
static void
skip_result(struct md_field_words *r)
{
	while (r->s.len > 0 && !md_words_next_is(r, ';')) {
		md_words_skip(r);
		if (md_words_next_is(r, '"'))
			md_words_value(r);
		else if (r->s.len > 0 && !md_words_next_is(r, ';'))
			md_words_octet(r);
	}
}

/* ---- results ---- */

/* RFC 8601 2.6: what another version means is not known. */
static bool
is_version_1(const char *version)
{
	unsigned long n;

	return md_str_number(md_str(version), 1, &n) && n == 1;
}

/*
 * Methods that are known to begin a result where a semicolon was forgotten.  All others
 * without a dot are properties without a type, as some write them: "action=none".
 */
static bool
is_method(const char *key)
{
	static const char *const methods[] = { "arc",   "auth",      "compauth",
		                               "dkim",  "dkim-adsp", "dkim-atps",
		                               "dmarc", "iprev",     "spf" };

	for (size_t i = 0; i < MD_COUNT(methods); i++)
		if (strcmp(key, methods[i]) == 0)
			return true;
	return false;
}

static struct md_authres_property
property_of(struct md_field_words *r, const char *key, const char *value)
{
	const size_t dot = md_str_find(md_str(key), '.');

	if (key[dot] == '.')
		return (struct md_authres_property){ md_strndup(r->mem, key, dot),
			                             key + dot + 1, value };
	md_words_blame(r, "the property %s= has no type in front",
	               md_show(r->mem, md_str(key)));
	return (struct md_authres_property){ "", key, value };
}

/* reason= and properties; ends before the semicolon, or where another result begins. */
static void
read_properties(struct md_field_words *r, struct md_authres_result *result)
{
	struct md_authres_property *all = NULL;

	for (;;) {
		struct md_str before;
		const char *key, *value;

		md_words_skip(r);
		before = r->s;
		if (r->s.len == 0 || md_words_next_is(r, ';'))
			return;
		key = take_key(r);
		if (!md_words_take(r, '=')) {
			if (r->s.p == before.p)
				md_words_octet(r);
			md_words_blame(r, "%s is neither a result nor a property",
			               since(r, before));
			continue;
		}
		if (is_method(key)) {
			md_words_blame(r, "there is no semicolon before %s=", key);
			r->s = before;
			return;
		}
		md_words_skip(r);
		value = md_words_value(r);
		if (strcmp(key, "reason") == 0)
			result->reason = value;
		else if (result->n == PROPERTIES_MOST)
			md_words_blame(r, "a result has more than %d properties",
			               PROPERTIES_MOST);
		else
			MD_PUSH(r->mem, all, result->n, property_of(r, key, value));
		result->properties = all;
	}
}

/* "dkim/1": the method without its version; NULL when the version is not known. */
static const char *
method_of(struct md_field_words *r, const char *key)
{
	const size_t slash = md_str_find(md_str(key), '/');

	if (key[slash] == '\0')
		return key;
	if (is_version_1(key + slash + 1))
		return md_strndup(r->mem, key, slash);
	md_words_blame(r, "%s is no version that is known", md_excerpt(r->mem, md_str(key)));
	return NULL;
}

/* RFC 8601 2.2: resinfo; false, and nothing to add, for no-result and for what is neither. */
static bool
read_result(struct md_field_words *r, struct md_authres_result *result, bool *none)
{
	const struct md_str before = r->s;
	const char *key = take_key(r);

	if (!md_words_take(r, '=')) {
		*none = strcmp(key, "none") == 0;
		skip_result(r);
		if (!*none)
			md_words_blame(r, "%s is no result: it has no \"=\"", since(r, before));
		return false;
	}
	result->method = method_of(r, key);
	md_words_skip(r);
	r->comment = "";
	result->result = md_str_lower(r->mem, md_str(md_words_value(r)));
	md_words_skip(r);
	result->reason = r->comment;
	read_properties(r, result);
	if (result->method == NULL || result->method[0] == '\0' || result->result[0] == '\0') {
		md_words_blame(r, "%s= has no result", md_show(r->mem, md_str(key)));
		return false;
	}
	return true;
}

static void
read_results(struct md_field_words *r, struct md_authres *out)
{
	struct md_authres_result *all = NULL;
	bool none = false;

	while (r->s.len > 0) {
		struct md_authres_result result = { .reason = "" };

		md_words_take(r, ';');
		md_words_skip(r);
		if (r->s.len == 0 || md_words_next_is(r, ';'))
			md_words_blame(r, "a semicolon has no result after it");
		else if (!read_result(r, &result, &none))
			;
		else if (out->n == RESULTS_MOST)
			md_words_blame(r, "it holds more than %d results", RESULTS_MOST);
		else
			MD_PUSH(r->mem, all, out->n, result);
		md_words_skip(r);
	}
	if (out->n == 0 && !none)
		md_words_blame(r, "it holds no result");
	out->results = all;
}

/* ---- what stands before the results ---- */

/* RFC 8617 3.9 and 4.1.1: instance [CFWS] ";"; 1 to 50, and 0 when it is not so. */
static unsigned
read_instance(struct md_field_words *r)
{
	const struct md_str before = r->s;
	unsigned long n = 0;
	bool sound;

	md_words_skip(r);
	sound = md_words_take(r, 'i');
	md_words_skip(r);
	sound = sound && md_words_take(r, '=');
	md_words_skip(r);
	sound = sound && md_str_number(md_str(md_words_value(r)), 50, &n);
	md_words_skip(r);
	if (sound && md_words_take(r, ';') && n > 0)
		return (unsigned)n;
	md_words_blame(r, "it does not begin with i= from 1 to 50 and a semicolon");
	if (!sound)
		r->s = before;
	return 0;
}

/* Does a result stand here, where the authserv-id should? */
static bool
server_missing(struct md_field_words *r)
{
	const struct md_str before = r->s;
	bool result;

	take_key(r);
	result = md_words_next_is(r, '=');
	r->s = before;
	return result || r->s.len == 0 || md_words_next_is(r, ';');
}

/* authserv-id and version; false when what follows cannot be read (RFC 8601 2.6). */
static bool
read_server(struct md_field_words *r, struct md_authres *out)
{
	const char *version;

	if (server_missing(r)) {
		md_words_blame(r, "it does not say who wrote it (authserv-id)");
		return true;
	}
	out->authserv_id = md_words_value(r);
	md_words_skip(r);
	if (r->s.len == 0 || md_words_next_is(r, ';'))
		return true;
	if (!md_is_digit(r->s.p[0])) {
		md_words_blame(r, "there is no semicolon after the authserv-id");
		return true;
	}
	version = md_words_value(r);
	md_words_skip(r);
	if (is_version_1(version))
		return true;
	md_words_blame(r, "version %s of it is not known", md_excerpt(r->mem, md_str(version)));
	return false;
}

const struct md_authres *
md_authres_parse(struct md_arena *mem, const struct md_field *field, bool arc)
{
	struct md_authres *out = md_alloc(mem, sizeof(*out));
	struct md_field_words r = { .mem = mem, .s = field->value, .comment = "", .fault = "" };

	*out = (struct md_authres){ .field = field, .authserv_id = "" };
	if (arc)
		out->instance = read_instance(&r);
	md_words_skip(&r);
	if (read_server(&r, out))
		read_results(&r, out);
	out->fault = r.fault;
	return out;
}

const char *
md_authres_value(const struct md_authres_result *result, const char *type, const char *name)
{
	for (size_t i = 0; i < result->n; i++)
		if (md_eq_nocase(result->properties[i].type, type) &&
		    md_eq_nocase(result->properties[i].name, name))
			return result->properties[i].value;
	return NULL;
}
