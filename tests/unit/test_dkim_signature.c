/* Signatures by RFC 6376 3.2, 3.5 and RFC 8617 4.1. */
#include "unit.h"

#include "base/arena.h"
#include "record/dkim_signature.h"

#define SOUND "v=1; a=rsa-sha256; d=example.com; s=a; h=from; bh=AAAA; b=AAAA"
#define AMS "i=1; a=rsa-sha256; d=example.com; s=a; h=from; bh=AAAA; b=AAAA"
#define SEAL "i=1; a=rsa-sha256; d=example.com; s=a; cv=none; b=AAAA"

/* What makes verifiers refuse them: faults in one line. */
static const struct {
	enum md_signature_kind kind;
	const char *text, *faults;
} faulty[] = {
	{ MD_DKIM_SIGNATURE, SOUND, "" },
	{ MD_DKIM_SIGNATURE, " " SOUND " ;\r\n ", "" },
	{ MD_DKIM_SIGNATURE, SOUND "; unknown=\t; l=00; t=1; x=2; q=x/y:dns/txt; z=", "" },
	{ MD_DKIM_SIGNATURE, "",
	  "v= is missing; a= is missing; b= is missing; d= is missing; s= is missing; bh= is "
	  "missing; h= is missing" },
	{ MD_DKIM_SIGNATURE, "v=2; a=rsa-sha256; d=example.com; s=a; h=from; bh=AAAA; b=AAAA",
	  "v=\"2\", where only v=1 is defined" },
	{ MD_DKIM_SIGNATURE, SOUND "; d=example.com", "there is a second d=" },
	{ MD_DKIM_SIGNATURE, SOUND "; x", "\"x\" has no \"=\"" },
	{ MD_DKIM_SIGNATURE, SOUND ";; t=1", "\";\" is a semicolon too many" },
	{ MD_DKIM_SIGNATURE, SOUND "; n=caf\xc3\xa9",
	  "\"n\" has a value with a character that values cannot have" },
	{ MD_DKIM_SIGNATURE, "v=1; a=rsa-sha256; d=example.com; s=a; h=from; bh=AAAA; b=A*AA",
	  "b= is not base64: a character that base64 does not have" },
	{ MD_DKIM_SIGNATURE, "v=1; a=rsa-sha256; d=example.com; s=a; h=from; bh=AAA; b=AAAAA",
	  "b= is not base64: a cut-off end: one character of four is there" },
	{ MD_DKIM_SIGNATURE, "v=1; a=rsa-sha256; d=com; s=a; h=from; bh=AAAA; b= ",
	  "b= is empty; d=\"com\" has only one label" },
	{ MD_DKIM_SIGNATURE,
	  "v=1; a=rsa-sha256; d=ex ample.com; s=a..b; h= : ; bh=AAAA; b=AAAA",
	  "d=\"ex ample.com\" is no domain name; s=\"a..b\" is no domain name; h=\":\" names no "
	  "field" },
	{ MD_DKIM_SIGNATURE, SOUND "; c=simple/strict; q=dns; l=-1; t=soon; x=",
	  "t=\"soon\" is no number; c=\"simple/strict\" is no pair of simple and relaxed; "
	  "q=\"dns\" has no dns/txt; l=\"-1\" is no number; x=\"\" is no number" },
	{ MD_DKIM_SIGNATURE, SOUND "; i=example.com",
	  "i=\"example.com\" has no @ with a domain after it" },
	/* what the seal of a chain has besides, and has not */
	{ MD_ARC_MESSAGE_SIGNATURE, AMS, "" },
	{ MD_ARC_MESSAGE_SIGNATURE, AMS "; v=7", "" },
	{ MD_ARC_SEAL, SEAL, "" },
	{ MD_ARC_SEAL, SEAL "; bh=?; c=?", "" },
	{ MD_ARC_SEAL, SEAL "; h=from", "h= stands in an ARC-Seal, which must not have it" },
	{ MD_ARC_SEAL, "i=0; a=rsa-sha256; d=example.com; s=a; cv=maybe; b=AAAA",
	  "i=\"0\" is no number from 1 to 50; cv=\"maybe\" is none of none, pass, fail" },
	{ MD_ARC_SEAL, "i=51; a=rsa-sha256; d=example.com; s=a; b=AAAA",
	  "i=\"51\" is no number from 1 to 50; cv= is missing" },
};

static void
names_the_faults(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(faulty); i++) {
		const struct md_dkim_signature *s =
		        md_dkim_signature_parse(mem, md_str(faulty[i].text), faulty[i].kind);

		if (strcmp(md_faults_line(mem, &s->faults), faulty[i].faults) != 0)
			fail_msg("%s\n got: %s\nwant: %s", faulty[i].text,
			         md_faults_line(mem, &s->faults), faulty[i].faults);
	}
	md_arena_free(mem);
}

/* The identity that is meant (RFC 6376 3.5, 2.11; RFC 8616 4). */
static const struct {
	const char *tags, *domain, *identity;
} identities[] = {
	{ "d=Example.COM", "example.com", "@example.com" },
	{ "d=example.com; i=joe=3Dj@Mail.example.com", "example.com",
	  "joe=j@mail.example.com" },
	{ "d=example.com; i=a=40 b\r\n c@example.com", "example.com", "a@bc@example.com" },
	{ "d=example.com; i=@example.com", "example.com", "@example.com" },
	{ "d=b\xc3\xbc"
	  "cher.example; i=r\xc3\xa9@b\xc3\xbc"
	  "cher.example",
	  "xn--bcher-kva.example", "r\\195\\169@xn--bcher-kva.example" },
};

static void
reads_identities(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(identities); i++) {
		const char *text =
		        md_printf(mem, "v=1; a=rsa-sha256; s=a; h=from; bh=AAAA; b=AAAA; %s",
		                  identities[i].tags);
		const struct md_dkim_signature *s =
		        md_dkim_signature_parse(mem, md_str(text), MD_DKIM_SIGNATURE);

		assert_string_equal(md_faults_line(mem, &s->faults), "");
		assert_string_equal(s->domain, identities[i].domain);
		assert_string_equal(s->identity, identities[i].identity);
	}
	md_arena_free(mem);
}

static void
reads_values(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *text = "v=1; a=ed25519-sha256; d=a.b; s=S1._x; c=relaxed; "
	                   "h= From : to::\r\n From ; bh=AQI; b= AQ\r\n ID\t; l=12; "
	                   "x=99999999999999999999; q=dns/txt; z=a";
	const struct md_dkim_signature *s =
	        md_dkim_signature_parse(mem, md_str(text), MD_DKIM_SIGNATURE);

	(void)state;
	assert_string_equal(md_faults_line(mem, &s->faults), "");
	assert_int_equal(s->algorithm, MD_ED25519_SHA256);
	assert_int_equal(s->header_canon, MD_RELAXED);
	assert_int_equal(s->body_canon, MD_SIMPLE);
	assert_string_equal(s->selector, "s1._x");
	assert_int_equal(s->nh, 3);
	assert_true(md_str_eq(s->h[0], "From") && md_str_eq(s->h[1], "to") &&
	            md_str_eq(s->h[2], "From"));
	assert_int_equal(s->nbody_hash, 2);
	assert_memory_equal(s->body_hash, "\1\2", 2);
	assert_int_equal(s->nsignature, 3);
	assert_memory_equal(s->signature, "\1\2\3", 3);
	assert_true(md_str_eq(s->b, " AQ\r\n ID\t"));
	assert_true(s->has_l && s->l == 12);
	assert_true(s->t == -1 && s->x == INT64_MAX);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_the_faults),
		cmocka_unit_test(reads_identities),
		cmocka_unit_test(reads_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
