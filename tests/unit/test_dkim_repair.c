/* Signed messages, damaged in each way that the repair search knows: the damage is named. */
#include "unit.h"

#include "signed.h"

/* The body begins in line 14 of the signed file: the signature has three lines. */
static const char plain[] = "Received: from a by b; Sat, 21 Nov 2026 07:00:00 +0000\n"
                            "From: Ann Example <ann@example.com>\n"
                            "To: Bob <bob@example.net>, carol@example.net\n"
                            "Subject: Plans for the spring fair\n"
                            "Date: Sat, 21 Nov 2026 07:00:00 +0000\n"
                            "Message-ID: <1@example.com>\n"
                            "MIME-Version: 1.0\n"
                            "Content-Type: text/plain; charset=\"utf-8\"\n"
                            "Content-Transfer-Encoding: 8bit\n"
                            "\n"
                            "Hello all,\n"
                            "the fair is on the 20th of March.  \n"
                            ".hidden line\n"
                            "From what I hear\tit will be sunny.\n"
                            "\n"
                            "Caf\xc3\xa9 and cake = free.\n"
                            "-- \n"
                            "Ann\n";

#define H                                                                                      \
	"h=from:to:subject:date:message-id:mime-version:content-type:content-transfer-encoding"
#define RELAXED "c=relaxed/relaxed; " H
#define SIMPLE "c=simple/simple; " H

/* What was done to the signed message, and what must be said of it. */
static const struct {
	const char *tags;
	struct {
		const char *from, *to;
	} damage[3];
	struct {
		const char *name; /* of the field; "" the body */
		size_t line;
		const char *what; /* a part of what is said */
	} change[3];
} cases[] = {
	/* Footers, banners, wrapped in a multipart. */
	{ RELAXED,
	  { { "\nAnn\r\n", "\nAnn\r\n\r\n____\r\nfair list\r\nhttps://example.net/fair\r\n" } },
	  { { "", 23,
	      "the last 3 lines of the body (lines 23-25) were added after signing" } } },
	{ SIMPLE,
	  { { "\nAnn\r\n", "\nAnn\r\n____\r\n" } },
	  { { "", 22, "the last line of the body (line 22) was added after signing" } } },
	{ RELAXED,
	  { { "\r\n\r\nHello", "\r\n\r\nCAUTION: from outside\r\n\r\nHello" } },
	  { { "", 14, "the first line of the body (line 14) was added" } } },
	{ SIMPLE,
	  { { "\r\n\r\nHello", "\r\n\r\nCAUTION: from outside\r\n\r\nHello" },
	    { "\nAnn\r\n", "\nAnn\r\n____\r\n" } },
	  { { "", 14, "the first line" }, { "", 24, "the last line of the body (line 24)" } } },
	{ RELAXED,
	  { { "sunny.\r\n", "sunny.\r\nWin a prize!\r\nNow!\r\n" } },
	  { { "", 18, "lines 18-19 inside the body were added" } } },
	{ RELAXED,
	  { { "Content-Type: text/plain; charset=\"utf-8\"\r\n", "" } },
	  { { "content-type", 0, "the field Content-Type (" } } },
	{ RELAXED,
	  { { "Content-Type: text/plain; charset=\"utf-8\"",
	      "Content-Type: multipart/mixed; boundary=b" },
	    { "\r\n\r\nHello", "\r\n\r\n--b\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n"
	                       "Content-Transfer-Encoding: 8bit\r\n\r\nHello" },
	    { "\nAnn\r\n", "\nAnn\r\n\r\n--b\r\n\r\nfair list\r\n--b--\r\n" } },
	  { { "", 14, "wrapped in a multipart" },
	    { "content-type", 11,
	      "Content-Type was \"text/plain; charset=\\\"utf-8\\\"\"" } } },
	/* What is done to all of a body. */
	{ RELAXED, { { "\n.hidden", "\n..hidden" } }, { { "", 16, "a second dot was put" } } },
	{ RELAXED,
	  { { "\nFrom what", "\n>From what" } },
	  { { "", 17, "\">\" was put in front of lines that begin with \"From \"" } } },
	{ RELAXED,
	  { { "Caf\xc3\xa9 and cake = free.", "Caf=C3=A9 and cake =3D free." },
	    { "Encoding: 8bit", "Encoding: quoted-printable" } },
	  { { "", 19, "encoded anew" },
	    { "content-transfer-encoding", 12,
	      "changed from \"8bit\" to \"quoted-printable\"" } } },
	{ RELAXED,
	  { { "Caf\xc3\xa9", "Caf\xe9" } },
	  { { "", 19, "converted from UTF-8 to ISO-8859-1" } } },
	{ SIMPLE,
	  { { "\n-- \r\n", "\n--\r\n" } },
	  { { "", 20, "the blank of the line \"-- \"" } } },
	{ SIMPLE,
	  { { "March.  \r\n", "March. \r\n" } },
	  { { "", 15, "line 15 lost a blank at its end" } } },
	{ SIMPLE,
	  { { "Hello all,", "Hello all,  " } },
	  { { NULL, 0, NULL } } }, /* some blanks at the ends of lines were signed */
	{ SIMPLE, { { "hear\tit", "hear       it" } }, { { NULL, 0, NULL } } },
	{ RELAXED, { { "Hello all,\r\n", "Hello all,\r" } }, { { "", 14, "CR alone" } } },
	{ RELAXED, { { "Hello all,\r\n", "Hello all,\r\r\n" } }, { { "", 14, "CR" } } },
	/* The header. */
	{ RELAXED,
	  { { "Subject: ", "Subject: [fair] " } },
	  { { "subject", 7, "\"[fair] \", the tag of a mailing list, was put in front" } } },
	{ RELAXED,
	  { { "Subject: ", "Subject: ***SPAM*** " } },
	  { { "subject", 7,
	      "\"***SPAM*** \", the mark of a spam filter, was put in front" } } },
	{ SIMPLE,
	  { { "Subject: ", "Subject: Re: [fair] " } },
	  { { "subject", 7, "\"Re: [fair] \"" } } },
	{ RELAXED,
	  { { "spring fair", "spring fair [External]" } },
	  { { "subject", 7, "at the end of the Subject" } } },
	{ SIMPLE,
	  { { "Plans for the", "Plans\r\n for the" } },
	  { { "subject", 7, "folded otherwise" } } },
	{ SIMPLE, { { "Subject: ", "Subject:" } }, { { "subject", 7, "blanks around" } } },
	{ SIMPLE,
	  { { "Message-ID", "Message-Id" } },
	  { { "message-id", 9, "capital letters" } } },
	{ RELAXED,
	  { { "\r\nFrom: Ann Example <ann@example.com>",
	      "\r\nFrom: Ann Example via fair <fair@lists.example.net>\r\n"
	      "Reply-To: Ann Example <ann@example.com>" } },
	  { { "from", 5, "which Reply-To still has" } } },
	{ RELAXED,
	  { { "\r\nFrom: Ann Example <ann@example.com>",
	      "\r\nFrom: \"Ann Example via fair\" <ann=40example.com@lists.example.net>" } },
	  { { "from", 5, "the author was \"ann@example.com\" (a mailing list put itself" } } },
	{ RELAXED,
	  { { "Bob <bob@example.net>, carol", "\"Bob\" <bob@example.net>,carol" } },
	  { { "to", 6, "written anew" } } },
	{ RELAXED,
	  { { "07:00:00 +0000\r\nMess", "07:00:00 -0000 (UTC)\r\nMess" } },
	  { { "date", 8, "Date was written anew" } } },
	{ RELAXED,
	  { { "charset=\"utf-8\"", "charset=utf-8" } },
	  { { "content-type", 11, "quotes, blanks" } } },
	{ RELAXED,
	  { { "charset=\"utf-8\"", "charset=\"utf-8\"; format=flowed" } },
	  { { "content-type", 11, "\"format=flowed\" was added to Content-Type" } } },
	{ RELAXED,
	  { { "<1@example.com>", "1@example.com" } },
	  { { "message-id", 9, "brackets" } } },
	{ RELAXED,
	  { { "MIME-Version: 1.0\r\n", "" } },
	  { { "mime-version", 0, "was removed after signing" } } },
	{ RELAXED ":reply-to",
	  { { "\r\nTo: Bob", "\r\nReply-To: fair@example.net\r\nTo: Bob" } },
	  { { "reply-to", 6, "the field Reply-To was added after signing" } } },
	{ RELAXED,
	  { { "\r\nMessage-ID:", "\r\nSubject: second\r\nMessage-ID:" } },
	  { { "subject", 9, "one of the 2 Subject fields was added" } } },
	{ RELAXED
	  "; z=From:Ann=20Example=20<ann@example.com>|Subject:=20Plans=20for=20the=20\r\n"
	  "\tspring=20fair",
	  { { "Plans for the spring fair", "Something else" } },
	  { { "subject", 8, "was \"Plans for the spring fair\" when it was signed" } } },
	{ RELAXED,
	  { { "Plans for the spring fair", "[fair] =?utf-8?q?Plans_for_the_spring_fair?=" } },
	  { { "subject", 7, "encoded anew" } } },
	/* Pairs, and both halves. */
	{ RELAXED,
	  { { "Subject: ", "Subject: [fair] " }, { "<1@example.com>", "1@example.com" } },
	  { { "subject", 7, "[fair]" }, { "message-id", 9, "brackets" } } },
	{ RELAXED,
	  { { "Subject: ", "Subject: [fair] " }, { "\nAnn\r\n", "\nAnn\r\n____\r\nx\r\n" } },
	  { { "", 22, "last 2 lines" }, { "subject", 7, "[fair]" } } },
	{ RELAXED ":sender:list-id:list-post",
	  { { "\r\nFrom: Ann", "\r\nSender: b@example.net\r\nList-Id: <f.example.net>\r\n"
	                       "List-Post: <mailto:f@example.net>\r\nFrom: Ann" } },
	  { { "sender", 5, "was added" },
	    { "list-id", 6, "was added" },
	    { "list-post", 7, "was added" } } },
	/* What was cut or folded, the signature itself among it. */
	{ RELAXED,
	  { { "spring fair", "spr\r\n ing fair" } },
	  { { "subject", 7, "cut in the middle of a word" } } },
	{ SIMPLE,
	  { { ";\r\n bh=", ";\r\n\tbh=" } },
	  { { "dkim-signature", 1, "folded otherwise" } } },
	/* What nobody can guess. */
	{ RELAXED, { { "Plans", "Thoughts" } }, { { NULL, 0, NULL } } },
	{ RELAXED, { { "20th of March", "21st of March" } }, { { NULL, 0, NULL } } },
};

static bool
is_change(size_t i, size_t n, const struct md_dkim_change *c)
{
	const char *name = cases[i].change[n].name;

	return c->body == (name[0] == '\0') && md_eq_nocase(c->name, name) &&
	       c->line == cases[i].change[n].line &&
	       strstr(c->what, cases[i].change[n].what) != NULL;
}

/* Are these the changes of the case?  Prints them when not. */
static bool
told(size_t i, const struct md_dkim_diagnosis *d)
{
	bool right = true;
	size_t n = 0;

	for (; n < 3 && cases[i].change[n].name != NULL; n++)
		right = right && n < d->n && is_change(i, n, &d->changes[n]);
	right = right && d->n == n && (n > 0 || d->sure[0] != '\0');
	for (size_t k = 0; !right && k < d->n; k++)
		print_error("case %zu: %s, line %zu: %s (%s -> %s)\n", i, d->changes[k].name,
		            d->changes[k].line, d->changes[k].what, d->changes[k].before,
		            d->changes[k].after);
	if (!right)
		print_error("case %zu: %zu changes after %u; sure: %s\n", i, d->n, d->tried,
		            d->sure);
	return right;
}

static void
damages(bool ed25519)
{
	struct signer s;
	size_t wrong = 0;

	signer_open(&s);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_str text = sign(&s, ed25519, cases[i].tags, with_crlf(s.mem, plain));

		for (size_t k = 0; k < 3 && cases[i].damage[k].from != NULL; k++)
			text = replace(s.mem, text, cases[i].damage[k].from,
			               cases[i].damage[k].to);
		if (ed25519 && cases[i].change[0].name == NULL)
			continue; /* Ed25519 cannot say what is sure */
		wrong += !told(i, diagnose(&s, text));
	}
	signer_close(&s);
	assert_int_equal(wrong, 0);
}

static void
damages_of_rsa(void **state)
{
	(void)state;
	damages(false);
}

static void
damages_of_ed25519(void **state)
{
	(void)state;
	damages(true);
}

static void
images_in_pages_are_found(void **state)
{
	const struct md_dkim_diagnosis *d;
	struct signer s;
	struct md_str text;

	(void)state;
	signer_open(&s);
	text = sign(
	        &s, false, "c=relaxed/relaxed; h=from",
	        with_crlf(s.mem, "From: a@example.com\n\n<html><body>\n<p>Hi</BODY></html>\n"));
	text = replace(s.mem, text, "Hi</BODY>", "Hi<a href=x><img src=y></a></BODY>");
	d = diagnose(&s, text);
	assert_int_equal(d->n, 1);
	assert_true(d->body_mended && !d->header_broken);
	assert_string_equal(d->changes[0].after, "<a href=x><img src=y></a>");
	assert_int_equal(d->changes[0].line, 7);
	signer_close(&s);
}

/* A long body whose change nobody can guess must not keep the header from being searched, nor
 * take more than its share. */
static void
long_bodies_are_bounded(void **state)
{
	struct md_buf body = { .mem = NULL };
	const struct md_dkim_diagnosis *d;
	struct signer s;
	struct md_str text;

	(void)state;
	signer_open(&s);
	body.mem = s.mem;
	md_buf_add(&body, md_str("From: a@example.com\r\nSubject: x\r\n\r\n"));
	for (unsigned i = 0; i < 50000; i++)
		md_buf_printf(&body, "line %u of many\r\n", i);
	text = sign(&s, false, "c=relaxed/relaxed; h=from:subject",
	            (struct md_str){ body.p, body.len });
	text = replace(s.mem, text, "line 777 ", "other 777 ");
	text = replace(s.mem, text, "Subject: ", "Subject: [tag] ");
	d = diagnose(&s, text);
	assert_true(d->body_broken && !d->body_mended && d->header_mended);
	assert_int_equal(d->n, 1);
	assert_string_equal(d->changes[0].name, "Subject");
	signer_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damages_of_rsa),
		cmocka_unit_test(damages_of_ed25519),
		cmocka_unit_test(images_in_pages_are_found),
		cmocka_unit_test(long_bodies_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
