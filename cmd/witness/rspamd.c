/* rspamd's opinion of a message, as its workers give it over HTTP. */
#include <string.h>

#include <curl/curl.h>

#include "base/file.h"
#include "filter.h"

/* The reply as it comes in. */
struct received {
	struct md_buf octets;
	bool too_long;
};

/* A program has one of each. */
static struct received received;
static struct conversation conversation;
static CURL *transfer;

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

/* The socket that is connected already: afterwards there is no way to another. */
static curl_socket_t
give_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	const struct conversation *c = arg;

	(void)address;
	return purpose == CURLSOCKTYPE_IPCXN ? c->w->socket : CURL_SOCKET_BAD;
}

static void
set_socket(const struct conversation *c)
{
	CURL *curl = transfer;

	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, give_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, c);
	/* Whatever the name is: to look it up is done, and would need a thread. */
	curl_easy_setopt(curl, CURLOPT_RESOLVE,
	                 curl_slist_append(NULL, md_printf(c->w->mem, "%s:%s:127.0.0.1",
	                                                   c->server.host, c->server.port)));
}

/* The authorities that are trusted, which it would read from a file later. */
static void
set_authorities(struct witness *w)
{
	enum { LARGEST = 4 << 20 };
	const char *path = curl_version_info(CURLVERSION_NOW)->cainfo, *why;
	struct curl_blob blob = { .flags = CURL_BLOB_NOCOPY };
	struct md_str text;

	if (path == NULL || !md_file_read(w->mem, path, LARGEST, &text, &why))
		return; /* then no certificate is trusted */
	blob.data = (void *)(uintptr_t)text.p;
	blob.len = text.len;
	curl_easy_setopt(transfer, CURLOPT_CAINFO_BLOB, &blob);
	curl_easy_setopt(transfer, CURLOPT_CAPATH, NULL);
}

static void
set_transfer(struct witness *w)
{
	CURL *curl = transfer;

	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
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
	const bool tls = md_str_starts_nocase(url, "https:");
	struct conversation *c = &conversation;
	struct md_str path;
	const char *why;

	c->w = w;
	received.octets.mem = w->mem;
	if (!md_hostport_of_url(w->mem, url, &c->server, &path, &why))
		witness_refuse(w, "%s", why);
	transfer = curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK ? curl_easy_init() : NULL;
	if (transfer == NULL)
		witness_refuse(w, "there is no memory");
	curl_easy_setopt(transfer, CURLOPT_URL,
	                 md_printf(w->mem, "%s%s%.*s/checkv2", tls ? "https://" : "http://",
	                           c->server.text, MD_FMT(path)));
	set_transfer(w);
	if (tls)
		set_authorities(w);
	filter_connect(c);
	set_socket(c);
}

static void
transact(const struct conversation *c)
{
	struct witness *w = c->w;
	long status = 0;
	CURLcode code;

	curl_easy_setopt(transfer, CURLOPT_TIMEOUT, (long)filter_seconds_left(c) + 1);
	code = curl_easy_perform(transfer);
	curl_easy_getinfo(transfer, CURLINFO_RESPONSE_CODE, &status);
	if (received.too_long)
		witness_refuse(w, "%s says more than 1 MB", c->server.text);
	if (code == CURLE_OPERATION_TIMEDOUT)
		witness_refuse(w, "no answer from %s within %d s", c->server.text,
		               FILTER_SECONDS);
	if (code != CURLE_OK)
		witness_refuse(w, "%s: %s", c->server.text, curl_easy_strerror(code));
	if (status != 200 && received.octets.len == 0)
		witness_refuse(w, "%s answers with HTTP status %ld", c->server.text, status);
}

static void
testify(struct witness *w)
{
	struct filter_reply *read = md_alloc(w->mem, sizeof(*read));
	struct md_str reply;
	const char *why;

	transact(&conversation);
	reply = (struct md_str){ md_buf_str(&received.octets), received.octets.len };
	if (!reply_of_rspamd(w->mem, reply, read, &why))
		witness_refuse(w, "%s: %s", witness_input(w, "server"), why);
	filter_opine(w, read);
}

const struct engine rspamd = { .name = "rspamd", .prepare = prepare, .testify = testify };
