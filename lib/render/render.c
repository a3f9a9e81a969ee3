/* The table of renderers: a format is a line here and a function in a file of its own. */
#include "render/render.h"

#include <string.h>

static const struct {
	const char *format;
	md_render_fn *render;
} renderers[] = {
	{ "text", md_render_text }, { "json", md_render_json }, { "jsonl", md_render_jsonl },
	{ "csv", md_render_csv },   { "zone", md_render_zone },
};

bool
md_render(const char *format, const struct md_report *report, const struct md_style *style,
          FILE *out)
{
	for (size_t i = 0; i < MD_COUNT(renderers); i++) {
		if (strcmp(renderers[i].format, format) != 0)
			continue;
		renderers[i].render(report, style, out);
		return true;
	}
	return false;
}
