/* /etc/resolv.conf, as far as it concerns whom to ask and for how long. */
#ifndef MD_RESOLV_CONF_H
#define MD_RESOLV_CONF_H

#include <stdbool.h>
#include <stddef.h>

struct md_arena;

struct md_resolv_conf {
	size_t n; /* at least one, when it could be read */
	const char **servers;
	unsigned timeout, attempts; /* options; 0 when not given */
};

/* False and *why when there is no such file, or no nameserver in it. */
bool md_resolv_conf_read(struct md_arena *, const char *path, struct md_resolv_conf *,
                         const char **why);

#endif
