/* rspamd's opinion of a message, as its workers give it over HTTP. */
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "filter.h"

/* The reply as it comes in. */
struct received {
	struct md_buf octets;
	bool too_long;
};

/* It comes before the confinement is complete, and is read after. */
static struct received received;

static size_t
keep(char *octets, size_t size, size_t n, void *arg)
{
	struct received *r = arg;

	r->too_long = r->too_long || r->octets.len + size * n > FILTER_LONGEST_REPLY;
	if (r->too_long)
		return 0;
	md_buf_add(&r->octets, (struct md_str){ octets, size * n });
	return size * n;
}

static const char *
as_number(struct witness *w, const struct addrinfo *a)
{
	char host[NI_MAXHOST];

	if (getnameinfo(a->ai_addr, a->ai_addrlen, host, sizeof(host), NULL, 0,
	                NI_NUMERICHOST) != 0)
		return NULL;
	return md_printf(w->mem, a->ai_family == AF_INET6 ? "[%s]" : "%s", host);
}

/* libcurl's own way would need a thread. */
static struct curl_slist *
addresses(struct witness *w, const struct md_hostport *server)
{
	struct md_buf entry = { .mem = w->mem };

	md_buf_printf(&entry, "%s:%s:", server->host, server->port);
	for (struct addrinfo *a = filter_addresses(w, server); a != NULL; a = a->ai_next) {
		const char *number = as_number(w, a);

		if (number != NULL)
			md_buf_printf(&entry, "%s%s", entry.p[entry.len - 1] == ':' ? "" : ",",
			              number);
	}
	return curl_slist_append(NULL, md_buf_str(&entry));
}

/* What it makes more of than of the message alone. */
static struct curl_slist *
envelope(struct witness *w)
{
	static const struct {
		const char *key, *header;
	} fields[] = { { "ip", "IP" }, { "helo", "Helo" }, { "mail_from", "From" } };
	struct curl_slist *headers = curl_slist_append(NULL, "Expect:");

	for (size_t i = 0; i < MD_COUNT(fields); i++) {
		const char *value = md_show(w->mem, md_str(witness_input(w, fields[i].key)));

		if (value[0] != '\0')
			headers = curl_slist_append(
			        headers, md_printf(w->mem, "%s: %s", fields[i].header, value));
	}
	return headers;
}

static void
set_transfer(struct witness *w, CURL *curl, const struct md_hostport *server)
{
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)FILTER_SECONDS);
	curl_easy_setopt(curl, CURLOPT_RESOLVE, addresses(w, server));
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, envelope(w));
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, w->message.p);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)w->message.len);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
}

static void
prepare(struct witness *w)
{
	const struct md_str url = md_str(witness_input(w, "server"));
	struct md_hostport server;
	struct md_str path;
	const char *why;
	CURL *curl;
	CURLcode code;
	long status = 0;

	received.octets.mem = w->mem;
	if (!md_hostport_of_url(w->mem, url, &server, &path, &why))
		witness_refuse(w, "%s", why);
	curl = curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK ? curl_easy_init() : NULL;
	if (curl == NULL)
		witness_refuse(w, "there is no memory");
	curl_easy_setopt(curl, CURLOPT_URL,
	                 md_printf(w->mem, "%s%s%.*s/checkv2",
	                           md_str_starts_nocase(url, "https:") ? "https://" : "http://",
	                           server.text, MD_FMT(path)));
	set_transfer(w, curl, &server);
	code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	if (received.too_long)
		witness_refuse(w, "%s says more than 1 MB", server.text);
	if (code == CURLE_OPERATION_TIMEDOUT)
		witness_refuse(w, "no answer from %s within %d s", server.text, FILTER_SECONDS);
	if (code != CURLE_OK)
		witness_refuse(w, "%s: %s", server.text, curl_easy_strerror(code));
	if (status != 200 && received.octets.len == 0)
		witness_refuse(w, "%s answers with HTTP status %ld", server.text, status);
}

static void
testify(struct witness *w)
{
	const struct md_str reply = { md_buf_str(&received.octets), received.octets.len };
	struct filter_reply *read = md_alloc(w->mem, sizeof(*read));
	const char *why;

	if (!reply_of_rspamd(w->mem, reply, read, &why))
		witness_refuse(w, "%s: %s", witness_input(w, "server"), why);
	filter_opine(w, read);
}

const struct engine rspamd = { .name = "rspamd", .prepare = prepare, .testify = testify };
