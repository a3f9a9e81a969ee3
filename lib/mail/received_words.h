/* What Received fields are made of: comments, words, hosts, addresses, ciphers. */
#ifndef MD_RECEIVED_WORDS_H
#define MD_RECEIVED_WORDS_H

#include "base/addr.h"
#include "base/str.h"

/* A copy of the first MD_RECEIVED_MOST octets, folds and control characters as blanks. */
struct md_str md_received_line(struct md_arena *, struct md_str value);

/* Where the date's semicolon is, outside comments; s.len when there is none. */
size_t md_received_semicolon(struct md_str);

/* RFC 5322 3.2.2: a comment at the beginning, with those inside it; 0: it does not end. */
size_t md_received_comment(struct md_str);

/* Takes the next word, between any of these characters, off *rest. */
bool md_received_word(struct md_str *rest, const char *separators, struct md_str *word);

/* Has it the look of a host's name?  Underscores are there in the DNS. */
bool md_received_is_host(struct md_str word);

/*
 * 192.0.2.1, [192.0.2.1]:25, [IPv6:2001:db8::1], 2001:db8::1%4, and qmail's user@192.0.2.1;
 * an IPv4-mapped one as IPv4.
 */
bool md_received_address(struct md_str word, struct md_addr *);

/* What a comment says of TLS: "TLS1.3", "TLS" when only a cipher is told; "" for nothing. */
const char *md_received_tls(struct md_arena *, struct md_str comment);

#endif
