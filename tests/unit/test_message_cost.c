/*
 * What a message of 1 MB may cost: memory and work grow as the input does, whichever field is
 * the long one.  Work is counted, not timed: octets that strlen looks at, and octets allocated.
 */
#include "unit.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "maildiag.h"

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define COUNTS 1
#endif

#ifdef COUNTS
/* In front of the library's: what it measures is what checks look at again and again. */
static size_t looked_at;

size_t
strlen(const char *s)
{
	const char *end = s;

	while (*end != '\0')
		end++;
	looked_at += (size_t)(end - s);
	return (size_t)(end - s);
}

enum { MEGABYTE = 1000000, EIGHTH = MEGABYTE / 8 };

#define HEAD "Date: Sat, 14 Nov 2026 11:11:08 +0100\r\nMessage-ID: <1@author.example>\r\n"
#define FROM "From: Ina <ina@author.example>\r\n"

/* Head, then a piece again and again, then what ends the field and the message. */
static const struct {
	const char *before, *piece, *after;
} inputs[] = {
	{ HEAD "From: <", "a.", "a@author.example>\r\n\r\nx\r\n" },
	{ HEAD "From: ", "a@author.example, ", "b@author.example\r\n\r\nx\r\n" },
	{ HEAD "From: ", "www.other.example ", "<a@author.example>\r\n\r\nx\r\n" },
	{ HEAD "List-Id: <l.example>\r\nFrom: \"www.a.example www.b.example www.c.example "
	       "www.d.example\" <a@author.example>\r\nCc: ",
	  "c@d.example, ", "e@f.example\r\n\r\nx\r\n" },
	{ HEAD "From: \"", "\001", "\" <a@author.example>\r\n\r\nx\r\n" },
	{ HEAD "From: ", "=?utf-8?q?a?= ", "<a@author.example>\r\n\r\nx\r\n" },
	{ HEAD FROM "Content-Type: multipart/report; ", "a", "\r\n\r\nx\r\n" },
	{ HEAD FROM "List-Unsubscribe: ", "a,", "\r\n\r\nx\r\n" },
	{ HEAD FROM "Reply-To: ", "a@b.example, ", "c@d.example\r\n\r\nx\r\n" },
	{ HEAD FROM "Subject: ", "\001", "\r\n\r\nx\r\n" },
	{ "Return-Path: ", "()", "\r\n" HEAD FROM "\r\nx\r\n" },
	{ "Return-Path: <a@author.example>\r\nReceived: from ", "x",
	  " (h.example [192.0.2.1]) by mx.example; Sat, 14 Nov 2026 11:11:08 +0100\r\n" HEAD
	          FROM "\r\nx\r\n" },
	{ HEAD FROM "Content-Type: text/html\r\nMIME-Version: 1.0\r\n\r\n",
	  "<a href=http://x.example/>http://y.example</a>\r\n", "\r\n" },
	/* every line was changed on saving */
	{ "A: 1\r\r\nB: 2\r\r\nC: 3\r\r\nD: 4\r\r\n\r\r\n", "x\r\r\n", "" },
	{ "A: 1\n\nB: 2\n\nC: 3\n\nD: 4\n\n\n\n", "x\n\n", "" },
	{ "  A: 1\n  B: 2\n  C: 3\n  D: 4\n\n", "  x\n", "" },
};

struct cost {
	size_t looked_at, allocated, printed;
};

static struct md_str
made(size_t i, size_t size)
{
	const size_t piece = strlen(inputs[i].piece), before = strlen(inputs[i].before),
	             after = strlen(inputs[i].after);
	char *octets = malloc(size + before + after + piece);
	size_t len = before;

	memcpy(octets, inputs[i].before, before);
	for (; len < size; len += piece)
		memcpy(octets + len, inputs[i].piece, piece);
	memcpy(octets + len, inputs[i].after, after);
	return (struct md_str){ octets, len + after };
}

static size_t
printed(const struct md_report *report, const char *format)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	md_render(format, report, &(struct md_style){ .utf8 = true }, out);
	fclose(out);
	free(text);
	return len;
}

static size_t
in_use(void)
{
	const struct mallinfo2 all = mallinfo2();

	return all.uordblks + all.hblkhd;
}

static struct cost
cost_of(size_t i, size_t size)
{
	const struct md_str octets = made(i, size);
	const struct md_message_source source = { .name = "m",
		                                  .octets = octets.p,
		                                  .len = octets.len };
	char *why = NULL;
	struct md_engine *engine = md_engine_new(
	        &(struct md_engine_options){ .offline = true, .witness = "" }, &why);
	const size_t before = in_use();
	struct cost cost = { 0 };
	struct md_run *run;

	looked_at = 0;
	run = md_run_new(engine, md_checks_message(),
	                 &(struct md_run_options){ .message = &source, .now = 1794650000 },
	                 &why);
	assert_non_null(run);
	while (!md_run_done(run))
		md_engine_step(engine, 0);
	cost.allocated = in_use() - before;
	cost.printed = printed(md_run_report(run), "text");
	cost.printed += printed(md_run_report(run), "jsonl");
	cost.looked_at = looked_at;
	md_run_free(run);
	md_engine_free(engine);
	free((char *)(uintptr_t)octets.p);
	return cost;
}

static void
a_megabyte_costs_little_and_eight_times_the_input_eight_times_as_much(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(inputs); i++) {
		const struct cost small = cost_of(i, EIGHTH), large = cost_of(i, MEGABYTE);

		print_message("  %zu: strlen %zu -> %zu, memory %zu -> %zu, printed %zu\n", i,
		              small.looked_at, large.looked_at, small.allocated,
		              large.allocated, large.printed);
		assert_in_range(large.looked_at, 0, 100 * MEGABYTE);
		assert_in_range(large.looked_at, 0, 10 * small.looked_at + MEGABYTE);
		assert_in_range(large.allocated, 0, 80 * MEGABYTE);
		assert_in_range(large.allocated, 0, 10 * small.allocated + MEGABYTE);
		assert_in_range(large.printed, 0, 50000);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		        a_megabyte_costs_little_and_eight_times_the_input_eight_times_as_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
#else
/* Sanitizers bring a strlen and a malloc of their own, which count otherwise. */
int
main(void)
{
	return 0;
}
#endif
