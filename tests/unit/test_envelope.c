/* The trusted edge, and the envelope that trace fields tell, in messages of many receivers. */
#include "unit.h"

#include "ask/check.h"
#include "base/arena.h"
#include "envelope/envelope.h"
#include "maildiag.h"

#define DATE "; Sat, 21 Nov 2026 07:00:00 +0000\r\n"
#define EARLIER "; Sat, 21 Nov 2026 06:59:00 +0000\r\n"
#define REST "From: ann@example.com\r\n\r\nHello.\r\n"

/* What each message must tell; line 0: no edge. */
static const struct {
	const char *name, *message;
	unsigned trusted_hops;
	const char *ip_given;
	size_t line;
	const char *ip, *ip_from, *helo, *mail_from, *mail_from_from;
} cases[] = {
	{ "saved by the sender", REST, 0, NULL, 0, "", "", "", "", "" },
	{ "one hop of Postfix",
	  "Return-Path: <ann@example.com>\r\n"
	  "Received: from said.example.com (mail.example.com [192.0.2.1])\r\n"
	  "\tby mx.example.org (Postfix) with ESMTPS id 1" DATE REST,
	  0, NULL, 2, "192.0.2.1", "Received of mx.example.org (line 2)", "said.example.com",
	  "ann@example.com", "Return-Path (line 1)" },
	{ "options come first",
	  "Return-Path: <ann@example.com>\r\n"
	  "Received: from said.example.com (mail.example.com [192.0.2.1])\r\n"
	  "\tby mx.example.org (Postfix) with ESMTPS id 1" DATE REST,
	  0, "198.51.100.9", 2, "198.51.100.9", "--ip", "said.example.com", "ann@example.com",
	  "Return-Path (line 1)" },
	{ "Postfix and amavis, delivered by LMTP",
	  "Return-Path: <>\r\n"
	  "Received: from mx.example.org ([198.51.100.7]) by imap.example.org with LMTP id 5" DATE
	  "Received: from localhost (localhost [127.0.0.1]) by mx.example.org (Postfix) with "
	  "ESMTP id 4" DATE
	  "Received: from mx.example.org ([127.0.0.1]) by localhost (mx.example.org [127.0.0.1]) "
	  "(amavisd-new, port 10024) with ESMTP id 3" DATE
	  "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.org "
	  "(Postfix) with ESMTPS id 2" DATE
	  "Received: from laptop (cpe.example.net [203.0.113.9]) by mail.example.com with "
	  "ESMTPSA id 1" EARLIER REST,
	  0, NULL, 5, "192.0.2.1", "Received of mx.example.org (line 5)", "mail.example.com",
	  "<>", "Return-Path (line 1)" },
	{ "Gmail",
	  "Delivered-To: bob@example.org\r\n"
	  "Received: by 2002:a17:907:9706:b0:9a1:2b3c:4d5e with SMTP id a" DATE
	  "X-Received: by 2002:a05:600c:4709:: with SMTP id x" DATE
	  "Return-Path: <ann@example.com>\r\n"
	  "Received: from mail.example.com (mail.example.com. [192.0.2.1])\r\n by mx.google.com "
	  "with ESMTPS id b for <bob@example.org>" DATE
	  "Received-SPF: pass (google.com: domain of ann@example.com designates 192.0.2.1 as "
	  "permitted sender) client-ip=192.0.2.1;\r\n" REST,
	  0, NULL, 5, "192.0.2.1", "Received of mx.google.com (line 5)", "mail.example.com",
	  "ann@example.com", "Return-Path (line 4)" },
	{ "from Gmail to Gmail: the receiver's own SPF names its client",
	  "Received: by 2002:a17:907:9706:b0:9a1:2b3c:4d5e with SMTP id a" DATE
	  "Return-Path: <ann@gmail.com>\r\n"
	  "Received: from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41]) by "
	  "mx.google.com with SMTPS id b (Google Transport Security)" DATE
	  "Received-SPF: pass (google.com: designates 209.85.220.41) client-ip=209.85.220.41;\r\n"
	  "Received: from [192.168.1.2] (cpe.example.net. [203.0.113.9]) by smtp.gmail.com with "
	  "ESMTPSA id c" DATE REST,
	  0, NULL, 3, "209.85.220.41", "Received of mx.google.com (line 3)",
	  "mail-sor-f41.google.com", "ann@gmail.com", "Return-Path (line 2)" },
	{ "the receiver's SPF stands above a gateway and names whom it had the mail from",
	  "Received-SPF: pass client-ip=192.0.2.1; envelope-from=ann@example.com\r\n"
	  "Received: from gateway.example.net (gateway.example.net [198.51.100.8]) by "
	  "mx.example.org with ESMTP id 2" DATE
	  "Received: from mail.example.com (mail.example.com [192.0.2.1]) by gateway.example.net "
	  "with ESMTP id 1" EARLIER REST,
	  0, NULL, 3, "192.0.2.1", "Received of gateway.example.net (line 3)",
	  "mail.example.com", "ann@example.com", "Received-SPF (line 1)" },
	{ "Microsoft",
	  "Received: from AM0PR01MB1.eurprd01.prod.exchangelabs.com (2603:10a6:208:72::26) by "
	  "AS8PR01MB2.eurprd01.prod.outlook.com with HTTPS" DATE
	  "Received: from A.eurprd01.prod.outlook.com (2603:10a6:208:72::26) by "
	  "B.eurprd01.prod.outlook.com (2603:10a6:20b:333::11) with Microsoft SMTP Server "
	  "(version=TLS1_2, cipher=X) id 15.20" DATE REST,
	  0, NULL, 0, "", "", "", "", "" },
	{ "Microsoft, from outside, into a mailbox",
	  "Received: from A.eurprd01.prod.exchangelabs.com (2603:10a6:208::1) by "
	  "B.eurprd01.prod.exchangelabs.com with HTTPS" DATE
	  "Received: from F.EURPRD83.prod.outlook.com (2603:10a6:20b:21f:cafe::1) by "
	  "A.outlook.office365.com (2603:10a6:20b:21f::20) with Microsoft SMTP Server id "
	  "15.20" DATE
	  "Received: from mail.example.com (192.0.2.1) by F.mail.protection.outlook.com "
	  "(10.167.16.9) with Microsoft SMTP Server id 15.20" EARLIER REST,
	  0, NULL, 3, "192.0.2.1", "Received of F.mail.protection.outlook.com (line 3)",
	  "mail.example.com", "", "" },
	{ "Microsoft, from outside",
	  "Received: from A.eurprd01.prod.outlook.com (2603:10a6:208:72::26) by "
	  "B.eurprd01.prod.exchangelabs.com (2603:10a6:20b:333::11) with Microsoft SMTP Server "
	  "(version=TLS1_2, cipher=X) id 15.20" DATE
	  "Received: from F.eop-EUR03.prod.protection.outlook.com (2603:10b6:208:72::9f) by "
	  "A.outlook.office365.com (2603:10a6:20b:333::12) with Microsoft SMTP Server "
	  "(version=TLS1_2, cipher=X) id 15.20 via Frontend Transport" DATE
	  "Authentication-Results: spf=pass (sender IP is 192.0.2.1) "
	  "smtp.mailfrom=example.com; dkim=none\r\n"
	  "Received: from mail.example.com (192.0.2.1) by F.mail.protection.outlook.com "
	  "(10.152.20.99) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20 via "
	  "Frontend Transport" DATE REST,
	  0, NULL, 4, "192.0.2.1", "Received of F.mail.protection.outlook.com (line 4)",
	  "mail.example.com", "example.com", "Authentication-Results (line 3)" },
	{ "Microsoft, as a mailbox has it: the newest hop is with HTTPS",
	  "Received: from B.eurprd01.prod.exchangelabs.com (2603:10a6:20b:333::11) by "
	  "C.eurprd01.prod.outlook.com with HTTPS" DATE
	  "Received: from F.eop-EUR03.prod.protection.outlook.com (2603:10b6:208:72::9f) by "
	  "B.outlook.office365.com (2603:10a6:20b:333::11) with Microsoft SMTP Server "
	  "(version=TLS1_2, cipher=X) id 15.20 via Frontend Transport" DATE
	  "Received: from mail.example.com (192.0.2.1) by F.mail.protection.outlook.com "
	  "(10.152.20.99) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20 via "
	  "Frontend Transport" DATE REST,
	  0, NULL, 3, "192.0.2.1", "Received of F.mail.protection.outlook.com (line 3)",
	  "mail.example.com", "", "" },
	{ "Microsoft, into a mailbox: the newest hop is told as from the loopback",
	  "Received: from A.eurprd02.prod.outlook.com (::1) by B.eurprd02.prod.outlook.com with "
	  "HTTPS" DATE
	  "Received: from mail.example.com (192.0.2.1) by F.mail.protection.outlook.com "
	  "(10.152.20.99) with Microsoft SMTP Server id 15.20 via Frontend Transport" DATE REST,
	  0, NULL, 2, "192.0.2.1", "Received of F.mail.protection.outlook.com (line 2)",
	  "mail.example.com", "", "" },
	{ "webmail elsewhere: with HTTP the author hands over, from the loopback, too",
	  "Received: from web.example.net (::1) by web.example.net with HTTPS" DATE
	  "Received: from mail.example.com (192.0.2.1) by mx.example.net with ESMTP id 1" DATE
	          REST,
	  0, NULL, 0, "", "", "", "", "" },
	{ "Microsoft, through its newer gateways",
	  "Received: from F.eop-nam10.prod.protection.outlook.com (2a01:111:f403:c922::5) by "
	  "A.outlook.office365.com (2603:1036:d20::b) with Microsoft SMTP Server id 15.20" DATE
	  "Received: from mail.example.com (192.0.2.1) by F.mail.protection.outlook.com "
	  "(10.13.181.67) with Microsoft SMTP Server id 15.20" EARLIER REST,
	  0, NULL, 2, "192.0.2.1", "Received of F.mail.protection.outlook.com (line 2)",
	  "mail.example.com", "", "" },
	{ "Microsoft, from one customer to another: that is a handover",
	  "Received: from DB8-obe.outbound.protection.outlook.com (2a01:111:f403:2612::7) by "
	  "F.mail.protection.outlook.com (2603:10a6:10:3c:cafe::2) with Microsoft SMTP Server id "
	  "15.20" DATE "Received: from C.eurprd04.prod.outlook.com (2603:10a6:10:3c::1) by "
	  "C.eurprd04.prod.outlook.com (2603:10a6:10:3c::1) with mapi id 15.20" EARLIER REST,
	  0, NULL, 1, "2a01:111:f403:2612::7",
	  "Received of F.mail.protection.outlook.com (line 1)",
	  "DB8-obe.outbound.protection.outlook.com", "", "" },
	{ "Microsoft: a Return-Path below its Received, and its results name another domain",
	  "Authentication-Results: spf=pass (sender IP is 192.0.2.1) "
	  "smtp.mailfrom=bulk.example.net; dkim=none\r\n"
	  "Received: from mail.example.net (192.0.2.1) by F.mail.protection.outlook.com "
	  "(10.152.20.99) with Microsoft SMTP Server id 15.20 via Frontend Transport" DATE
	  "Return-Path: ann@example.com\r\n" REST,
	  0, NULL, 2, "192.0.2.1", "Received of F.mail.protection.outlook.com (line 2)",
	  "mail.example.net", "bulk.example.net", "Authentication-Results (line 1)" },
	{ "Microsoft: a Return-Path below its Received that its results bear out",
	  "Authentication-Results: spf=pass (sender IP is 192.0.2.1) "
	  "smtp.mailfrom=example.com; dkim=none\r\n"
	  "Received: from mail.example.com (192.0.2.1) by F.mail.protection.outlook.com "
	  "(10.152.20.99) with Microsoft SMTP Server id 15.20 via Frontend Transport" DATE
	  "Return-Path: ann@example.com\r\n" REST,
	  0, NULL, 2, "192.0.2.1", "Received of F.mail.protection.outlook.com (line 2)",
	  "mail.example.com", "ann@example.com", "Return-Path (line 3)" },
	{ "Microsoft, through its older gateways",
	  "Received: from A.namprd07.prod.outlook.com (2603:10b6:4:ae::22) by "
	  "B.namprd07.prod.outlook.com (2603:10b6:805:6f::19) with Microsoft SMTP Server id "
	  "15.20" DATE
	  "Received: from F.eop-nam12.prod.protection.outlook.com (2a01:111:f400:fe5a::207) by "
	  "A.outlook.office365.com (2603:10b6:4:ae::22) with Microsoft SMTP Server id 15.20" DATE
	  "Received-SPF: Pass (protection.outlook.com: domain of example.com designates "
	  "192.0.2.1 as permitted sender) receiver=protection.outlook.com;\r\n "
	  "client-ip=192.0.2.1; helo=mail.example.com;\r\n"
	  "Received: from mail.example.com (192.0.2.1) by F.mail.protection.outlook.com "
	  "(10.13.181.67) with Microsoft SMTP Server id 15.20" EARLIER REST,
	  0, NULL, 5, "192.0.2.1", "Received of F.mail.protection.outlook.com (line 5)",
	  "mail.example.com", "", "" },
	{ "from one customer of Microsoft to another",
	  "Received: from F.eurprd05.prod.outlook.com (2603:10a6:4:ae::22) by "
	  "B.namprd07.prod.outlook.com (2603:10b6:805:6f::19) with Microsoft SMTP Server id "
	  "15.20" DATE
	  "Received: from EUR05-AM6-obe.outbound.protection.outlook.com (2a01:111:f403:2613::601) "
	  "by F.mail.protection.outlook.com (2603:10a6:4:cafe::9) with Microsoft SMTP Server id "
	  "15.20" DATE "Received: from G.eurprd05.prod.outlook.com (2603:10a6:10:3::5) by "
	  "H.eurprd05.prod.outlook.com (2603:10a6:10:3::6) with Microsoft SMTP Server id "
	  "15.20" EARLIER REST,
	  0, NULL, 2, "2a01:111:f403:2613::601",
	  "Received of F.mail.protection.outlook.com (line 2)",
	  "EUR05-AM6-obe.outbound.protection.outlook.com", "", "" },
	{ "a stranger who says that he is the receiver",
	  "Received: from mx.example.org (unknown [192.0.2.1]) by mx.example.org (Postfix) with "
	  "ESMTP id 1" DATE
	  "Received-SPF: pass client-ip=198.51.100.1; envelope-from=\"liar@example.com\"\r\n"
	  "Received: from good.example.com (good.example.com [198.51.100.1]) by mx.example.org "
	  "with ESMTP id 2" EARLIER REST,
	  0, NULL, 1, "192.0.2.1", "Received of mx.example.org (line 1)", "mx.example.org", "",
	  "" },
	{ "a stranger whose PTR names the receiver, to a server that does not make sure",
	  "Received: from mx.example.org (HELO x.example.com) (192.0.2.1) by mx.example.org with "
	  "SMTP" DATE
	  "Received: from good.example.com (good.example.com [198.51.100.1]) by mx.example.org "
	  "with ESMTP id 2" EARLIER REST,
	  0, NULL, 1, "192.0.2.1", "Received of mx.example.org (line 1)", "x.example.com", "",
	  "" },
	{ "a relay of the receiver's own, by its name in the DNS",
	  "Received: from in.example.org (in.example.org [198.51.100.7]) by store.example.org "
	  "(Postfix) with ESMTP id 2" DATE
	  "Received: from mail.example.com (mail.example.com [192.0.2.1]) by in.example.org "
	  "(Postfix) with ESMTP id 1" EARLIER REST,
	  0, NULL, 2, "192.0.2.1", "Received of in.example.org (line 2)", "mail.example.com",
	  "", "" },
	{ "forwarded: the edge is the forwarder's",
	  "Received: from forward.example.net (forward.example.net [198.51.100.3]) by "
	  "mx.example.org with ESMTPS id 2" DATE
	  "Received: from mail.example.com (mail.example.com [192.0.2.1]) by "
	  "forward.example.net with ESMTPS id 1" EARLIER REST,
	  0, NULL, 1, "198.51.100.3", "Received of mx.example.org (line 1)",
	  "forward.example.net", "", "" },
	{ "fetched from a mailbox elsewhere",
	  "Received: from pop.example.net [198.51.100.10] by home.example.org with POP3 "
	  "(fetchmail-6.4.37) for <bob@localhost> (single-drop)" DATE
	  "Received: from in.example.net (in.example.net [198.51.100.11]) by pop.example.net "
	  "with ESMTP id 2" DATE
	  "Received: from mail.example.com (mail.example.com [192.0.2.1]) by in.example.net with "
	  "ESMTP id 1" EARLIER REST,
	  0, NULL, 3, "192.0.2.1", "Received of in.example.net (line 3)", "mail.example.com",
	  "", "" },
	{ "kept by the server that it was submitted to",
	  "Received: from laptop (cpe.example.net [203.0.113.9]) by mail.example.com with "
	  "ESMTPSA id 1" DATE REST,
	  0, NULL, 0, "", "", "", "", "" },
	{ "Exim tells the envelope",
	  "Return-Path: <srs@example.org>\r\n"
	  "Received: from [192.0.2.1] (helo=said.example.com) by mx.example.org with esmtp (Exim "
	  "4.96) (envelope-from <ann@example.com>) id 1" DATE REST,
	  0, NULL, 2, "192.0.2.1", "Received of mx.example.org (line 2)", "said.example.com",
	  "ann@example.com", "Received of mx.example.org (line 2)" },
	{ "Yahoo", "Received: from 10.197.37.8 by atlas.example.net with HTTPS" DATE REST, 0,
	  NULL, 0, "", "", "", "", "" },
	{ "qmail, and Received-SPF in front of it",
	  "Return-Path: <@relay.example.net:ann@example.com>\r\n"
	  "Received: (qmail 4711 invoked by uid 0)" DATE
	  "Received-SPF: pass client-ip=192.0.2.1; helo=mail.example.com\r\n"
	  "Received: from unknown (HELO mail.example.com) (192.0.2.1) by 0 with SMTP" DATE REST,
	  0, NULL, 4, "192.0.2.1", "Received of 0 (line 4)", "mail.example.com",
	  "ann@example.com", "Return-Path (line 1)" },
	{ "an edge that does not name its client, and Received-SPF that does",
	  "Received-SPF: none client-ip=192.0.2.1; envelope-from=<>; helo=mail.example.com\r\n"
	  "Received: from mail.example.com by mx.example.org with ESMTP id 1" DATE REST,
	  1, NULL, 2, "192.0.2.1", "Received-SPF (line 1)", "mail.example.com", "<>",
	  "Received-SPF (line 1)" },
	{ "the second hop, because the user says so",
	  "Received: from in.example.net (in.example.net [198.51.100.11]) by mx.example.org with "
	  "ESMTP id 2" DATE
	  "Received: from mail.example.com (mail.example.com [192.0.2.1]) by in.example.net with "
	  "ESMTP id 1" EARLIER REST,
	  2, NULL, 2, "192.0.2.1", "Received of in.example.net (line 2)", "mail.example.com",
	  "", "" },
	{ "more hops than there are", "Received: from a by b with SMTP" DATE REST, 2, NULL, 0,
	  "", "", "", "", "" },
	{ "a Return-Path that is none",
	  "Return-Path: a b@example.com\r\n"
	  "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.org with "
	  "ESMTP id 1" DATE REST,
	  0, NULL, 2, "192.0.2.1", "Received of mx.example.org (line 2)", "mail.example.com",
	  "", "" },
};

static const struct md_envelope *envelope;
static const struct md_route *route;
static int64_t receipt;
static const char *receipt_from;

static void
ask(struct md_ctx *c)
{
	envelope = md_envelope(c);
	route = md_route(c);
	receipt = md_receipt(c, &receipt_from);
}

static struct md_run *
examine(struct md_engine *engine, const char *text, unsigned hops, const char *ip, int64_t now)
{
	static const struct md_check check = { .name = "test", .title = "Test", .run = ask };
	const struct md_check *const checks[] = { &check, NULL };
	const struct md_message_source source = {
		.name = "test.eml", .octets = text, .len = strlen(text), .trusted_hops = hops
	};
	const char *const ips[] = { ip, NULL };
	char *why = NULL;
	struct md_run *run = md_run_new(engine, checks,
	                                &(struct md_run_options){ .message = &source,
	                                                          .ips = ip ? ips : NULL,
	                                                          .any_sender = true,
	                                                          .now = now },
	                                &why);

	if (run == NULL)
		fail_msg("%s", why);
	while (!md_run_done(run))
		md_engine_step(engine, 0);
	return run;
}

static struct md_engine *
offline(void)
{
	char *why = NULL;
	struct md_engine *engine =
	        md_engine_new(&(struct md_engine_options){ .offline = true }, &why);

	if (engine == NULL)
		fail_msg("%s", why);
	return engine;
}

static void
compare(const char *name, const char *what, const char *got, const char *wanted)
{
	if (strcmp(got, wanted) != 0)
		fail_msg("%s: %s is \"%s\", not \"%s\" (edge: %s)", name, what, got, wanted,
		         envelope->edge_why);
}

static void
finds_the_edge(void **state)
{
	struct md_engine *engine = offline();
	struct md_arena *mem = md_arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct md_run *run = examine(engine, cases[i].message, cases[i].trusted_hops,
		                             cases[i].ip_given, 0);
		const char *name = cases[i].name;
		const size_t line = envelope->edge != NULL ? envelope->edge->field->line : 0;

		if (line != cases[i].line)
			fail_msg("%s: the edge is line %zu, not %zu (%s)", name, line,
			         cases[i].line, envelope->edge_why);
		compare(name, "ip", envelope->has_ip ? md_addr_print(mem, envelope->ip) : "",
		        cases[i].ip);
		compare(name, "ip_from", envelope->ip_from, cases[i].ip_from);
		compare(name, "helo", envelope->helo, cases[i].helo);
		compare(name, "mail_from", envelope->mail_from.text, cases[i].mail_from);
		compare(name, "its source", envelope->mail_from_from, cases[i].mail_from_from);
		assert_true(envelope->edge_why[0] != '\0');
		md_run_free(run);
	}
	md_arena_free(mem);
	md_engine_free(engine);
}

static void
tells_when(void **state)
{
	static const char text[] =
	        "Received: from b (b [127.0.0.1]) by a with SMTP" DATE
	        "Received: from c.example.com (c.example.com [192.0.2.1]) by b with SMTP" EARLIER
	        "Received: from d by c with SMTP; yesterday\r\n" REST;
	struct md_engine *engine = offline();
	struct md_run *run = examine(engine, text, 0, NULL, 0);

	(void)state;
	assert_int_equal(envelope->received_at, 1795244340);
	assert_int_equal(receipt, 1795244340);
	assert_string_equal(receipt_from, "the time of receipt");
	assert_int_equal(route->n, 3);
	assert_int_equal(md_hop_delay(route, 0), 60);
	assert_true(md_hop_delay(route, 1) == MD_NO_DELAY);
	assert_true(md_hop_delay(route, 2) == MD_NO_DELAY);
	md_run_free(run);
	run = examine(engine, text, 0, NULL, 1234567890);
	assert_int_equal(receipt, 1234567890);
	assert_string_equal(receipt_from, "--now");
	md_run_free(run);
	run = examine(engine, REST, 0, NULL, 0);
	assert_int_equal(envelope->received_at, -1);
	assert_true(receipt > 1700000000);
	assert_string_equal(receipt_from, "now");
	md_run_free(run);
	md_engine_free(engine);
}

static void
bounds_the_route(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_buf text = { .mem = mem };
	struct md_engine *engine = offline();
	struct md_run *run;

	(void)state;
	for (unsigned i = 0; i < 150; i++)
		md_buf_printf(
		        &text,
		        "Received: from a.example.com (a.example.com [192.0.2.1]) by b" DATE);
	md_buf_printf(&text, REST);
	run = examine(engine, md_buf_str(&text), 0, NULL, 0);
	assert_int_equal(route->n, MD_HOPS_MOST);
	assert_int_equal(route->nomitted, 50);
	md_run_free(run);
	md_engine_free(engine);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_edge),
		cmocka_unit_test(tells_when),
		cmocka_unit_test(bounds_the_route),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
