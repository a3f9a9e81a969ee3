/* The parts of messages: RFC 2045, 2046, 2047; whole, and broken in each way that is named. */
#include "unit.h"

#include "base/arena.h"
#include "mail/message.h"
#include "mail/mime.h"

#define MULTI(b) "Content-Type: multipart/mixed; boundary=" b "\n\n"

/*
 * Parts as DEPTH type@body_line[octets] charset; faults as LINE:clause, "~" before minor ones.
 */
static const struct {
	const char *message, *parts;
	const char *faults[3]; /* each a beginning */
} messages[] = {
	{ "A: b\n\nhello\n", "0 text/plain@3[7]", { NULL } },
	{ "A: b\n", "0 text/plain@2[0]", { NULL } },
	{ "Content-Type: text/HTML; charset=\"UTF-8\"\n\n<p>\n",
	  "0 text/html@3[5]utf-8",
	  { NULL } },
	{ "Content-Type: text/html;\n charset*=us-ascii'en'iso-8859-1\n\n",
	  "0 text/html@4[0]iso-8859-1",
	  { NULL } },
	/* RFC 2046 5.1.1, its example: an empty header means text/plain */
	{ MULTI("\"simple boundary\"") "preamble\n--simple boundary\n\none\n--simple boundary\n"
	                               "Content-type: text/plain; charset=us-ascii\n\ntwo\n\n"
	                               "--simple boundary--\nepilogue\n",
	  "0 multipart/mixed@3[0] 1 text/plain@6[3] 1 text/plain@10[5]us-ascii",
	  { NULL } },
	{ MULTI("x") "--x  \n\na\n--x-- \n",
	  "0 multipart/mixed@3[0] 1 text/plain@5[1]",
	  { NULL } },
	{ MULTI("x") "--x\n\na\n--xy\n--x--\n",
	  "0 multipart/mixed@3[0] 1 text/plain@5[7]",
	  { NULL } },
	{ MULTI("x") "--x\n" MULTI("y") "--y\n\na\n--y--\n\n--x\n\nb\n--x--\n",
	  "0 multipart/mixed@3[0] 1 multipart/mixed@6[0] 2 text/plain@8[1] 1 text/plain@13[1]",
	  { NULL } },
	{ MULTI("x") "--x\nContent-Type: message/rfc822\n\nA: b\n\nin\n--x--\n",
	  "0 multipart/mixed@3[0] 1 message/rfc822@6[0] 2 text/plain@8[2]",
	  { NULL } },
	{ MULTI("x") "--x\nContent-Type: message/rfc822\n\n--x--\n",
	  "0 multipart/mixed@3[0] 1 message/rfc822@6[0] 2 text/plain@6[0]",
	  { NULL } },
	/* broken */
	{ MULTI("x") "--x\n\na\n",
	  "0 multipart/mixed@3[0] 1 text/plain@5[1]",
	  { "~1:a multipart that is not" } },
	{ MULTI("x") "no parts\n", "0 multipart/mixed@3[0]", { "1:a multipart none" } },
	{ "A: b\n" MULTI("x") "", "0 multipart/mixed@4[0]", { "2:a multipart none" } },
	{ "Content-Type: multipart/mixed\n\n--x\n",
	  "0 multipart/mixed@3[5]",
	  { "1:a multipart type without" } },
	{ MULTI("x") "--x\n" MULTI("y") "--y\n\na\n--x--\n",
	  "0 multipart/mixed@3[0] 1 multipart/mixed@6[0] 2 text/plain@8[1]",
	  { "~4:a multipart that is not" } },
	{ MULTI("x") "--x\nno field\n\na\n--x--\n",
	  "0 multipart/mixed@3[0] 1 text/plain@6[1]",
	  { "4:a line in the header" } },
	{ MULTI("x") "--x\nA: b\n--x--\n",
	  "0 multipart/mixed@3[0] 1 text/plain@5[0]",
	  { NULL } },
	{ "Content-Type: text\n\na\n", "0 text/plain@3[3]", { "1:a Content-Type" } },
	{ "Content-Type:\n\na\n", "0 text/plain@3[3]", { "1:a Content-Type" } },
	{ "Content-Transfer-Encoding: 9bit\n\na\n",
	  "0 text/plain@3[3]",
	  { "1:a Content-Transfer" } },
	{ "Content-Transfer-Encoding: base64\n" MULTI("x") "--x\n\na\n--x--\n",
	  "0 multipart/mixed@4[0] 1 text/plain@6[1]",
	  { "2:a composite part" } },
	{ "Content-Transfer-Encoding: base64\n\naGVs\nbG8=\n", "0 text/plain@3[12]", { NULL } },
	{ "Content-Transfer-Encoding: base64\n\naGVsbG8\n",
	  "0 text/plain@3[9]",
	  { "3:base64" } },
	{ "Content-Transfer-Encoding: base64\n\nfooter: ok\n",
	  "0 text/plain@3[12]",
	  { "3:base64" } },
	{ "Content-Transfer-Encoding: quoted-printable\n\na=3D=\n=C3=A9 = \n",
	  "0 text/plain@3[18]",
	  { NULL } },
	{ "Content-Transfer-Encoding: quoted-printable\n\na=b\n",
	  "0 text/plain@3[5]",
	  { "~3:quoted" } },
	{ "A: b\n\n\xc3\xa9\n", "0 text/plain@3[4]", { "~3:8-bit" } },
	{ "Content-Transfer-Encoding: 8bit\n\n\xc3\xa9\n", "0 text/plain@3[4]", { NULL } },
};

static const char *
printed(struct md_arena *mem, const struct md_mime *mime)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < mime->n; i++) {
		const struct md_part *p = &mime->parts[i];

		md_buf_printf(&out, "%s%u %s@%zu[%zu]%s", i > 0 ? " " : "", p->depth,
		              p->means.type, p->body_line, p->body.len, p->means.charset);
	}
	return md_buf_str(&out);
}

static const struct md_mime *
read_parts(struct md_arena *mem, const char *text)
{
	const char *why;

	return md_mime_read(mem, md_message_read(mem, md_str(text), &why));
}

static void
parts_and_faults_are_told(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(messages); i++) {
		const struct md_mime *mime = read_parts(mem, messages[i].message);

		print_message("--\n%s", messages[i].message);
		assert_string_equal(printed(mem, mime), messages[i].parts);
		for (size_t j = 0; j < mime->nfaults; j++) {
			const struct md_mime_fault *f = &mime->faults[j];
			const char *text = md_printf(mem, "%s%zu:%s", f->minor ? "~" : "",
			                             f->line, f->says);

			print_message("  %s\n", text);
			assert_non_null(messages[i].faults[j]);
			assert_true(md_str_starts(md_str(text), messages[i].faults[j]));
		}
		assert_null(messages[i].faults[mime->nfaults]);
		assert_string_equal(mime->cut, "");
	}
	md_arena_free(mem);
}

static void
depth_and_parts_are_bounded(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf deep = { .mem = mem }, many = { .mem = mem }, nested = { .mem = mem };
	const struct md_mime *mime;

	(void)state;
	for (unsigned i = 0; i < 200; i++)
		md_buf_printf(&deep, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n",
		              i, i);
	mime = read_parts(mem, md_buf_str(&deep));
	assert_int_equal(mime->parts[mime->n - 1].depth, MD_DEPTH_MOST);
	assert_string_equal(mime->cut, "it is nested too deeply");

	for (unsigned i = 0; i < 200; i++)
		md_buf_printf(&nested, "Content-Type: message/rfc822\n\n");
	assert_string_equal(read_parts(mem, md_buf_str(&nested))->cut,
	                    "it is nested too deeply");

	md_buf_printf(&many, MULTI("x"));
	for (unsigned i = 0; i < 5000; i++)
		md_buf_printf(&many, "--x\n");
	mime = read_parts(mem, md_buf_str(&many));
	assert_int_equal(mime->n, MD_PARTS_MOST);
	assert_string_equal(mime->cut, "it has too many parts");
	md_arena_free(mem);
}

static const struct {
	const char *charset, *encoding, *body, *utf8;
	bool known;
	size_t nwrong;
} texts[] = {
	{ "utf-8", "8bit", "\xc3\xa9", "\xc3\xa9\r\n", true, 0 },
	{ "utf-8", "8bit", "\xe9", "\xef\xbf\xbd\r\n", true, 1 },
	{ "iso-8859-1", "8bit", "\xe9", "\xc3\xa9\r\n", true, 0 },
	{ "windows-1252", "quoted-printable", "=80 =\n5", "\xe2\x82\xac 5\r\n", true, 0 },
	{ "us-ascii", "8bit", "\xe9", "\xef\xbf\xbd\r\n", true, 1 },
	{ "nonsense-1", "8bit", "\xe9", "\xc3\xa9\r\n", false, 0 },
	{ "gb18030", "base64", "1tA=", "\xe4\xb8\xad", true, 0 },
	{ "utf-8", "base64", "aGVs*bG8=", "hello", true, 0 },
	{ "utf-8", "base64",
	  "9fW4hq0=", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", true, 2 },
	{ "utf-8", "base64", "YQBi",
	  "a\xef\xbf\xbd"
	  "b",
	  true, 0 },
	{ "utf-16le", "base64", "aABpAA==", "hi", true, 0 },
};

static void
text_is_decoded(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		const struct md_mime *mime = read_parts(
		        mem, md_printf(mem,
		                       "Content-Type: text/plain; charset=%s\n"
		                       "Content-Transfer-Encoding: %s\n\n%s\n",
		                       texts[i].charset, texts[i].encoding, texts[i].body));
		const struct md_text text = md_mime_text(mem, &mime->parts[0]);

		print_message("  %s %s\n", texts[i].charset, texts[i].body);
		assert_string_equal(text.utf8.p, texts[i].utf8);
		assert_int_equal(text.known, texts[i].known);
		assert_int_equal(text.nwrong, texts[i].nwrong);
		assert_false(text.cut);
	}
	md_arena_free(mem);
}

static void
long_text_is_cut(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf text = { .mem = mem };
	struct md_text read;

	(void)state;
	md_buf_printf(&text, "A: b\n\n");
	for (unsigned i = 0; i < 100000; i++)
		md_buf_printf(&text, "0123456789abcde\n");
	read = md_mime_text(mem, &read_parts(mem, md_buf_str(&text))->parts[0]);
	assert_true(read.cut);
	assert_int_equal(read.utf8.len, MD_TEXT_MOST);
	md_arena_free(mem);
}

static const struct {
	const char *words, *utf8;
} words[] = {
	{ "plain", "plain" },
	{ "=?utf-8?q?J=C3=A9r=C3=B4me?= =?UTF-8?B?w6k=?= x", "J\xc3\xa9r\xc3\xb4me\xc3\xa9 x" },
	{ "=?iso-8859-1?q?a=E9?=", "a\xc3\xa9" },
	{ "raw \xc3\xa9", "raw \xc3\xa9" },
	{ "raw \xe9", "raw \xc3\xa9" },
	{ "=?utf-8?q?broken", "=?utf-8?q?broken" },
};

static void
words_become_utf8(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++)
		assert_string_equal(md_mime_words(mem, md_str(words[i].words)), words[i].utf8);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_and_faults_are_told),
		cmocka_unit_test(depth_and_parts_are_bounded),
		cmocka_unit_test(text_is_decoded),
		cmocka_unit_test(long_text_is_cut),
		cmocka_unit_test(words_become_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
