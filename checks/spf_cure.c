/* The domain's SPF record without what is wrong with it: one record, whatever was found. */
#include "base/name.h"
#include "record/txt.h"
#include "spf.h"

void
md_spf_publish(struct md_ctx *c, const char *record)
{
	const char *owner = md_spf_published(c, md_domain(c))->txt->canonical;

	/* The name may be an alias: of a name of theirs, or of somebody else's. */
	if (md_name_under(owner, md_subject(c)->organisation))
		md_publish(c, "%s. IN TXT %s", owner, md_txt_rdata(md_mem(c), md_str(record)));
}

/* An include that makes every evaluation that gets there a permerror. */
static bool
is_dead(const struct md_spf_visit *visit)
{
	return visit->term->kind == MD_SPF_INCLUDE && visit->child != NULL &&
	       (visit->child->state == MD_SPF_NODE_NONE ||
	        visit->child->state == MD_SPF_NODE_IMPOSSIBLE ||
	        visit->child->state == MD_SPF_NODE_LOOP);
}

static bool
stands_before(const struct md_spf *record, size_t i, const char *text)
{
	for (size_t j = 0; j < i; j++)
		if (md_str_eq_nocase(record->terms[j].text, text))
			return true;
	return false;
}

/* With too many void lookups: a host without any address lets nobody pass. */
static bool
is_void(const struct md_spf_tree *tree, const struct md_spf_visit *visit)
{
	return tree->voids[0] > tree->limits.voids && visit->naddresses == 0 &&
	       visit->is_void[0] && visit->is_void[1] &&
	       (visit->term->kind == MD_SPF_A || visit->term->kind == MD_SPF_MX);
}

/* Can the record do without it, and be the better for it? */
static bool
is_dropped(const struct md_spf *record, const struct md_spf_term *term)
{
	return term->kind == MD_SPF_ALL || md_spf_is_everybody(term) ||
	       md_spf_is_private(term) ||
	       (term->kind == MD_SPF_REDIRECT && record->all != NULL);
}

static const char *
last_term(const struct md_spf *record)
{
	if (record->all == NULL)
		return record->redirect != NULL ? "" : " ~all";
	return record->all->qualifier == '-' ? " -all" : " ~all";
}

const char *
md_spf_cure(struct md_arena *mem, const struct md_spf_tree *tree)
{
	const struct md_spf_node *root = tree->root;
	const char *mended = md_spf_mended(mem, root->record);
	struct md_buf out = { .mem = mem };
	const struct md_spf *record;

	if (mended == NULL)
		return NULL;
	/* it has the terms of the faulty record, one for one */
	record = md_spf_parse(mem, md_str(mended));
	md_buf_printf(&out, "v=spf1");
	for (size_t i = 0; i < record->n; i++) {
		const struct md_spf_term *term = &record->terms[i];
		const char *text = md_strndup(mem, term->text.p, term->text.len);
		const char *network = md_spf_clear_host_bits(mem, term);

		if (is_dropped(record, term) || stands_before(record, i, text))
			continue;
		if (i < root->n &&
		    (is_dead(&root->visits[i]) || is_void(tree, &root->visits[i])))
			continue;
		md_buf_printf(&out, " %s", network != NULL ? network : text);
	}
	md_buf_printf(&out, "%s", last_term(record));
	return md_str_eq(root->record->text, md_buf_str(&out)) ? NULL : md_buf_str(&out);
}

void
md_spf_publish_cure(struct md_ctx *c, const struct md_spf_exam *exam)
{
	if (exam->cure != NULL)
		md_spf_publish(c, exam->cure);
}
