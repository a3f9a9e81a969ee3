/* What a domain is for, and the SPF records that half of it is told from. */
#include "unit.h"

#include "domain/role.h"
#include "world.h"

/* RFC 7208 4.5, 4.6.1, 4.6.2, 6.1. */
static const struct {
	const char *record;
	enum md_spf_stance stance;
} stances[] = {
	{ "v=spf1 -all", MD_STANCE_REFUSES },
	{ "V=SPF1  -ALL ", MD_STANCE_REFUSES },
	{ "v=spf1", MD_STANCE_OPEN },
	{ "v=spf1 ~all", MD_STANCE_OPEN },
	{ "v=spf1 ?all", MD_STANCE_OPEN },
	{ "v=spf1 -mx -all", MD_STANCE_OPEN },
	{ "v=spf1 exp=why.example.com -all", MD_STANCE_OPEN },
	{ "v=spf1 note=x -all", MD_STANCE_OPEN },
	{ "v=spf1 all", MD_STANCE_PERMITS },
	{ "v=spf1 +all", MD_STANCE_PERMITS },
	{ "v=spf1 mx -all", MD_STANCE_PERMITS },
	{ "v=spf1 -a ip4:192.0.2.1 -all", MD_STANCE_PERMITS },
	{ "v=spf1 redirect=_spf.example.com", MD_STANCE_PERMITS },
	{ "v=spf1 exists:%{i}.a=b.example.com -all", MD_STANCE_PERMITS },
};

static void
stances_of_spf_records(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(stances); i++) {
		print_message("  %s\n", stances[i].record);
		assert_int_equal(md_spf_stance(mem, md_str(stances[i].record)),
		                 stances[i].stance);
	}
	md_arena_free(mem);
}

#define MOST 4

/* RFC 7505 3, RFC 5321 5.1; a DMARC policy proves nothing about sending. */
static const struct {
	const char *what;
	struct record records[MOST];
	enum md_role role;
	const char *why;
} roles[] = {
	{ "an MX host and an SPF record",
	  { { "example.com", "MX", "10 mx1.example.com." },
	    { "example.com", "TXT", "v=spf1 mx -all" } },
	  MD_ROLE_FULL,
	  "MX 10 mx1.example.com; SPF names senders" },
	{ "an MX host that only receives",
	  { { "example.com", "MX", "10 mx1.example.com." },
	    { "example.com", "TXT", "v=spf1 -all" } },
	  MD_ROLE_FULL,
	  "MX 10 mx1.example.com; SPF permits no sender (v=spf1 -all)" },
	{ "an address is an implicit MX",
	  { { "example.com", "AAAA", "2001:db8::1" }, { "example.com", "TXT", "v=spf1 -all" } },
	  MD_ROLE_FULL,
	  "no MX, but an address (implicit MX); SPF permits no sender (v=spf1 -all)" },
	{ "parked by null MX",
	  { { "example.com", "MX", "0 ." }, { "example.com", "TXT", "v=spf1  -ALL" } },
	  MD_ROLE_PARKED,
	  "null MX; SPF permits no sender (v=spf1 -all)" },
	{ "parked by having nothing",
	  { { "www.example.com", "A", "192.0.2.80" } },
	  MD_ROLE_PARKED,
	  "neither MX nor address; no SPF record" },
	{ "null MX, but SPF names a sender",
	  { { "example.com", "MX", "0 ." },
	    { "example.com", "TXT", "v=spf1 ip4:192.0.2.1 -all" },
	    { "_dmarc.example.com", "TXT", "v=DMARC1; p=reject" } },
	  MD_ROLE_SENDS_ONLY,
	  "null MX; SPF names senders" },
	{ "p=reject does not make a domain parked",
	  { { "example.com", "MX", "0 ." },
	    { "example.com", "TXT", "v=spf1 ~all" },
	    { "_dmarc.example.com", "TXT", "v=DMARC1; p=reject" } },
	  MD_ROLE_UNKNOWN,
	  "null MX; SPF names no sender that may pass" },
	{ "two SPF records say nothing",
	  { { "example.com", "MX", "0 ." },
	    { "example.com", "TXT", "v=spf1 -all" },
	    { "example.com", "TXT", "v=spf1 mx -all" } },
	  MD_ROLE_UNKNOWN,
	  "null MX; more than one SPF record" },
	{ "MX does not answer",
	  { { "example.com", "MX", NULL }, { "example.com", "TXT", "v=spf1 -all" } },
	  MD_ROLE_UNKNOWN,
	  "MX not known; SPF permits no sender (v=spf1 -all)" },
	{ "TXT does not answer",
	  { { "example.com", "MX", "0 ." }, { "example.com", "TXT", NULL } },
	  MD_ROLE_UNKNOWN,
	  "null MX; SPF not known" },
	{ "a domain that does not exist is not parked",
	  { { "example.net", "A", "192.0.2.80" } },
	  MD_ROLE_UNKNOWN,
	  "the domain does not exist; no SPF record" },
};

static struct md_role_view view;

static void
ask(struct md_ctx *c)
{
	view = *md_role(c);
}

static void
roles_of_domains(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(roles); i++) {
		struct world w;
		size_t n = 0;

		while (n < MOST && roles[i].records[n].name != NULL)
			n++;
		print_message("  %s\n", roles[i].what);
		world_open(&w, roles[i].records, n, ask);
		assert_int_equal(view.role, roles[i].role);
		assert_string_equal(view.why, roles[i].why);
		world_close(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stances_of_spf_records),
		cmocka_unit_test(roles_of_domains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
