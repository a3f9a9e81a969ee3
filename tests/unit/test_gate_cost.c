/*
 * What the gate does with whole zones grows as they do: counted are comparisons of texts,
 * octets that strlen looks at, and octets allocated; never time.
 */
#include "unit.h"

#include "base/arena.h"
#include "gate/gone.h"
#include "gate/touched.h"
#include "proposal/read.h"

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define COUNTS 1
#endif

#ifdef COUNTS
static size_t work;

/* In front of the library's. */
size_t
strlen(const char *s)
{
	const char *end = s;

	while (*end != '\0')
		end++;
	work += (size_t)(end - s);
	return (size_t)(end - s);
}

int
strcmp(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b) {
		a++;
		b++;
	}
	work++;
	return (unsigned char)*a - (unsigned char)*b;
}

/* Domains with keys; of each tenth something goes, and each seventh has a name that is doubled.
 */
static const struct md_proposal *
zone(struct md_arena *mem, size_t n, bool changed)
{
	struct md_proposal_builder *b = md_proposal_new(mem);
	struct md_buf text = { .mem = mem };
	const char *why = "";

	md_buf_printf(&text,
	              "$ORIGIN example.com.\n@ SOA ns h %d 1 1 1 1\n@ NS ns\n"
	              "ns A 192.0.2.1\n",
	              changed ? 2 : 1);
	for (size_t i = 0; i < n; i++) {
		const bool goes = changed && i % 10 == 0;

		md_buf_printf(&text, "d%zu MX 10 ns\nd%zu TXT \"v=spf1 mx -all\"\n", i, i);
		md_buf_printf(&text, "a._domainkey.d%zu TXT \"v=DKIM1; p=\"\n", i);
		if (!goes)
			md_buf_printf(&text, "b._domainkey.d%zu TXT \"v=DKIM1; p=\"\n", i);
		if (!goes)
			md_buf_printf(&text, "sub.d%zu NS ns.example.net.\n", i);
		if (i % 7 == 0)
			md_buf_printf(&text,
			              "_dmarc.d%zu.example.com TXT \"v=DMARC1; p=none\"\n", i);
	}
	assert_true(md_proposal_add_text(
	        b, &(struct md_proposal_text){ "zone", md_buf_view(&text), MD_ZONE_BIND, NULL },
	        &why));
	return md_proposal_done(b);
}

static void
judge(size_t n, size_t *steps, size_t *octets)
{
	struct md_arena *mem = md_arena_new();
	const size_t before = work;
	const struct md_proposal *was = zone(mem, n, false), *is = zone(mem, n, true);
	struct md_index changed = { .mem = mem };
	struct md_notices *rows = md_notices_new(mem);
	const struct md_gate_sides sides = {
		.mem = mem, .proposal = is, .config = md_gate_config_none(), .fail_on = "fail"
	};
	struct md_found found;

	md_found_init(&found, mem);
	md_found_in(&found, is);
	md_found_before(&found, was, is);
	md_gate_changed(mem, was, is, &changed);
	md_gate_gone(&sides, was, rows);
	assert_true(found.ndomains >= n && changed.n >= n / 10 && rows->n >= n / 10);
	*steps = work - before;
	*octets = md_arena_size(mem);
	md_arena_free(mem);
}

/* Eight times as many names and keys: at most twelve times the work, for what is sorted. */
static void
work_grows_with_names_and_keys(void **state)
{
	size_t few, many, small, large;

	(void)state;
	judge(250, &few, &small);
	judge(2000, &many, &large);
	assert_true(many <= 12 * few);
	assert_true(large <= 10 * small);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_grows_with_names_and_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
/* Sanitizers have these functions for themselves. */
int
main(void)
{
	return 0;
}
#endif
