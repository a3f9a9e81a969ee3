/* Reads BIMI assertion records. */
#include "record/bimi.h"

#include "base/arena.h"
#include "record/https_uri.h"
#include "record/tags.h"

struct reader {
	struct md_arena *mem;
	struct md_str text;
	struct md_bimi *record;
	bool has_logo;
};

static void
blame(struct reader *r, struct md_str where, const char *why)
{
	md_faults_add(&r->record->faults, r->text, where, why);
}

static bool
is_version(const struct md_tag *tag)
{
	return md_str_eq(tag->name, "v") && md_str_eq(tag->value, "BIMI1");
}

bool
md_bimi_starts(struct md_str text)
{
	struct md_tags list = md_tags(text);
	struct md_tag tag;

	return md_tag_next(&list, &tag) && is_version(&tag);
}

/* A single https URI, or nothing; a comma would make it a list (older drafts). */
static void
judge_uri(struct reader *r, const struct md_tag *tag)
{
	const size_t comma = md_str_find(tag->value, ',');
	struct md_str host, at;
	const char *why;

	if (tag->value.len == 0)
		return;
	if (comma < tag->value.len)
		blame(r, (struct md_str){ tag->value.p + comma, 1 },
		      md_printf(r->mem, "%s= has a comma, which must be encoded as %%2C",
		                md_show(r->mem, tag->name)));
	else if (!md_https_uri_host(tag->value, &host, &why, &at))
		blame(r, at, md_printf(r->mem, "%s= %s", md_show(r->mem, tag->name), why));
}

/* The draft knows SVG and SVGZ, and has other image formats fail. */
static void
judge_format(struct reader *r, struct md_str uri)
{
	static const char *const others[] = { ".png", ".jpg", ".jpeg", ".gif", ".webp",
		                              ".bmp", ".ico", ".tif",  ".tiff" };

	for (size_t i = 0; i < MD_COUNT(others); i++) {
		const size_t len = md_str(others[i]).len;
		const struct md_str end = md_str_skip(uri, uri.len > len ? uri.len - len : 0);

		if (md_str_eq_nocase(end, others[i]))
			blame(r, end, "l= is no SVG image");
	}
}

static void
take(struct reader *r, const struct md_tag *tag)
{
	if (md_str_eq(tag->name, "l")) {
		r->has_logo = true;
		r->record->logo = tag->value;
		judge_uri(r, tag);
		judge_format(r, tag->value);
	} else if (md_str_eq(tag->name, "a")) {
		r->record->evidence = tag->value;
		judge_uri(r, tag);
	} else if (md_str_eq(tag->name, "avp")) {
		if (!md_str_eq(tag->value, "brand") && !md_str_eq(tag->value, "personal"))
			blame(r, tag->value, "avp= is neither brand nor personal");
	}
}

static const char *
why_malformed(struct reader *r, const struct md_tag *tag)
{
	if (tag->fault == MD_TAG_EMPTY)
		return "there is a semicolon too many";
	return md_printf(r->mem, "\"%s\" %s", md_show(r->mem, tag->name),
	                 md_tag_fault_text(tag->fault));
}

static void
read_tag(struct reader *r, const struct md_tag *tag, bool first)
{
	if (tag->fault != MD_TAG_OK)
		blame(r, (struct md_str){ r->text.p + tag->fault_at, tag->fault_len },
		      why_malformed(r, tag));
	if (first && !is_version(tag))
		blame(r, tag->name, "it does not begin with \"v=BIMI1\"");
	/* the syntax is that of RFC 6376 3.2, where a tag twice voids the list */
	if (tag->repeated)
		blame(r, tag->name,
		      md_printf(r->mem, "there is a second %s=", md_show(r->mem, tag->name)));
	else if (tag->fault == MD_TAG_OK)
		take(r, tag);
}

struct md_bimi
md_bimi_parse(struct md_arena *mem, struct md_str text)
{
	struct md_bimi record = { .logo = { text.p, 0 }, .evidence = { text.p, 0 } };
	struct reader r = { .mem = mem, .text = text, .record = &record };
	struct md_tags list = md_tags(text);
	struct md_tag tag;

	for (bool first = true; md_tag_next(&list, &tag); first = false)
		read_tag(&r, &tag, first);
	if (!r.has_logo)
		blame(&r, md_str_skip(text, text.len), "l= is missing");
	record.declined = r.has_logo && record.logo.len == 0 && record.evidence.len == 0;
	return record;
}
