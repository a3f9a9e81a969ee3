/* Any bytes as a file of reports: no line is lost, the counts add up, and jansson agrees. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "maildiag.h"
#include "summary/feed.h"
#include "summary/summary.h"
#include "json/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 4000 };

struct file {
	const char *p;
	size_t len, at, step; /* so many octets at a time */
};

static size_t
lines_of(const struct file *f)
{
	size_t n = f->len > 0 && f->p[f->len - 1] != '\n';

	for (size_t i = 0; i < f->len; i++)
		n += f->p[i] == '\n';
	return n;
}

static void
put_more(struct file *f, struct md_feed *feed)
{
	size_t room, n = f->len - f->at < f->step ? f->len - f->at : f->step;
	char *into = md_feed_room(feed, &room);

	if (n > room)
		n = room;
	memcpy(into, f->p + f->at, n);
	f->at += n;
	md_feed_came(feed, n);
}

/* What jansson reads (with no key twice) we read, and the same; it refuses more. */
static void
must_agree(struct md_str text, const struct md_reported *line, bool good)
{
	struct md_scan scan = md_scan(text);
	const bool whole = md_scan_skip(&scan) && md_scan_end(&scan);
	const bool nul = md_str_find(text, '\0') < text.len; /* jansson takes it for the end */
	json_t *root = json_loadb(text.p, nul ? 0 : text.len,
	                          JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	json_t *subject = json_object_get(root, "subject");
	json_t *summary = json_object_get(root, "summary");

	assert(whole || root == NULL);
	assert(whole || !good);
	if (root != NULL && good && !line->message) {
		assert(strcmp(json_string_value(json_object_get(subject, "name")),
		              line->domain) == 0);
		assert(strcmp(json_string_value(json_object_get(summary, "verdict")),
		              md_verdict_name(line->verdict)) == 0);
		assert(json_is_true(json_object_get(summary, "complete")) == line->complete);
	}
	json_decref(root);
}

static uint64_t
domains_of(const struct md_ranking *ranking)
{
	uint64_t n = 0;

	for (size_t i = 0; i < ranking->n; i++)
		n += ranking->rows[i].domains;
	return n;
}

static void
must_add_up(const struct md_summary *s)
{
	uint64_t verdicts = 0;

	for (size_t v = 0; v < MD_VERDICTS; v++) {
		verdicts += s->verdicts[v];
		for (size_t i = 0; i < s->rules[v].n; i++) {
			const struct md_row *rule = &s->rules[v].rows[i];
			uint64_t tlds = 0, providers = 0;

			assert(rule->domains <= s->domains);
			for (size_t k = 0; rule->tlds != NULL && k < s->tlds.n; k++)
				tlds += rule->tlds[k];
			for (size_t k = 0; rule->providers != NULL && k < s->providers.n; k++)
				providers += rule->providers[k];
			assert(tlds == rule->domains && providers >= rule->domains);
		}
	}
	assert(verdicts == s->domains && domains_of(&s->tlds) == s->domains);
	assert(domains_of(&s->providers) >= s->domains);
	assert(s->complete <= s->domains && s->gapped <= s->domains);
}

/* Neither document has a control character in it, and one of them is JSON. */
static void
must_be_clean(const struct md_summary *s, bool json)
{
	const struct md_style style = { .columns = 80, .verbose = true, .utf8 = true };
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (json)
		md_summary_json(s, out);
	else
		md_summary_text(s, &style, out);
	fclose(out);
	for (size_t i = 0; i < len; i++)
		assert(text[i] == '\n' || ((unsigned char)text[i] >= 0x20 && text[i] != 0x7f));
	if (json) {
		json_t *document = json_loadb(text, len, 0, NULL);

		assert(document != NULL);
		json_decref(document);
	}
	free(text);
}

static void
count(struct md_summary *s, struct md_str text)
{
	struct md_arena *mem = md_arena_new();
	struct md_reported line;
	const char *why;
	const bool good = md_reported_read(mem, text, &line, &why);

	must_agree(text, &line, good);
	if (good)
		md_summary_add(s, &line);
	else
		s->bad++;
	md_arena_free(mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_feed feed = { .most = MOST };
	struct md_arena *mem = md_arena_new();
	struct md_summary s;
	struct file f = { .p = (const char *)data + 1, .len = size > 0 ? size - 1 : 0 };
	struct md_str text;
	enum md_feed_next next = MD_FEED_MORE;

	f.step = size > 0 && data[0] != '\n' ? data[0] + 1U : size + 1;
	md_summary_init(&s, mem);
	while (next != MD_FEED_END) {
		next = md_feed_next(&feed, &text);
		if (next == MD_FEED_MORE)
			put_more(&f, &feed);
		else if (next == MD_FEED_TOO_LONG)
			s.bad++;
		else if (next == MD_FEED_LINE)
			count(&s, text);
	}
	md_feed_free(&feed);
	assert(feed.number == lines_of(&f));
	assert(s.domains + s.messages + s.bad == feed.number);
	must_add_up(&s);
	must_be_clean(&s, true);
	must_be_clean(&s, false);
	md_arena_free(mem);
	return 0;
}
