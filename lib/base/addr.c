/* IP addresses: read, print, compare with networks, turn into reverse names. */
#include "base/addr.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"

bool
md_addr_parse(struct md_str s, struct md_addr *addr)
{
	char text[INET6_ADDRSTRLEN];
	struct md_addr a = { 0 };

	if (s.len >= sizeof(text) || memchr(s.p, '\0', s.len) != NULL)
		return false;
	memcpy(text, s.p, s.len);
	text[s.len] = '\0';
	a.family = md_str_find(s, ':') < s.len ? 6 : 4;
	if (inet_pton(a.family == 6 ? AF_INET6 : AF_INET, text, a.bytes) != 1)
		return false;
	*addr = a;
	return true;
}

const char *
md_addr_print(struct md_arena *mem, struct md_addr a)
{
	char text[INET6_ADDRSTRLEN] = "";

	inet_ntop(a.family == 6 ? AF_INET6 : AF_INET, a.bytes, text, sizeof(text));
	return md_strdup(mem, text);
}

struct md_addr
md_addr_from_mapped(struct md_addr a)
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };
	struct md_addr v4 = { .family = 4 };

	if (a.family != 6 || memcmp(a.bytes, prefix, sizeof(prefix)) != 0)
		return a;
	memcpy(v4.bytes, a.bytes + 12, 4);
	return v4;
}

unsigned
md_addr_bits(struct md_addr a)
{
	return a.family == 6 ? 128 : 32;
}

bool
md_addr_eq(struct md_addr a, struct md_addr b)
{
	return md_addr_in(a, b, md_addr_bits(b));
}

bool
md_addr_in(struct md_addr a, struct md_addr network, unsigned prefix)
{
	const unsigned whole = prefix / 8, bits = prefix % 8;

	if (a.family != network.family || prefix > md_addr_bits(a) ||
	    memcmp(a.bytes, network.bytes, whole) != 0)
		return false;
	return bits == 0 || ((a.bytes[whole] ^ network.bytes[whole]) >> (8 - bits)) == 0;
}

const char *
md_addr_reverse(struct md_arena *mem, struct md_addr a, const char *zone)
{
	struct md_buf name = { .mem = mem };

	if (a.family == 4) {
		for (unsigned i = 4; i-- > 0;)
			md_buf_printf(&name, "%u.", a.bytes[i]);
	} else {
		for (unsigned i = 16; i-- > 0;)
			md_buf_printf(&name, "%x.%x.", a.bytes[i] & 15u, a.bytes[i] >> 4);
	}
	if (zone == NULL)
		zone = a.family == 4 ? "in-addr.arpa" : "ip6.arpa";
	md_buf_printf(&name, "%s", zone);
	return md_buf_str(&name);
}

/* The registries of RFC 6890 as far as mail can meet them, most specific first. */
static const struct {
	struct md_addr network;
	unsigned prefix;
	const char *what;
} special[] = {
	{ { 4, { 0 } }, 8, "an address of \"this network\" (RFC 1122)" },
	{ { 4, { 10 } }, 8, "a private address (RFC 1918)" },
	{ { 4, { 100, 64 } }, 10, "a carrier-grade NAT address (RFC 6598)" },
	{ { 4, { 127 } }, 8, "a loopback address (RFC 1122)" },
	{ { 4, { 169, 254 } }, 16, "a link-local address (RFC 3927)" },
	{ { 4, { 172, 16 } }, 12, "a private address (RFC 1918)" },
	{ { 4, { 192 } }, 24, "an address for protocol assignments (RFC 6890)" },
	{ { 4, { 192, 168 } }, 16, "a private address (RFC 1918)" },
	{ { 4, { 198, 18 } }, 15, "a benchmarking address (RFC 2544)" },
	{ { 4, { 224 } }, 4, "a multicast address (RFC 5771)" },
	{ { 4, { 240 } }, 4, "a reserved address (RFC 1112)" },
	{ { 6, { 0 } }, 128, "the unspecified address (RFC 4291)" },
	{ { 6, { [15] = 1 } }, 128, "the loopback address (RFC 4291)" },
	{ { 6, { [10] = 0xff, [11] = 0xff } }, 96, "an IPv4-mapped address (RFC 4291)" },
	{ { 6, { 0x01 } }, 64, "a discard-only address (RFC 6666)" },
	{ { 6, { 0xfc } }, 7, "a unique local address (RFC 4193)" },
	{ { 6, { 0xfe, 0x80 } }, 10, "a link-local address (RFC 4291)" },
	{ { 6, { 0xff } }, 8, "a multicast address (RFC 4291)" },
};

const char *
md_addr_special(struct md_addr a)
{
	for (size_t i = 0; i < MD_COUNT(special); i++)
		if (md_addr_in(a, special[i].network, special[i].prefix))
			return special[i].what;
	return NULL;
}
