/* The same zone in every format: the same answers, each with its place; what formats add. */
#include "unit.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/name.h"
#include "proposal/read.h"

#define FORMATS SOURCE_DIR "/tests/gate/formats/"

/* What a format lacks of the zone. */
enum { NO_SOA = 1, NO_NS = 2, PARTIAL = 4 };

static const struct {
	const char *file;
	enum md_zone_format format;
	unsigned lacks;
} samples[] = {
	{ "example.com.zone", MD_ZONE_BIND, 0 },
	{ "dnscontrol.json", MD_ZONE_DNSCONTROL, NO_SOA | NO_NS },
	{ "example.com.yaml", MD_ZONE_OCTODNS, NO_SOA },
	{ "terraform.json", MD_ZONE_TERRAFORM, NO_SOA | PARTIAL },
	{ "route53.json", MD_ZONE_ROUTE53, 0 },
	{ "route53-changes.json", MD_ZONE_ROUTE53, NO_SOA | PARTIAL },
	{ "powerdns.json", MD_ZONE_POWERDNS, 0 },
	{ "powerdns-patch.json", MD_ZONE_POWERDNS, NO_SOA | PARTIAL },
	{ "cloudflare.json", MD_ZONE_CLOUDFLARE, NO_SOA | NO_NS },
};

static const char *const names[] = {
	"example.com",
	"_dmarc.example.com",
	"2026a._domainkey.example.com",
	"2026b._domainkey.example.com",
	"news._domainkey.example.com",
	"_domainkey.example.com", /* an empty non-terminal */
	"_mta-sts.example.com",
	"mx1.example.com",
	"mx2.example.com",
	"_tcp.mx1.example.com",
	"_25._tcp.mx1.example.com",
	"apps.example.com",
	"*.apps.example.com",
	"one.apps.example.com",
	"two.one.apps.example.com",
	"none.example.com",
};

static const uint16_t types[] = {
	MD_A, MD_NS, MD_CNAME, MD_SOA, MD_MX, MD_TXT, MD_AAAA, MD_TLSA
};

static const struct md_proposal *
read_file(struct md_arena *mem, const char *path, enum md_zone_format format)
{
	struct md_proposal_builder *b = md_proposal_new(mem);
	const char *why = "";

	if (!md_proposal_add_file(b, path, format, NULL, &why))
		fail_msg("%s", why);
	return md_proposal_done(b);
}

static struct md_dns
find(struct md_arena *mem, const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_question q = { name, type, 0, "" };
	struct md_dns d = { .fact = { .why = "" }, .origin = "" };

	md_proposal_find(p, mem, &q, &d);
	return d;
}

/* All that is answered, in one line. */
static const char *
answer(struct md_arena *mem, const struct md_dns *d)
{
	struct md_buf text = { .mem = mem };

	md_buf_printf(&text, "state %d rcode %d ttl %u", (int)d->fact.state, d->rcode, d->ttl);
	for (size_t i = 0; i < d->naliases; i++)
		md_buf_printf(&text, " CNAME %s", d->aliases[i].name);
	for (size_t i = 0; i < d->n; i++)
		md_buf_printf(&text, " | %s %s", d->rr[i].owner, md_rr_text(mem, &d->rr[i]));
	return md_buf_str(&text);
}

/* The text of a file from a line on, a few lines of it. */
static const char *
text_at(struct md_arena *mem, const struct md_place *at)
{
	enum { LINES = 22, LARGEST = 1 << 20 };
	struct md_str text, line, from = { "", 0 };
	const char *why;

	assert_true(md_file_read(mem, at->file, LARGEST, &text, &why));
	for (uint32_t i = 1; i < at->line + LINES && text.len > 0; i++) {
		if (i == at->line)
			from = text;
		md_str_cut(&text, '\n', &line);
	}
	return md_strndup(mem, from.p, from.len - text.len);
}

static bool
is_lacking(unsigned lacks, uint16_t type, bool answered)
{
	return ((lacks & NO_SOA) != 0 && type == MD_SOA) ||
	       ((lacks & NO_NS) != 0 && type == MD_NS) || ((lacks & PARTIAL) != 0 && !answered);
}

static void
compare(struct md_arena *mem, const struct md_proposal *zone, const struct md_proposal *p,
        unsigned lacks)
{
	for (size_t i = 0; i < COUNT(names) * COUNT(types); i++) {
		const char *name = names[i / COUNT(types)];
		const uint16_t type = types[i % COUNT(types)];
		const struct md_place at = md_proposal_place(p, name, type);
		const struct md_dns want = find(mem, zone, name, type);
		const bool own = strncmp(name, "one.", 4) != 0 && strncmp(name, "two.", 4) != 0;
		struct md_dns got;

		if (is_lacking(lacks, type, (want.n > 0 || want.naliases > 0) && own)) {
			if ((lacks & PARTIAL) == 0 && strcmp(name, "example.com") == 0)
				assert_false(md_proposal_covers(p, name, type));
			continue;
		}
		assert_true(md_proposal_covers(p, name, type));
		got = find(mem, p, name, type);
		assert_string_equal(answer(mem, &got), answer(mem, &want));
		if (want.n > 0 && own)
			assert_true(at.line > 0);
	}
}

static void
every_format_says_the_same(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_proposal *zone =
	        read_file(mem, FORMATS "example.com.zone", MD_ZONE_BIND);

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(samples); i++) {
		const size_t s = i / 2;
		const char *path = md_printf(mem, "%s%s", FORMATS, samples[s].file);
		const struct md_proposal *p =
		        read_file(mem, path, i % 2 == 0 ? MD_ZONE_DETECT : samples[s].format);

		print_message("  %s\n", samples[s].file);
		assert_int_equal(p->nzones, (samples[s].lacks & PARTIAL) == 0);
		assert_int_equal(p->nfaults, 0);
		compare(mem, zone, p, samples[s].lacks);
	}
	md_arena_free(mem);
}

static void
every_format_knows_its_lines(void **state)
{
	static const struct {
		const char *name;
		uint16_t type;
		const char *text;
	} places[] = {
		{ "_dmarc.example.com", MD_TXT, "v=DMARC1" },
		{ "mx2.example.com", MD_A, "192.0.2.2" },
		{ "_25._tcp.mx1.example.com", MD_TLSA, "0c72ac70b745ac19998811b131d6" },
		{ "2026b._domainkey.example.com", MD_TXT, "ed25519" },
		{ "example.com", MD_MX, "mx1" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const char *path = md_printf(mem, "%s%s", FORMATS, samples[i].file);
		const struct md_proposal *p = read_file(mem, path, MD_ZONE_DETECT);

		for (size_t j = 0; j < COUNT(places); j++) {
			const struct md_place at =
			        md_proposal_place(p, places[j].name, places[j].type);

			print_message("  %s:%u %s\n", samples[i].file, at.line, places[j].name);
			assert_string_equal(at.file, path);
			assert_non_null(strstr(text_at(mem, &at), places[j].text));
		}
	}
	md_arena_free(mem);
}

/* Of several TXT records of a name each has its own line, but where one resource has all. */
static void
every_record_has_its_place(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const char *path = md_printf(mem, "%s%s", FORMATS, samples[i].file);
		const struct md_proposal *p = read_file(mem, path, MD_ZONE_DETECT);
		const struct md_dns d = find(mem, p, "example.com", MD_TXT);
		struct md_place first, second;

		assert_int_equal(d.n, 2);
		first = md_proposal_place_of(p, &d.rr[0]);
		second = md_proposal_place_of(p, &d.rr[1]);
		print_message("  %s:%u, %u\n", samples[i].file, first.line, second.line);
		assert_string_equal(first.file, path);
		assert_non_null(strstr(text_at(mem, &first), "site-verification"));
		assert_non_null(strstr(text_at(mem, &second), "v=spf1"));
		assert_int_equal(first.line > second.line,
		                 samples[i].format != MD_ZONE_TERRAFORM);
	}
	md_arena_free(mem);
}

static void
what_goes_is_gone(void **state)
{
	static const char *const files[] = { "terraform.json", "route53-changes.json",
		                             "powerdns-patch.json" };
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		const struct md_proposal *p = read_file(
		        mem, md_printf(mem, "%s%s", FORMATS, files[i]), MD_ZONE_DETECT);
		const struct md_dns d = find(mem, p, "old._domainkey.example.com", MD_TXT);

		assert_int_equal(d.fact.state, MD_ABSENT);
		assert_true(md_proposal_place(p, "old._domainkey.example.com", MD_TXT).line >
		            0);
		assert_false(md_proposal_covers(p, "other.example.com", MD_TXT));
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_says_the_same),
		cmocka_unit_test(every_format_knows_its_lines),
		cmocka_unit_test(every_record_has_its_place),
		cmocka_unit_test(what_goes_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
