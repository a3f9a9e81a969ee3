"""Forty ordinary messages, one a provider and way, written as those services write them.

All names, addresses and words are made up; what is copied is the shape: which fields there are, in
which order, what is encoded how, who signs, and what MAIL FROM looks like.  A message is a dict:

    name    what it stands for
    frm     From, as written
    env     MAIL FROM; "" is <>
    host    (name, address) of the host that handed it over
    sign    (domain, selector) of each signature, the first is made first
    head    further fields
    body    "text", "both" (multipart/alternative), "html", "mixed", "invite" or "report"
    policy  of the From domain's DMARC record; "" for none
    edge    which receiver took it: "postfix", "gmail", "exim"
"""

SHOP, BANK, FIRM = "kornblum.example", "sparbund.example", "mueller-bau.example"
MAILER = "sendewerk.example"  # a mail service
UNSUB = ("List-Unsubscribe", "<https://click.{0}/u/8f2a?id=77>, <mailto:u-77@{0}>")
CLICK = ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
BULK = [(UNSUB[0], UNSUB[1].format(MAILER)), CLICK]


def message(name, frm, env, host, sign, head=(), body="both", policy="reject", edge="postfix"):
    return dict(name=name, frm=frm, env=env, host=host, sign=list(sign), head=list(head), body=body,
                policy=policy, edge=edge)


def own(domain, selector="s1"):
    return [(domain, selector)]


def through(domain, selector="k1", service=MAILER, theirs="sw1"):
    """Signed by the customer's domain, and by the service for its own reputation."""
    return [(domain, selector), (service, theirs)]


PERSON = '"Ina Weber" <ina.weber@{}>'

MESSAGES = [
    # ---- people ----
    message("gmail-person", "Ina Weber <ina.weber@postamt.example>", "ina.weber@postamt.example",
            ("mail-wr1-f51.postamt.example", "198.51.100.51"), own("postamt.example", "20230601"),
            [("X-Gm-Message-State", "AOJu0YxQ"), ("X-Received", "by 2002:a5d:58f6 with SMTP id x1; "
              "Sat, 14 Nov 2026 02:10:08 -0800 (PST)")], policy="none"),
    message("outlook-com-person", "Ina Weber <ina.weber@ausblick.example>", "ina.weber@ausblick.example",
            ("mail-db3eur04olkn2058.outbound.ausblick.example", "198.51.100.58"),
            own("ausblick.example", "selector1"),
            [("Thread-Topic", "Treffen"), ("Thread-Index", "AQHb1Q=="), ("Accept-Language", "de-DE"),
             ("X-MS-Has-Attach", ""), ("X-TMN", "[abc]")], policy="none"),
    message("yahoo-person", "Ina Weber <ina.weber@jodel.example>", "ina.weber@jodel.example",
            ("sonic301-20.consmr.mail.ir2.jodel.example", "198.51.100.20"), own("jodel.example", "s2048"),
            [("X-YMail-OSG", "abc.def"), ("References", "<1.1.ref@mail.jodel.example>"),
             ("X-Mailer", "WebService/1.1.22 JodelMailNorrin")]),
    message("icloud-person", "Ina Weber <ina.weber@wolke.example>", "ina.weber@wolke.example",
            ("ci-2002b-snip4-4.eps.wolke.example", "198.51.100.44"), own("wolke.example", "1a1hai"),
            [("X-Mailer", "iPhone Mail (22B91)"), ("X-Proofpoint-GUID", "4nRxyz")], policy="quarantine"),
    message("fastmail-person", "Ina Weber <ina@weber.example>", "ina@weber.example",
            ("fout-b1-smtp.schnellpost.example", "198.51.100.61"),
            [("weber.example", "fm2"), ("schnellpost.example", "fm1")],
            [("Feedback-ID", "i1a2b3c4:Schnellpost"), ("X-ME-Sender", "<xms:abc>"), ("X-ThreadId", "A1")]),
    message("proton-outbound", "Ina Weber <ina.weber@atom.example>", "ina.weber@atom.example",
            ("mail-4316.atom.example", "198.51.100.16"), own("atom.example", "kq2nz"),
            [("Feedback-ID", "1234567:user:atom"), ("X-Pm-Message-ID", "abcdef")], body="html",
            policy="quarantine"),
    message("gmx-person", "Ina Weber <ina.weber@gelbpost.example>", "ina.weber@gelbpost.example",
            ("mout.gelbpost.example", "198.51.100.17"), own("gelbpost.example", "s31663417"),
            [("Importance", "normal"), ("Sensitivity", "Normal"), ("X-Priority", "3"),
             ("X-Provags-ID", "V03:K1:abc"), ("UI-OutboundReport", "notjunk:1;M01:P0:abc=;def")],
            body="html", policy="none"),
    message("orange-person", "Ina Weber <ina.weber@agrume.example>", "ina.weber@agrume.example",
            ("smtp-15.smtpout.agrume.example", "198.51.100.15"), own("agrume.example", "t20230301"),
            [("X-ME-Helo", "[192.168.1.10]"), ("X-ME-IP", "192.0.2.77"), ("Content-Language", "fr")],
            body="text", policy="quarantine"),
    message("exchange-person", PERSON.format(FIRM), "ina.weber@" + FIRM,
            ("mail-am6eur05on2110.outbound.ausblick.example", "198.51.100.110"), own(FIRM, "selector1"),
            [("X-MS-Exchange-Organization-SCL", "-1"), ("Thread-Index", "AdvQ=="),
             ("Content-Language", "en-US")], body="mixed"),
    message("thunderbird-own-server", PERSON.format("weber.example"), "ina@weber.example",
            ("mail.weber.example", "198.51.100.70"), own("weber.example"),
            [("User-Agent", "Mozilla Thunderbird"), ("Content-Language", "de-DE")], body="text", edge="exim"),
    # ---- newsletters ----
    message("mailchimp-newsletter", "=?utf-8?Q?Kornblum=20G=C3=A4rtnerei?= <post@%s>" % SHOP,
            "bounce-mc.us1_1.2-3-otto=empf.example@mail1.mcsv.sendewerk.example",
            ("mail1.mcsv.sendewerk.example", "198.51.100.81"), through(SHOP, "k2"),
            BULK + [("List-ID", "1abc mc list <1abc.2def.list-id.%s>" % MAILER), ("X-Mailer", "MassMail Mailer"),
                    ("X-Campaign", "mc1"), ("X-MC-User", "abc"), ("Feedback-ID", "1:1.2:us1:mc"),
                    ("Sender", "Kornblum <post@%s>" % SHOP)]),
    message("sendgrid-newsletter", "Kornblum <neues@%s>" % SHOP,
            "bounces+123-ab12-otto=empf.example@em77.%s" % SHOP,
            ("wrqvtzvs.outbound-mail.sendewerk.example", "198.51.100.82"), through(SHOP, "s1"),
            BULK + [("X-SG-EID", "u001.abc"), ("X-SG-ID", "u001.def"), ("X-Entity-ID", "u001.x==")]),
    message("ses-newsletter", "Kornblum <neues@%s>" % SHOP,
            "0102018f-1a2b-000000@mail.%s" % SHOP, ("a7-21.smtp-out.sendewerk.example", "198.51.100.83"),
            through(SHOP, "ihchhvubuqgjsxyuhssfvqohv7z3u4hn"),
            BULK + [("Feedback-ID", "::1.eu-west-1.abc=:AmazonasSES"),
                    ("X-SES-Outgoing", "2026.11.14-198.51.100.83")]),
    message("mailgun-newsletter", "Kornblum <neues@%s>" % SHOP, "bounce+1a2b.3c-otto=empf.example@mg.%s" % SHOP,
            ("m42-4.sendewerk.example", "198.51.100.84"), [("mg." + SHOP, "mx")],
            BULK + [("X-Mailgun-Sid", "WyI="), ("X-Mailgun-Sending-Ip", "198.51.100.84"),
                    ("X-Mailgun-Variables", '{"a": "b"}')]),
    message("salesforce-newsletter", '"Kornblum" <neues@e.%s>' % SHOP, "bounce-1_HTML-2-3-4-5@bounce.e.%s" % SHOP,
            ("mta1.e.kornblum.example", "198.51.100.85"), own("e." + SHOP, "200608"),
            BULK + [("X-CSA-Complaints", "csa-complaints@eco.example"), ("X-SFMC-Stack", "1"),
                    ("x-job", "100_200"), ("Reply-To", '"Kornblum" <reply-1@e.%s>' % SHOP)]),
    message("hubspot-newsletter", "Ina von Kornblum <ina@%s>" % SHOP,
            "1axb-otto=empf.example@bf01.eu1.%s" % MAILER, ("bid1.bf01.eu1.sendewerk.example", "198.51.100.86"),
            through(SHOP, "hs1-123"),
            BULK + [("Feedback-ID", "aHw6:1:huspt"), ("X-HubSpot-Message-Source", "1"), ("CFBL-Address",
                     "fbl@%s; report=arf" % MAILER)]),
    message("brevo-newsletter", "Kornblum <neues@%s>" % SHOP, "bounces-1-otto=empf.example@fm.%s" % SHOP,
            ("sender4.sg.sendewerk.example", "198.51.100.87"), through(SHOP, "mail"),
            BULK + [("X-Mailin-EID", "MTIz"), ("Feedback-ID", "198.51.100.87:1_-1:1_-1:Brevlo"),
                    ("X-CSA-Complaints", "csa-complaints@eco.example"), ("Origin-messageId", "<1.2@sg.x.example>")]),
    message("klaviyo-newsletter", "Kornblum <neues@send.%s>" % SHOP, "bounces+1-2-otto=empf.example@send.%s" % SHOP,
            ("o1.ptr.kornblum.example", "198.51.100.88"), through("send." + SHOP, "kl"),
            BULK + [("X-Kmail-Account", "abc"), ("X-SG-EID", "u001.abc"), ("Reply-To", "hallo@" + SHOP)],
            body="html"),
    message("parish-newsletter", "Gemeindebrief <brief@gemeinde.example>", "brief@gemeinde.example",
            ("mail.gemeinde.example", "198.51.100.89"), own("gemeinde.example"),
            [("List-Unsubscribe", "<https://gemeinde.example/ab/1>"), CLICK, ("List-Id", "<brief.gemeinde.example>")],
            policy="none"),
    # ---- mail about an order, an account, a ticket ----
    message("postmark-receipt", "Kornblum <rechnung@%s>" % SHOP, "pm_bounces@pm.%s" % SHOP,
            ("mta244a-ord.mtasv.sendewerk.example", "198.51.100.91"), through(SHOP, "20240101pm"),
            [("X-PM-Message-Id", "1a2b"), ("X-PM-Tag", "invoice"), ("X-PM-RCPT", "|bTB8|"),
             ("Feedback-ID", "s123-_:s123:a456:postmarke")]),
    message("shop-order", "Kornblum Shop <bestellung@%s>" % SHOP, "bestellung@" + SHOP,
            ("web3.kornblum.example", "198.51.100.92"), own(SHOP), [("X-Mailer", "PHPMailer 6.9.1"),
             ("Auto-Submitted", "auto-generated")]),
    message("paypal-receipt", '"service@zahlfix.example" <service@zahlfix.example>', "service@zahlfix.example",
            ("mx0.slc.zahlfix.example", "198.51.100.93"), own("zahlfix.example", "pp-dkim1"),
            [("X-PP-REQUESTED-TIME", "1"), ("X-Email-Type-Id", "RT000238"), ("PP-Correlation-Id", "f1"),
             ("X-XPT-XSL-Name", "/en_DE/x.xsl"), ("AMQ-Delivery-Message-Id", "n1")], body="html"),
    message("bank-statement", "Sparbund <noreply@%s>" % BANK, "bounce-9@bounce.%s" % BANK,
            ("mailout2.sparbund.example", "198.51.100.94"), own(BANK, "sb2026"), [("Auto-Submitted", "auto-generated"),
             ("X-Auto-Response-Suppress", "All")]),
    message("airline-boarding-pass", "Nordluft <no-reply@info.nordluft.example>",
            "bounce+otto=empf.example@info.nordluft.example", ("mta9.info.nordluft.example", "198.51.100.95"),
            own("info.nordluft.example", "nl1"), [("X-Report-Abuse", "abuse@nordluft.example")], body="mixed"),
    message("linkedin-notification", "Netzwerk <messages-noreply@netzwerk.example>",
            "s-2abc@bounce.netzwerk.example", ("maile-db.netzwerk.example", "198.51.100.96"),
            [("netzwerk.example", "d2048-1"), ("maile.netzwerk.example", "d2048-1")],
            [("List-Unsubscribe", "<https://www.netzwerk.example/e/v2?u=1>"), CLICK,
             ("X-LinkedIn-Class", "INMAIL"), ("X-LinkedIn-Template", "email_x"), ("Feedback-ID", "x:netzwerk")]),
    message("github-notification", "Ina Weber <notifications@werkbank.example>", "noreply@werkbank.example",
            ("out-24.smtp.werkbank.example", "198.51.100.97"), own("werkbank.example", "pf2023"),
            [("Reply-To", "werk/bank <reply+A1@reply.werkbank.example>"), ("Precedence", "list"),
             ("List-ID", "werk/bank <bank.werk.werkbank.example>"),
             ("List-Archive", "<https://werkbank.example/werk/bank>"),
             ("List-Post", "<mailto:reply+A1@reply.werkbank.example>"),
             ("List-Unsubscribe", "<mailto:unsub+A1@reply.werkbank.example>, <https://werkbank.example/n/u/A1>"),
             CLICK, ("X-GitHub-Reason", "mention"), ("In-Reply-To", "<werk/bank/pull/1@werkbank.example>"),
             ("X-Auto-Response-Suppress", "All")], body="both"),
    message("zendesk-ticket", "Kornblum Hilfe (Support) <hilfe@%s>" % SHOP, "hilfe+bounce@%s" % SHOP,
            ("outbyoip10.pod17.tickethaus.example", "198.51.100.98"),
            [("tickethaus.example", "th1"), (SHOP, "zendesk1")],
            [("Reply-To", "Kornblum Hilfe <hilfe+id1@%s>" % SHOP), ("X-Mailer", "Tickethaus Mailer"),
             ("X-Zendesk-From-Account-Id", "1"), ("Auto-Submitted", "auto-generated"),
             ("X-Auto-Response-Suppress", "All"), ("In-Reply-To", "<a@tickethaus.example>")]),
    message("otrs-ticket", "Rechenzentrum <hilfe@uni-nord.example>", "hilfe@uni-nord.example",
            ("mail.uni-nord.example", "198.51.100.99"), own("uni-nord.example"),
            [("X-Mailer", "OTRS Mail Service (6.0)"), ("X-Powered-By", "OTRS"), ("Organization", "Uni Nord"),
             ("References", "<1.2@uni-nord.example>")], body="text", policy="none", edge="exim"),
    message("jira-ticket", '"Ina Weber (Tafel)" <tafel@%s>' % FIRM, "bounce-1@bounce.%s" % FIRM,
            ("smtp.tafel.example", "198.51.100.100"), own(FIRM, "tafel1"),
            [("Precedence", "bulk"), ("Auto-Submitted", "auto-generated"), ("X-JIRA-FingerPrint", "a1"),
             ("X-Tafel-Id", "1")], body="both"),
    message("gitlab-notification", "Ina Weber <git@%s>" % FIRM, "git@" + FIRM, ("git.mueller-bau.example", "198.51.100.101"),
            own(FIRM, "git"), [("List-Id", "bau/plan <1.plan.bau.git.%s>" % FIRM),
            ("List-Unsubscribe", "<https://git.%s/-/s/a1/unsubscribe?force=true>, <mailto:u+a1@git.%s>" % (FIRM, FIRM)), CLICK,
            ("X-GitLab-Project", "plan"), ("Reply-To", "plan <git+a1@%s>" % FIRM), ("Auto-Submitted", "auto-generated")]),
    message("password-reset", "Nordluft <konto@nordluft.example>", "0100018f@ses.nordluft.example",
            ("a48-12.smtp-out.sendewerk.example", "198.51.100.102"), through("nordluft.example", "ses1"), body="html"),
    message("cron-root", "root <root@host7.uni-nord.example>", "root@host7.uni-nord.example",
            ("host7.uni-nord.example", "198.51.100.103"), own("uni-nord.example"),
            [("X-Cron-Env", "<SHELL=/bin/sh>"), ("Auto-Submitted", "auto-generated")], body="text", policy="none"),
    # ---- invitations ----
    message("google-calendar-invitation", "Ina Weber <ina.weber@postamt.example>",
            "3abc-kalender-bounce@kalender-server.bounces.postamt.example",
            ("mail-qk1-f199.postamt.example", "198.51.100.104"), own("postamt.example", "20230601"),
            [("Reply-To", "Ina Weber <ina.weber@postamt.example>"), ("Sender", "Kalender <calendar-notification@postamt.example>"),
             ("Auto-Submitted", "auto-generated")], body="invite", policy="none"),
    message("exchange-invitation", PERSON.format(FIRM), "ina.weber@" + FIRM,
            ("mail-am6eur05on2111.outbound.ausblick.example", "198.51.100.111"), own(FIRM, "selector1"),
            [("Thread-Topic", "Baubesprechung"), ("Thread-Index", "Ad=="), ("Content-Class", "urn:content-classes:calendarmessage"),
             ("X-MS-Exchange-Calendar-Originator-Id", "ina.weber@" + FIRM)], body="invite"),
    # ---- lists, forwards, reports ----
    message("mailman-from-rewritten", "Ina Weber via Chor <chor@listen.uni-nord.example>",
            "chor-bounces+otto=empf.example@listen.uni-nord.example", ("listen.uni-nord.example", "198.51.100.105"),
            own("listen.uni-nord.example"), [("Reply-To", "Ina Weber <ina.weber@jodel.example>"),
            ("Precedence", "list"), ("List-Id", "Chor <chor.listen.uni-nord.example>"), ("X-Mailman-Version", "3.3.9"),
            ("List-Post", "<mailto:chor@listen.uni-nord.example>"), ("List-Help", "<mailto:chor-request@listen.uni-nord.example?subject=help>"),
            ("List-Unsubscribe", "<mailto:chor-leave@listen.uni-nord.example>"),
            ("List-Archive", "<https://listen.uni-nord.example/chor>"), ("Errors-To", "chor-bounces@listen.uni-nord.example")],
            body="text", policy="none"),
    message("google-group-of-own-domain", "'Ina Weber' via Vorstand <vorstand@%s>" % FIRM,
            "vorstand+bncBC1@%s" % FIRM, ("mail-lf1-f197.postamt.example", "198.51.100.106"), own(FIRM, "google"),
            [("X-Original-From", "Ina Weber <ina.weber@jodel.example>"), ("Reply-To", "Ina Weber <ina.weber@jodel.example>"),
             ("Precedence", "list"), ("Mailing-list", "list vorstand@%s; contact vorstand+owners@%s" % (FIRM, FIRM)),
             ("List-ID", "<vorstand.%s>" % FIRM), ("X-Spam-Checked-In-Group", "vorstand@" + FIRM),
             ("List-Post", "<https://groups.example/g/vorstand/post>, <mailto:vorstand@%s>" % FIRM),
             ("List-Unsubscribe", "<mailto:v+unsubscribe@%s>, <https://groups.example/g/v/subscribe>" % FIRM)], body="text"),
    message("gmail-forwarding", "Ina Weber <ina.weber@jodel.example>", "otto.p+caf_=otto=empf.example@postamt.example",
            ("mail-ed1-f46.postamt.example", "198.51.100.107"), own("jodel.example", "s2048"),
            [("X-Forwarded-To", "otto@empf.example"), ("X-Forwarded-For", "otto.p@postamt.example otto@empf.example"),
             ("Delivered-To", "otto.p@postamt.example")], body="text"),
    message("srs-forwarding", "Sparbund <noreply@%s>" % BANK, "SRS0=a1B2=ZZ=%s=bounce-9@uni-nord.example" % BANK,
            ("mail.uni-nord.example", "198.51.100.99"), own(BANK, "sb2026"), [], body="both"),
    message("delivery-report", "Mail Delivery System <MAILER-DAEMON@mail.uni-nord.example>", "",
            ("mail.uni-nord.example", "198.51.100.99"), own("uni-nord.example"),
            [("Auto-Submitted", "auto-replied")], body="report", policy="none"),
    message("out-of-office", PERSON.format("weber.example"), "", ("mail.weber.example", "198.51.100.70"),
            own("weber.example"), [("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"),
             ("X-Autoreply", "yes"), ("In-Reply-To", "<x@empf.example>")], body="text"),
    message("calendar-reply", "Ina Weber <ina.weber@ausblick.example>", "ina.weber@ausblick.example",
            ("mail-db3eur04olkn2058.outbound.ausblick.example", "198.51.100.58"), own("ausblick.example", "selector1"),
            [("Thread-Topic", "Zugesagt")], body="invite", policy="none"),
]
