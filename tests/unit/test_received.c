/* Received fields in the style of each server. */
#include "unit.h"

#include "base/arena.h"
#include "mail/received.h"

/* The envelope-from that a field does not tell is written "-". */
static const struct {
	const char *text;
	const char *from, *helo, *rdns, *ip, *by, *with, *tls, *id, *rcpt, *envelope_from;
	int64_t seconds;
} fields[] = {
	/* Postfix */
	{ " from said.example.com (mail.example.com [192.0.2.1])\r\n"
	  "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n"
	  "\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)\r\n"
	  "\t(No client certificate requested)\r\n"
	  "\tby mx.example.org (Postfix) with ESMTPS id 4XabC1\r\n"
	  "\tfor <bob@example.org>; Sat, 21 Nov 2026 08:00:00 +0100 (CET)",
	  "said.example.com", "said.example.com", "mail.example.com", "192.0.2.1",
	  "mx.example.org", "ESMTPS", "TLS1.3", "4XabC1", "bob@example.org", "-", 1795244400 },
	{ "from mail.example.com (unknown [IPv6:2001:db8::25])\r\n"
	  "\tby mx.example.org (Postfix) with ESMTP id 4XabC1; Sat, 21 Nov 2026 07:00:00 +0000",
	  "mail.example.com", "mail.example.com", "", "2001:db8::25", "mx.example.org", "ESMTP",
	  "", "4XabC1", "", "-", 1795244400 },
	{ "from [192.168.1.2] (cpe.example.net [203.0.113.9])\r\n"
	  "\t(Authenticated sender: ann@example.com)\r\n"
	  "\tby smtp.example.com (Postfix) with ESMTPSA id 1; Sat, 21 Nov 2026 07:00:00 +0000",
	  "[192.168.1.2]", "[192.168.1.2]", "cpe.example.net", "203.0.113.9",
	  "smtp.example.com", "ESMTPSA", "", "1", "", "-", 1795244400 },
	{ "by app.example.com (Postfix, from userid 33)\r\n\tid 1A2B; Sat, 21 Nov 2026 07:00:00 "
	  "+0000 (UTC)",
	  "", "", "", "", "app.example.com", "", "", "1A2B", "", "-", 1795244400 },
	/* amavis */
	{ "from mx.example.org ([127.0.0.1])\r\n\tby localhost (mx.example.org [127.0.0.1]) "
	  "(amavisd-new, port 10024)\r\n\twith ESMTP id x-1 for <bob@example.org>;\r\n"
	  "\tSat, 21 Nov 2026 07:00:00 +0000",
	  "mx.example.org", "mx.example.org", "", "127.0.0.1", "localhost", "ESMTP", "", "x-1",
	  "bob@example.org", "-", 1795244400 },
	/* Exim: a name that it has made sure of; only an address; TLS old and new */
	{ "from mail.example.com ([192.0.2.1]:40000 helo=said.example.com)\r\n"
	  "\tby mx.example.org with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384\r\n"
	  "\t(Exim 4.96)\r\n\t(envelope-from <ann@example.com>)\r\n\tid 1tDabc-000000001-2abc\r\n"
	  "\tfor bob@example.org;\r\n\tSat, 21 Nov 2026 07:00:00 +0000",
	  "mail.example.com", "said.example.com", "mail.example.com", "192.0.2.1",
	  "mx.example.org", "esmtps", "TLS1.3", "1tDabc-000000001-2abc", "bob@example.org",
	  "ann@example.com", 1795244400 },
	{ "from [192.0.2.1] (port=4711 helo=[192.168.1.1] ident=10.0.0.1)\r\n"
	  "\tby mx.example.org with esmtp (Exim 4.94.2)\r\n\t(envelope-from <>)\r\n\tid 1abc; "
	  "Sat, 21 Nov 2026 07:00:00 +0000",
	  "[192.0.2.1]", "[192.168.1.1]", "", "192.0.2.1", "mx.example.org", "esmtp", "",
	  "1abc", "", "", 1795244400 },
	{ "from mail.example.com ([192.0.2.1])\r\n\tby mx.example.org with esmtps "
	  "(TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256)\r\n\t(Exim 4.89) id 1abc; 21 Nov 2026 "
	  "07:00:00 +0000",
	  "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1",
	  "mx.example.org", "esmtps", "TLS1.2", "1abc", "", "-", 1795244400 },
	/* Sendmail, and a name that does not lead back */
	{ "from mail.example.com (mail.example.com [192.0.2.1])\r\n\tby mx.example.org "
	  "(8.17.1/8.17.1) with ESMTPS id 4AL70\r\n\t(version=TLSv1.3 "
	  "cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT)\r\n\tfor <bob@example.org>; Sat, "
	  "21 Nov 2026 07:00:00 GMT",
	  "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1",
	  "mx.example.org", "ESMTPS", "TLS1.3", "4AL70", "bob@example.org", "-", 1795244400 },
	{ "from said.example.com (forged.example.net [192.0.2.1] (may be forged))\r\n"
	  "\tby mx.example.org (8.17.1/8.17.1) with SMTP id 4AL70; Sat, 21 Nov 2026 07:00:00 "
	  "+0000",
	  "said.example.com", "said.example.com", "", "192.0.2.1", "mx.example.org", "SMTP", "",
	  "4AL70", "", "-", 1795244400 },
	/* qmail and its descendants */
	{ "(qmail 4711 invoked by uid 0); 21 Nov 2026 07:00:00 -0000", "", "", "", "", "", "",
	  "", "", "", "-", 1795244400 },
	{ "from unknown (HELO mail.example.com) (192.0.2.1)\r\n  by mx.example.org with SMTP; 21 "
	  "Nov 2026 07:00:00 -0000",
	  "unknown", "mail.example.com", "", "192.0.2.1", "mx.example.org", "SMTP", "", "", "",
	  "-", 1795244400 },
	{ "from mail.example.com (HELO said.example.com) (ann@example.net@192.0.2.1)\r\n  by "
	  "mx.example.org with (TLS_AES_256_GCM_SHA384 encrypted) SMTP; 21 Nov 2026 07:00:00 "
	  "-0000",
	  "mail.example.com", "said.example.com", "mail.example.com", "192.0.2.1",
	  "mx.example.org", "SMTP", "TLS", "", "", "-", 1795244400 },
	{ "from unknown (HELO mail.example.com) ([192.0.2.1]) (envelope-sender "
	  "<ann@example.com>)\r\n by mx.example.org (qmail-ldap-1.03) with SMTP\r\n for "
	  "<bob@example.org>; 21 Nov 2026 07:00:00 -0000",
	  "unknown", "mail.example.com", "", "192.0.2.1", "mx.example.org", "SMTP", "", "",
	  "bob@example.org", "ann@example.com", 1795244400 },
	/* Microsoft: inside, at the edge, MAPI, and old Exchange */
	{ "from AM0PR01MB1.eurprd01.prod.example.com (2603:10a6:208:72::26)\r\n by "
	  "AS8PR01MB2.eurprd01.prod.example.com (2603:10a6:20b:333::11) with\r\n Microsoft SMTP "
	  "Server (version=TLS1_2,\r\n cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id "
	  "15.20.8158.23; Sat, 21 Nov\r\n 2026 07:00:00 +0000",
	  "AM0PR01MB1.eurprd01.prod.example.com", "AM0PR01MB1.eurprd01.prod.example.com", "",
	  "2603:10a6:208:72::26", "AS8PR01MB2.eurprd01.prod.example.com",
	  "Microsoft SMTP Server", "TLS1.2", "15.20.8158.23", "", "-", 1795244400 },
	{ "from mail.example.com (192.0.2.1) by\r\n DB5EUR03FT015.mail.protection.example.net "
	  "(10.152.20.99) with Microsoft SMTP\r\n Server (version=TLS1_2, "
	  "cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\r\n 15.20.8158.23 via Frontend "
	  "Transport; Sat, 21 Nov 2026 07:00:00 +0000",
	  "mail.example.com", "mail.example.com", "", "192.0.2.1",
	  "DB5EUR03FT015.mail.protection.example.net", "Microsoft SMTP Server", "TLS1.2",
	  "15.20.8158.23", "", "-", 1795244400 },
	{ "from AM0PR01MB1.eurprd01.prod.example.com\r\n ([fe80::1234:5678%4]) by "
	  "AM0PR01MB1.eurprd01.prod.example.com\r\n ([fe80::1234:5678%4]) with mapi id "
	  "15.20.8158.023; Sat, 21 Nov 2026 07:00:00\r\n +0000",
	  "AM0PR01MB1.eurprd01.prod.example.com", "AM0PR01MB1.eurprd01.prod.example.com", "",
	  "fe80::1234:5678", "AM0PR01MB1.eurprd01.prod.example.com", "mapi", "",
	  "15.20.8158.023", "", "-", 1795244400 },
	{ "from mail.example.com (192.0.2.1) by ex1.example.org (198.51.100.7) with Microsoft "
	  "SMTP Server (TLS) id 15.0.1497.48; Sat, 21 Nov 2026 07:00:00 +0000",
	  "mail.example.com", "mail.example.com", "", "192.0.2.1", "ex1.example.org",
	  "Microsoft SMTP Server", "TLS", "15.0.1497.48", "", "-", 1795244400 },
	/* Gmail: at the edge, inside, submission, from Google */
	{ "from mail.example.com (mail.example.com. [192.0.2.1])\r\n        by mx.google.example "
	  "with ESMTPS id a1-b2.3.2026.11.20.23\r\n        for <bob@example.org>\r\n        "
	  "(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\r\n        Fri, 20 Nov "
	  "2026 23:00:00 -0800 (PST)",
	  "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1",
	  "mx.google.example", "ESMTPS", "TLS1.3", "a1-b2.3.2026.11.20.23", "bob@example.org",
	  "-", 1795244400 },
	{ "by 2002:a17:907:9706:b0:9a1:2b3c:4d5e with SMTP id abc123csp;\r\n        Fri, 20 Nov "
	  "2026 23:00:00 -0800 (PST)",
	  "", "", "", "", "2002:a17:907:9706:b0:9a1:2b3c:4d5e", "SMTP", "", "abc123csp", "",
	  "-", 1795244400 },
	{ "from mail-f41.example.com (mail-f41.example.com. [192.0.2.41])\r\n by mx.google.example "
	  "with SMTPS id abc.4 for <bob@example.org> (Google Transport Security); Fri, 20 Nov "
	  "2026 23:00:00 -0800 (PST)",
	  "mail-f41.example.com", "mail-f41.example.com", "mail-f41.example.com", "192.0.2.41",
	  "mx.google.example", "SMTPS", "", "abc.4", "bob@example.org", "-", 1795244400 },
	{ "from 1234567 named unknown by gmailapi.example.com with HTTPREST; Fri, 20 Nov 2026 "
	  "23:00:00 -0800",
	  "1234567", "1234567", "", "", "gmailapi.example.com", "HTTPREST", "", "", "", "-",
	  1795244400 },
	/* Yahoo */
	{ "from 192.0.2.41 (EHLO mail.example.com)\r\n by 10.253.237.81 with SMTPs\r\n "
	  "(version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256);\r\n Sat, 21 Nov 2026 07:00:00 +0000",
	  "192.0.2.41", "mail.example.com", "", "192.0.2.41", "10.253.237.81", "SMTPs",
	  "TLS1.3", "", "", "-", 1795244400 },
	/* Amazon */
	{ "from mail.example.com (mail.example.com [192.0.2.1])\r\n by "
	  "inbound-smtp.eu-west-1.example.net with SMTP id abc123\r\n for bob@example.org;\r\n "
	  "Sat, 21 Nov 2026 07:00:00 +0000 (UTC)",
	  "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1",
	  "inbound-smtp.eu-west-1.example.net", "SMTP", "", "abc123", "bob@example.org", "-",
	  1795244400 },
	/* OpenSMTPD */
	{ "from mail.example.com (mail.example.com [192.0.2.1])\r\n\tby mx.example.org "
	  "(OpenSMTPD) with ESMTPS id 1a2b3c4d "
	  "(TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO)\r\n\tfor <bob@example.org>;\r\n\tSat, 21 Nov "
	  "2026 08:00:00 +0100 (CET)",
	  "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1",
	  "mx.example.org", "ESMTPS", "TLS1.3", "1a2b3c4d", "bob@example.org", "-",
	  1795244400 },
	/* Dovecot's LMTP, Mailman */
	{ "from mx.example.org ([198.51.100.7])\r\n\t(using TLSv1.2 with cipher "
	  "ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))\r\n\tby imap.example.org with "
	  "LMTPS\r\n\tid aBc+D\r\n\t(envelope-from <ann@example.com>)\r\n\tfor "
	  "<bob@example.org>; Sat, 21 Nov 2026 07:00:00 +0000",
	  "mx.example.org", "mx.example.org", "", "198.51.100.7", "imap.example.org", "LMTPS",
	  "TLS1.2", "aBc+D", "bob@example.org", "ann@example.com", 1795244400 },
	{ "from lists.example.org (localhost [IPv6:::1])\r\n\tby lists.example.org (Postfix) with "
	  "ESMTP id 4XabC2; Sat, 21 Nov 2026 07:00:00 +0000 (UTC)",
	  "lists.example.org", "lists.example.org", "localhost", "::1", "lists.example.org",
	  "ESMTP", "", "4XabC2", "", "-", 1795244400 },
	/* Courier, CommuniGate, Haraka, fetchmail */
	{ "from mail.example.com (mail.example.com [::ffff:192.0.2.1])\r\n  (TLS: "
	  "TLSv1.3,256bits,TLS_AES_256_GCM_SHA384)\r\n  by mx.example.org with ESMTPS; Sat, 21 "
	  "Nov 2026 07:00:00 +0000\r\n  id 00000000000A1B2C.000000006740.00001234",
	  "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1",
	  "mx.example.org", "ESMTPS", "TLS1.3", "", "", "-", 1795244400 },
	{ "from [203.0.113.9] (account ann@example.com HELO laptop)\r\n  by mail.example.com "
	  "(CommuniGate Pro SMTP 6.3.0)\r\n  with ESMTPSA id 4711 for bob@example.org; Sat, 21 "
	  "Nov 2026 07:00:00 +0000",
	  "[203.0.113.9]", "", "", "203.0.113.9", "mail.example.com", "ESMTPSA", "", "4711",
	  "bob@example.org", "-", 1795244400 },
	{ "from mail.example.com (mail.example.com [192.0.2.1])\r\n\tby mx.example.org "
	  "(Haraka/3.0.2) with ESMTPS id AB-CD.1\r\n\tenvelope-from <ann@example.com>\r\n\ttls "
	  "TLS_AES_256_GCM_SHA384;\r\n\tSat, 21 Nov 2026 07:00:00 +0000",
	  "mail.example.com", "mail.example.com", "mail.example.com", "192.0.2.1",
	  "mx.example.org", "ESMTPS", "TLS", "AB-CD.1", "", "ann@example.com", 1795244400 },
	{ "from pop.example.net [192.0.2.10]\r\n\tby home.example.org with POP3 "
	  "(fetchmail-6.4.37)\r\n\tfor <bob@localhost> (single-drop); Sat, 21 Nov 2026 07:00:00 "
	  "+0000 (UTC)",
	  "pop.example.net", "pop.example.net", "", "192.0.2.10", "home.example.org", "POP3",
	  "", "", "bob@localhost", "-", 1795244400 },
	/* ZMailer */
	{ "from mail.example.com ([192.0.2.1]:35100 \"EHLO\r\n\tsaid.example.com\" "
	  "rhost-flags-OK-OK-OK-OK) by lists.example.org\r\n\twith ESMTP id S932684AbZ "
	  "(ORCPT\r\n\t<rfc822;bob@example.org>); Sat, 21 Nov 2026 07:00:00 +0000",
	  "mail.example.com", "said.example.com", "mail.example.com", "192.0.2.1",
	  "lists.example.org", "ESMTP", "", "S932684AbZ", "", "-", 1795244400 },
	/* the second "from" is no client; comments that do not end; nothing at all */
	{ "from a.example.com (a.example.com [192.0.2.1]) by b.example.org from "
	  "c.example.net (c.example.net [192.0.2.3]); Sat, 21 Nov 2026 07:00:00 +0000",
	  "a.example.com", "a.example.com", "a.example.com", "192.0.2.1", "b.example.org", "",
	  "", "", "", "-", 1795244400 },
	{ "from a.example.com (a.example.com [192.0.2.1] by b.example.org; Sat, 21 Nov 2026 "
	  "07:00:00 +0000",
	  "a.example.com", "a.example.com", "a.example.com", "192.0.2.1", "", "", "", "", "",
	  "-", 0 },
	/* SendGrid: dates without a semicolon, one with a fraction, one as Go prints it */
	{ "from MTIzNDU (unknown [192.0.2.7])\r\n\tby geopod-ismtpd-1-2 (SG) with ESMTP id q1\r\n"
	  "\tSat, 21 Nov 2026 07:00:00.512 +0000 (UTC)",
	  "MTIzNDU", "MTIzNDU", "", "192.0.2.7", "geopod-ismtpd-1-2", "ESMTP", "", "q1", "",
	  "-", 1795244400 },
	{ "by filter0001p1.example.net with SMTP id filter0001p1-22-5A\r\n"
	  "        2026-11-21 07:00:00.859878421 +0000 UTC m=+1240939.113482279",
	  "", "", "", "", "filter0001p1.example.net", "SMTP", "", "filter0001p1-22-5A", "", "-",
	  1795244400 },
	/* Exim: a local part with what sets words apart elsewhere */
	{ "from [192.0.2.1] (helo=list.example.net)\r\n\tby mx.example.org with esmtps (Exim "
	  "4.96)\r\n\t(envelope-from <news-bounces+bob=example.org@list.example.net>)\r\n\tid "
	  "1abc; Sat, 21 Nov 2026 07:00:00 +0000",
	  "[192.0.2.1]", "list.example.net", "", "192.0.2.1", "mx.example.org", "esmtps", "",
	  "1abc", "", "news-bounces+bob=example.org@list.example.net", 1795244400 },
	{ "", "", "", "", "", "", "", "", "", "", "-", 0 },
};

static void
compare(const char *field, const char *what, const char *got, const char *wanted)
{
	if (strcmp(got, wanted) != 0)
		fail_msg("%s\n%s is \"%s\", not \"%s\"", field, what, got, wanted);
}

static void
reads_what_servers_write(void **state)
{
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *text = fields[i].text;
		const struct md_field field = { .value = md_str(text) };
		const struct md_received *r = md_received_parse(mem, &field);

		compare(text, "from", r->from, fields[i].from);
		compare(text, "helo", r->helo, fields[i].helo);
		compare(text, "rdns", r->rdns, fields[i].rdns);
		compare(text, "ip", r->has_ip ? md_addr_print(mem, r->ip) : "", fields[i].ip);
		compare(text, "by", r->by, fields[i].by);
		compare(text, "with", r->with, fields[i].with);
		compare(text, "tls", r->tls, fields[i].tls);
		compare(text, "id", r->id, fields[i].id);
		compare(text, "for", r->rcpt, fields[i].rcpt);
		compare(text, "envelope-from",
		        r->envelope_from != NULL ? r->envelope_from : "-",
		        fields[i].envelope_from);
		assert_int_equal(r->date.valid ? r->date.seconds : 0, fields[i].seconds);
	}
	md_arena_free(mem);
}

/* RFC 3848, RFC 8314 4.3, and comments; never a guess from a host's name. */
static void
knows_tls_and_logins(void **state)
{
	static const struct {
		const char *text, *tls;
		bool by_tls, submitted;
	} cases[] = {
		{ "by a with ESMTPS", "", true, false },
		{ "by a with esmtpsa", "", true, true },
		{ "by a with UTF8SMTPS", "", true, false },
		{ "by a with ESMTP/TLS/ECDHE-RSA-AES256-GCM-SHA384 id b", "", true, false },
		{ "by a (qmail-ldap-1.03) with AES128-SHA encrypted SMTP for b", "TLS", true,
		  false },
		{ "by a with UTF8SMTPSA (TLS_AES_256_GCM_SHA384 encrypted, authenticated)",
		  "TLS", true, true },
		{ "by a with ESMTPA", "", false, true },
		{ "by a with ESMTP tls TLS_AES_128_GCM_SHA256", "TLS", true, false },
		{ "from tls1.example.com (tls1.example.com [192.0.2.1]) by a with SMTP", "",
		  false, false },
		{ "by a with SMTP (version=TLSv1/SSLv3 cipher=RC4-MD5)", "TLS", true, false },
		{ "by a with SMTP (TLSv1:ECDHE:256)", "TLS1.0", true, false },
		{ "by a with SMTP (version=SSLv3)", "SSL3", true, false },
		{ "by a with SMTP (cipher=NONE)", "", false, false },
		{ "from b (b [192.0.2.1]) (authenticated bits=0) by a with ESMTP", "", false,
		  true },
	};
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct md_field field = { .value = md_str(cases[i].text) };
		const struct md_received *r = md_received_parse(mem, &field);

		compare(cases[i].text, "tls", r->tls, cases[i].tls);
		assert_int_equal(md_received_by_tls(r), cases[i].by_tls);
		assert_int_equal(r->submitted, cases[i].submitted);
	}
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_servers_write),
		cmocka_unit_test(knows_tls_and_logins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
