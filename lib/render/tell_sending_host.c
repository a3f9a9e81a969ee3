/* The links of the diagnostic chain before the DNS, each with the command that shows it. */
#include "render/tell.h"

static const char *const links[][2] = {
	{ "1 the application's mail library", "its settings and its log" },
	{ "2 the interpreter, if it is PHP", "php -i | grep sendmail_path" },
	{ "3 a mail server (MTA) is there", "ls -l /usr/sbin/sendmail" },
	{ "  and can be reached", "nc -zv 127.0.0.1 25" },
	{ "4 it sends", "its log: journalctl -u postfix, or -u exim4" },
};

void
md_tell_chain(struct md_doc *d)
{
	static const struct md_doc_column columns[] = { { .width = 32 }, { 0 } };
	struct md_doc_table *table;

	md_doc_open(d, MD_DOC_SECTION);
	md_doc_say(d, MD_FLUSH,
	           "What cannot be seen from outside the sending machine, in the order to "
	           "look:");
	md_doc_open(d, MD_DOC_INSET);
	table = md_doc_table(d, columns, 2);
	for (size_t i = 0; i < MD_COUNT(links); i++) {
		struct md_doc_row *row = md_doc_row(d, table);

		md_doc_put(d, row, MD_PLAIN, links[i][0]);
		md_doc_put(d, row, MD_STRONG, links[i][1]);
	}
	md_doc_close(d);
	md_doc_close(d);
}
