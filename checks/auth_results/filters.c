/* What filters and providers wrote into the header besides: shown, not judged. */
#include <string.h>

#include "rules.h"

static const char *const shown[] = {
	"X-Spam-Status",
	"X-Spam-Flag",
	"X-Spam-Score",
	"X-Spam-Action",
	"X-Spamd-Result",
	"X-Rspamd-Action",
	"X-Rspamd-Score",
	"X-Forefront-Antispam-Report",
	"X-Microsoft-Antispam",
	"X-MS-Exchange-Organization-SCL",
	"X-MS-Exchange-Organization-PCL",
	"X-MS-Exchange-Organization-AuthAs",
	"X-MS-Exchange-CrossTenant-AuthAs",
	"X-MS-Exchange-AtpMessageProperties",
	"X-Google-DKIM-Signature",
	"X-Google-Smtp-Source",
	"X-Gm-Spam",
	"X-Gm-Phishy",
	"X-ME-Spam",
};

/* Microsoft: the spam confidence level, where it stands alone or as SCL: in a report. */
static const struct {
	const char *level, *meaning;
} levels[] = {
	{ "-1", "not filtered: a trusted sender or rule" },
	{ "0", "not spam" },
	{ "1", "not spam" },
	{ "5", "spam" },
	{ "6", "spam" },
	{ "8", "spam, high confidence" },
	{ "9", "spam, high confidence" },
};

/* Microsoft: the first digit of compauth's reason; of 0 all three. */
static const struct {
	const char *code, *meaning;
} reasons[] = {
	{ "000", "DMARC failed, and its policy is quarantine or reject" },
	{ "001", "no authentication that counts, and none implied" },
	{ "002", "the sender and domain are not allowed to spoof here" },
	{ "010", "DMARC failed, and the domain is the receiver's own" },
	{ "1", "passed" },
	{ "2", "passed by what is implied" },
	{ "3", "not checked" },
	{ "4", "let through" },
	{ "6", "failed by what is implied, and the domain is the receiver's own" },
	{ "7", "passed by what is implied" },
	{ "9", "let through" },
};

/* The value after "SCL:", or all of it where the field is the level itself. */
static const char *
scl_meaning(struct md_str value, const char *name)
{
	struct md_str rest = value, piece;

	while (md_str_cut(&rest, ';', &piece)) {
		piece = md_str_trim(piece, " \t\r\n");
		if (md_str_starts(piece, "SCL:"))
			piece = md_str_skip(piece, 4);
		else if (strstr(name, "-SCL") == NULL)
			continue;
		for (size_t i = 0; i < MD_COUNT(levels); i++)
			if (md_str_eq(piece, levels[i].level))
				return levels[i].meaning;
	}
	return NULL;
}

/* The value on one line: folds and tabs are a blank each. */
static const char *
one_line(struct md_arena *mem, const struct md_field *f)
{
	const struct md_str value = md_str_trim(f->value, " \t\r\n");
	struct md_buf out = { .mem = mem };

	for (size_t i = 0; i < value.len; i++) {
		const bool blank = value.p[i] == ' ' || value.p[i] == '\t';

		if (blank && out.len > 0 && out.p[out.len - 1] == ' ')
			continue;
		if (value.p[i] != '\r' && value.p[i] != '\n')
			md_buf_addc(&out, blank ? ' ' : value.p[i]);
	}
	return md_excerpt(mem, (struct md_str){ out.p, out.len });
}

static void
note_field(struct md_ctx *c, const struct md_field *f, const char *name)
{
	const char *meaning = scl_meaning(f->value, name);

	md_note(c, "filters", "%s: %s%s%s", name, one_line(md_mem(c), f),
	        meaning != NULL ? ": SCL means " : "", meaning != NULL ? meaning : "");
}

static void
note_compauth(struct md_ctx *c, const struct md_field *f)
{
	const struct md_authres *a = md_authres_parse(md_mem(c), f, false);

	for (size_t i = 0; i < a->n; i++) {
		const char *code = a->results[i].reason;

		if (strcmp(a->results[i].method, "compauth") != 0)
			continue;
		for (size_t j = 0; j < MD_COUNT(reasons); j++) {
			if (strlen(code) != 3 ||
			    strncmp(code, reasons[j].code, strlen(reasons[j].code)) != 0)
				continue;
			md_note(c, "filters", "compauth=%s, reason %s: %s",
			        md_show(md_mem(c), md_str(a->results[i].result)),
			        md_show(md_mem(c), md_str(code)), reasons[j].meaning);
			return;
		}
	}
}

void
md_results_filters(struct md_ctx *c)
{
	const struct md_message *m = md_subject(c)->message;
	const struct md_field *f = md_message_field(m, "Authentication-Results", NULL);
	const size_t dkim2 = md_message_count(m, "DKIM2-Signature") +
	                     md_message_count(m, "Message-Instance");

	if (f != NULL)
		note_compauth(c, f);
	for (size_t i = 0; i < MD_COUNT(shown); i++) {
		f = md_message_field(m, shown[i], NULL);
		if (f != NULL)
			note_field(c, f, shown[i]);
	}
	if (dkim2 > 0)
		md_note(c, "dkim2", "DKIM2 (draft) fields are there (%zu): shown, not judged",
		        dkim2);
}
