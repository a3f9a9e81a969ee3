/* Messages as people save them, read by RFC 5322 2 and 4. */
#include "unit.h"

#include <time.h>

#include "base/arena.h"
#include "mail/message.h"

#define T(text)                                                                                \
	{                                                                                      \
		text, sizeof(text) - 1                                                         \
	}

/*
 * What is read, field by field as "line:name=value", and "body@line:octets"; before that the
 * repairs, a letter each: Bom, mbox From, Empty lines, Lf, final Eol (N), Separator, Quoted,
 * Two CRs, CR alone, Double spaced, Indented.
 */
static const struct {
	struct md_str raw;
	const char *read;
} cases[] = {
	{ T("From: a@b\r\nTo: c\r\n\r\nHi\r\n"), "1:From= a@b|2:To= c|body@4:Hi\\013\\010" },
	{ T("From: a@b\nTo: c\n\nHi\n"), "L 1:From= a@b|2:To= c|body@4:Hi\\013\\010" },
	{ T("From: a@b\nTo: c\r\n\nHi\r\n"), "L 1:From= a@b|2:To= c|body@4:Hi\\013\\010" },
	{ T("A:1\r\n\r\nHi"), "N 1:A=1|body@3:Hi\\013\\010" },
	{ T("A:1\n\nHi"), "LN 1:A=1|body@3:Hi\\013\\010" },
	{ T("A:1\r\n\r\n"), "1:A=1|body@3:" },
	{ T("A:1\r\n\r\n\r\n"), "1:A=1|body@3:\\013\\010" },
	/* RFC 5322 3.5: the body with its empty line may be missing */
	{ T("A:1\r\n"), "1:A=1|body@2:" },
	{ T("A:1"), "N 1:A=1|body@2:" },
	{ T("A:1\n"), "L 1:A=1|body@2:" },
	{ T("A:"), "N 1:A=|body@2:" },
	/* what stands in front */
	{ T("\xef\xbb\xbf"
	    "A:1\r\n"),
	  "B 1:A=1|body@2:" },
	{ T("\r\n\r\nA:1\r\n"), "E 3:A=1|body@4:" },
	{ T("\n\r\nA:1\r\n"), "E 3:A=1|body@4:" },
	{ T("From a@b Sat Nov 21 07:00:00 2026\nA:1\n\nHi\n"), "FL 2:A=1|body@4:Hi\\013\\010" },
	{ T("From a@b Sat Nov 21 07:00:00 2026\r\nA:1\r\n\r\nHi\r\n"),
	  "F 2:A=1|body@4:Hi\\013\\010" },
	{ T("From a@b x\n>From c remote from d\nA:1\n"), "FL 3:A=1|body@4:" },
	{ T(">From c remote from d\r\nA:1\r\n"), "F 2:A=1|body@3:" },
	{ T("\xef\xbb\xbf"
	    "\nFrom a@b x\n\nA:1\n"),
	  "BFEL 4:A=1|body@5:" },
	/* RFC 5322 4.5: blanks before the colon; this is no line of mbox */
	{ T("From : a@b\r\n"), "1:From= a@b|body@2:" },
	{ T("From \t: a@b\r\n"), "1:From= a@b|body@2:" },
	/* mbox quotes lines of the body, and only it does */
	{ T("From a x\r\nA:1\r\n\r\n>From x\r\n>>From y\r\n> From\r\n>Frome\r\n>From z\r\n"),
	  "FQ 2:A=1|body@4:From x\\013\\010>From y\\013\\010> "
	  "From\\013\\010>Frome\\013\\010From z\\013\\010" },
	{ T("From a x\nA:1\n >From h\n\nHi >From \n>From "),
	  "FLNQ 2:A=1\\013\\010 >From h|body@5:Hi >From \\013\\010From \\013\\010" },
	{ T("A:1\r\n\r\n>From x\r\n"), "1:A=1|body@3:>From x\\013\\010" },
	/* folds */
	{ T("A: 1\r\n 2\r\n\t3\r\nB:4\r\n"),
	  "1:A= 1\\013\\010 2\\013\\010\\0093|4:B=4|body@5:" },
	{ T("A:\r\n 2\r\n"), "1:A=\\013\\010 2|body@3:" },
	{ T("A: 1\n 2\n\n x\n"), "L 1:A= 1\\013\\010 2|body@4: x\\013\\010" },
	/* RFC 5322 4.2: obs-FWS has lines of blanks alone; they do not end the header */
	{ T("A: 1\r\n \r\n\t\t\r\nB:2\r\n\r\nHi\r\n"),
	  "1:A= 1\\013\\010 \\013\\010\\009\\009|4:B=2|body@6:Hi\\013\\010" },
	{ T("A: 1\r\n "), "N 1:A= 1\\013\\010 |body@3:" },
	{ T("A:1\r\n:x\r\n"), "S 1:A=1|body@2::x\\013\\010" },
	/* names: printable US-ASCII but the colon */
	{ T("!\"#~: 1\r\n"), "1:!\"#~= 1|body@2:" },
	{ T("A::\r\n"), "1:A=:|body@2:" },
	{ T("A:1\r\nB\xc3\xa9:2\r\n"), "S 1:A=1|body@2:B\\195\\169:2\\013\\010" },
	{ T("A:1\r\nB\x7f:2\r\n"), "S 1:A=1|body@2:B\\127:2\\013\\010" },
	{ T("A:1\r\nB\0:2\r\n"), "S 1:A=1|body@2:B\\000:2\\013\\010" },
	{ T("A:1\r\nB\r:2\r\n"), "S 1:A=1|body@2:B\\013:2\\013\\010" },
	/* no empty line between header and body */
	{ T("A:1\r\nHello there\r\nB:2\r\n"),
	  "S 1:A=1|body@2:Hello there\\013\\010B:2\\013\\010" },
	{ T("A:1\r\nB C:2\r\n"), "S 1:A=1|body@2:B C:2\\013\\010" },
	{ T("A:1\n--boundary\n"), "LS 1:A=1|body@2:--boundary\\013\\010" },
	/* CR and NUL stay where they are */
	{ T("A:1\r2\r\n\r\nx\ry\r\r\n"), "1:A=1\\0132|body@3:x\\013y\\013\\013\\010" },
	{ T("A:1\r\r\n\r\n"), "1:A=1\\013|body@3:" },
	{ T("A:1\r\n\r\r\nB:2\r\n"), "S 1:A=1|body@2:\\013\\013\\010B:2\\013\\010" },
	{ T("A:1\r\n\r\nx\r"), "N 1:A=1|body@3:x\\013\\013\\010" },
	{ T("A:1\rB:2\r\rHi\r"), "N 1:A=1\\013B:2\\013\\013Hi\\013|body@2:" },
	{ T("A:\0\r\n\r\n\0\r\n"), "1:A=\\000|body@3:\\000\\013\\010" },
	/* every line was changed on saving; a header of four lines or more is proof enough */
	{ T("A:1\r\r\nB:2\r\r\nC:3\r\r\n 4\r\r\n\r\r\nx\r\r\n"),
	  "T 1:A=1|2:B=2|3:C=3\\013\\010 4|body@6:x\\013\\010" },
	{ T("A:1\r\r\nB:2\r\r\nC:3\r\r\nD:4\r\r\n\r\r\nx"),
	  "NT 1:A=1|2:B=2|3:C=3|4:D=4|body@6:x\\013\\010" },
	{ T("A:1\r\r\nB:2\r\r\nC:3\r\r\nD:4\r\n\r\nx\r\n"),
	  "1:A=1\\013|2:B=2\\013|3:C=3\\013|4:D=4|body@6:x\\013\\010" },
	{ T("A:1\rB:2\rC:3\r 4\r\rHi\r"),
	  "C 1:A=1|2:B=2|3:C=3\\013\\010 4|body@6:Hi\\013\\010" },
	{ T("A:1\n\nB:2\n\nC:3\n\n\t4\n\n\n\nHi\n\n\n\nyou\n\n"),
	  "LD 1:A=1|2:B=2|3:C=3\\013\\010\\0094|body@6:Hi\\013\\010\\013\\010you\\013\\010" },
	{ T("A:1\r\r\n\r\r\nB:2\r\r\n\r\r\nC:3\r\r\n\r\r\nD:4\r\r\n"),
	  "TD 1:A=1|2:B=2|3:C=3|4:D=4|body@5:" },
	/* one field, and paragraphs of a line each */
	{ T("A:1\r\n\r\nB:2\r\n\r\nC:3\r\n"),
	  "1:A=1|body@3:B:2\\013\\010\\013\\010C:3\\013\\010" },
	{ T("    A:1\n    B:2\n     x\n    C:3\n\n    Hi\n      you\n"),
	  "LI 1:A=1|2:B=2\\013\\010 x|4:C=3|body@6:Hi\\013\\010  you\\013\\010" },
	{ T("> A:1\r\n> B:2\r\n>  x\r\n> C:3\r\n>\r\n> Hi\r\n> > x\r\n"),
	  "I 1:A=1|2:B=2\\013\\010 x|4:C=3|body@6:Hi\\013\\010> x\\013\\010" },
	{ T("  \r\nA:1\r\n"), "E 2:A=1|body@3:" },
	{ T("\t \n\nA:1\n"), "EL 3:A=1|body@4:" },
	/* no message */
	{ T("  A:1\n  B:2\nC:3\n  D:4\n  E:5\n"),
	  "its first line is indented, so it holds no header field: save the original, not a "
	  "copy of what is shown" },
	{ T("<!DOCTYPE html>\n"), "it is a web page: save the original of the message" },
	{ T("\xd0\xcf\x11\xe0\xa1"), "it is an Outlook file (.msg): save the message as .eml" },
	{ T(""), "it is empty" },
	{ T("\n"), "it holds no header field: this is no message" },
	{ T("Hello\n\nworld: x\n"), "it holds no header field: this is no message" },
	{ T(" A:1\r\n"), "its first line is indented, so it holds no header field: save the "
	                 "original, not a copy of what is shown" },
	{ T(":1\r\n"), "it holds no header field: this is no message" },
	{ T("From a@b x\n"), "it holds no header field: this is no message" },
	{ T("\0"), "it holds no header field: this is no message" },
	{ T("\xff\xfe"
	    "A\0:\0"),
	  "it is UTF-16 text, not mail as it travels" },
};

static void
describe(struct md_buf *out, const struct md_message *m)
{
	static const char letters[] = "BFELNSQTCDI";

	for (size_t i = 0; letters[i] != '\0'; i++)
		if ((m->repairs & 1u << i) != 0)
			md_buf_addc(out, letters[i]);
	if (m->repairs != 0)
		md_buf_addc(out, ' ');
	for (size_t i = 0; i < m->n; i++)
		md_buf_printf(out, "%zu:%s=%s|", m->fields[i].line,
		              md_show(out->mem, m->fields[i].name),
		              md_show(out->mem, m->fields[i].value));
	md_buf_printf(out, "body@%zu:%s", m->body_line, md_show(out->mem, m->body));
}

static void
messages_are_read_as_they_were_saved(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_arena *mem = md_arena_new();
		struct md_buf out = { .mem = mem };
		/* a copy, so that a sanitizer sees a read too far */
		struct md_str raw = { md_alloc(mem, cases[i].raw.len), cases[i].raw.len };
		const struct md_message *m;
		const char *why = NULL;

		memcpy((char *)(uintptr_t)raw.p, cases[i].raw.p, raw.len);
		m = md_message_read(mem, raw, &why);
		if (m != NULL)
			describe(&out, m);
		print_message("  %s\n", cases[i].read);
		assert_string_equal(m != NULL ? md_buf_str(&out) : why, cases[i].read);
		assert_true(m == NULL || m->body.p != NULL);
		md_arena_free(mem);
	}
}

static const struct md_message *
must_read(struct md_arena *mem, struct md_str raw)
{
	const char *why = "";
	const struct md_message *m = md_message_read(mem, raw, &why);

	if (m == NULL)
		fail_msg("%s", why);
	return m;
}

static void
what_is_well_is_not_copied(void **state)
{
	static const char text[] = "\r\nFrom: a@b\r\nTo: c\r\n d\r\n\r\nHi\r\n";
	struct md_arena *mem = md_arena_new();
	const struct md_message *m = must_read(mem, md_str(text));

	(void)state;
	assert_ptr_equal(m->raw.p, text);
	assert_ptr_equal(m->header.p, text + 2);
	assert_int_equal(m->header.len, strlen("From: a@b\r\nTo: c\r\n d\r\n"));
	assert_ptr_equal(m->fields[1].whole.p, strstr(text, "To"));
	assert_int_equal(m->fields[1].whole.len, strlen("To: c\r\n d"));
	assert_ptr_equal(m->body.p, strstr(text, "Hi"));
	assert_int_equal(m->body.len, 4);
	md_arena_free(mem);
}

static void
line_ends_are_counted(void **state)
{
	static const struct md_str raw =
	        T("\nA:1\r\nB:\r2\n\r\nfour\r\r\n\0five!\0\n\nx\r\r\n\rend");
	struct md_arena *mem = md_arena_new();
	const struct md_message *m = must_read(mem, raw);

	(void)state;
	assert_int_equal(m->crlf, 4);
	assert_int_equal(m->lf, 3);
	assert_int_equal(m->cr, 4);
	assert_int_equal(m->nul, 2);
	assert_int_equal(m->longest, 7);
	assert_int_equal(m->longest_line, 6);
	md_arena_free(mem);
}

static void
fields_are_found_by_name(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_message *m =
	        must_read(mem, md_str("to: 1\nFrom: 2\nTO : 3\nToo: 4\nTo: 5\n"));
	const struct md_field *f = md_message_field(m, "To", NULL);

	(void)state;
	assert_ptr_equal(f, &m->fields[0]);
	assert_ptr_equal(f = md_message_field(m, "To", f), &m->fields[2]);
	assert_ptr_equal(f = md_message_field(m, "To", f), &m->fields[4]);
	assert_null(md_message_field(m, "To", f));
	assert_null(md_message_field(m, "Date", NULL));
	assert_int_equal(md_message_count(m, "tO"), 3);
	assert_int_equal(md_message_count(m, "Date"), 0);
	md_arena_free(mem);
}

static void
values_are_unfolded(void **state)
{
	static const struct {
		struct md_str raw;
		const char *text;
	} values[] = {
		{ T("A: b\r\n\tc \r\n"), "b\tc" },
		{ T("A:\r\n \r\n b\r\n \r\n"), "b" },
		{ T("A:\r\n"), "" },
		{ T("A: b\rc\0d\r\n"), "b\rc d" },
		{ T("A: b\r\r\n\tc\r\n"), "b\r\tc" },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++)
		assert_string_equal(md_field_text(mem, must_read(mem, values[i].raw)->fields),
		                    values[i].text);
	md_arena_free(mem);
}

static void
repairs_are_told(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	assert_string_equal(md_message_repairs(mem, must_read(mem, md_str("A:1\r\n"))), "");
	assert_string_equal(
	        md_message_repairs(mem, must_read(mem, md_str("\nFrom a x\nA:1\n>From x"))),
	        "the \"From \" line of an mbox file in front; empty lines in front; "
	        "lines that end in LF, not CRLF; a last line without its end; "
	        "no empty line between header and body; "
	        "\">From \" lines quoted as in mbox files");
	md_arena_free(mem);
}

static struct md_str
many_fields(struct md_arena *mem, size_t n)
{
	struct md_buf text = { .mem = mem };

	for (size_t i = 0; i < n; i++)
		md_buf_printf(&text, "X-%zu: a\r\n b\r\n", i);
	md_buf_printf(&text, "\r\nbody\r\n");
	return (struct md_str){ text.p, text.len };
}

static void
fields_are_limited(void **state)
{
	struct md_arena *mem = md_arena_new();
	const struct md_message *m = must_read(mem, many_fields(mem, MD_FIELDS_MOST));
	const char *why = "";

	(void)state;
	assert_int_equal(m->n, MD_FIELDS_MOST);
	assert_int_equal(m->fields[MD_FIELDS_MOST - 1].line, 2 * MD_FIELDS_MOST - 1);
	assert_int_equal(m->body_line, 2 * MD_FIELDS_MOST + 2);
	assert_true(md_str_eq(m->fields[12345].name, "X-12345"));
	assert_true(md_str_eq(m->body, "body\r\n"));
	assert_null(md_message_read(mem, many_fields(mem, MD_FIELDS_MOST + 1), &why));
	assert_string_equal(why, "it has more than 20000 header fields");
	md_arena_free(mem);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Much of one shape: nothing is quadratic, and there are at most three octets for one. */
static void
read_large(size_t size, const char *head, const char *pattern)
{
	const size_t n = strlen(pattern);
	struct md_arena *mem = md_arena_new(), *text = md_arena_new();
	struct md_buf raw = { text, md_alloc(text, size + 1), 0, size + 1 };
	const double begin = seconds();

	md_buf_add(&raw, md_str(head));
	while (raw.len + n <= size) {
		memcpy(raw.p + raw.len, pattern, n);
		raw.len += n;
	}
	must_read(mem, (struct md_str){ raw.p, raw.len });
	assert_true(md_arena_size(mem) < 3 * size + 10000);
	assert_true(seconds() - begin < 20);
	md_arena_free(mem);
	md_arena_free(text);
}

static void
a_large_message_is_read(void **state)
{
	(void)state;
	read_large(100000000, "From: a@b\n\n", "A line of the body as they often are.\n");
	read_large(10000000, "From: a@b\r\n\r\n", "\r\n");
	read_large(10000000, "From: a@b\n\n", "\n");
	read_large(10000000, "From: a@b\n", " a fold\n");
	read_large(10000000, "From: a@b\n\n", "one long line ");
	read_large(10000000, "From a x\nFrom: a@b\n\n", ">From x\n");
	read_large(10000000, "From: a@b\n", "no separator\n");
	read_large(10000000, "A: b\r\n\r\n", "\r");
}

static void
common_messages_are_read_fast(void **state)
{
	struct md_buf text = { .mem = md_arena_new() };
	const double begin = seconds();
	const int times = 2000;

	(void)state;
	for (int i = 0; i < 25; i++)
		md_buf_printf(&text, "X-Field-%d: some value of a usual length\r\n", i);
	md_buf_printf(&text, "\r\n");
	while (text.len < 5000)
		md_buf_printf(&text, "A line of the body as they are, of seventy octets.\r\n");
	for (int i = 0; i < times; i++) {
		struct md_arena *mem = md_arena_new();

		must_read(mem, (struct md_str){ text.p, text.len });
		md_arena_free(mem);
	}
	print_message("  %.1f us for 5 KB\n", (seconds() - begin) / times * 1e6);
	assert_true(seconds() - begin < 5);
	md_arena_free(text.mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_read_as_they_were_saved),
		cmocka_unit_test(what_is_well_is_not_copied),
		cmocka_unit_test(line_ends_are_counted),
		cmocka_unit_test(fields_are_found_by_name),
		cmocka_unit_test(values_are_unfolded),
		cmocka_unit_test(repairs_are_told),
		cmocka_unit_test(fields_are_limited),
		cmocka_unit_test(a_large_message_is_read),
		cmocka_unit_test(common_messages_are_read_fast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
