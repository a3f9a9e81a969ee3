/* The formats that notices are rendered in, by name. */
#include <string.h>

#include "rows/render.h"

const char *const md_notices_formats[] = { "markdown", "github", "junit", "sarif",
	                                   "gitlab",   "tap",    NULL };

bool
md_notices_render(const char *format, const struct md_notices *o, FILE *out)
{
	static const struct {
		const char *format;
		void (*render)(const struct md_notices *, FILE *);
	} all[] = {
		{ "markdown", md_render_markdown }, { "github", md_render_github },
		{ "junit", md_render_junit },       { "sarif", md_render_sarif },
		{ "gitlab", md_render_gitlab },     { "tap", md_render_tap },
	};

	for (size_t i = 0; i < MD_COUNT(all); i++) {
		if (strcmp(format, all[i].format) == 0) {
			all[i].render(o, out);
			return true;
		}
	}
	return false;
}
