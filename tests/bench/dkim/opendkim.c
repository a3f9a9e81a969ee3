/*
 * DKIM verifications a second of libopendkim: bench_dkim_opendkim MESSAGE RECORD COUNT
 *
 * The message is fed a field at a time, and then the body in one piece; the key record is in
 * memory.  Prints the rate by CPU.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <opendkim/dkim.h>

static const char *record;

static DKIM_CBSTAT
look_up(DKIM *dkim, DKIM_SIGINFO *sig, unsigned char *buf, size_t room)
{
	(void)dkim, (void)sig;
	snprintf((char *)buf, room, "%s", record);
	return DKIM_CBSTAT_CONTINUE;
}

static char *
slurp(const char *path, size_t *len)
{
	FILE *in = fopen(path, "rb");
	char *text = malloc(2 << 20);

	if (in == NULL || text == NULL)
		err(1, "%s", path);
	*len = fread(text, 1, (2 << 20) - 1, in);
	text[*len] = '\0';
	fclose(in);
	return text;
}

/* The end of the field at p, its CRLF not counted. */
static char *
field_end(char *p)
{
	do
		p = strstr(p, "\r\n") + 2;
	while (*p == ' ' || *p == '\t');
	return p - 2;
}

static void
verify_once(DKIM_LIB *lib, char *text, size_t len)
{
	DKIM_STAT status;
	DKIM *dkim = dkim_verify(lib, (const unsigned char *)"bench", NULL, &status);
	char *p = text, *end;

	for (; *p != '\r'; p = end + 2) {
		end = field_end(p);
		dkim_header(dkim, (unsigned char *)p, (size_t)(end - p));
	}
	p += 2;
	dkim_eoh(dkim);
	dkim_body(dkim, (unsigned char *)p, len - (size_t)(p - text));
	if (dkim_eom(dkim, NULL) != DKIM_STAT_OK)
		errx(1, "no pass: %s", dkim_geterror(dkim));
	dkim_free(dkim);
}

static double
cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	DKIM_LIB *lib = dkim_init(NULL, NULL);
	unsigned long count;
	size_t len;
	char *text;
	double start;

	if (argc != 4)
		errx(2, "bench_dkim_opendkim MESSAGE RECORD COUNT");
	text = slurp(argv[1], &len);
	record = argv[2];
	count = strtoul(argv[3], NULL, 10);
	dkim_set_key_lookup(lib, look_up);
	start = cpu_seconds();
	for (unsigned long i = 0; i < count; i++)
		verify_once(lib, text, len);
	printf("%.0f\n", (double)count / (cpu_seconds() - start));
	dkim_close(lib);
	free(text);
	return 0;
}
