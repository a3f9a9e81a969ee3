/*
 * The resolver against a server that does what the input says, over UDP and TCP on loopback:
 * every question ends, once, after a bounded number of queries.  The clock is the target's own
 * (md_clock is wrapped), so that nobody waits.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "resolver/ask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
uint64_t __wrap_md_clock(void);

enum { HEADER = 12, ROOM = 65536, QUESTIONS = 3, TRIES = 4, MOST_STEPS = 5000 };

/* What it does with a query, by an octet of the input. */
enum act { ANSWER, SILENCE, TRUNCATE, RCODE, SPOIL, CUT, FOREIGN, TWICE, ACTS };

static uint64_t the_time = 1000000;

uint64_t
__wrap_md_clock(void)
{
	return the_time;
}

struct peer {
	struct md_str script;
	int udp, tcp, connection; /* the first two are the same for all inputs */
	char name[32];
	unsigned queries;
	uint8_t request[2 + 512]; /* over TCP, as it comes in */
	size_t got;
	uint8_t reply[2 + ROOM]; /* over TCP, as it goes out */
	size_t len, sent;
};

static unsigned
next(struct peer *p)
{
	const unsigned octet = p->script.len > 0 ? (unsigned char)p->script.p[0] : ANSWER;

	if (p->script.len > 0)
		p->script = md_str_skip(p->script, 1);
	return octet;
}

static int
bound(int type, struct sockaddr_in *at)
{
	const int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);
	socklen_t len = sizeof(*at);

	if (fd >= 0 && bind(fd, (struct sockaddr *)at, sizeof(*at)) == 0 &&
	    getsockname(fd, (struct sockaddr *)at, &len) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Two sockets on one port: one that is free for UDP may be in use for TCP. */
static void
listen_on(struct peer *p)
{
	struct sockaddr_in at = { .sin_family = AF_INET };

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (p->tcp = -1; p->tcp < 0; at.sin_port = p->tcp < 0 ? 0 : at.sin_port) {
		if (p->udp >= 0)
			close(p->udp);
		p->udp = bound(SOCK_DGRAM, &at);
		p->tcp = bound(SOCK_STREAM, &at);
	}
	assert(p->udp >= 0 && listen(p->tcp, 16) == 0);
	snprintf(p->name, sizeof(p->name), "127.0.0.1:%u", ntohs(at.sin_port));
}

/* The reply to a query of `len` octets in m, made in its place; 0 for none. */
static size_t
reply(struct peer *p, uint8_t *m, size_t len)
{
	static const uint8_t a[] = {
		0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1
	};
	const unsigned octet = next(p);
	size_t end = HEADER;

	p->queries++;
	while (end < len && m[end] != 0)
		end += m[end] + 1u;
	end += 5;
	assert(end <= len); /* the resolver's own queries are sound */
	m[2] = 0x81;
	m[3] = 0x80;
	memset(m + 6, 0, 6);
	m[7] = 1;
	memcpy(m + end, a, sizeof(a));
	end += sizeof(a);
	switch ((enum act)(octet % ACTS)) {
	case SILENCE:
		return 0;
	case TRUNCATE:
		m[2] |= 0x02;
		break;
	case RCODE:
		m[3] = (uint8_t)(0x80 | next(p) % 16);
		m[7] = 0;
		return end - sizeof(a);
	case SPOIL:
		for (unsigned n = octet / ACTS; n > 0; n--) {
			const size_t at = next(p) % end;

			m[at] ^= (uint8_t)next(p);
		}
		break;
	case CUT:
		return next(p) % end;
	case FOREIGN:
		for (end = 2; end < ROOM && p->script.len > 0 && end < 2u + octet * 4; end++)
			m[end] = (uint8_t)next(p);
		break;
	default:
		break;
	}
	return end;
}

static bool
serve_udp(struct peer *p)
{
	static uint8_t m[ROOM];
	struct sockaddr_in from;
	socklen_t size = sizeof(from);
	const ssize_t len = recvfrom(p->udp, m, sizeof(m), 0, (struct sockaddr *)&from, &size);
	const bool twice = p->script.len > 0 && (unsigned char)p->script.p[0] % ACTS == TWICE;
	size_t out;

	if (len < 0)
		return false;
	out = reply(p, m, (size_t)len);
	for (unsigned n = twice ? 2 : 1; out > 0 && n > 0; n--)
		sendto(p->udp, m, out, 0, (struct sockaddr *)&from, size);
	return true;
}

/* At once, so that thousands of runs leave no connection behind that the system waits for. */
static void
hang_up(struct peer *p)
{
	const struct linger at_once = { .l_onoff = 1 };

	setsockopt(p->connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(p->connection);
	p->connection = -1;
}

/* Reads the request, in any pieces, and makes the reply with its length, which may be another.
 */
static bool
hear_tcp(struct peer *p)
{
	const ssize_t n =
	        recv(p->connection, p->request + p->got, sizeof(p->request) - p->got, 0);
	size_t whole;

	if (n == 0 || (n < 0 && errno != EAGAIN)) {
		hang_up(p);
		return true;
	}
	if (n < 0)
		return false;
	p->got += (size_t)n;
	whole = p->got >= 2 ? 2u + p->request[0] * 256u + p->request[1] : sizeof(p->request);
	assert(whole <= sizeof(p->request));
	if (p->got < whole)
		return true;
	memcpy(p->reply + 2, p->request + 2, whole - 2);
	p->len = reply(p, p->reply + 2, whole - 2);
	p->reply[0] = (uint8_t)(p->len >> 8);
	p->reply[1] = (uint8_t)p->len;
	if (next(p) % 8 == 7)
		p->reply[next(p) % 2] ^= (uint8_t)next(p);
	p->len += 2;
	return true;
}

static bool
serve_tcp(struct peer *p)
{
	size_t piece;

	if (p->connection < 0) {
		p->connection = accept4(p->tcp, NULL, NULL, SOCK_NONBLOCK);
		p->got = p->len = p->sent = 0;
		return p->connection >= 0;
	}
	if (p->len == 0)
		return hear_tcp(p);
	if (p->sent == p->len)
		return false; /* until the clock goes on */
	piece = 1 + next(p);
	if (piece > p->len - p->sent)
		piece = p->len - p->sent;
	if (send(p->connection, p->reply + p->sent, piece, MSG_NOSIGNAL) < 0)
		hang_up(p);
	p->sent += piece;
	return true;
}

static void
count(void *arg, const struct md_resolved *resolved)
{
	unsigned *calls = arg, tries = 0;

	(*calls)++;
	for (size_t i = 0; i < resolved->nattempts; i++)
		tries += strstr(resolved->attempts[i].outcome, "asked again") == NULL;
	assert(tries > 0 && tries <= TRIES);
	assert((resolved->reply != NULL) == (resolved->why[0] == '\0'));
}

static bool
all_called(const unsigned *calls)
{
	for (size_t i = 0; i < QUESTIONS; i++)
		if (calls[i] == 0)
			return false;
	return true;
}

static void
ask_all(struct peer *p, struct md_resolver *r)
{
	static const char *const names[] = { "a.example", "b.example", "c.d.example" };
	unsigned calls[QUESTIONS] = { 0 };

	for (size_t i = 0; i < QUESTIONS; i++)
		md_resolver_ask(
		        r,
		        &(struct md_question){ .name = names[i], .type = MD_A, .server = "" },
		        count, &calls[i]);
	for (unsigned step = 0; !all_called(calls); step++) {
		assert(step < MOST_STEPS);
		md_resolver_step(r);
		if (serve_udp(p) || serve_tcp(p))
			continue;
		if (p->connection >= 0 && p->sent == p->len && p->len > 0)
			hang_up(p);
		the_time += 100000;
	}
	for (size_t i = 0; i < QUESTIONS; i++)
		assert(calls[i] == 1);
	/* each try perhaps without EDNS and over TCP besides, one in lower case */
	assert(p->queries <= QUESTIONS * (3 * TRIES + 1));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct peer p = { .udp = -1 };
	struct md_arena *mem = md_arena_new();
	uint8_t old[16];
	struct md_resolver *r;
	const char *why = "";

	if (p.udp < 0)
		listen_on(&p);
	while (recv(p.udp, old, sizeof(old), 0) >= 0)
		;
	p.connection = -1;
	p.queries = 0;
	p.got = p.len = p.sent = 0;
	p.script = (struct md_str){ (const char *)data, size };
	r = md_resolver_new(
	        mem,
	        &(struct md_resolver_options){ .servers = (const char *[]){ p.name, NULL },
	                                       .query_timeout = 1,
	                                       .tries = TRIES },
	        &why);
	assert(r != NULL);
	ask_all(&p, r);
	md_resolver_free(r);
	if (p.connection >= 0)
		hang_up(&p);
	while ((p.connection = accept4(p.tcp, NULL, NULL, SOCK_NONBLOCK)) >= 0)
		hang_up(&p);
	md_arena_free(mem);
	return 0;
}
