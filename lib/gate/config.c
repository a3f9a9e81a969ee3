/* Reading .maildiag.yaml. */
#include "gate/config.h"

#include <string.h>

#include "base/file.h"
#include "gate/config_value.h"

struct words {
	const char **p;
	size_t n;
};

/* The file while it is read. */
struct config {
	struct md_gate_config made;
	struct words domains, selectors, messages;
	struct md_place *message_places;
	struct md_config_senders senders;
	struct md_severity_override *overrides;
	struct md_waiver *waivers;
};

static void
add_once(struct md_arena *mem, struct words *words, const char *word)
{
	for (size_t i = 0; i < words->n; i++)
		if (strcmp(words->p[i], word) == 0)
			return;
	MD_PUSH(mem, words->p, words->n, word);
}

static bool
read_domain(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	const char *domain = "";

	if (!md_config_domain(r, node, &domain))
		return false;
	add_once(r->mem, &((struct config *)into)->domains, domain);
	return true;
}

static bool
read_domains(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_each(r, node, read_domain, into);
}

static bool
read_selector(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	const char *selector = "";

	if (!md_config_selector(r, node, &selector))
		return false;
	add_once(r->mem, &((struct config *)into)->selectors, selector);
	return true;
}

static bool
read_selectors(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_each(r, node, read_selector, into);
}

static bool
read_senders(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_each(r, node, md_config_sender, &((struct config *)into)->senders);
}

/* Paths are relative to the file that names them, wherever the program runs. */
static bool
read_message(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	struct config *c = into;
	const char *path = "", *slash = strrchr(r->path, '/');
	size_t n = c->messages.n;

	if (!md_config_text(r, node, &path))
		return false;
	if (path[0] != '/' && slash != NULL)
		path = md_printf(r->mem, "%.*s/%s", (int)(slash - r->path), r->path, path);
	MD_PUSH(r->mem, c->messages.p, c->messages.n, path);
	MD_PUSH(r->mem, c->message_places, n, md_config_place(r, node));
	return true;
}

static bool
read_messages(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_each(r, node, read_message, into);
}

/* ---- severities ---- */

static bool
read_override(struct md_config_reader *r, const struct md_yaml_entry *entry, struct config *c)
{
	static const char *const words[] = { "fail", "warn", "info", "ignore", NULL };
	static const enum md_verdict severities[] = { MD_FAIL, MD_WARN, MD_INFO, MD_PASS };
	const struct md_yaml key = { .kind = MD_YAML_TEXT,
		                     .line = entry->line,
		                     .text = entry->key };
	struct md_severity_override made = { "", MD_PASS };
	const char *word = "";
	size_t i = 0;

	if (!md_config_rule(r, &key, &made.rule) ||
	    !md_config_word(r, &entry->value, words, &word))
		return false;
	while (words[i] != word)
		i++;
	made.severity = severities[i];
	MD_PUSH(r->mem, c->overrides, c->made.noverrides, made);
	return true;
}

static bool
read_severities(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	if (node->kind != MD_YAML_MAP && !md_yaml_is_null(node))
		return md_config_refuse(r, node,
		                        "a mapping of rules to fail, warn, info or ignore is "
		                        "expected (RULE: warn)");
	if (node->n > MD_CONFIG_ITEMS)
		return md_config_refuse(r, node, "more than %d of them", MD_CONFIG_ITEMS);
	for (size_t i = 0; i < node->n; i++)
		if (!read_override(r, &node->entries[i], into))
			return false;
	return true;
}

/* ---- waivers ---- */

static bool
read_waived_rule(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_rule(r, node, &((struct md_waiver *)into)->rule);
}

/* A name, an address, a selector: whatever findings are about. */
static bool
read_waived_subject(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_text(r, node, &((struct md_waiver *)into)->subject);
}

static bool
read_reason(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_text(r, node, &((struct md_waiver *)into)->reason);
}

static bool
read_expires(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	struct md_waiver *w = into;

	return md_config_day(r, node, &w->expires, &w->until);
}

static bool
read_waiver(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	static const struct md_config_key keys[] = {
		{ "rule", read_waived_rule, true },
		{ "subject", read_waived_subject, false },
		{ "reason", read_reason, true },
		{ "expires", read_expires, true },
		{ NULL, NULL, false },
	};
	struct md_waiver w = { .subject = "", .place = md_config_place(r, node) };
	struct config *c = into;

	if (!md_config_map(r, node, "a waiver", keys, &w))
		return false;
	MD_PUSH(r->mem, c->waivers, c->made.nwaivers, w);
	return true;
}

static bool
read_waivers(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_each(r, node, read_waiver, into);
}

/* ---- the policy, and the whole ---- */

static bool
read_fail_on(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	static const char *const words[] = { "fail", "warn", "info", "never", NULL };

	return md_config_word(r, node, words, &((struct config *)into)->made.fail_on);
}

static bool
read_fail_on_unknown(struct md_config_reader *r, const struct md_yaml *node, void *into)
{
	return md_config_bool(r, node, &((struct config *)into)->made.fail_on_unknown);
}

/* Where the file names one domain only, its senders need not. */
static bool
give_domains(struct md_config_reader *r, struct config *c)
{
	for (size_t i = 0; i < c->senders.n; i++) {
		struct md_expected_sender *s = &c->senders.p[i];
		const struct md_yaml at = { .line = s->place.line };

		if (s->domain[0] == '\0' && c->domains.n != 1)
			return md_config_refuse(r, &at,
			                        "a sender needs \"domain\", where \"domains\" "
			                        "does not name exactly one");
		if (s->domain[0] == '\0')
			s->domain = c->domains.p[0];
		if (s->selector[0] != '\0' && s->dkim_domain[0] == '\0')
			s->dkim_domain = s->domain;
	}
	return true;
}

static void
finish(struct config *c)
{
	c->made.ndomains = c->domains.n;
	c->made.domains = c->domains.p;
	c->made.nselectors = c->selectors.n;
	c->made.selectors = c->selectors.p;
	c->made.nsenders = c->senders.n;
	c->made.senders = c->senders.p;
	c->made.nmessages = c->messages.n;
	c->made.messages = c->messages.p;
	c->made.message_places = c->message_places;
	c->made.overrides = c->overrides;
	c->made.waivers = c->waivers;
}

const struct md_gate_config *
md_gate_config_parse(struct md_arena *mem, const char *path, struct md_str text,
                     const struct md_gate_known *known, const char **why)
{
	static const struct md_config_key keys[] = {
		{ "domains", read_domains, false },
		{ "selectors", read_selectors, false },
		{ "senders", read_senders, false },
		{ "messages", read_messages, false },
		{ "severities", read_severities, false },
		{ "waivers", read_waivers, false },
		{ "fail-on", read_fail_on, false },
		{ "fail-on-unknown", read_fail_on_unknown, false },
		{ NULL, NULL, false },
	};
	struct md_config_reader r = { mem, md_strdup(mem, path), known, "", why };
	struct config *c = md_alloc(mem, sizeof(*c));
	const struct md_yaml *root = md_yaml_read(mem, r.path, text, why);

	c->made.path = r.path;
	c->made.fail_on = "";
	if (root == NULL || !md_config_map(&r, root, "the file", keys, c) ||
	    !give_domains(&r, c))
		return NULL;
	finish(c);
	return &c->made;
}

const struct md_gate_config *
md_gate_config_read(struct md_arena *mem, const char *path, const struct md_gate_known *known,
                    const char **why)
{
	struct md_str text;

	if (!md_file_read(mem, path, MD_GATE_CONFIG_MOST, &text, why))
		return NULL;
	return md_gate_config_parse(mem, path, text, known, why);
}
