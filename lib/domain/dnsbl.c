/* Reads the file of block lists, tests lists, and looks up what their answers mean. */
#include <string.h>

#include "domain/dnsbl.h"

static unsigned
read_kinds(struct md_str text)
{
	unsigned kinds = 0;
	struct md_str word;

	while (md_str_cut(&text, ',', &word)) {
		if (md_str_eq(word, "ip4"))
			kinds |= MD_DNSBL_IP4;
		else if (md_str_eq(word, "ip6"))
			kinds |= MD_DNSBL_IP6;
		else if (md_str_eq(word, "domain"))
			kinds |= MD_DNSBL_DOMAIN;
		else
			return 0;
	}
	return kinds;
}

static struct md_str
or_empty(struct md_str field)
{
	return md_str_eq(field, "-") ? (struct md_str){ "", 0 } : field;
}

bool
md_dnsbl_next(struct md_tsv *file, struct md_dnsbl *list, unsigned *senseless)
{
	struct md_str f[6];
	size_t n;

	while ((n = md_tsv_next(file, f, 6)) > 0) {
		*list = (struct md_dnsbl){ .zone = f[0],
			                   .kinds = read_kinds(f[1]),
			                   .test_listed = or_empty(f[2]),
			                   .test_unlisted = or_empty(f[3]),
			                   .codes = or_empty(f[4]),
			                   .page = or_empty(f[5]) };
		if (list->codes.len == 0)
			list->codes = md_str("127.0.0.2=listed:listed");
		if (n <= 6 && list->zone.len > 0 && list->kinds != 0)
			return true;
		(*senseless)++;
	}
	return false;
}

static bool
matches(struct md_str pattern, struct md_addr answer)
{
	unsigned long bit;
	struct md_addr addr;

	if (md_str_starts(pattern, "&"))
		return md_str_number(md_str_skip(pattern, 1), 255, &bit) &&
		       (answer.bytes[3] & bit) != 0;
	return md_addr_parse(pattern, &addr) && md_addr_eq(addr, answer);
}

static enum md_dnsbl_code
read_code(struct md_str word)
{
	if (md_str_eq(word, "listed"))
		return MD_DNSBL_LISTED;
	if (md_str_eq(word, "policy"))
		return MD_DNSBL_POLICY;
	if (md_str_eq(word, "note"))
		return MD_DNSBL_NOTE;
	return md_str_eq(word, "error") ? MD_DNSBL_ERROR : MD_DNSBL_OTHER;
}

enum md_dnsbl_code
md_dnsbl_code(const struct md_dnsbl *list, struct md_addr answer, struct md_str *meaning)
{
	struct md_str rest = list->codes, item, pattern, kind;

	*meaning = (struct md_str){ "", 0 };
	if (answer.family != 4 || answer.bytes[0] != 127)
		return MD_DNSBL_OUTSIDE;
	while (md_str_cut(&rest, ';', &item)) {
		if (!md_str_cut(&item, '=', &pattern) || !md_str_cut(&item, ':', &kind) ||
		    !matches(pattern, answer))
			continue;
		*meaning = item;
		return read_code(kind);
	}
	return MD_DNSBL_OTHER;
}

/* RFC 5782 5: 127.0.0.2, ::FFFF:7F00:2 and TEST; 127.0.0.1, ::FFFF:7F00:1 and INVALID. */
static const char *
test_name(struct md_ctx *c, const struct md_dnsbl *list, unsigned kind, bool listed)
{
	const struct md_str own = listed ? list->test_listed : list->test_unlisted;
	const char *zone = md_strndup(md_mem(c), list->zone.p, list->zone.len);
	struct md_addr addr = { .family = 4, .bytes = { 127, 0, 0, listed ? 2 : 1 } };

	if (own.len > 0)
		return md_printf(md_mem(c), "%.*s.%s", MD_FMT(own), zone);
	if (kind == MD_DNSBL_DOMAIN)
		return md_printf(md_mem(c), "%s.%s", listed ? "test" : "invalid", zone);
	if (kind == MD_DNSBL_IP6)
		addr = (struct md_addr){
			6, { [10] = 0xff, [11] = 0xff, [12] = 127, [15] = listed ? 2 : 1 }
		};
	return md_addr_reverse(md_mem(c), addr, zone);
}

/* What every answer of a list shows of the list itself. */
static struct md_dnsbl_test
look_at(struct md_ctx *c, const struct md_dnsbl *list, const struct md_dns *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const char *answer = md_addr_print(md_mem(c), d->rr[i].addr);
		struct md_str meaning;
		const enum md_dnsbl_code code = md_dnsbl_code(list, d->rr[i].addr, &meaning);

		if (code == MD_DNSBL_OUTSIDE)
			return (struct md_dnsbl_test){
				MD_DNSBL_STRANGE,
				md_printf(md_mem(c), "%s has address %s, outside 127.0.0.0/8",
				          d->question.name, answer),
				NULL
			};
		if (code == MD_DNSBL_ERROR)
			return (struct md_dnsbl_test){ MD_DNSBL_REFUSES,
				                       md_printf(md_mem(c), "answer %s: %s",
				                                 answer,
				                                 md_show(md_mem(c), meaning)),
				                       NULL };
	}
	return (struct md_dnsbl_test){ MD_DNSBL_WORKS, "", NULL };
}

struct md_dnsbl_test
md_dnsbl_test(struct md_ctx *c, const struct md_dnsbl *list, unsigned kind)
{
	const struct md_dns *both[] = { md_dns(c, MD_A, test_name(c, list, kind, true)),
		                        md_dns(c, MD_A, test_name(c, list, kind, false)) };
	struct md_dnsbl_test test;

	for (size_t i = 0; i < 2; i++) {
		if (both[i]->fact.state != MD_PRESENT && both[i]->fact.state != MD_ABSENT)
			return (struct md_dnsbl_test){ MD_DNSBL_UNKNOWN, both[i]->fact.why,
				                       both[i] };
		test = look_at(c, list, both[i]);
		if (test.health != MD_DNSBL_WORKS)
			return test;
	}
	if (both[0]->n == 0)
		return (struct md_dnsbl_test){ MD_DNSBL_DEAD,
			                       md_printf(md_mem(c),
			                                 "its test entry %s is not there",
			                                 both[0]->question.name),
			                       NULL };
	if (both[1]->n > 0)
		return (struct md_dnsbl_test){ MD_DNSBL_DEAD,
			                       md_printf(md_mem(c),
			                                 "it lists %s, so it lists everything",
			                                 both[1]->question.name),
			                       NULL };
	return test;
}
