/* Reads Received-SPF: a result, comments, and pairs of key and value in any order. */
#include "mail/received_spf.h"

#include "mail/words.h"

enum { MOST = 8 << 10 };

static const char *
without_brackets(struct md_arena *mem, const char *path)
{
	const struct md_str s = md_str_trim(md_str(path), "<>");

	return md_strndup(mem, s.p, s.len);
}

static void
take_pair(struct md_arena *mem, struct md_received_spf *spf, const char *key, const char *value)
{
	struct md_addr ip;

	if (md_eq_nocase(key, "client-ip") && !spf->has_ip &&
	    md_addr_parse(md_str(value), &ip)) {
		spf->has_ip = true;
		spf->ip = md_addr_from_mapped(ip);
	} else if (md_eq_nocase(key, "helo") && spf->helo[0] == '\0') {
		spf->helo = value;
	} else if (md_eq_nocase(key, "envelope-from") && spf->envelope_from == NULL) {
		spf->envelope_from = without_brackets(mem, value);
	}
}

const struct md_received_spf *
md_received_spf_parse(struct md_arena *mem, const struct md_field *field)
{
	struct md_received_spf *spf = md_alloc(mem, sizeof(*spf));
	struct md_field_words words = {
		.mem = mem, .s = field->value, .comment = "", .fault = ""
	};
	struct md_buf result = { .mem = mem };

	if (words.s.len > MOST)
		words.s.len = MOST;
	md_words_skip(&words);
	md_words_keyword(&words, &result);
	*spf = (struct md_received_spf){ .field = field,
		                         .result = md_buf_str(&result),
		                         .helo = "" };
	for (md_words_skip(&words); words.s.len > 0; md_words_skip(&words)) {
		struct md_buf key = { .mem = mem };

		md_words_keyword(&words, &key);
		md_words_skip(&words);
		if (key.len > 0 && md_words_take(&words, '=')) {
			md_words_skip(&words);
			take_pair(mem, spf, md_buf_str(&key), md_words_value(&words));
		} else if (key.len == 0 && words.s.len > 0) {
			md_words_octet(&words);
		}
	}
	return spf;
}
