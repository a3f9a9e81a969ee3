/* A name server on loopback that fails as it is told, polled by the test that uses it. */
#include "unit.h"

#include "faulty.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"

enum { HEADER = 12, MESSAGE = 512, PORT_TRIES = 50 };

/* -1 when somebody else has the port. */
static int
bound(int type, uint16_t port)
{
	const int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0), one = 1;
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	if (type == SOCK_STREAM) /* two UDP sockets might share a port by it */
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}

static uint16_t
port_of(int fd)
{
	struct sockaddr_in at;
	socklen_t len = sizeof(at);

	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	return ntohs(at.sin_port);
}

void
faulty_open(struct faulty *f, const char *udp_script, const char *tcp_script)
{
	*f = (struct faulty){ .udp_script = udp_script, .tcp_script = tcp_script };
	f->connection = f->tcp = -1;
	f->udp = bound(SOCK_DGRAM, 0);
	f->other = bound(SOCK_DGRAM, 0);
	/* A port that is free for UDP may be in use for TCP. */
	for (int i = 0; tcp_script != NULL && f->tcp < 0 && i < PORT_TRIES; i++) {
		close(f->udp);
		f->udp = bound(SOCK_DGRAM, 0);
		f->tcp = bound(SOCK_STREAM, port_of(f->udp));
	}
	assert_true(f->udp >= 0 && f->other >= 0);
	assert_true(tcp_script == NULL || listen(f->tcp, 8) == 0);
	f->port = port_of(f->udp);
	snprintf(f->name, sizeof(f->name), "127.0.0.1:%u", f->port);
}

void
faulty_stop(struct faulty *f)
{
	close(f->udp);
	f->udp = -1;
}

void
faulty_start(struct faulty *f)
{
	f->udp = bound(SOCK_DGRAM, f->port);
	assert_true(f->udp >= 0);
}

void
faulty_close(struct faulty *f)
{
	close(f->udp);
	close(f->other);
	if (f->tcp >= 0)
		close(f->tcp);
	if (f->connection >= 0)
		close(f->connection);
}

static size_t
question_end(const uint8_t *m)
{
	size_t at = HEADER;

	while (m[at] != 0)
		at += m[at] + 1u;
	return at + 5;
}

static void
set_case(uint8_t *m, bool upper)
{
	for (size_t i = HEADER; i < question_end(m) - 4; i++) {
		m[i] = (uint8_t)md_lower((char)m[i]);
		if (upper && md_is_alpha((char)m[i]))
			m[i] = (uint8_t)(m[i] - 0x20);
	}
}

/* Appends "60 IN A 192.0.2.1" for the name asked for. */
static size_t
add_answer(uint8_t *m, size_t len)
{
	static const uint8_t rr[] = {
		0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1
	};

	memcpy(m + len, rr, sizeof(rr));
	m[7] = 1;
	return len + sizeof(rr);
}

/* The same of an alias of "t." in front of it, which is left to be asked for. */
static size_t
add_alias(uint8_t *m, size_t len)
{
	static const uint8_t rr[] = { 0xc0, HEADER, 0, 5, 0, 1,   0,    0,
		                      0,    60,     0, 4, 1, 't', 0xc0, HEADER };

	memcpy(m + len, rr, sizeof(rr));
	m[7] = 1;
	return len + sizeof(rr);
}

static size_t
formerr(uint8_t *m, size_t len, bool edns, bool header_only)
{
	if (!edns)
		return add_answer(m, len);
	m[3] |= 1;
	if (!header_only)
		return len;
	m[5] = 0;
	return HEADER;
}

/* Turns the query at m into the reply that the letter means; its length, 0 for none. */
static size_t
reply_to(uint8_t *m, char letter)
{
	const bool edns = m[11] != 0;
	const size_t len = question_end(m);

	m[2] |= 0x80; /* QR */
	m[3] = 0x80;  /* RA */
	m[10] = m[11] = 0;
	switch (letter) {
	case 'f':
		m[3] |= 2;
		return len;
	case 'x':
		m[3] |= 3;
		return len;
	case 'r':
		m[3] |= 5;
		return len;
	case 't':
		m[2] |= 0x02;
		return len;
	case 'i':
		m[0] = (uint8_t)~m[0];
		return add_answer(m, len);
	case 'q':
		m[HEADER + 1] = m[HEADER + 1] == 'q' ? 'z' : 'q';
		return add_answer(m, len);
	case 'c':
	case 'C':
		set_case(m, letter == 'C');
		return add_answer(m, len);
	case 'g':
		m[2] = 0;
		return 7;
	case 'm':
		return add_answer(m, len) - 3;
	case 'l':
		return add_alias(m, len);
	case 'd':
		m[3] = 0;
		return len;
	case 'e':
	case 'E':
		return formerr(m, len, edns, letter == 'E');
	default:
		return add_answer(m, len);
	}
}

static char
letter_of(const char *script, unsigned n)
{
	const size_t len = strlen(script);

	return n < len ? script[n] : script[len - 1];
}

static void
step_udp(struct faulty *f)
{
	uint8_t m[MESSAGE + 64];
	struct sockaddr_in from;
	socklen_t from_len = sizeof(from);
	ssize_t n;

	while ((n = recvfrom(f->udp, m, MESSAGE, 0, (struct sockaddr *)&from, &from_len)) > 0) {
		const char letter = letter_of(f->udp_script, f->udp_queries);
		size_t len;

		memcpy(f->last, m, (size_t)n);
		f->last_len = (size_t)n;
		f->ports[f->udp_queries++ % COUNT(f->ports)] = ntohs(from.sin_port);
		if (letter == '-')
			continue;
		len = reply_to(m, letter == 'I' ? 'i' : letter);
		sendto(letter == 'p' ? f->other : f->udp, m, len, 0, (struct sockaddr *)&from,
		       from_len);
		if (letter != 'I')
			continue;
		memcpy(m, f->last, f->last_len);
		len = reply_to(m, 'a');
		sendto(f->udp, m, len, 0, (struct sockaddr *)&from, from_len);
	}
}

/* The reply goes out in two pieces, so that the other side must put them together. */
static void
step_tcp(struct faulty *f)
{
	const int fresh = accept4(f->tcp, NULL, NULL, SOCK_NONBLOCK);
	uint8_t m[MESSAGE + 64];
	char letter;
	size_t len;

	if (fresh >= 0 && f->connection >= 0)
		close(f->connection);
	if (fresh >= 0)
		f->connection = fresh;
	if (f->connection < 0 || recv(f->connection, m, MESSAGE, 0) <= HEADER)
		return;
	letter = letter_of(f->tcp_script, f->tcp_queries++);
	if (letter == '-')
		return;
	len = letter == 'z' ? 0 : reply_to(m + 2, letter);
	m[0] = (uint8_t)(len >> 8);
	m[1] = (uint8_t)len;
	if (len > 0) {
		send(f->connection, m, 5, MSG_NOSIGNAL);
		send(f->connection, m + 5, len + 2 - 5, MSG_NOSIGNAL);
	}
	close(f->connection);
	f->connection = -1;
}

void
faulty_step(struct faulty *f)
{
	step_udp(f);
	if (f->tcp >= 0)
		step_tcp(f);
}
