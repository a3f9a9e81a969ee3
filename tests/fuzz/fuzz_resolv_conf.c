/* Any octets as /etc/resolv.conf: words that stand there, within bounds. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "resolver/resolv_conf.h"
#include "resolver/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_read_again(struct md_arena *mem, const struct md_endpoint *e)
{
	struct md_endpoint again;

	assert(e->port != 0);
	assert(md_endpoint_parse(md_endpoint_print(mem, e), &again));
	assert(md_endpoint_eq(e, &again));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	const int fd = memfd_create("resolv.conf", MFD_CLOEXEC);
	struct md_resolv_conf conf;
	struct md_endpoint e;
	const char *why = NULL;

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	if (md_resolv_conf_read(mem, md_printf(mem, "/proc/self/fd/%d", fd), &conf, &why))
		assert(conf.n > 0);
	else
		assert(conf.n == 0 && strstr(why, "no nameserver") != NULL);
	assert(conf.timeout <= 30 && conf.attempts <= 5 && conf.n <= 1000);
	for (size_t i = 0; i < conf.n; i++) {
		const char *word = conf.servers[i];

		assert(word[0] != '\0' || memchr(data, 0, size) != NULL);
		assert(strpbrk(word, " \t\r\n") == NULL);
		assert(memmem(data, size, word, strlen(word)) != NULL);
		if (md_endpoint_parse(word, &e))
			must_be_read_again(mem, &e);
	}
	close(fd);
	md_arena_free(mem);
	return 0;
}
