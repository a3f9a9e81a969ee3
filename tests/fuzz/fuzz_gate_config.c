/* Settings are read within their bounds: all that is declared is whole, all else is told. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/name.h"
#include "base/yaml.h"
#include "gate/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_tree(const struct md_yaml *node, unsigned depth)
{
	assert(depth <= MD_YAML_DEPTH && node->line > 0 &&
	       node->text.p[node->text.len] == '\0');
	assert(node->kind != MD_YAML_TEXT || node->n == 0);
	for (size_t i = 0; i < node->n; i++) {
		const bool list = node->kind == MD_YAML_LIST;
		const struct md_yaml *child = list ? &node->items[i] : &node->entries[i].value;

		assert(child->line >= node->line);
		assert(list || i > 64 ||
		       strlen(node->entries[i].key.p) != node->entries[i].key.len ||
		       md_yaml_find(node, node->entries[i].key.p) == child);
		check_tree(child, depth + 1);
	}
}

static void
check_senders(const struct md_gate_config *c)
{
	for (size_t i = 0; i < c->nsenders; i++) {
		const struct md_expected_sender *s = &c->senders[i];

		assert(s->name[0] != '\0' && md_name_fits(s->domain) && s->place.line > 0);
		assert(s->nips > 0 || s->provider[0] != '\0' || s->selector[0] != '\0');
		assert((s->selector[0] != '\0') == (s->dkim_domain[0] != '\0'));
		for (size_t k = 0; k < s->nips; k++)
			assert(s->ips[k].family != 0);
	}
}

static void
check_waivers(const struct md_gate_config *c)
{
	for (size_t i = 0; i < c->nwaivers; i++) {
		const struct md_waiver *w = &c->waivers[i], *expired;
		const struct md_waiver *found =
		        md_waiver_for(c, w->rule, w->subject, w->expires - 1, &expired);

		assert(w->reason[0] != '\0' && w->until[0] != '\0' && w->expires >= 0);
		assert(found != NULL && expired == NULL);
		assert(!md_waiver_expired(w, w->expires - 1));
		assert(md_waiver_expired(w, w->expires) == (w->expires != 0));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const rules[] = { "dmarc.policy-none", "dns.ns-single", NULL };
	static const char providers[] = "Fastmail\nGoogle Workspace\n";
	const struct md_gate_known known = { rules, { providers, sizeof(providers) - 1 } };
	const struct md_str text = { (const char *)bytes, len };
	struct md_arena *mem = md_arena_new();
	const char *why = "";
	const struct md_yaml *tree = md_yaml_read(mem, "f", text, &why);
	const struct md_gate_config *c;

	assert((tree == NULL) == (why[0] != '\0'));
	if (tree != NULL)
		check_tree(tree, 0);
	c = md_gate_config_parse(mem, "f", text, &known, &why);
	assert((c == NULL) == (why[0] != '\0') && (c == NULL || tree != NULL));
	if (c != NULL) {
		check_senders(c);
		check_waivers(c);
	} else {
		assert(strncmp(why, "f:", 2) == 0 && md_is_digit(why[2]));
		assert(strchr(why, '\n') == NULL);
	}
	md_arena_free(mem);
	return 0;
}
