/* Structure: is the message what RFC 5322 and MIME say, and does it look like honest mail? */
#include "rules.h"

#include "base/arena.h"

static const struct md_rule rules[] = {
	[STRUCTURE_FROM_COUNT] = {
		.id = "msg.from-count",
		.severity = MD_FAIL,
		.title = "Not exactly one author in From",
		.fix = "Send exactly one From field with one address: Gmail refuses all else, "
		       "Microsoft several addresses without a Sender, and without one author "
		       "domain there is no DMARC.",
		.reference = "RFC 5322 3.6, 3.6.2; RFC 9989 5.3.1, 11.5",
	},
	[STRUCTURE_SINGLETON_DUP] = {
		.id = "msg.singleton-dup",
		.severity = MD_FAIL,
		.title = "A field that may stand once is repeated",
		.fix = "Send it once: receivers show different ones, and Gmail refuses such "
		       "mail as not compliant with RFC 5322.",
		.reference = "RFC 5322 3.6; RFC 2045 3, 4; RFC 2369 4; RFC 2919 3",
	},
	[STRUCTURE_DATE_MISSING] = {
		.id = "msg.date-missing",
		.severity = MD_FAIL,
		.title = "No Date",
		.fix = "Add a Date field where the message is made: every message has one.",
		.reference = "RFC 5322 3.6, 3.6.1",
	},
	[STRUCTURE_DATE_BAD] = {
		.id = "msg.date-bad",
		.severity = MD_WARN,
		.title = "Date malformed or far off",
		.fix = "Set the clock and the time zone of the machine that makes the message, "
		       "and let a mail library write the field.",
		.reference = "RFC 5322 3.3, 3.6.1",
	},
	[STRUCTURE_MESSAGE_ID] = {
		.id = "msg.message-id",
		.severity = MD_WARN,
		.title = "Message-ID missing or malformed",
		.fix = "Give every message one <unique@id> with a domain of "
		       "yours behind the @.",
		.reference = "RFC 5322 3.6.4",
	},
	[STRUCTURE_MESSAGE_ID_HOST] = {
		.id = "msg.message-id-host",
		.severity = MD_INFO,
		.title = "Message-ID with no full domain behind the @",
		.fix = "Nothing is wrong with its syntax. A domain of yours behind the @ keeps "
		       "such names apart from those of other machines.",
		.reference = "RFC 5322 3.6.4",
	},
	[STRUCTURE_LINE_TOO_LONG] = {
		.id = "msg.line-too-long",
		.severity = MD_FAIL,
		.title = "Line longer than 998 octets",
		.fix = "Encode the part as quoted-printable or base64: servers cut or fold "
		       "such lines, which breaks signatures, or refuse the message.",
		.reference = "RFC 5322 2.1.1; RFC 5321 4.5.3.1.6",
	},
	[STRUCTURE_BARE_CR_LF] = {
		.id = "msg.bare-cr-lf",
		.severity = MD_FAIL,
		.title = "Bare CR or LF",
		.fix = "End every line with CRLF, and have neither alone: since SMTP smuggling "
		       "servers refuse or rewrite them.",
		.reference = "RFC 5322 2.3; RFC 5321 2.3.8, 4.1.1.4",
	},
	[STRUCTURE_EIGHT_BIT_HEADER] = {
		.id = "msg.8bit-header",
		.severity = MD_FAIL,
		.title = "Raw 8-bit octets in the header",
		.fix = "Write such text as encoded words (RFC 2047): a header is US-ASCII, "
		       "unless every server on the way speaks SMTPUTF8.",
		.reference = "RFC 5322 2.2; RFC 2047 1; RFC 6532 3",
	},
	[STRUCTURE_MIME_BROKEN] = {
		.id = "msg.mime-broken",
		.severity = MD_FAIL,
		.title = "Broken MIME",
		.fix = "Let a mail library make the message; receivers show a part of it, or "
		       "nothing, and filters take the difference for an attack.",
		.reference = "RFC 2045 5, 6; RFC 2046 5.1",
	},
	[STRUCTURE_MIME_UNDECLARED] = {
		.id = "msg.mime-undeclared",
		.severity = MD_WARN,
		.title = "MIME declarations are incomplete",
		.fix = "Declare what is sent: MIME-Version, the charset of texts, the encoding "
		       "of 8-bit parts; and close every multipart.",
		.reference = "RFC 2045 4, 6.2; RFC 2046 4.1.2, 5.1.1",
	},
	[STRUCTURE_HTML_ONLY] = {
		.id = "msg.html-only",
		.severity = MD_INFO,
		.title = "HTML without a text part",
		.fix = "Send multipart/alternative with the text in both forms: some people and "
		       "some filters read the plain one.",
		.reference = "RFC 2046 5.1.4",
	},
	[STRUCTURE_SIZE] = {
		.id = "msg.size",
		.severity = MD_WARN,
		.title = "Message large",
		.fix = "Put large content on a web server, and shorten HTML.",
		.reference = "RFC 1870 3",
	},
	[STRUCTURE_DISPLAY_NAME_SPOOF] = {
		.id = "msg.display-name-spoof",
		.severity = MD_WARN,
		.title = "The display name shows another domain than the address",
		.fix = "Put a name there, and no address or domain but that of the author: "
		       "filters take the rest for impersonation.",
		.reference = "RFC 9989 11.4; Gmail sender guidelines",
	},
	[STRUCTURE_REPLY_TO_ELSEWHERE] = {
		.id = "msg.reply-to-elsewhere",
		.severity = MD_INFO,
		.title = "Answers go to another organisation",
		.fix = "Use an address of the From domain in Reply-To where you can: some "
		       "filters count the difference.",
		.reference = "RFC 5322 3.6.2",
	},
	[STRUCTURE_LINKS] = {
		.id = "msg.links",
		.severity = MD_WARN,
		.title = "Risky links",
		.fix = "Link to host names of your own domain: addresses, shorteners and URLs "
		       "with another name in front are what phishing uses.",
		.reference = "Gmail sender guidelines; RFC 3986 7.6",
	},
	[STRUCTURE_LINK_TEXT] = {
		.id = "msg.link-text",
		.severity = MD_WARN,
		.title = "A link shows another domain than it leads to",
		.fix = "Write words, or the domain that the link leads to; a click counter can "
		       "have a name in your own domain.",
		.reference = "Gmail sender guidelines; RFC 3986 7.6",
	},
	[STRUCTURE_LINK_HTTP] = {
		.id = "msg.link-http",
		.severity = MD_INFO,
		.title = "Links without TLS",
		.fix = "Link to https: URLs.",
		.reference = "RFC 9110 4.2.2",
	},
	[STRUCTURE_AUTO_ENVELOPE] = {
		.id = "msg.auto-envelope",
		.severity = MD_WARN,
		.title = "The return path does not fit this kind of message",
		.fix = "Send reports and automatic answers with MAIL FROM:<>, all else with a "
		       "real return path; mark automatic answers by Auto-Submitted.",
		.reference = "RFC 5321 4.5.5; RFC 3834 2, 3.3, 5; RFC 3464 2; RFC 8098 3",
	},
	[STRUCTURE_UNSUB_MISSING] = {
		.id = "msg.unsub-missing",
		.severity = MD_WARN,
		.title = "Bulk message without one-click unsubscribe",
		.fix = "Add List-Unsubscribe with one https URI and \"List-Unsubscribe-Post: "
		       "List-Unsubscribe=One-Click\": Gmail and Yahoo want it from senders of "
		       "over 5000 messages a day, Orange of over 1000.",
		.reference = "RFC 8058 3.1, 5; RFC 2369 3.2; Gmail sender guidelines",
	},
	[STRUCTURE_UNSUB_UNSIGNED] = {
		.id = "msg.unsub-unsigned",
		.severity = MD_FAIL,
		.title = "One-click unsubscribe is not signed",
		.fix = "Name List-Unsubscribe and List-Unsubscribe-Post in h= of the DKIM "
		       "signature: receivers offer no unsigned one-click.",
		.reference = "RFC 8058 3.1, 4",
	},
};

static void
run(struct md_ctx *c)
{
	const char *repairs = md_message_repairs(md_mem(c), md_subject(c)->message);

	if (*repairs != '\0')
		md_note(c, "mended on reading", "%s", repairs);
	md_structure_author(c);
	md_structure_header(c);
	md_structure_octets(c);
	md_structure_mime(c);
	md_structure_links(c);
	md_structure_bulk(c);
}

const struct md_check md_check_structure = {
	.name = "structure",
	.title = "Structure",
	.question = "Is the message made as mail must be?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
