/*
 * Evaluations a second of libspf2: bench_spf_libspf2 RECORDS DOMAIN COUNT
 *
 * Evaluates 192.0.2.1 for user@DOMAIN with the records (a line each: name and TXT) in memory,
 * behind a DNS layer of its own.  Prints the rate by CPU.
 */
#include <netinet/in.h>

#include <err.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <spf2/spf.h>
#include <spf2/spf_dns.h>

enum { MOST = 32 };

struct records {
	size_t n;
	struct {
		char *name, *text;
	} record[MOST];
};

static void
read_records(const char *path, struct records *out)
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (in == NULL)
		err(1, "%s", path);
	while (out->n < MOST && getline(&line, &room, in) > 0) {
		char *text = strchr(line, ' ');

		if (text == NULL)
			errx(1, "%s: a line is a name and its TXT", path);
		*text++ = '\0';
		text[strcspn(text, "\n")] = '\0';
		out->record[out->n].name = line;
		out->record[out->n++].text = text;
		line = NULL;
	}
	free(line);
	fclose(in);
}

static void
put_text(SPF_dns_rr_t *answer, const char *text)
{
	const size_t size = strlen(text) + 1;

	if (SPF_dns_rr_buf_realloc(answer, answer->num_rr, size) != SPF_E_SUCCESS)
		errx(1, "no memory");
	memcpy(answer->rr[answer->num_rr++]->txt, text, size);
}

static SPF_dns_rr_t *
look_up(SPF_dns_server_t *dns, const char *name, ns_type type, int should_cache)
{
	const struct records *r = dns->hook;
	SPF_dns_rr_t *answer;

	(void)should_cache;
	for (size_t i = 0; i < r->n && type == ns_t_txt; i++) {
		if (strcasecmp(r->record[i].name, name) != 0)
			continue;
		answer = SPF_dns_rr_new_init(dns, name, type, 0, NETDB_SUCCESS);
		put_text(answer, r->record[i].text);
		return answer;
	}
	return SPF_dns_rr_new_init(dns, name, type, 0, HOST_NOT_FOUND);
}

static void
evaluate_once(SPF_server_t *server, const char *sender)
{
	SPF_request_t *request = SPF_request_new(server);
	SPF_response_t *response = NULL;

	SPF_request_set_ipv4_str(request, "192.0.2.1");
	SPF_request_set_helo_dom(request, "mail.test");
	SPF_request_set_env_from(request, sender);
	SPF_request_query_mailfrom(request, &response);
	if (SPF_response_result(response) != SPF_RESULT_PASS)
		errx(1, "no pass");
	SPF_response_free(response);
	SPF_request_free(request);
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
	struct records records = { 0 };
	SPF_dns_server_t dns = { .lookup = look_up, .name = "records", .hook = &records };
	SPF_server_t *server;
	unsigned long count;
	char sender[256];
	double start;

	if (argc != 4)
		errx(2, "bench_spf_libspf2 RECORDS DOMAIN COUNT");
	read_records(argv[1], &records);
	snprintf(sender, sizeof(sender), "user@%s", argv[2]);
	count = strtoul(argv[3], NULL, 10);
	server = SPF_server_new_dns(&dns, 0);
	if (server == NULL)
		errx(1, "no server");
	evaluate_once(server, sender);
	start = cpu_seconds();
	for (unsigned long i = 0; i < count; i++)
		evaluate_once(server, sender);
	printf("%.0f\n", (double)count / (cpu_seconds() - start));
	SPF_server_free(server);
	for (size_t i = 0; i < records.n; i++)
		free(records.record[i].name);
	return 0;
}
