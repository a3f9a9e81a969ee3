/* The main facts of a domain's MX: its mail hosts, and how many there are. */
#include "rules.h"

/* In a cell of a table; how many there are stands beside it. */
enum { MOST_HOSTS = 10 };

void
md_mx_tell_hosts(struct md_ctx *c, const struct md_dns *mx)
{
	struct md_buf hosts = { .mem = md_mem(c) };
	size_t n = 0;

	/* In the order of rdata, which is that of preference (RFC 4034 6.3). */
	for (size_t i = 0; i < mx->n; i++) {
		if (mx->rr[i].type != MD_MX || md_mx_is_null(&mx->rr[i]))
			continue;
		if (n++ < MOST_HOSTS)
			md_buf_item(&hosts, " ", "%s", mx->rr[i].mx.exchange);
	}
	if (n > 0)
		md_main(c, MD_MAIN_MX, "%s", md_buf_str(&hosts));
	else
		md_main(c, MD_MAIN_MX, "%s", mx->n > 0 ? "null" : MD_MAIN_ABSENT);
	md_main(c, MD_MAIN_MX_COUNT, "%zu", n);
}
