/* A document: every kind of block in it, in each format; and what is foreign stays text. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "doc/draw.h"
#include "maildiag.h"

static void
add_table(struct md_doc *d)
{
	static const struct md_doc_column columns[] = {
		{ .width = 4, .figures = true },
		{ .width = 2, .most = 6 },
		{ .width = 5, .end = true },
		{ 0 },
	};
	struct md_doc_table *table = md_doc_table(d, columns, 4);
	struct md_doc_row *row = md_doc_row(d, table);

	row->heading = true;
	md_doc_cell(d, row, MD_WHOLE);
	md_doc_put(d, row, MD_STRONG, "what");
	row = md_doc_row(d, table);
	md_doc_put(d, row, MD_PLAIN, "17");
	md_doc_put(d, row, MD_GOOD, "pass");
	md_doc_put(d, row, MD_PLAIN, "a/long/path");
	md_doc_add(d, md_doc_cell(d, row, MD_FLUSH), MD_FOREIGN, "one two three four");
	md_doc_open_row(d, row);
	md_doc_say(d, MD_FLUSH, "about seventeen");
	md_doc_close(d);
}

static void
add_tree(struct md_doc *d)
{
	struct md_doc_block *tree = md_doc_tree(d, "tree");

	md_doc_branch(d, tree, 0, "trunk");
	md_doc_branch(d, tree, 1, "branch");
	md_doc_branch(d, tree, 2, "twig");
	md_doc_branch(d, tree, 1, "last");
	md_doc_branch(d, md_doc_tree(d, "single"), 0, "line");
}

static void
add_finding(struct md_doc *d)
{
	struct md_doc_text *title =
	        md_doc_mark(d, md_doc_line(d, MD_WHOLE), MD_WORD, MD_RISK, "");

	md_doc_lead(d, title, MD_STRONG, "Title");
	md_doc_lead_as(d, title, MD_RULE, MD_FAINT, "a.rule");
	md_doc_open(d, MD_DOC_BODY);
	md_doc_add(d, md_doc_line(d, MD_HANGING), MD_FOREIGN, "seen \033[2J of @team there");
	md_doc_excerpt(d, md_str("v=X p=Y"), 4, 3);
	md_doc_labelled(d, "Fix:", MD_WORDS, "mend it");
	md_doc_labelled(d, "See:", MD_WORDS, "");
	md_doc_record(d, "a. IN TXT x\nb. IN TXT y");
	md_doc_close(d);
}

static const struct md_doc *
document(struct md_arena *mem)
{
	struct md_doc *d = md_doc_new(mem);
	struct md_doc_text *line = md_doc_headline(d, MD_FLUSH);

	md_doc_mark(d, line, MD_WORD, MD_BAD, "");
	md_doc_add(d, md_doc_lead(d, line, MD_STRONG, "it"), MD_WORDS, ": does not work");
	md_doc_open(d, MD_DOC_SECTION);
	add_finding(d);
	md_doc_close(d);
	md_doc_open(d, MD_DOC_SECTION);
	md_doc_heading(d, "More");
	md_doc_open(d, MD_DOC_INSET);
	add_tree(d);
	add_table(d);
	line = md_doc_mark(d, md_doc_line(d, MD_CUT), MD_TICK, MD_GOOD, "");
	md_doc_add(d, line, MD_WORDS, "more than what fits there");
	md_doc_close(d);
	md_doc_close(d);
	md_doc_lead(d, &md_doc_open(d, MD_DOC_FOLDED)->text, MD_PLAIN, "On request");
	md_doc_say(d, MD_FLUSH, "hidden");
	md_doc_close(d);
	return d;
}

static void
is_drawn_as_text(void **state)
{
	struct md_arena *mem = md_arena_new();
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	md_draw_text(document(mem), &(struct md_style){ .columns = 28 }, out);
	fclose(out);
	assert_string_equal(text, "FAIL  it: does not work\n"
	                          "\n"
	                          "warn  Title  [a.rule]\n"
	                          "      seen \\027[2J of @team\n"
	                          "        there\n"
	                          "        v=X p=Y\n"
	                          "            ^~~\n"
	                          "      Fix: mend it\n"
	                          "a. IN TXT x\n"
	                          "b. IN TXT y\n"
	                          "\n"
	                          "More\n"
	                          "  tree\n"
	                          "    trunk\n"
	                          "    |- branch\n"
	                          "    |  `- twig\n"
	                          "    `- last\n"
	                          "  single  line\n"
	                          "        what\n"
	                          "    17  pass  ...th  one two three four\n"
	                          "        about seventeen\n"
	                          "  + more than what fits t...\n"
	                          "\n"
	                          "On request\n"
	                          "hidden\n");
	free(text);
	md_arena_free(mem);
	(void)state;
}

static void
is_drawn_as_markdown(void **state)
{
	struct md_arena *mem = md_arena_new();
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	md_draw_markdown(document(mem), out);
	fclose(out);
	assert_string_equal(text, "### FAIL **it**: does not work\n"
	                          "\nwarn **Title** a.rule\n"
	                          "\n`seen \\027[2J of @team there`\n"
	                          "\n~~~\nv=X p=Y\n    ^\n~~~\n"
	                          "\n**Fix:** mend it\n"
	                          "\n~~~\na. IN TXT x\nb. IN TXT y\n~~~\n"
	                          "\n**More**\n"
	                          "\n- tree\n"
	                          "  - trunk\n"
	                          "    - branch\n"
	                          "      - twig\n"
	                          "    - last\n"
	                          "\n- single\n"
	                          "  - line\n"
	                          "\n| | **what** |\n"
	                          "|---|---|---|---|\n"
	                          "| 17 | pass | a/long/path | one two three four |\n"
	                          "\nabout seventeen\n"
	                          "\n✅ more than what fits there\n"
	                          "\n<details><summary>On request</summary>\n"
	                          "\nhidden\n"
	                          "\n</details>\n");
	free(text);
	md_arena_free(mem);
	(void)state;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_drawn_as_text),
		cmocka_unit_test(is_drawn_as_markdown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
