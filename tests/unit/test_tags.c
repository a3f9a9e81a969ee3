/* Tag lists by the grammar of RFC 6376 3.2. */
#include "unit.h"

#include "base/arena.h"
#include "record/tags.h"

/* A list, and its pieces as "name@offset=value@offset", with "!fault@offset+length" and "*" for
 * a repeated name. */
static const struct {
	const char *list, *pieces;
} cases[] = {
	{ "", "" },
	{ " ", "" },
	{ "v=DKIM1", "v@0=DKIM1@2" },
	{ "v=DKIM1;", "v@0=DKIM1@2" },
	{ "v=DKIM1; ", "v@0=DKIM1@2" },
	{ " v = DKIM1 ;\tp = a b ", "v@1=DKIM1@5|p@13=a b@17" },
	{ "p=", "p@0=@2" },
	{ "p= ;t=y", "p@0=@2|t@4=y@6" },
	{ "p=\r\n abc", "p@0=abc@5" },
	{ "p=ab\r\n\tcd", "p@0=ab\\013\\010\\009cd@2" },
	{ "p=a=b==", "p@0=a=b==@2" },
	{ "a_1=x;B9=y", "a_1@0=x@4|B9@6=y@9" },
	/* faults */
	{ ";", "@0=@0!1@0+1" },
	{ "a=1;;b=2", "a@0=1@2|@4=@4!1@4+1|b@5=2@7" },
	{ "a=1; ;b=2", "a@0=1@2|@4=@4!1@5+1|b@6=2@8" },
	{ "a=1; nonsense ;b=2", "a@0=1@2|nonsense@5=@14!2@5+8|b@15=2@17" },
	{ "=x;b=2", "@0=x@1!3@0+1|b@3=2@5" },
	{ " =x", "@1=x@2!3@1+1" },
	{ "1a=x", "1a@0=x@3!4@0+1" },
	{ "_a=x", "_a@0=x@3!4@0+1" },
	{ "a-b=x", "a-b@0=x@4!4@1+1" },
	{ "a b=x", "a b@0=x@4!4@1+1" },
	{ "\xe2\x80\x9cv=1", "\\226\\128\\156v@0=1@5!4@0+1" },
	{ "p=a\nb", "p@0=a\\010b@2!5@3+1" },
	{ "p=a\r\nb", "p@0=a\\013\\010b@2!5@3+1" },
	{ "p=a\x7f", "p@0=a\\127@2!5@3+1" },
	{ "p=\xc3\xa9", "p@0=\\195\\169@2!5@2+1" },
	/* RFC 6376 3.2: duplicates make a list invalid; names are case-sensitive */
	{ "a=1;b=2;a=3", "a@0=1@2|b@4=2@6|a@8=3@10*" },
	{ "a=1;A=2", "a@0=1@2|A@4=2@6" },
	{ "x;x=1", "x@0=@1!2@0+1|x@2=1@4*" },
};

static void
describe(struct md_buf *out, const struct md_tag *tag)
{
	if (out->len > 0)
		md_buf_addc(out, '|');
	md_buf_printf(out, "%s@%zu=%s@%zu", md_show(out->mem, tag->name), tag->name_at,
	              md_show(out->mem, tag->value), tag->value_at);
	if (tag->fault != MD_TAG_OK)
		md_buf_printf(out, "!%d@%zu+%zu", (int)tag->fault, tag->fault_at,
		              tag->fault_len);
	if (tag->repeated)
		md_buf_addc(out, '*');
}

static void
lists_are_taken_apart_with_offsets(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_tags list = md_tags(md_str(cases[i].list));
		struct md_buf out = { .mem = mem };
		struct md_tag tag;

		while (md_tag_next(&list, &tag))
			describe(&out, &tag);
		print_message("  %s\n", cases[i].pieces);
		assert_string_equal(md_buf_str(&out), cases[i].pieces);
	}
	md_arena_free(mem);
}

static void
long_lists_are_read_to_their_end(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf text = { .mem = mem };
	struct md_tags list;
	struct md_tag tag;
	size_t n = 0, repeated = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		md_buf_printf(&text, "t%d=x;", i);
	md_buf_printf(&text, "t0=again");
	list = md_tags((struct md_str){ text.p, text.len });
	while (md_tag_next(&list, &tag)) {
		n++;
		repeated += tag.repeated;
	}
	assert_int_equal(n, 1001);
	assert_int_equal(repeated, 1);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_taken_apart_with_offsets),
		cmocka_unit_test(long_lists_are_read_to_their_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
