/* octoDNS: a zone as YAML, names with their records. */
#include <string.h>

#include "base/confine.h"
#include "base/name.h"
#include "base/yaml.h"
#include "proposal/gcloud.h"
#include "zone/read.h"

enum {
	LARGEST = 32 << 20,
	USUAL_TTL = 3600, /* of octoDNS' YamlProvider */
};

/* A scalar's text; NULL for what is none, or null. */
static const char *
text_of(const struct md_yaml *node)
{
	if (node == NULL || node->kind != MD_YAML_TEXT || md_yaml_is_null(node) ||
	    md_str_find(node->text, '\0') < node->text.len)
		return NULL;
	return node->text.p;
}

/* ---- values ---- */

/* Fields of values, by the names that octoDNS has for them. */
static const struct {
	const char *type, *plan;
} plans[] = {
	{ "MX", "preference|priority exchange|value" },
	{ "SRV", "#priority #weight #port target" },
	{ "CAA", "#flags tag \"value" },
	{ "TLSA", "#certificate_usage #selector #matching_type certificate_association_data" },
	{ "SSHFP", "#algorithm #fingerprint_type fingerprint" },
	{ "DS", "#key_tag #algorithm #digest_type digest" },
	{ "NAPTR", "#order #preference \"flags \"service \"regexp replacement" },
};

static const char *
field_of(void *from, const char *key)
{
	const struct md_yaml *const *map = from;

	return text_of(md_yaml_find(*map, key));
}

/*
 * octoDNS' own reading: quotes around it and between strings go, "\;" is ";".  What is written
 * is cut again after each 255 octets.
 */
static struct md_str
meant_text(struct md_arena *mem, const char *value)
{
	struct md_buf out = { .mem = mem };
	const char *end = value + strlen(value);

	if (value[0] == '"') {
		value++;
		end -= end > value;
	}
	for (const char *s = value; s < end; s++) {
		if (s[0] == '\\' && s + 1 < end && s[1] == ';')
			continue;
		if (end - s >= 3 && strncmp(s, "\" \"", 3) == 0)
			s += 2;
		else
			md_buf_addc(&out, *s);
	}
	return md_buf_view(&out);
}

static bool
take_text(struct md_input *in, const struct md_yaml *node, const struct md_input_rr *e)
{
	const char *value = text_of(node);

	if (value == NULL)
		return md_input_wrong(in, e->line, "%s of %s has no value",
		                      md_type_name(in->mem, e->type), e->owner);
	if (e->type == MD_TXT || e->type == MD_SPF)
		return md_input_txt(in, e, meant_text(in->mem, value));
	return md_input_record(in, e, value);
}

static bool
take_value(struct md_input *in, const struct md_yaml *node, struct md_input_rr e)
{
	const char *type = md_type_name(in->mem, e.type);

	e.line = node->line;
	if (node->kind != MD_YAML_MAP)
		return take_text(in, node, &e);
	for (size_t i = 0; i < MD_COUNT(plans); i++)
		if (strcmp(plans[i].type, type) == 0) {
			const char *rdata =
			        md_input_compose(in, e.line, plans[i].plan, field_of, &node);

			return rdata != NULL && md_input_record(in, &e, rdata);
		}
	md_input_unknown(in, &e, "records of this type are not read from octoDNS");
	return true;
}

static bool
take_values(struct md_input *in, const struct md_yaml *record, const struct md_input_rr *e)
{
	const struct md_yaml *values = md_yaml_find(record, "values");

	if (values == NULL)
		values = md_yaml_find(record, "value");
	if (values == NULL)
		return md_input_wrong(in, e->line, "%s of %s has no \"value\"",
		                      md_type_name(in->mem, e->type), e->owner);
	if (values->kind != MD_YAML_LIST)
		return take_value(in, values, *e);
	for (size_t i = 0; i < values->n; i++)
		if (!take_value(in, &values->items[i], *e))
			return false;
	return true;
}

/* ---- records ---- */

/* A flag of octoDNS' own, such as "octodns: {ignored: true}". */
static bool
has_flag(const struct md_yaml *record, const char *name)
{
	const struct md_yaml *settings = md_yaml_find(record, "octodns");
	const char *flag = settings != NULL ? text_of(md_yaml_find(settings, name)) : NULL;

	return flag != NULL && (flag[0] == 't' || flag[0] == 'T');
}

/* What is there now stays. */
static void
spare(struct md_input *in, const struct md_input_rr *e)
{
	struct md_buf label = { .mem = in->mem };
	const size_t below = strlen(in->origin) + 1, n = strlen(e->owner);

	for (size_t i = 0; i + below < n; i++) {
		if (strchr("*?[{\\", e->owner[i]) != NULL)
			md_buf_addc(&label, '\\');
		md_buf_addc(&label, e->owner[i]);
	}
	MD_PUSH(in->mem, in->spared, in->nspared,
	        ((struct md_spared){ .label = label.len > 0 ? md_buf_str(&label) : "@",
	                             .types = md_type_name(in->mem, e->type),
	                             .target = "" }));
}

static bool
take_record(struct md_input *in, const struct md_yaml *record, const char *owner)
{
	const char *type = text_of(md_yaml_find(record, "type"));
	const char *ttl = text_of(md_yaml_find(record, "ttl"));
	struct md_input_rr e = { .owner = owner, .ttl = USUAL_TTL, .line = record->line };
	unsigned long seconds;

	if (type == NULL)
		return md_input_wrong(in, e.line, "a record of %s without \"type\"", owner);
	if (ttl != NULL && md_str_number(md_str(ttl), INT32_MAX, &seconds))
		e.ttl = (uint32_t)seconds;
	e.type = md_type_find(md_str(type));
	if (e.type == 0) { /* ALIAS, URLFWD and those of single providers */
		md_input_alias(in, &e,
		               md_printf(in->mem, "%s: the provider makes its addresses",
		                         md_show(in->mem, md_str(type))));
		return true;
	}
	if (has_flag(record, "ignored")) {
		spare(in, &e);
		return true;
	}
	if (e.type == MD_CNAME && has_flag(record, "lenient"))
		md_index_add(&in->lenient, md_str(owner));
	return take_values(in, record, &e);
}

static bool
take_name(struct md_input *in, const struct md_yaml_entry *name)
{
	const char *owner;

	if (md_str_find(name->key, '\0') < name->key.len)
		return md_input_wrong(in, name->line, "a NUL octet");
	owner = md_input_name(in, name->line, name->key.p, in->origin);
	if (owner == NULL)
		return false;
	if (name->value.kind != MD_YAML_LIST)
		return take_record(in, &name->value, owner);
	for (size_t i = 0; i < name->value.n; i++)
		if (!take_record(in, &name->value.items[i], owner))
			return false;
	return true;
}

/* ---- !include ---- */

/* A file that is there already. */
struct included {
	const char *real;
	struct md_str text;
};

struct includes {
	struct md_input *in;
	size_t n, octets, again, asked;
	struct included *files;
	uint32_t lines; /* of all files so far */
};

/* The text of a file; of one that was read before the same. */
static bool
include_text(struct includes *all, const char *real, struct md_str *text, const char **why)
{
	struct included one = { .real = real };

	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->files[i].real, real) == 0) {
			*text = all->files[i].text;
			all->again += text->len;
			*why = "the same files are included too often";
			return all->again <= MD_ZONE_MOST_AGAIN;
		}
	if (!md_confined_read(all->in->mem, real, LARGEST - all->octets, &one.text, why))
		return false;
	all->octets += one.text.len;
	MD_PUSH(all->in->mem, all->files, all->n, one);
	*text = one.text;
	return true;
}

/* octoDNS begins at the folder of the file that includes. */
static bool
include(void *user, const char *from, const char *name, struct md_yaml_file *file,
        const char **why)
{
	enum { MOST = 1000 };
	struct includes *all = user;
	struct md_input *in = all->in;
	const char *slash = strrchr(from, '/'), *real = NULL;

	file->path =
	        name[0] == '/' || slash == NULL
	                ? md_path_normal(in->mem, name)
	                : md_path_normal(in->mem, md_printf(in->mem, "%.*s/%s",
	                                                    (int)(slash - from), from, name));
	*why = md_printf(in->mem, "more than %d files", MOST);
	if (++all->asked > MOST)
		return false;
	switch (md_confine(in->mem, in->root, file->path, &real, why)) {
	case MD_CONFINED_OUTSIDE:
		*why = "it leads out of the file's folder and repository";
		return false;
	case MD_CONFINED_NOT:
		return false;
	case MD_CONFINED:
		break;
	}
	if (!include_text(all, real, &file->text, why))
		return false;
	file->before = all->lines;
	MD_PUSH(in->mem, in->files, in->nfiles,
	        ((struct md_zone_file){ .path = file->path, .before = file->before }));
	all->lines += (uint32_t)md_zone_count_lines(file->text) + 1;
	return true;
}

/* All documents of the input. */
static const struct md_yaml *
read_tree(struct md_input *in)
{
	struct includes all = { .in = in };
	const struct md_yaml_rules rules = {
		.aliases = true,
		.documents = true,
		.include = in->root != NULL ? include : NULL,
		.user = &all,
	};
	const struct md_yaml *root;
	const char *why;

	all.lines = (uint32_t)md_zone_count_lines(in->text) + 1;
	MD_PUSH(in->mem, in->files, in->nfiles, ((struct md_zone_file){ .path = in->path }));
	root = md_yaml_read_by(in->mem, &rules, in->path, in->text, &why);
	if (root == NULL)
		in->why = why;
	return root;
}

/* ---- the zone ---- */

static bool
take_names(struct md_input *in, const struct md_yaml *root)
{
	if (root->kind != MD_YAML_MAP)
		return md_input_wrong(in, root->line,
		                      "no names with records, as octoDNS has them");
	if (in->origin == NULL)
		in->origin = in->guess;
	if (in->origin == NULL)
		return md_input_wrong(in, 0,
		                      "neither its name (example.com.yaml) nor --origin tells "
		                      "which zone it is");
	for (size_t i = 0; i < root->n; i++)
		if (!take_name(in, &root->entries[i]))
			return false;
	md_input_zone(in, in->origin);
	return true;
}

bool
md_input_octodns(struct md_input *in)
{
	const struct md_yaml *root;

	if (in->text.len > LARGEST)
		return md_input_wrong(in, 0, "larger than %d MiB", LARGEST >> 20);
	root = read_tree(in);
	if (root == NULL)
		return false;
	if (md_input_is_gcloud(root))
		return md_input_gcloud(in, root);
	if (root->n > 1)
		return md_input_wrong(in, root->items[1].line, "a second document begins here");
	if (root->n == 0)
		return md_input_wrong(in, 0, "no names with records, as octoDNS has them");
	return take_names(in, &root->items[0]);
}
