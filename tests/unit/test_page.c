/* Lines of text: broken between words, never wider than the page, the caret under the fault. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "doc/page.h"

struct sheet {
	struct md_page page;
	char *text;
	size_t len;
};

static void
begin(struct sheet *s, unsigned columns)
{
	memset(s, 0, sizeof(*s));
	s->page.mem = md_arena_new();
	s->page.out = open_memstream(&s->text, &s->len);
	s->page.columns = columns;
	s->page.utf8 = true;
}

static void
ends_as(struct sheet *s, const char *expected)
{
	fclose(s->page.out);
	assert_string_equal(s->text, expected);
	free(s->text);
	md_arena_free(s->page.mem);
}

static void
breaks_between_words(void **state)
{
	struct sheet s;

	begin(&s, 30);
	md_page_blank(&s.page, 2);
	md_page_wrap(&s.page, 2, 4, "one two three four five six seven eight nine ten");
	ends_as(&s, "  one two three four five six\n    seven eight nine ten\n");
	(void)state;
}

static void
breaks_a_word_only_when_longer_than_a_line(void **state)
{
	struct sheet s;

	begin(&s, 30);
	md_page_wrap(&s.page, 0, 4, "p=0123456789012345678901234567890123456789 end");
	ends_as(&s, "p=0123456789012345678901234567\n    890123456789 end\n");
	(void)state;
}

static void
never_breaks_a_character(void **state)
{
	struct sheet s;

	begin(&s, 25);
	md_page_wrap(&s.page, 0, 0,
	             "\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b"
	             "\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b"
	             "\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b");
	ends_as(&s, "\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b"
	            "\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\xe4\xbe\x8b\n"
	            "\xe4\xbe\x8b\n");
	(void)state;
}

static void
cuts_what_does_not_fit(void **state)
{
	struct sheet s;

	begin(&s, 30);
	md_page_fit(&s.page, 4, "short enough for this line");
	md_page_fit(&s.page, 4, "not short enough for this line");
	ends_as(&s, "short enough for this line\nnot short enough for th...\n");
	(void)state;
}

static void
points_after_escaping(void **state)
{
	const char text[] = "v=spf1\tipv4:x -all";
	struct sheet s;

	begin(&s, 60);
	md_page_point(&s.page, 2, md_str(text), 7, 6);
	md_page_point(&s.page, 2, md_str(text), sizeof(text) - 1, 0);
	ends_as(&s, "  v=spf1\\009ipv4:x -all\n"
	            "            ^~~~~~\n"
	            "  v=spf1\\009ipv4:x -all\n"
	            "                       ^\n");
	(void)state;
}

static void
cuts_a_long_record_around_the_fault(void **state)
{
	const char text[] = "v=spf1 include:a.example include:b.example ipv4:192.0.2.1 "
	                    "include:c.example include:d.example -all";
	struct sheet s;

	begin(&s, 42);
	md_page_point(&s.page, 2, md_str(text), 43, 14);
	ends_as(&s, "  ...b.example ipv4:192.0.2.1 include:c...\n"
	            "               ^~~~~~~~~~~~~~\n");
	(void)state;
}

static void
sends_no_control_character(void **state)
{
	struct sheet s;

	begin(&s, 60);
	md_page_put(&s.page, MD_PLAIN, "\033]0;title\a");
	md_page_wrap(&s.page, 0, 0, "\033[2J\n");
	md_page_fit(&s.page, 0, "\x08\x08");
	md_page_point(&s.page, 0, md_str("\033[2J"), 0, 1);
	ends_as(&s, "\\027]0;title\\007\\027[2J\\010\n\\008\\008\n\\027[2J\n^~~~\n");
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_between_words),
		cmocka_unit_test(breaks_a_word_only_when_longer_than_a_line),
		cmocka_unit_test(never_breaks_a_character),
		cmocka_unit_test(cuts_what_does_not_fit),
		cmocka_unit_test(points_after_escaping),
		cmocka_unit_test(cuts_a_long_record_around_the_fault),
		cmocka_unit_test(sends_no_control_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
