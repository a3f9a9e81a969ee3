/* An SPF record flattened, as zone-file lines, with the warning that belongs to it. */
#include <time.h>

#include "base/arena.h"
#include "record/txt.h"
#include "report/report.h"
#include "spf/view.h"

static void
put_warning(struct md_arena *mem, const struct md_spf_view *view, int64_t now, FILE *out)
{
	const struct md_spf_tree *tree = view->tree;
	const struct md_spf_flat *flat = view->flat;
	const time_t seconds = (time_t)now;
	char day[sizeof("-2147483648-12-31")] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm) == NULL || strftime(day, sizeof(day), "%Y-%m-%d", &tm) == 0)
		day[0] = '\0';
	fprintf(out, "; Flattened on %s: %s instead of %s in %s.\n", day,
	        md_plural(mem, flat->nnetworks, "network", "networks"),
	        md_plural(mem, tree->terms, "lookup", "lookups"),
	        md_plural(mem, tree->nnodes, "record", "records"));
	/* Without a lookup nothing of it can change without us. */
	if (tree->terms > 0)
		fputs("; Warning: addresses that belong to others are changed by them without\n"
		      "; notice.  From then on mail of yours fails, or others may send as you.  Make\n"
		      "; this anew every day, or better remove what you do not use.\n",
		      out);
	if (tree->terms > tree->limits.terms || tree->voids[0] > tree->limits.voids)
		fputs("; It lets those send whom the record names, were it within its limits.\n",
		      out);
	if (flat->exp_lost)
		fputs("; The explanation (exp=) of the record that it redirects to is left out.\n",
		      out);
	if (flat->nrecords > 1)
		fputs("; Publish the included records first.\n", out);
}

void
md_spf_flat_zone(const struct md_report *report, const struct md_style *style, FILE *out)
{
	const struct md_spf_view *view = md_report_part(report, &md_part_spf);
	const struct md_spf_flat *flat = view != NULL ? view->flat : NULL;
	struct md_arena *mem = md_arena_new();

	(void)style;
	if (flat != NULL && flat->refused[0] == '\0') {
		put_warning(mem, view, report->now, out);
		for (size_t i = 0; i < flat->nrecords; i++)
			fprintf(out, "%s. IN TXT %s\n", flat->records[i].owner,
			        md_txt_rdata(mem, md_str(flat->records[i].text)));
	}
	md_arena_free(mem);
}
