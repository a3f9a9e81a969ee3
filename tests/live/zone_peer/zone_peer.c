/* Writes zones made by chance, compares md_zone_find with the name server that serves them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/name.h"
#include "dns/wire.h"
#include "zone/zone.h"

enum { NAMES = 40, QUESTIONS_PER_NAME = 4, READY_TRIES = 100 };

static _Noreturn void
give_up(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/* ---- zones by chance ---- */

/* xorshift64*: the same zones from the same seed everywhere. */
struct chance {
	uint64_t state;
};

static unsigned
below(struct chance *c, unsigned n)
{
	c->state ^= c->state >> 12;
	c->state ^= c->state << 25;
	c->state ^= c->state >> 27;
	return (unsigned)((c->state * UINT64_C(2685821657736338717)) >> 33) % n;
}

static struct chance
chance_of(uint64_t seed, unsigned zone)
{
	struct chance c = { (seed + 1) * UINT64_C(0x9e3779b97f4a7c15) + zone };

	for (int i = 0; i < 16; i++)
		below(&c, 2);
	return c;
}

/* Few labels, so that names meet: wildcards, underscores, an escape and an upper case. */
static const char *const labels[] = { "a", "b", "c", "*", "_x", "D", "e\\.f", "g\\032h" };

enum { NLABELS = sizeof(labels) / sizeof(*labels) };

static const char *
some_name(struct md_arena *mem, struct chance *c, const char *apex)
{
	const char *name = apex;

	for (unsigned depth = below(c, 4); depth > 0; depth--)
		name = md_printf(mem, "%s.%s", labels[below(c, NLABELS)], name);
	return md_name_normal(mem, md_str(name));
}

/* What a name server accepts: every name has records of one kind. */
struct made {
	struct md_arena *mem;
	struct chance c;
	const char *apex;
	size_t n;
	const char **names;
	size_t ndnames; /* owners of a DNAME: nothing may be below */
	const char **dnames;
};

static bool
taken(const struct made *z, const char *name)
{
	for (size_t i = 0; i < z->n; i++)
		if (strcmp(z->names[i], name) == 0)
			return true;
	for (size_t i = 0; i < z->ndnames; i++)
		if (md_name_under(name, z->dnames[i]))
			return true;
	return false;
}

static bool
has_below(const struct made *z, const char *name)
{
	for (size_t i = 0; i < z->n; i++)
		if (md_name_under(z->names[i], name))
			return true;
	return false;
}

static void
write_plain_records(struct made *z, FILE *out, const char *name)
{
	for (unsigned i = below(&z->c, 3); i > 0; i--)
		fprintf(out, "%s. A 192.0.2.%u\n", name, below(&z->c, 4));
	if (below(&z->c, 2) == 0)
		fprintf(out, "%s. TXT \"text \\%03u;\" \"%u\"\n", name, below(&z->c, 256),
		        below(&z->c, 100));
	if (below(&z->c, 3) == 0)
		fprintf(out, "%s. MX %u %s.\n", name, below(&z->c, 70000) % 65536,
		        some_name(z->mem, &z->c, z->apex));
	fprintf(out, "%s. AAAA 2001:db8::%x\n", name, below(&z->c, 65536));
}

static void
write_name(struct made *z, FILE *out, const char *name)
{
	const bool wild = strncmp(name, "*.", 2) == 0;
	const char *target = some_name(z->mem, &z->c, z->apex);

	switch (below(&z->c, 8)) {
	case 0:
	case 1:
		fprintf(out, "%s. CNAME %s.\n", name, target);
		break;
	case 2: /* RFC 4592 4.2, 4.4 leave wildcards open here */
		if (wild)
			break;
		fprintf(out, "%s. NS ns.example.\n%s. NS %s.\n", name, name, target);
		if (below(&z->c, 2) == 0)
			fprintf(out, "%s. DS 1 8 2 %064x\n", name, below(&z->c, 1000));
		break;
	case 3:
		if (wild || has_below(z, name))
			break;
		fprintf(out, "%s. DNAME %s.\n", name,
		        below(&z->c, 2) == 0 ? target : "elsewhere.example");
		MD_PUSH(z->mem, z->dnames, z->ndnames, name);
		break;
	default:
		write_plain_records(z, out, name);
	}
	MD_PUSH(z->mem, z->names, z->n, name);
}

static const char *
path_of(struct md_arena *mem, const char *dir, unsigned zone)
{
	return md_printf(mem, "%s/z%u.test", dir, zone);
}

static struct made
start_zone(struct md_arena *mem, uint64_t seed, unsigned zone)
{
	return (struct made){ .mem = mem,
		              .c = chance_of(seed, zone),
		              .apex = md_printf(mem, "z%u.test", zone) };
}

static void
write_zone(const char *dir, uint64_t seed, unsigned zone)
{
	struct md_arena *mem = md_arena_new();
	struct made z = start_zone(mem, seed, zone);
	FILE *out = fopen(path_of(mem, dir, zone), "w");

	if (out == NULL)
		give_up(path_of(mem, dir, zone));
	fprintf(out, "$TTL 300\n%s. SOA ns.example. root.example. 1 2 3 4 5\n", z.apex);
	fprintf(out, "%s. NS ns.example.\n", z.apex);
	write_plain_records(&z, out, z.apex);
	MD_PUSH(mem, z.names, z.n, z.apex);
	for (int i = 0; i < NAMES; i++) {
		const char *name = some_name(mem, &z.c, z.apex);

		if (!taken(&z, name))
			write_name(&z, out, name);
	}
	if (fclose(out) != 0)
		give_up("fclose");
	md_arena_free(mem);
}

/* ---- asking the server ---- */

struct server {
	int fd;
	uint8_t wire[65536];
	size_t len;
};

static void
connect_to(struct server *s, const char *address, const char *port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)strtoul(port, NULL, 10)) };

	s->fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (s->fd < 0 || inet_pton(AF_INET, address, &to.sin_addr) != 1 ||
	    connect(s->fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		give_up(address);
}

/* Fills s->wire; false when there is no answer in time. */
static bool
exchange(struct server *s, const struct md_question *q)
{
	uint8_t query[512];
	const size_t len = md_query_write(q, true, query, sizeof(query));
	struct pollfd p = { .fd = s->fd, .events = POLLIN };
	ssize_t got;

	if (len == 0 || send(s->fd, query, len, 0) < 0 || poll(&p, 1, 1000) != 1)
		return false;
	got = recv(s->fd, s->wire, sizeof(s->wire), 0);
	s->len = got > 0 ? (size_t)got : 0;
	return got > 12;
}

/* nsd has loaded all zones when it answers at all. */
static void
wait_until_ready(struct server *s)
{
	const struct md_question q = { "z0.test", MD_SOA, MD_NO_RD, "" };
	const struct timespec pause = { .tv_nsec = 50000000 };

	for (int i = 0; i < READY_TRIES; i++) {
		if (exchange(s, &q))
			return;
		nanosleep(&pause, NULL);
	}
	fputs("the server does not answer\n", stderr);
	exit(EXIT_FAILURE);
}

/* ---- comparing ---- */

/* The answer in one line, as both sides put it. */
static const char *
in_words(struct md_arena *mem, int rcode, const struct md_rr *alias, const struct md_rr *rr,
         size_t n)
{
	struct md_buf out = { .mem = mem };

	if (alias != NULL)
		return md_printf(mem, "alias of %s", alias->name);
	md_buf_printf(&out, "%s", md_rcode_name(mem, rcode));
	for (size_t i = 0; i < n; i++)
		md_buf_printf(&out, " [%s]", md_rr_text(mem, &rr[i]));
	return md_buf_str(&out);
}

static const char *
server_says(struct md_arena *mem, struct server *s, const struct md_question *q)
{
	struct md_rr *own = NULL;
	const struct md_rr *alias = NULL;
	struct md_reply reply;
	const char *why;
	size_t n = 0;

	if (!exchange(s, q))
		return "no answer";
	if (!md_reply_parse(mem, s->wire, s->len, &reply, &why))
		return why;
	for (size_t i = 0; i < reply.n; i++) {
		if (strcmp(reply.rr[i].owner, q->name) != 0)
			continue;
		if (reply.rr[i].type == q->type)
			MD_PUSH(mem, own, n, reply.rr[i]);
		else if (reply.rr[i].type == MD_CNAME)
			alias = &reply.rr[i];
	}
	/* RFC 1035 4.1.1: an answer that is not authoritative is a delegation here. */
	if (reply.n == 0 && (s->wire[2] & 0x04) == 0)
		return "not covered";
	if (n > 0)
		qsort(own, n, sizeof(*own), md_rr_compare);
	return in_words(mem, reply.rcode, alias, own, n);
}

static const char *
we_say(struct md_arena *mem, const struct md_zone *z, const struct md_question *q)
{
	struct md_dns d = { .fact = { .why = "" }, .origin = "" };

	if (!md_zone_covers(z, q->name, q->type))
		return "not covered";
	md_zone_find(z, mem, q, &d);
	return in_words(mem, d.rcode, d.naliases > 0 ? &d.aliases[0] : NULL, d.rr, d.n);
}

struct counts {
	unsigned questions, differences;
};

static void
compare_one(struct md_arena *mem, const struct md_zone *z, struct server *s,
            const struct md_question *q, struct counts *counts)
{
	const char *ours = we_say(mem, z, q), *theirs = server_says(mem, s, q);

	counts->questions++;
	if (strcmp(ours, theirs) == 0)
		return;
	counts->differences++;
	printf("%s\n  we:  %s\n  nsd: %s\n", md_question_text(mem, q), ours, theirs);
}

/* A name that is in the zone, above or below one that is, or beside one. */
static const char *
name_to_ask(struct md_arena *mem, struct chance *c, const char *apex)
{
	const char *name = some_name(mem, c, apex);

	if (below(c, 3) == 0)
		name = md_printf(mem, "%s.%s", below(c, 2) == 0 ? "z" : "*", name);
	return name;
}

static void
compare_zone(const char *dir, uint64_t seed, unsigned zone, struct server *s,
             struct counts *counts)
{
	static const uint16_t types[] = { MD_A,     MD_MX,  MD_TXT, MD_CNAME, MD_NS,
		                          MD_DNAME, MD_SOA, MD_DS,  MD_AAAA };
	struct md_arena *mem = md_arena_new();
	struct chance c = chance_of(seed + 1000, zone);
	const char *why, *apex = md_printf(mem, "z%u.test", zone);
	struct md_zone *z = md_zone_open(mem, path_of(mem, dir, zone), &why);

	if (z == NULL) {
		printf("%s\n", why);
		counts->differences++;
	}
	for (int i = 0; z != NULL && i < NAMES * QUESTIONS_PER_NAME; i++) {
		const struct md_question q = { name_to_ask(mem, &c, apex),
			                       types[below(&c, sizeof(types) / sizeof(*types))],
			                       MD_NO_RD, "" };

		/* nsd does not have the parent, and so answers for the DS of its own apex. */
		if (q.type != MD_DS || strcmp(q.name, apex) != 0)
			compare_one(mem, z, s, &q, counts);
	}
	md_zone_free(z);
	md_arena_free(mem);
}

int
main(int argc, char **argv)
{
	const uint64_t seed = argc > 4 ? strtoull(argv[3], NULL, 10) : 0;
	const unsigned zones = argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 0;
	static struct server server;
	struct counts counts = { 0, 0 };

	if (argc == 5 && strcmp(argv[1], "write") == 0) {
		for (unsigned i = 0; i < zones; i++)
			write_zone(argv[2], seed, i);
		return EXIT_SUCCESS;
	}
	if (argc != 7 || strcmp(argv[1], "compare") != 0) {
		fprintf(stderr,
		        "usage: %s write DIR SEED ZONES\n"
		        "       %s compare DIR SEED ZONES ADDRESS PORT\n",
		        argv[0], argv[0]);
		return EXIT_FAILURE;
	}
	connect_to(&server, argv[5], argv[6]);
	wait_until_ready(&server);
	for (unsigned i = 0; i < zones; i++)
		compare_zone(argv[2], seed, i, &server, &counts);
	printf("seed %llu: %u zones, %u questions, %u differences\n", (unsigned long long)seed,
	       zones, counts.questions, counts.differences);
	return counts.differences == 0 && counts.questions > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
