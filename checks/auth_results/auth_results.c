/* Authentication-Results: what the receiver concluded, and whether it is what we conclude. */
#include "rules.h"

static const struct md_rule rules[] = {
	[RESULTS_DIFFER] = {
		.id = "msg.auth-results",
		.severity = MD_INFO,
		.title = "The receiver's verdict differs from ours",
		.fix = "The receiver acted on what it wrote.  Nothing is to be done when the "
		       "message, a key or a record was changed after the receipt.",
		.reference = "RFC 8601 2.2, 2.7",
	},
	[RESULTS_WORSE] = {
		.id = "msg.auth-results-worse",
		.severity = MD_WARN,
		.title = "What passes here did not pass at the receiver",
		.fix = "The receiver acted on what it wrote.  Look for what was different "
		       "then: records in the DNS, the address that connected, or a change to "
		       "the message before the receiver verified it.",
		.reference = "RFC 8601 2.2, 2.7",
	},
	[RESULTS_FORGED] = {
		.id = "msg.auth-results-forged",
		.severity = MD_WARN,
		.title = "Results in the receiver's name came in with the message",
		.fix = "Have the receiver's border servers delete such fields: whoever relies "
		       "on the name alone believes what anybody wrote.",
		.reference = "RFC 8601 5, 7.1",
	},
	[RESULTS_UNTRUSTED] = {
		.id = "msg.auth-results-untrusted",
		.severity = MD_INFO,
		.title = "Results from upstream claim a pass",
		.fix = "Do not rely on them: anybody upstream could have forged them.",
		.reference = "RFC 8601 5, 7.1",
	},
};

/* More fields than this is no mail, but an attack on whoever reads it. */
enum { FIELDS_MOST = 50 };

/* "spf=pass, dkim=pass (d=example.com), dmarc=pass" */
static const char *
summary(struct md_arena *mem, const struct md_authres *a)
{
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < a->n; i++) {
		const struct md_authres_result *r = &a->results[i];
		const char *d = md_authres_value(r, "header", "d");

		md_buf_item(&out, ", ", "%s=%s", md_show(mem, md_str(r->method)),
		            md_show(mem, md_str(r->result)));
		if (d != NULL)
			md_buf_printf(&out, " (d=%s)", md_show(mem, md_str(d)));
	}
	return out.len > 0 ? md_buf_str(&out) : "no result";
}

static const char *
author(struct md_arena *mem, const struct md_authres *a)
{
	return a->authserv_id[0] != '\0' ? md_show(mem, md_str(a->authserv_id))
	                                 : "a nameless server";
}

static bool
claims_pass(const struct md_authres *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (md_results_class(a->results[i].result) == MD_RESULTS_PASS)
			return true;
	return false;
}

/* The fields that anybody could have written: they are told of at once. */
struct untrusted {
	size_t n;
	struct md_buf names;
};

enum { NAMED_MOST = 4 };

static void
add_untrusted(struct md_ctx *c, struct untrusted *all, const struct md_authres *a)
{
	if (claims_pass(a) && all->n++ < NAMED_MOST)
		md_buf_item(&all->names, ", ", "%s (line %zu)", author(md_mem(c), a),
		            a->field->line);
}

static void
report_untrusted(struct md_ctx *c, const struct untrusted *all)
{
	const struct md_received *edge = md_envelope(c)->edge;
	const char *below = "no Received field names the receiver";

	if (all->n == 0)
		return;
	if (edge != NULL)
		below = md_printf(md_mem(c), "below the Received field of %s (line %zu)",
		                  edge->by[0] != '\0' ? md_show(md_mem(c), md_str(edge->by))
		                                      : "the receiver",
		                  edge->field->line);
	md_found(c, RESULTS_UNTRUSTED, "Authentication-Results", "%s%s: %s",
	         md_buf_str(&all->names),
	         all->n > NAMED_MOST
	                 ? md_printf(md_mem(c), " and %zu more", all->n - NAMED_MOST)
	                 : "",
	         below);
}

static void
report_forged(struct md_ctx *c, const struct md_authres *a, const char *why)
{
	struct md_arena *mem = md_mem(c);

	md_found(c, RESULTS_FORGED, md_printf(mem, "line %zu", a->field->line),
	         "%s (line %zu) says %s; it %s", author(mem, a), a->field->line,
	         summary(mem, a), why);
}

static void
judge(struct md_ctx *c, const struct md_authres *a, struct untrusted *untrusted)
{
	static const char *const words[] = {
		[MD_RESULTS_TRUSTED] = "the receiver's",
		[MD_RESULTS_LIKELY] = "the receiver's, unless it came in with the message",
		[MD_RESULTS_NAMELESS] = "not compared",
		[MD_RESULTS_UPSTREAM] = "not trusted",
		[MD_RESULTS_FORGED] = "not trusted",
	};
	const char *why = "";
	const enum md_results_trust trust = md_results_trust(c, a, &why);

	md_note(c, "results", "%s (line %zu): %s; %s: it %s", author(md_mem(c), a),
	        a->field->line, summary(md_mem(c), a), words[trust], why);
	if (trust == MD_RESULTS_TRUSTED || trust == MD_RESULTS_LIKELY)
		md_results_compare(c, a, trust == MD_RESULTS_TRUSTED);
	else if (trust == MD_RESULTS_FORGED)
		report_forged(c, a, why);
	else if (trust == MD_RESULTS_UPSTREAM)
		add_untrusted(c, untrusted, a);
}

static void
run(struct md_ctx *c)
{
	const struct md_message *m = md_subject(c)->message;
	struct untrusted untrusted = { .names = { .mem = md_mem(c) } };
	const struct md_field *f = NULL;
	size_t n = 0;

	if (md_message_field(m, "Authentication-Results", NULL) != NULL) {
		md_results_ours(c);
		if (md_waiting(c))
			return;
	}
	while ((f = md_message_field(m, "Authentication-Results", f)) != NULL &&
	       n++ < FIELDS_MOST)
		judge(c, md_authres_parse(md_mem(c), f, false), &untrusted);
	report_untrusted(c, &untrusted);
	md_results_filters(c);
}

const struct md_check md_check_auth_results = {
	.name = "auth-results",
	.title = "Receiver's results",
	.question = "What did the receiver conclude, and do we conclude the same?",
	.way = MD_OUTWARD,
	MD_RULES(rules),
	.run = run,
};
