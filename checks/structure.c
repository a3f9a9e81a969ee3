/* Structure: is the message what RFC 5322 and MIME say, and does it look like honest mail? */
#include "structure.h"

#include "base/arena.h"

static const struct md_rule rules[] = {
	[FROM_COUNT] = { "msg.from-count", MD_FAIL, "Not exactly one author in From",
	                 "Send exactly one From field with one address: Gmail and Microsoft refuse "
	                 "all else, and without one author domain there is no DMARC.",
	                 "RFC 5322 3.6, 3.6.2; RFC 9989 5.3.1, 11.5" },
	[SINGLETON_DUP] = { "msg.singleton-dup", MD_FAIL,
	                    "A field that may stand once is repeated",
	                    "Send it once: receivers show different ones, and Gmail refuses such "
	                    "mail as not compliant with RFC 5322.",
	                    "RFC 5322 3.6; RFC 2045 3, 4; RFC 2369 4; RFC 2919 3" },
	[DATE_MISSING] = { "msg.date-missing", MD_FAIL, "No Date",
	                   "Add a Date field where the message is made: every message has one.",
	                   "RFC 5322 3.6, 3.6.1" },
	[DATE_BAD] = { "msg.date-bad", MD_WARN, "Date malformed or far off",
	               "Set the clock and the time zone of the machine that makes the message, and "
	               "let a mail library write the field.",
	               "RFC 5322 3.3, 3.6.1" },
	[MESSAGE_ID] = { "msg.message-id", MD_WARN, "Message-ID missing or malformed",
	                 "Give every message one <unique@id> with a domain of yours behind the @.",
	                 "RFC 5322 3.6.4" },
	[LINE_TOO_LONG] = { "msg.line-too-long", MD_FAIL, "Line longer than 998 octets",
	                    "Encode the part as quoted-printable or base64: servers cut or fold such "
	                    "lines, which breaks signatures, or refuse the message.",
	                    "RFC 5322 2.1.1; RFC 5321 4.5.3.1.6" },
	[BARE_CR_LF] = { "msg.bare-cr-lf", MD_FAIL, "Bare CR or LF",
	                 "End every line with CRLF, and have neither alone: since SMTP smuggling "
	                 "servers refuse or rewrite them.",
	                 "RFC 5322 2.3; RFC 5321 2.3.8, 4.1.1.4" },
	[EIGHT_BIT_HEADER] = { "msg.8bit-header", MD_FAIL, "Raw 8-bit octets in the header",
	                       "Write such text as encoded words (RFC 2047): a header is US-ASCII, "
	                       "unless every server on the way speaks SMTPUTF8.",
	                       "RFC 5322 2.2; RFC 2047 1; RFC 6532 3" },
	[MIME_BROKEN] = { "msg.mime-broken", MD_FAIL, "Broken MIME",
	                  "Let a mail library make the message; receivers show a part of it, or "
	                  "nothing, and filters take the difference for an attack.",
	                  "RFC 2045 5, 6; RFC 2046 5.1" },
	[MIME_UNDECLARED] = { "msg.mime-undeclared", MD_WARN,
	                      "MIME declarations are incomplete",
	                      "Declare what is sent: MIME-Version, the charset of texts, the encoding "
	                      "of 8-bit parts; and close every multipart.",
	                      "RFC 2045 4, 6.2; RFC 2046 4.1.2, 5.1.1" },
	[SIZE] = { "msg.size", MD_WARN, "Message large",
	           "Put large content on a web server, and shorten HTML.", "RFC 1870 3" },
	[DISPLAY_NAME_SPOOF] = { "msg.display-name-spoof", MD_WARN,
	                         "The display name shows another domain than the address",
	                         "Put a name there, and no address or domain but that of the author: "
	                         "filters take the rest for impersonation.",
	                         "RFC 9989 11.4; Gmail sender guidelines" },
	[REPLY_TO_ELSEWHERE] = { "msg.reply-to-elsewhere", MD_INFO,
	                         "Answers go to another organisation",
	                         "Use an address of the From domain in Reply-To where you can: some "
	                         "filters count the difference.",
	                         "RFC 5322 3.6.2" },
	[LINKS] = { "msg.links", MD_WARN, "Risky links",
	            "Link to host names of your own domain: addresses, shorteners and URLs with "
	            "another name in front are what phishing uses.",
	            "Gmail sender guidelines; RFC 3986 7.6" },
	[LINK_TEXT] = { "msg.link-text", MD_WARN,
	                "A link shows another domain than it leads to",
	                "Write words, or the domain that the link leads to; a click counter can have "
	                "a name in your own domain.",
	                "Gmail sender guidelines; RFC 3986 7.6" },
	[LINK_HTTP] = { "msg.link-http", MD_INFO, "Links without TLS", "Link to https: URLs.",
	                "RFC 9110 4.2.2" },
	[AUTO_ENVELOPE] = { "msg.auto-envelope", MD_WARN,
	                    "The return path does not fit this kind of message",
	                    "Send reports and automatic answers with MAIL FROM:<>, all else with a "
	                    "real return path; mark automatic answers by Auto-Submitted.",
	                    "RFC 5321 4.5.5; RFC 3834 2, 3.3, 5; RFC 3464 2; RFC 8098 3" },
	[UNSUB_MISSING] = { "msg.unsub-missing", MD_WARN,
	                    "Bulk message without one-click unsubscribe",
	                    "Add List-Unsubscribe with one https URI and \"List-Unsubscribe-Post: "
	                    "List-Unsubscribe=One-Click\": Gmail and Yahoo want it from senders of "
	                    "over 5000 messages a day, Orange of over 1000.",
	                    "RFC 8058 3.1, 5; RFC 2369 3.2; Gmail sender guidelines" },
	[UNSUB_UNSIGNED] = { "msg.unsub-unsigned", MD_FAIL,
	                     "One-click unsubscribe is not signed",
	                     "Name List-Unsubscribe and List-Unsubscribe-Post in h= of the DKIM "
	                     "signature: receivers offer no unsigned one-click.",
	                     "RFC 8058 3.1, 4" },
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
