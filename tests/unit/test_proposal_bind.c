/* Zone files as proposals: what is included, from where, and what is hardly meant so. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "proposal/read.h"

#define SOA "@ SOA ns hostmaster 1 2 3 4 5\n"

/* A faulty zone of x.example, and all that is to be said of it, in order. */
static const struct {
	const char *text;
	struct {
		const char *rule, *name, *evidence; /* its beginning */
		uint32_t line;
	} faults[3];
} cases[] = {
	{ SOA "@ TXT \"v=spf1 include:a.example -all\"\n", { { .rule = NULL } } },
	/* unquoted */
	{ SOA "@ TXT v=spf1 -all\n",
	  { { "zone.txt-unquoted", "x.example", "unquoted, so these are 2 strings", 2 } } },
	{ SOA "_dmarc TXT v=DMARC1; p=none\n",
	  { { "zone.txt-unquoted", "_dmarc.x.example", "unquoted, so it ends before", 2 } } },
	{ SOA "@ TXT google-site-verification=abc\n", { { .rule = NULL } } },
	/* strings that run together, and strings that are right so */
	{ SOA "@ TXT \"v=spf1 include:a.example\" \"include:b.example -all\"\n",
	  { { "zone.txt-joined", "x.example",
	      "string 1 goes on in string 2 without a blank: "
	      "\"v=spf1 include:a.exampleinclude:b.example -all\"",
	      2 } } },
	{ SOA "@ TXT \"v=spf1 ip4:192.0.2.1\" \"-all\"\n",
	  { { "zone.txt-joined", "x.example", "string 1 goes on in string 2", 2 } } },
	{ SOA "@ TXT \"v=spf1 \" \"include:b.example -all\"\n", { { .rule = NULL } } },
	{ SOA "@ TXT \"v=spf1 include:b.exam\" \"ple -all\"\n", { { .rule = NULL } } },
	{ SOA "@ TXT \"v=spf1 include:\" \"mx:b.example -all\"\n", { { .rule = NULL } } },
	{ SOA "@ TXT \"v=spf1 include:b\" \"-all.example -all\"\n", { { .rule = NULL } } },
	{ SOA "s._domainkey TXT \"v=DKIM1; p=MIIB\" \"include:IjAN\"\n", { { .rule = NULL } } },
	/* doubled names */
	{ SOA "mail.x.example A 192.0.2.1\n",
	  { { "zone.name-doubled", "mail.x.example.x.example", "A of ", 2 } } },
	{ SOA "x.example MX 10 mx\n",
	  { { "zone.name-doubled", "x.example.x.example", "MX of ", 2 } } },
	{ SOA "@ MX 10 mx.x.example\n",
	  { { "zone.name-doubled", "x.example",
	      "MX of x.example leads to mx.x.example.x.example: a final dot is lacking",
	      2 } } },
	{ SOA "wx.example A 192.0.2.1\n", { { .rule = NULL } } },
	/* another domain's name */
	{ SOA "@ MX 1 aspmx.l.google.com\n",
	  { { "zone.name-doubled", "x.example",
	      "MX of x.example leads to aspmx.l.google.com.x.example, which is not", 2 } } },
	{ SOA "s._domainkey CNAME s.provider.net\n",
	  { { "zone.name-doubled", "s._domainkey.x.example", "CNAME of ", 2 } } },
	{ SOA "w CNAME com\n", { { .rule = NULL } } },
	{ SOA "w CNAME a.com\na.com A 192.0.2.1\n", { { .rule = NULL } } },
	{ SOA "w CNAME a.b.com\nb.com NS ns.y.example.\n", { { .rule = NULL } } },
	{ SOA "w CNAME a.b.com\n*.com A 192.0.2.1\n", { { .rule = NULL } } },
	{ SOA "w CNAME a.b.com\n* A 192.0.2.1\n", { { .rule = NULL } } },
	/* beside a CNAME */
	{ SOA "w CNAME y\nw TXT \"z\"\n",
	  { { "zone.cname-coexist", "w.x.example", "TXT beside the CNAME of w.x.example",
	      3 } } },
	{ SOA "w CNAME y\nw CNAME z\n",
	  { { "zone.cname-coexist", "w.x.example", "CNAME beside the CNAME", 3 } } },
	{ SOA "w CNAME y\nw CNAME y\n", { { .rule = NULL } } },
	{ SOA "w CNAME y\nw RRSIG A 8 3 60 20300101000000 20200101000000 1 x.example. AA==\n",
	  { { .rule = NULL } } },
	/* outside */
	{ SOA "y.example. A 192.0.2.1\n",
	  { { "zone.outside", "y.example", "y.example is not in the zone x.example", 2 } } },
};

static void
check_faults(const struct md_proposal *p, size_t i)
{
	size_t n = 0;

	for (; n < COUNT(cases[i].faults) && cases[i].faults[n].rule != NULL; n++) {
		assert_true(n < p->nfaults);
		print_message("  %s: %s\n", p->faults[n].rule, p->faults[n].evidence);
		assert_string_equal(p->faults[n].rule, cases[i].faults[n].rule);
		assert_string_equal(p->faults[n].name, cases[i].faults[n].name);
		assert_int_equal(strncmp(p->faults[n].evidence, cases[i].faults[n].evidence,
		                         strlen(cases[i].faults[n].evidence)),
		                 0);
		assert_string_equal(p->faults[n].place.file, "x.zone");
		assert_int_equal(p->faults[n].place.line, cases[i].faults[n].line);
	}
	/* None of these zones has a name server. */
	assert_int_equal(p->nfaults, n + 1);
	assert_string_equal(p->faults[n].rule, "zone.refused");
	assert_string_equal(p->faults[n].evidence, "no NS record of x.example");
}

static void
what_is_hardly_meant_is_a_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_proposal_builder *b = md_proposal_new(mem);
		const char *why = "";

		print_message("%s", cases[i].text + strlen(SOA));
		if (!md_proposal_add_text(
		            b,
		            &(struct md_proposal_text){ "x.zone", md_str(cases[i].text),
		                                        MD_ZONE_BIND, "x.example" },
		            &why))
			fail_msg("%s", why);
		check_faults(md_proposal_done(b), i);
		md_arena_free(mem);
	}
}

/* ---- files ---- */

static const struct {
	const char *path, *text;
} files[] = {
	{ "in/main.zone", "$TTL 300\n" SOA "$INCLUDE mail/mx.inc\n"
	                  "$INCLUDE \"keys.inc\" _domainkey\n"
	                  "after A 192.0.2.9\n" },
	{ "in/mail/mx.inc", "; two lines\n@ MX 10 mx\n$INCLUDE mail/a.inc\nb A 192.0.2.2\n" },
	{ "in/mail/a.inc", "$ORIGIN other.x.example.\na A 192.0.2.1" },
	{ "in/keys.inc", "\ns1 TXT v=DKIM1; p=\n" },
	{ "in/up.zone", SOA "$INCLUDE ../outside.inc\n" },
	{ "in/absolute.zone", SOA "$INCLUDE /etc/hostname\n" },
	{ "in/link.zone", SOA "\n$INCLUDE link.inc\n" },
	{ "in/loop.zone", SOA "$INCLUDE loop.zone\n" },
	{ "in/none.zone", SOA "$INCLUDE none.inc\n" },
	{ "in/faulty.zone", SOA "$INCLUDE faulty.inc\n" },
	{ "in/faulty.inc", "\n\na A 300.0.0.1\n" },
	{ "in/generate.zone", SOA "$GENERATE 9 a$ A 192.0.2.$\n" },
	{ "in/twice.zone", SOA "$INCLUDE many.inc\n$INCLUDE many.inc\n" },
	{ "in/rooted.zone", SOA "$INCLUDE in/mail/rooted.inc\n" },
	{ "in/mail/rooted.inc", "\nrooted A 192.0.2.7\n" },
	{ "outside.inc", "secret TXT \"x\"\n" },
	{ "in-other.inc", "secret TXT \"x\"\n" },
};

static const struct {
	const char *zone, *why;
	const char *rule; /* of the only fault, or NULL */
} refused[] = {
	{ "up",
	  "in/up.zone:2: $INCLUDE \"../outside.inc\" leads out of the zone file's folder and repository",
	  "zone.include-outside" },
	{ "absolute", "in/absolute.zone:2: $INCLUDE \"/etc/hostname\" leads out",
	  "zone.include-outside" },
	{ "link", "in/link.zone:3: $INCLUDE \"link.inc\" leads out", "zone.include-outside" },
	{ "loop", "in/loop.zone:2: $INCLUDE in more than 20 files", NULL },
	{ "none", "in/none.zone:2: $INCLUDE \"none.inc\": No such file", NULL },
	{ "faulty", "in/faulty.inc:3: \"300.0.0.1\" is no A record", NULL },
	{ "generate", "in/generate.zone:2: $GENERATE \"9\" is no range", NULL },
	{ "dangling", "in/dangling.zone: leads out of ", NULL },
	{ "linked", "in/linked.zone: leads out of ", NULL },
	{ "pipe", "", NULL }, /* no regular file: it is not waited for */
	{ "missing", "in/missing.zone: No such file", NULL },
};

static const struct {
	const char *name;
	uint16_t type;
	const char *file;
	uint32_t line;
} places[] = {
	{ "x.example", MD_SOA, "in/main.zone", 2 },
	{ "x.example", MD_MX, "in/mail/mx.inc", 2 },
	{ "a.other.x.example", MD_A, "in/mail/a.inc", 2 },
	{ "b.x.example", MD_A, "in/mail/mx.inc", 4 }, /* the origin is the outer file's again */
	{ "s1._domainkey.x.example", MD_TXT, "in/keys.inc", 2 },
	{ "after.x.example", MD_A, "in/main.zone", 5 },
	{ "none.x.example", MD_A, "in/main.zone", 0 },
};

static void
write_files(void)
{
	char folder[] = "/tmp/proposal-bind-XXXXXX";

	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(mkdir("in", 0700), 0);
	assert_int_equal(mkdir("in/mail", 0700), 0);
	for (size_t i = 0; i < COUNT(files); i++) {
		FILE *out = fopen(files[i].path, "w");

		assert_non_null(out);
		assert_true(fputs(files[i].text, out) >= 0);
		assert_int_equal(fclose(out), 0);
	}
	assert_int_equal(symlink("../in-other.inc", "in/link.inc"), 0);
	assert_int_equal(symlink("../in-other.inc", "in/linked.zone"), 0);
	assert_int_equal(symlink("../nothing.zone", "in/dangling.zone"), 0);
	assert_int_equal(mkfifo("in/pipe.zone", 0600), 0);
}

static void
includes_stay_in_their_folder(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_proposal_builder *b = md_proposal_new(mem);
	const struct md_proposal *p;
	const char *why = "";

	(void)state;
	write_files();
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct md_proposal_builder *one = md_proposal_new(mem);

		assert_false(md_proposal_add_file(one,
		                                  md_printf(mem, "in/%s.zone", refused[i].zone),
		                                  MD_ZONE_BIND, "x.example", &why));
		print_message("  %s\n", why);
		assert_int_equal(strncmp(why, refused[i].why, strlen(refused[i].why)), 0);
		p = md_proposal_done(one);
		assert_int_equal(p->nzones, 0);
		assert_int_equal(p->nfaults, refused[i].rule != NULL);
		if (refused[i].rule != NULL)
			assert_string_equal(p->faults[0].rule, refused[i].rule);
	}
	if (!md_proposal_add_file(b, "in/main.zone", MD_ZONE_BIND, "x.example.", &why))
		fail_msg("%s", why);
	p = md_proposal_done(b);
	for (size_t i = 0; i < COUNT(places); i++) {
		const struct md_place at = md_proposal_place(p, places[i].name, places[i].type);

		print_message("  %s\n", places[i].name);
		assert_string_equal(at.file, places[i].file);
		assert_int_equal(at.line, places[i].line);
	}
	assert_int_equal(p->nfaults, 2);
	assert_string_equal(p->faults[1].rule, "zone.refused");
	assert_string_equal(p->faults[0].rule, "zone.txt-unquoted");
	assert_string_equal(p->faults[0].place.file, "in/keys.inc");
	assert_int_equal(p->faults[0].place.line, 2);
	md_arena_free(mem);
}

/* ---- below the root ---- */

/* What a repository has in common lies beside the zones; --root or .git tells that it may be
 * read. */
static void
the_root_may_be_wider(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_proposal *p;
	const char *why = "";

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct md_proposal_builder *b = md_proposal_new(mem);

		if (i == 0)
			md_proposal_set_root(b, ".");
		else
			assert_int_equal(mkdir(".git", 0700), 0);
		if (!md_proposal_add_file(b, "in/up.zone", MD_ZONE_BIND, "x.example", &why) ||
		    !md_proposal_add_file(b, "in/rooted.zone", MD_ZONE_BIND, "y.example", &why))
			fail_msg("%s", why);
		p = md_proposal_done(b);
		assert_string_equal(md_proposal_place(p, "secret.x.example", MD_TXT).file,
		                    "outside.inc");
		assert_string_equal(md_proposal_place(p, "rooted.y.example", MD_A).file,
		                    "in/mail/rooted.inc");
		assert_int_equal(md_proposal_place(p, "rooted.y.example", MD_A).line, 2);
		assert_false(md_proposal_add_file(b, "in/absolute.zone", MD_ZONE_BIND,
		                                  "z.example", &why));
		assert_non_null(strstr(why, "leads out"));
	}
	md_arena_free(mem);
}

/* Included again and again, text makes no more than a bounded number of records: counted. */
static void
what_is_included_again_is_bounded(void **state)
{
	enum { LINES = 3000 };
	struct md_arena *mem = md_arena_new();
	FILE *out = fopen("in/many.inc", "w");
	const char *why = "";

	(void)state;
	assert_non_null(out);
	for (size_t i = 0; i < LINES; i++)
		assert_true(fputs("a A 192.0.2.1\n", out) >= 0);
	assert_int_equal(fclose(out), 0);
	assert_true(md_proposal_add_file(md_proposal_new(mem), "in/twice.zone", MD_ZONE_BIND,
	                                 "x.example", &why));
	out = fopen("in/bomb.zone", "w");
	assert_non_null(out);
	assert_true(fputs(SOA, out) >= 0);
	for (size_t i = 0; i < LINES; i++)
		assert_true(fputs("$INCLUDE many.inc\n", out) >= 0);
	assert_int_equal(fclose(out), 0);
	md_arena_clear(mem);
	assert_false(md_proposal_add_file(md_proposal_new(mem), "in/bomb.zone", MD_ZONE_BIND,
	                                  "x.example", &why));
	print_message("  %s, %zu octets\n", why, md_arena_size(mem));
	assert_non_null(
	        strstr(why, "$INCLUDE of the same files makes more than 65536 records"));
	assert_true(md_arena_size(mem) < 64 << 20);
	md_arena_free(mem);
}

/* ---- dialects ---- */

static const struct {
	const char *text, *name;
	uint16_t type;
	const char *answer; /* rdata, "unknown: WHY" or "absent" */
	const char *passed; /* what is not judged, or NULL */
	bool counts;
} dialects[] = {
	{ "w 300 DYNA geoip!web\nv A 192.0.2.1\n", "w.x.example", MD_A,
	  "unknown: DYNA: the server", "DYNA of w.x.example", false },
	{ "w 300 DYNA geoip!web\nv A 192.0.2.1\n", "v.x.example", MD_A, "192.0.2.1",
	  "DYNA of w.x.example", false },
	{ "w 300 AWS ALIAS AAAA v $self false\n", "w.x.example", MD_AAAA, "unknown: an alias",
	  "AWS of w.x.example", false },
	{ "w 300 AWS ALIAS AAAA v $self false\n", "w.x.example", MD_A, "absent",
	  "AWS of w.x.example", false },
	{ "w ALIAS lb.example.net.\n", "w.x.example", MD_AAAA, "unknown: ALIAS: the server",
	  "ALIAS of w.x.example", false },
	{ "@ 0 WINS L1 C0 ( 192.0.2.9 )\nw A 192.0.2.2\n", "w.x.example", MD_A, "192.0.2.2",
	  "WINS of x.example", false },
	{ "w [AGE:3575567] 900 A 192.0.2.3\n", "w.x.example", MD_A, "192.0.2.3", NULL, false },
	{ "w LOC nowhere\nv A 192.0.2.4\n", "v.x.example", MD_A, "192.0.2.4",
	  "LOC of w.x.example", false },
	{ "w MXX 10 mail\nv A 192.0.2.5\n", "v.x.example", MD_A, "192.0.2.5",
	  "MXX of w.x.example", true },
	{ "$ADDR_LIMIT_V4 3\nv A 192.0.2.6\n", "v.x.example", MD_A, "192.0.2.6",
	  "the directive $ADDR_LIMIT_V4", false },
	{ "$MACRO 3\nv A 192.0.2.7\n", "v.x.example", MD_A, "192.0.2.7", "the directive $MACRO",
	  true },
	{ "$GENERATE 0-99999 h$ A 192.0.2.1\nv A 192.0.2.8\n", "v.x.example", MD_A, "192.0.2.8",
	  "$GENERATE 0-99999", true },
};

static const char *
answer_of(struct md_arena *mem, const struct md_proposal *p, const char *name, uint16_t type)
{
	const struct md_question q = { name, type, 0, "" };
	struct md_dns d = { .fact = { .why = "" }, .origin = "" };

	if (md_proposal_alias(p, name, type) != NULL)
		return md_printf(mem, "unknown: %s", md_proposal_alias(p, name, type));
	assert_true(md_proposal_covers(p, name, type));
	md_proposal_find(p, mem, &q, &d);
	if (d.fact.state == MD_UNKNOWN)
		return md_printf(mem, "unknown: %s", d.fact.why);
	return d.n == 1 ? md_rr_text(mem, &d.rr[0]) : "absent";
}

static void
lines_of_one_server_do_not_hide_the_rest(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(dialects); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_proposal_builder *b = md_proposal_new(mem);
		const struct md_proposal *p;
		const char *why = "", *answer;

		print_message("  %s", dialects[i].text);
		if (!md_proposal_add_text(
		            b,
		            &(struct md_proposal_text){
		                    "x.zone",
		                    md_str(md_printf(mem, "%s%s", SOA, dialects[i].text)),
		                    MD_ZONE_BIND, "x.example" },
		            &why))
			fail_msg("%s", why);
		p = md_proposal_done(b);
		answer = answer_of(mem, p, dialects[i].name, dialects[i].type);
		assert_int_equal(
		        strncmp(answer, dialects[i].answer, strlen(dialects[i].answer)), 0);
		assert_int_equal(p->nnot_judged, dialects[i].passed != NULL);
		if (p->nnot_judged > 0) {
			assert_int_equal(strncmp(p->not_judged[0].what, dialects[i].passed,
			                         strlen(dialects[i].passed)),
			                 0);
			assert_int_equal(p->not_judged[0].harmless, !dialects[i].counts);
			assert_int_equal(p->not_judged[0].place.line, 2);
		}
		md_arena_free(mem);
	}
}

/* Zones as a whole, and what name servers say of them; n: how many faults. */
static const struct {
	const char *text, *evidence;
	size_t n;
} loads[] = {
	{ "@ SOA ns.y.example. h 1 2 3 4 5\n@ NS ns.y.example.\n", "", 0 },
	{ "@ NS ns.y.example.\n", "", 0 },
	{ "@ A 192.0.2.1\n", "", 0 },
	{ "@ SOA ns h 1 2 3 4 5\n@ NS ns\nns AAAA 2001:db8::1\n", "", 0 },
	{ "@ SOA ns h 1 2 3 4 5\n@ NS ns\n* A 192.0.2.1\n", "", 0 },
	{ "@ SOA ns h 1 2 3 4 5\n@ NS ns.sub\nsub NS ns.y.example.\n", "", 0 },
	{ "@ SOA ns h 1 2 3 4 5\n@ NS ns\n",
	  "NS of x.example leads to ns.x.example, which has no address record", 1 },
	{ "@ SOA ns h 1 2 3 4 5\n@ NS ns\nns CNAME y\ny A 192.0.2.1\n",
	  "NS of x.example leads to ns.x.example, which is an alias (CNAME)", 1 },
	{ "@ SOA ns h 1 2 3 4 5\n@ SOA ns h 2 2 3 4 5\n@ NS ns.y.example.\n",
	  "more than one SOA record of x.example", 1 },
	{ "@ SOA ns h 1 2 3 4 5\n@ SOA ns h 1 2 3 4 5\n@ NS ns.y.example.\n", "", 0 },
	{ "@ SOA ns h 1 2 3 4 5\nw SOA ns h 1 2 3 4 5\n@ NS ns.y.example.\n",
	  "SOA of w.x.example, which is not the top of the zone x.example", 1 },
	{ ";; Exported:   2026-01-01\n@ SOA ns h 1 2 3 4 5\n", "", 0 },
};

static void
what_name_servers_refuse_is_a_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(loads); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_proposal_builder *b = md_proposal_new(mem);
		const struct md_proposal *p;
		const char *why = "";

		print_message("%s", loads[i].text);
		assert_true(md_proposal_add_text(
		        b,
		        &(struct md_proposal_text){ "x.zone", md_str(loads[i].text),
		                                    MD_ZONE_BIND, "x.example" },
		        &why));
		p = md_proposal_done(b);
		assert_int_equal(p->nfaults, loads[i].n);
		if (loads[i].n > 0) {
			assert_string_equal(p->faults[0].rule, "zone.refused");
			assert_string_equal(p->faults[0].evidence, loads[i].evidence);
		}
		md_arena_free(mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_hardly_meant_is_a_fault),
		cmocka_unit_test(what_name_servers_refuse_is_a_fault),
		cmocka_unit_test(includes_stay_in_their_folder),
		cmocka_unit_test(the_root_may_be_wider),
		cmocka_unit_test(what_is_included_again_is_bounded),
		cmocka_unit_test(lines_of_one_server_do_not_hide_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
