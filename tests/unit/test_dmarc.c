/* The tree walk, the organisational domain, discovery and alignment of RFC 9989 4.10. */
#include "unit.h"

#include "base/name.h"
#include "dmarc/alignment.h"
#include "dmarc/dmarc.h"
#include "world.h"

/* ---- which names a walk visits ---- */

static const struct {
	const char *domain;
	const char *names[MD_DMARC_WALK_MAX + 1];
} walks[] = {
	{ "com", { "com" } },
	{ "a.mail.example.com",
	  { "a.mail.example.com", "mail.example.com", "example.com", "com" } },
	/* seven and eight labels: none is left out */
	{ "a.b.c.d.e.f.com",
	  { "a.b.c.d.e.f.com", "b.c.d.e.f.com", "c.d.e.f.com", "d.e.f.com", "e.f.com", "f.com",
	    "com" } },
	{ "a.b.c.d.e.f.g.com",
	  { "a.b.c.d.e.f.g.com", "b.c.d.e.f.g.com", "c.d.e.f.g.com", "d.e.f.g.com", "e.f.g.com",
	    "f.g.com", "g.com", "com" } },
	/* RFC 9989 4.10, the example of eight queries */
	{ "a.b.c.d.e.f.g.h.i.j.mail.example.com",
	  { "a.b.c.d.e.f.g.h.i.j.mail.example.com", "g.h.i.j.mail.example.com",
	    "h.i.j.mail.example.com", "i.j.mail.example.com", "j.mail.example.com",
	    "mail.example.com", "example.com", "com" } },
	/* RFC 9989 5.1.8 */
	{ "mail.a.b.c.d.e.f.g.example.com",
	  { "mail.a.b.c.d.e.f.g.example.com", "c.d.e.f.g.example.com", "d.e.f.g.example.com",
	    "e.f.g.example.com", "f.g.example.com", "g.example.com", "example.com", "com" } },
	{ ".", { NULL } },
};

static void
a_walk_visits_eight_names_at_most(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(walks); i++) {
		size_t n = 0;

		print_message("  %s\n", walks[i].domain);
		for (; md_dmarc_walk_name(walks[i].domain, n) != NULL; n++)
			assert_string_equal(md_dmarc_walk_name(walks[i].domain, n),
			                    walks[i].names[n]);
		assert_true(n == MD_DMARC_WALK_MAX || walks[i].names[n] == NULL);
	}
}

/* ---- what is found on the way ---- */

#define NONE "v=DMARC1; p=none"

struct finding {
	const char *domain;
	const char *organisational; /* NULL: not known */
	const char *from;           /* whose record applies; NULL: nobody's */
	enum md_dmarc_origin origin;
	enum md_dmarc_request policy;
	const char *from_7489;
	bool known, known_7489;
};

static const struct {
	const char *what;
	struct record records[6];
	struct finding found;
} worlds[] = {
	{ "RFC 9989 B.4.1: the highest record",
	  { { "_dmarc.example.com", "TXT", NONE },
	    { "_dmarc.signing.example.com", "TXT", "v=DMARC1; p=reject" } },
	  { "signing.example.com", "example.com", "signing.example.com", MD_DMARC_FROM_AUTHOR,
	    MD_DMARC_REJECT, "signing.example.com", true, true } },
	{ "RFC 9989 B.4.2: a deep name",
	  { { "_dmarc.example.com", "TXT", "v=DMARC1; p=none; sp=quarantine" },
	    { "a.b.c.d.e.f.g.h.i.j.k.example.com", "A", "192.0.2.1" } },
	  { "a.b.c.d.e.f.g.h.i.j.k.example.com", "example.com", "example.com",
	    MD_DMARC_FROM_ORGANISATIONAL, MD_DMARC_QUARANTINE, "example.com", true, true } },
	{ "RFC 9989 B.4.3: one label below psd=y",
	  { { "_dmarc.bank.example", "TXT", "v=DMARC1; p=reject; psd=y" },
	    { "_dmarc.giant.bank.example", "TXT", NONE } },
	  { "giant.bank.example", "giant.bank.example", "giant.bank.example",
	    MD_DMARC_FROM_AUTHOR, MD_DMARC_NONE, "giant.bank.example", true, true } },
	{ "RFC 9989 B.4.3: the suffix's policy where the organisation has none",
	  { { "_dmarc.bank.example", "TXT", "v=DMARC1; p=reject; sp=quarantine; psd=y" },
	    { "mail.mega.bank.example", "A", "192.0.2.1" } },
	  { "mail.mega.bank.example", "mega.bank.example", "bank.example", MD_DMARC_FROM_SUFFIX,
	    MD_DMARC_QUARANTINE, "bank.example", true, true } },
	{ "RFC 9989 4.10.2: psd=n ends the walk",
	  { { "_dmarc.mail.example.com", "TXT", "v=DMARC1; p=reject; psd=n" },
	    { "_dmarc.example.com", "TXT", NONE },
	    { "a.mail.example.com", "A", "192.0.2.1" } },
	  { "a.mail.example.com", "mail.example.com", "mail.example.com",
	    MD_DMARC_FROM_ORGANISATIONAL, MD_DMARC_REJECT, "example.com", true, true } },
	{ "RFC 9989 4.10.2: only psd=y at the top-level name",
	  { { "_dmarc.com", "TXT", "v=DMARC1; p=none; psd=y" } },
	  { "a.mail.example.com", "example.com", "com", MD_DMARC_FROM_SUFFIX, MD_DMARC_NONE,
	    NULL, true, true } },
	{ "psd=y at the start: its own organisation",
	  { { "_dmarc.example.com", "TXT", "v=DMARC1; p=reject; psd=y" } },
	  { "example.com", "example.com", "example.com", MD_DMARC_FROM_AUTHOR, MD_DMARC_REJECT,
	    "example.com", true, true } },
	{ "a suffix without psd=y is everybody's organisation",
	  { { "_dmarc.com", "TXT", "v=DMARC1; p=reject" },
	    { "example.com", "A", "192.0.2.1" } },
	  { "example.com", "com", "com", MD_DMARC_FROM_ORGANISATIONAL, MD_DMARC_REJECT, NULL,
	    true, true } },
	{ "no record anywhere",
	  { { "example.com", "A", "192.0.2.1" } },
	  { "www.example.com", "www.example.com", NULL, MD_DMARC_FROM_NOWHERE, MD_DMARC_ABSENT,
	    NULL, true, true } },
	{ "records in between are not used",
	  { { "_dmarc.mail.example.com", "TXT", "v=DMARC1; p=reject" },
	    { "_dmarc.example.com", "TXT", NONE } },
	  { "a.mail.example.com", "example.com", "example.com", MD_DMARC_FROM_ORGANISATIONAL,
	    MD_DMARC_NONE, "example.com", true, true } },
	{ "several records count as none, and end discovery for RFC 7489",
	  { { "_dmarc.mail.example.com", "TXT", NONE },
	    { "_dmarc.mail.example.com", "TXT", "v=DMARC1; p=reject" },
	    { "_dmarc.mail.example.com", "TXT", "v=spf1 -all" },
	    { "_dmarc.example.com", "TXT", "v=DMARC1; p=quarantine" } },
	  { "mail.example.com", "example.com", "example.com", MD_DMARC_FROM_ORGANISATIONAL,
	    MD_DMARC_QUARANTINE, NULL, true, true } },
	{ "other texts beside one record do not count",
	  { { "_dmarc.example.com", "TXT", "v=spf1 -all" },
	    { "_dmarc.example.com", "TXT", "v=dmarc1; p=none" },
	    { "_dmarc.example.com", "TXT", "v=DMARC1; p=reject" } },
	  { "example.com", "example.com", "example.com", MD_DMARC_FROM_AUTHOR, MD_DMARC_REJECT,
	    "example.com", true, true } },
	{ "np for a name that does not exist",
	  { { "_dmarc.example.com", "TXT", "v=DMARC1; p=none; sp=none; np=reject" } },
	  { "nx.example.com", "example.com", "example.com", MD_DMARC_FROM_ORGANISATIONAL,
	    MD_DMARC_REJECT, "example.com", true, true } },
	{ "sp, not np, for a name that exists without MX and address",
	  { { "_dmarc.example.com", "TXT", "v=DMARC1; p=none; sp=quarantine; np=reject" },
	    { "here.example.com", "TXT", "x" } },
	  { "here.example.com", "example.com", "example.com", MD_DMARC_FROM_ORGANISATIONAL,
	    MD_DMARC_QUARANTINE, "example.com", true, true } },
	{ "p, not sp, at the author domain, whatever it is",
	  { { "_dmarc.a.example.com", "TXT", "v=DMARC1; p=quarantine; sp=none" },
	    { "_dmarc.example.com", "TXT", "v=DMARC1; p=none; sp=reject" } },
	  { "a.example.com", "example.com", "a.example.com", MD_DMARC_FROM_AUTHOR,
	    MD_DMARC_QUARANTINE, "a.example.com", true, true } },
	{ "a record without valid p and rua is no fall-back to the parent",
	  { { "_dmarc.a.example.com", "TXT", "v=DMARC1; p=foo" },
	    { "_dmarc.example.com", "TXT", "v=DMARC1; p=reject" } },
	  { "a.example.com", "example.com", "a.example.com", MD_DMARC_FROM_AUTHOR,
	    MD_DMARC_ABSENT, "a.example.com", true, true } },
	{ "the author domain's answer is missing: nothing is known",
	  { { "_dmarc.a.example.com", "TXT", NULL },
	    { "_dmarc.example.com", "TXT", "v=DMARC1; p=reject" } },
	  { "a.example.com", NULL, NULL, MD_DMARC_FROM_NOWHERE, MD_DMARC_ABSENT, NULL, false,
	    false } },
	{ "an answer above is missing: the policy is known, the organisation not",
	  { { "_dmarc.example.com", "TXT", "v=DMARC1; p=reject" },
	    { "_dmarc.com", "TXT", NULL } },
	  { "example.com", NULL, "example.com", MD_DMARC_FROM_AUTHOR, MD_DMARC_REJECT,
	    "example.com", true, true } },
	{ "an answer above is missing: no policy can be applied",
	  { { "_dmarc.example.com", "TXT", NULL }, { "a.example.com", "A", "192.0.2.1" } },
	  { "a.example.com", NULL, NULL, MD_DMARC_FROM_NOWHERE, MD_DMARC_ABSENT, NULL, false,
	    false } },
	{ "what lies beyond psd=n is not needed",
	  { { "_dmarc.example.com", "TXT", "v=DMARC1; p=reject; psd=n" },
	    { "_dmarc.com", "TXT", NULL } },
	  { "example.com", "example.com", "example.com", MD_DMARC_FROM_AUTHOR, MD_DMARC_REJECT,
	    "example.com", true, true } },
};

static const char *asked_domain;
static const struct md_dmarc_walk *walk;
static const struct md_dmarc_discovery *now, *old;

static void
discover(struct md_ctx *c)
{
	walk = md_dmarc_walk(c, asked_domain);
	now = md_dmarc_discover(c, asked_domain);
	old = md_dmarc_discover_7489(c, asked_domain);
}

static size_t
count_records(const struct record *records, size_t max)
{
	size_t n = 0;

	while (n < max && records[n].name != NULL)
		n++;
	return n;
}

static void
same_or_none(const char *got, const char *expected)
{
	if (expected == NULL)
		assert_null(got);
	else
		assert_string_equal(got, expected);
}

static void
records_apply_as_the_standard_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(worlds); i++) {
		const struct finding *f = &worlds[i].found;
		struct world w;

		print_message("  %s\n", worlds[i].what);
		asked_domain = f->domain;
		world_open(&w, worlds[i].records,
		           count_records(worlds[i].records, COUNT(worlds[i].records)),
		           discover);
		same_or_none(walk->organisational, f->organisational);
		assert_int_equal(now->known, f->known);
		same_or_none(now->place != NULL ? now->place->name : NULL, f->from);
		assert_int_equal(now->origin, f->origin);
		assert_int_equal(now->policy, f->policy);
		assert_int_equal(old->known, f->known_7489);
		same_or_none(old->place != NULL ? old->place->name : NULL, f->from_7489);
		world_close(&w);
	}
}

static void
a_deep_name_costs_eight_questions(void **state)
{
	const struct record record = { "_dmarc.example.com", "TXT", NONE };
	struct world w;

	(void)state;
	asked_domain = "a.b.c.d.e.f.g.h.i.j.mail.example.com";
	world_open(&w, &record, 1, discover);
	assert_int_equal(world_asked(&w, MD_TXT), 8 + 1); /* the role's SPF question is one */
	world_close(&w);
}

/* ---- alignment ---- */

static const struct record aligning[] = {
	{ "_dmarc.example.com", "TXT", NONE },
	{ "_dmarc.own.example.com", "TXT", "v=DMARC1; p=none; psd=n" },
	{ "_dmarc.bank.example", "TXT", "v=DMARC1; p=none; psd=y" },
	{ "_dmarc.slow.example.net", "TXT", NULL },
};

static const struct {
	const char *identifier, *author;
	enum md_alignment_outcome relaxed;
	bool by_list; /* relaxed, by the Public Suffix List */
} pairs[] = {
	/* RFC 9989 4.4, table 1 */
	{ "foo.example.com", "news.example.com", MD_ALIGNED, true },
	{ "news.example.com", "news.example.com", MD_ALIGNED, true },
	{ "foo.example.net", "news.example.com", MD_NOT_ALIGNED, false },
	/* B.1: parent and child, both ways */
	{ "child.example.com", "example.com", MD_ALIGNED, true },
	{ "example.com", "child.example.com", MD_ALIGNED, true },
	/* B.4.3 */
	{ "mail.giant.bank.example", "giant.bank.example", MD_ALIGNED, true },
	{ "mail.mega.bank.example", "giant.bank.example", MD_NOT_ALIGNED, true },
	/* psd=n makes an organisation of its own */
	{ "own.example.com", "example.com", MD_NOT_ALIGNED, true },
	{ "a.own.example.com", "b.own.example.com", MD_ALIGNED, true },
	{ "slow.example.net", "example.com", MD_ALIGNMENT_UNKNOWN, false },
	{ "slow.example.net", "slow.example.net", MD_ALIGNED, true },
};

static struct md_alignment relaxed[COUNT(pairs)], strict[COUNT(pairs)];

static void
align(struct md_ctx *c)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		relaxed[i] = md_alignment(c, pairs[i].identifier, pairs[i].author, false);
		strict[i] = md_alignment(c, pairs[i].identifier, pairs[i].author, true);
	}
}

static void
identifiers_align_by_organisation_or_by_name(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, aligning, COUNT(aligning), align);
	for (size_t i = 0; i < COUNT(pairs); i++) {
		const bool same = strcmp(pairs[i].identifier, pairs[i].author) == 0;

		print_message("  %s for %s\n", pairs[i].identifier, pairs[i].author);
		assert_int_equal(relaxed[i].outcome, pairs[i].relaxed);
		assert_int_equal(relaxed[i].by_list, pairs[i].by_list);
		assert_int_equal(strict[i].outcome, same ? MD_ALIGNED : MD_NOT_ALIGNED);
		assert_int_equal(strict[i].by_list, same);
		assert_int_equal(strict[i].identical, same);
	}
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_walk_visits_eight_names_at_most),
		cmocka_unit_test(records_apply_as_the_standard_says),
		cmocka_unit_test(a_deep_name_costs_eight_questions),
		cmocka_unit_test(identifiers_align_by_organisation_or_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
