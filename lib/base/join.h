/* Formats that only put texts together, such as "%s._domainkey.%s": without printf. */
#ifndef MD_JOIN_H
#define MD_JOIN_H

#include <stdarg.h>
#include <stddef.h>

#define MD_NO_JOIN (~(size_t)0)

/*
 * How long the text is that printf would make; MD_NO_JOIN for a format with another conversion
 * than %s, and for a text that printf would not make (over INT_MAX octets).
 */
size_t md_join_len(const char *fmt, va_list);

/* Writes that text and a NUL. */
void md_join(char *out, const char *fmt, va_list);

#endif
