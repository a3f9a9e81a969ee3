/*
 * What libopendkim concludes of a message: opendkim RECORD <message, with CRLF.  One word for
 * each signature.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <opendkim/dkim.h>

static const char *record;

static DKIM_CBSTAT
give_key(DKIM *dkim, DKIM_SIGINFO *signature, u_char *room, size_t size)
{
	(void)dkim;
	(void)signature;
	snprintf((char *)room, size, "%s", record);
	return strlen(record) < size ? DKIM_CBSTAT_CONTINUE : DKIM_CBSTAT_NOTFOUND;
}

/* Octets of the field at s with its folds, without the last CRLF; 0 at the end. */
static size_t
field_length(const char *s)
{
	const char *end = s;

	do
		end = strstr(end + (end > s ? 2 : 0), "\r\n");
	while (end != NULL && end > s && (end[2] == ' ' || end[2] == '\t'));
	return end != NULL ? (size_t)(end - s) : 0;
}

static void
feed(DKIM *dkim, char *s)
{
	char first[] = "X-Nobody-Names-This: 1"; /* or it writes beyond its list of fields */

	dkim_header(dkim, (u_char *)first, strlen(first));
	for (size_t n; (n = field_length(s)) > 0; s += n + 2)
		dkim_header(dkim, (u_char *)s, n);
	dkim_eoh(dkim);
	if (strlen(s) > 2)
		dkim_body(dkim, (u_char *)s + 2, strlen(s) - 2);
	dkim_eom(dkim, NULL);
}

static const char *
conclusion(DKIM_SIGINFO *signature)
{
	if ((dkim_sig_getflags(signature) & DKIM_SIGFLAG_PASSED) == 0)
		return dkim_sig_geterrorstr(dkim_sig_geterror(signature));
	return dkim_sig_getbh(signature) == DKIM_SIGBH_MATCH ? "pass" : "body changed";
}

int
main(int argc, char **argv)
{
	static char text[1 << 20];
	unsigned flags = DKIM_LIBFLAGS_BADSIGHANDLES;
	DKIM_SIGINFO **signatures = NULL;
	DKIM_LIB *library = dkim_init(NULL, NULL);
	DKIM_STAT status;
	DKIM *dkim;
	int n = 0;

	if (argc != 2 || library == NULL)
		return EXIT_FAILURE;
	record = argv[1];
	text[fread(text, 1, sizeof(text) - 1, stdin)] = '\0';
	dkim_options(library, DKIM_OP_SETOPT, DKIM_OPTS_FLAGS, &flags, sizeof(flags));
	dkim_set_key_lookup(library, give_key);
	dkim = dkim_verify(library, (const u_char *)"test", NULL, &status);
	if (dkim == NULL)
		return EXIT_FAILURE;
	feed(dkim, text);
	if (dkim_getsiglist(dkim, &signatures, &n) != DKIM_STAT_OK || n == 0)
		puts("no signature");
	for (int i = 0; i < n; i++)
		puts(conclusion(signatures[i]));
	dkim_free(dkim);
	dkim_close(library);
	return EXIT_SUCCESS;
}
